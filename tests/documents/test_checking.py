"""The check of what was uploaded: visible in the row, safe when killed, and one bad file never stops the next."""

import socketserver
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from documents import checking
from documents.checking import GAVE_UP, LOST, MOST_ATTEMPTS, TAKEN_FOR, check_waiting
from documents.models import FileVersion, LibraryDocument
from files.confined import CannotExamine
from files.refusals import Refused
from tests.documents.factories import findings, make_document, replace_file
from tests.files import made

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


class Clock:
    """Goes on a second each time it is looked at."""

    def __init__(self, now=NOON):
        self.now = now

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


class Examined:
    """Stands in for the program that examines files: says what it was told to, for each name."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def examine(self, path, *, name):
        self.asked.append(name)
        answer = self.answers.get(name, findings(pages=3))
        if isinstance(answer, BaseException):
            raise answer
        return answer


@pytest.fixture
def examined(monkeypatch):
    def stand_in(**answers):
        program = Examined({f"{name}.txt": answer for name, answer in answers.items()})
        monkeypatch.setattr(checking, "Examiner", lambda: program)
        return program

    return stand_in


def waiting(name="a") -> FileVersion:
    return make_document(name=f"{name}.txt", check=False).newest_version()


class TestForReal:
    def test_a_pdf_is_read_and_drawn_and_an_impostor_refused(self):
        document = LibraryDocument.objects.create(title="x", file=ContentFile(made.valid()["pdf"], name="a.pdf"))
        other = LibraryDocument.objects.create(title="y", file=ContentFile(b"<html>", name="b.pdf"))
        assert check_waiting(clock=Clock()) == 2
        version = document.versions.get()
        assert (version.state, version.pages, version.media_type) == ("passed", 2, "application/pdf")
        assert version.preview.size > 0
        assert version.passages.count() == 2
        assert (other.versions.get().state, other.versions.get().problem != "") == ("refused", True)

    def test_the_command_does_it_and_says_how_many(self, capsys):
        LibraryDocument.objects.create(title="x", file=ContentFile(b"Words", name="a.txt"))
        call_command("check_files")
        assert capsys.readouterr().out == "Checked 1 file.\n"
        call_command("check_files")
        assert capsys.readouterr().out == ""


class TestTheCheck:
    def test_goes_through_what_waits_oldest_first(self, examined):
        program = examined()
        versions = [waiting(name) for name in ("a", "b", "c")]
        FileVersion.objects.filter(pk=versions[2].pk).update(uploaded_at=NOON - timedelta(days=9))
        assert check_waiting(clock=Clock()) == 3
        assert program.asked == ["c.txt", "a.txt", "b.txt"]
        assert set(FileVersion.objects.values_list("state", flat=True)) == {"passed"}

    def test_starts_no_program_where_nothing_waits(self, monkeypatch):
        monkeypatch.setattr(checking, "Examiner", None)
        make_document()
        assert check_waiting(clock=Clock()) == 0

    @pytest.mark.parametrize(
        "fault",
        [Refused("It is a bomb."), CannotExamine("No memory."), OSError("Disk."), ValueError("?"), MemoryError()],
    )
    def test_of_one_bad_file_stops_no_other(self, examined, fault):
        examined(a=fault)
        bad, good = waiting("a"), waiting("b")
        check_waiting(clock=Clock())
        bad.refresh_from_db()
        good.refresh_from_db()
        assert bad.state in ("waiting", "refused")
        assert good.state == "passed"

    def test_tells_why_a_file_was_refused(self, examined):
        examined(a=Refused("It is a bomb."))
        version = waiting("a")
        check_waiting(clock=Clock())
        version.refresh_from_db()
        assert (version.state, version.problem) == ("refused", "It is a bomb.")

    def test_does_not_blame_the_file_for_a_fault_of_the_machine(self, examined):
        examined(a=CannotExamine("No memory."))
        version, clock = waiting("a"), Clock()
        for _ in range(3 * MOST_ATTEMPTS):
            check_waiting(clock=clock)
            clock.now += timedelta(hours=1)
        version.refresh_from_db()
        assert version.state == "waiting"

    def test_gives_up_on_a_file_over_which_it_fails_again_and_again(self, examined):
        examined(a=ValueError("?"))
        version, clock = waiting("a"), Clock()
        for _ in range(MOST_ATTEMPTS + 1):
            check_waiting(clock=clock)
            clock.now += timedelta(hours=1)
        version.refresh_from_db()
        assert (version.state, version.problem) == ("refused", GAVE_UP)

    def test_refuses_what_the_store_has_lost(self, examined):
        examined(a=FileNotFoundError())
        version = waiting("a")
        check_waiting(clock=Clock())
        version.refresh_from_db()
        assert (version.state, version.problem) == ("refused", LOST)

    def test_survives_that_the_file_is_deleted_meanwhile(self, examined):
        version = waiting("a")
        program = examined(a=findings())
        program.examine = lambda path, name: LibraryDocument.objects.get(pk=version.document_id).delete() and findings()
        assert check_waiting(clock=Clock()) == 1
        assert not FileVersion.objects.exists()


class TestTwoAtOnce:
    def test_check_each_file_once(self, examined):
        program = examined()
        version = waiting("a")
        program.examine = lambda path, name: check_waiting(clock=Clock()) or findings()
        assert check_waiting(clock=Clock()) == 1
        version.refresh_from_db()
        assert (version.state, version.attempts) == ("passed", 1)

    def test_a_file_that_somebody_took_and_died_over_is_taken_again(self, examined):
        examined()
        version = waiting("a")
        FileVersion.objects.filter(pk=version.pk).update(not_before=NOON + TAKEN_FOR, attempts=1)
        assert check_waiting(clock=Clock()) == 0
        assert check_waiting(clock=Clock(NOON + TAKEN_FOR)) == 1


class _Clamd(socketserver.BaseRequestHandler):
    def handle(self):
        while self.request.recv(65536)[-4:] != b"\0\0\0\0":
            pass
        self.request.sendall(self.server.answer)


@pytest.fixture
def clamd(settings):
    """A scanner on this machine that always answers `answer`."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_ADDRESS = f"tcp:127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


class TestTheVirusScan:
    def test_lets_through_what_is_clean(self, examined, clamd):
        examined()
        clamd.answer = b"stream: OK\0"
        version = waiting()
        check_waiting(clock=Clock())
        version.refresh_from_db()
        assert version.state == "passed"

    def test_refuses_what_is_infected_before_anything_else_reads_it(self, examined, clamd):
        program = examined()
        clamd.answer = b"stream: Eicar-Signature FOUND\0"
        version = waiting()
        check_waiting(clock=Clock())
        version.refresh_from_db()
        assert version.state == "refused"
        assert "Eicar-Signature" in version.problem
        assert program.asked == []

    def test_lets_uploads_wait_while_the_scanner_is_away_and_serves_nothing_unscanned(self, examined, settings, client):
        examined()
        settings.CLAMD_ADDRESS = "tcp:127.0.0.1:1"
        version, clock = waiting(), Clock()
        for _ in range(2 * MOST_ATTEMPTS):
            check_waiting(clock=clock)
            clock.now += timedelta(minutes=2)
        version.refresh_from_db()
        assert (version.state, version.document.current) == ("waiting", None)
        settings.CLAMD_ADDRESS = ""
        check_waiting(clock=clock)
        version.refresh_from_db()
        assert version.state == "passed"

    def test_keeps_the_version_before_for_readers_meanwhile(self, examined, settings):
        settings.CLAMD_ADDRESS = "tcp:127.0.0.1:1"
        examined()
        document = make_document(name="a.txt")
        replace_file(document, words="Second", name="a.txt", check=False)
        check_waiting(clock=Clock())
        document.refresh_from_db()
        assert document.current.number == 1
