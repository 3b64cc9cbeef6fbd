"""From the spool to the counts: each download once, whoever is killed, gone or there twice."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction

from counting import spool as lines
from counting.models import CountedBatch
from documents import adding_up, spool
from documents.adding_up import count_spooled, recount_resources
from documents.models import DownloadCount, LibraryDocument
from documents.spool import DOWNLOADS, downloads_in
from tests.documents.factories import add_library, add_resource, make_document
from tests.factories import add_home

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def var(settings, tmp_path, monkeypatch):
    """The folder in which the site writes in this test; nobody has just opened a file there."""
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(lines, "SETTLED_AFTER_SECONDS", 0.0)
    return settings.VAR_DIR


def downloaded(document, *, times=1, day=TODAY):
    for _ in range(times):
        spool.note(document_id=document.pk, day=day)


def batch(content: bytes, name="") -> Path:
    """Put a batch into the spool."""
    DOWNLOADS.folder.mkdir(parents=True, exist_ok=True)
    path = DOWNLOADS.folder / f"{name or uuid4().hex}.closed"
    path.write_bytes(content)
    return path


def counts() -> dict:
    return {(one.document_id, one.day): one.downloads for one in DownloadCount.objects.all()}


def waiting() -> list[str]:
    return [path.name for path in DOWNLOADS.folder.glob("*") if path.name != "recounted"]


class TestReadingABatch:
    @pytest.mark.parametrize(
        ("content", "downloads"),
        [
            (b"", {}),
            (b"+7 2026-11-25\n", {7: 1}),
            (b"+7 2026-11-25", {}),
            (b"+7 2026-11-2\n+8 2026-11-25\n", {8: 1}),
            # Two halves are no whole.
            (b"+1+23 2026-11-25\n", {}),
            (b"+12 2026-11-25+3 2026-11-25\n+4 2026-11-25\n", {4: 1}),
            (b"\x00" * 5000 + b"\n+8 2026-11-25\n", {8: 1}),
            (b"\xff\xfe\n+8 2026-11-25\n", {8: 1}),
            (b"+8 2026-02-30\n+8 0000-00-00\n", {}),
            (b"+" + b"9" * 40 + b" 2026-11-25\n-8 2026-11-25\n+8  2026-11-25\n8 2026-11-25\n", {}),
            (b"+8 2026-11-25\r\n", {}),
        ],
    )
    def test_leaves_out_what_is_no_whole_line(self, content, downloads):
        found = downloads_in(DOWNLOADS.read_batch(batch(content)))
        assert found == Counter({(key, TODAY): number for key, number in downloads.items()})

    def test_waits_for_who_has_just_opened_the_file(self, monkeypatch):
        monkeypatch.setattr(lines, "SETTLED_AFTER_SECONDS", 0.3)
        spool.note(document_id=7, day=TODAY)
        opened = next(DOWNLOADS.folder.glob("*.open")).open("ab", buffering=0)
        DOWNLOADS.close_open()
        late = Thread(target=lambda: (time.sleep(0.1), opened.write(b"+8 2026-11-25\n")))
        late.start()
        (path,) = DOWNLOADS.batches().values()
        assert downloads_in(DOWNLOADS.read_batch(path)) == {(7, TODAY): 1, (8, TODAY): 1}
        late.join()
        opened.close()


@pytest.mark.django_db
class TestCounting:
    def test_adds_to_each_file_and_day_and_empties_the_spool(self):
        first, second = make_document(), make_document()
        downloaded(first, times=3)
        downloaded(second)
        downloaded(first, day=TODAY - timedelta(days=1))
        assert count_spooled(now=NOW) == {first.pk: 4, second.pk: 1}
        downloaded(first)
        count_spooled(now=NOW)
        assert counts() == {(first.pk, TODAY): 4, (first.pk, TODAY - timedelta(days=1)): 1, (second.pk, TODAY): 1}
        assert waiting() == []

    def test_does_nothing_where_nothing_was_downloaded(self):
        assert count_spooled(now=NOW) == {}
        assert not CountedBatch.objects.exists()

    def test_leaves_out_files_that_were_deleted(self):
        gone, there = make_document(), make_document()
        downloaded(gone)
        downloaded(there)
        gone.delete()
        assert count_spooled(now=NOW) == {there.pk: 1}
        assert counts() == {(there.pk, TODAY): 1}

    def test_counts_files_that_are_kept_for_an_edition(self):
        kept = make_document()
        downloaded(kept)
        LibraryDocument.objects.filter(pk=kept.pk).update(removed_at=NOW)
        assert count_spooled(now=NOW) == {kept.pk: 1}

    def test_adds_a_batch_once_even_if_its_file_stays(self, monkeypatch):
        document = make_document()
        content = b"+%d 2026-11-25\n" % document.pk
        path = batch(content)
        count_spooled(now=NOW)
        # As a process leaves it that was killed between counting and removing.
        path.write_bytes(content)
        assert count_spooled(now=NOW) == {}
        assert counts() == {(document.pk, TODAY): 1}
        assert waiting() == []

    def test_counts_what_was_closed_and_not_counted_by_a_killed_process(self):
        document = make_document()
        downloaded(document)
        DOWNLOADS.close_open()
        downloaded(document)
        assert count_spooled(now=NOW) == {document.pk: 2}

    def test_leaves_other_files_in_the_folder_alone(self):
        batch(b"+1 2026-11-25\n", name="notes")
        (DOWNLOADS.folder / "something.txt").write_text("else")
        count_spooled(now=NOW)
        assert sorted(waiting()) == ["notes.closed", "something.txt"]

    def test_counts_the_others_when_a_batch_cannot_be_read(self, caplog):
        document = make_document()
        folder = batch(b"")
        folder.unlink()
        folder.mkdir()
        downloaded(document)
        assert count_spooled(now=NOW) == {document.pk: 1}
        assert "could not be read or removed" in caplog.text

    def test_does_not_count_again_for_ever_what_cannot_be_removed(self, monkeypatch, caplog):
        document = make_document()
        downloaded(document)
        monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=False: (_ for _ in ()).throw(PermissionError()))
        for day in (0, 40, 80):
            count_spooled(now=NOW + timedelta(days=day))
        assert counts() == {(document.pk, TODAY): 1}

    def test_forgets_batches_after_thirty_days(self):
        document = make_document()
        downloaded(document)
        count_spooled(now=NOW)
        count_spooled(now=NOW + timedelta(days=30))
        assert CountedBatch.objects.count() == 1
        count_spooled(now=NOW + timedelta(days=30, seconds=1))
        assert not CountedBatch.objects.exists()

    def test_keeps_everything_while_the_database_is_away(self, monkeypatch):
        document = make_document()
        downloaded(document)

        def away(downloads):
            raise OperationalError("the server closed the connection")

        with monkeypatch.context() as broken:
            broken.setattr(adding_up, "_add", away)
            for _ in range(3):
                with pytest.raises(CommandError, match="Downloads wait"):
                    call_command("count_downloads")
                downloaded(document)
        # No further batch was begun meanwhile.
        assert len(waiting()) == 2
        assert count_spooled(now=NOW) == {document.pk: 4}

    def test_takes_as_many_queries_for_many_lines_and_files(self, django_assert_num_queries):
        documents = [make_document() for _ in range(12)]
        count_spooled(now=NOW)
        downloaded(documents[0])
        with connection.execute_wrapper(queries := Queries()):
            count_spooled(now=NOW)
        few, queries.number = queries.number, 0
        for document in documents:
            downloaded(document, times=20)
        with connection.execute_wrapper(queries):
            count_spooled(now=NOW)
        assert queries.number == few


class Queries:
    """Counts statements; one that is executed for many rows is one."""

    number = 0

    def __call__(self, execute, *args):
        self.number += 1
        return execute(*args)


@pytest.mark.django_db
class TestTheCommand:
    def test_says_what_it_counted(self):
        document = make_document()
        downloaded(document, times=3)
        output = StringIO()
        call_command("count_downloads", stdout=output)
        assert output.getvalue() == "Downloads counted: 3, of files: 1.\n"
        call_command("count_downloads", stdout=output)
        assert output.getvalue().count("\n") == 1

    def test_says_when_the_folder_cannot_be_used(self, var):
        var.mkdir()
        (var / "downloads").write_text("in the way")
        with pytest.raises(CommandError, match="folder of downloads cannot be used"):
            call_command("count_downloads")


@pytest.mark.django_db
class TestResources:
    @pytest.fixture
    def library(self):
        return add_library(add_home())

    def test_know_how_often_their_files_were_downloaded(self, library):
        first, second, third = make_document(), make_document(), make_document()
        both, one, none = add_resource(library, first, second), add_resource(library, second), add_resource(library)
        downloaded(first, times=2)
        downloaded(second, times=3)
        downloaded(third)
        count_spooled(now=NOW)
        assert [page_downloads(page) for page in (both, one, none)] == [5, 3, 0]

    def test_count_a_year(self, library):
        document = make_document()
        page = add_resource(library, document)
        for days in (0, 364, 365, 800):
            DownloadCount.objects.create(document=document, day=TODAY - timedelta(days=days), downloads=10)
        recount_resources(keys=[page.pk], on=TODAY)
        assert page_downloads(page) == 20

    def test_forget_once_a_day_what_is_a_year_old(self, library):
        document = make_document()
        page = add_resource(library, document)
        downloaded(document)
        count_spooled(now=NOW)
        count_spooled(now=NOW + timedelta(days=364))
        assert page_downloads(page) == 1
        count_spooled(now=NOW + timedelta(days=365))
        assert page_downloads(page) == 0

    def test_are_not_all_recounted_twice_a_day(self, library, monkeypatch):
        count_spooled(now=NOW)
        document = make_document()
        page = add_resource(library, document)
        DownloadCount.objects.create(document=document, day=TODAY, downloads=10)
        count_spooled(now=NOW + timedelta(hours=11))
        assert page_downloads(page) == 0
        count_spooled(now=NOW + timedelta(hours=12))
        assert page_downloads(page) == 10

    def test_are_recounted_when_the_note_of_the_day_is_damaged(self, library):
        document = make_document()
        page = add_resource(library, document)
        DownloadCount.objects.create(document=document, day=TODAY, downloads=10)
        DOWNLOADS.folder.mkdir(parents=True)
        (DOWNLOADS.folder / "recounted").write_bytes(b"\xff\x00")
        count_spooled(now=NOW)
        assert page_downloads(page) == 10

    def test_keep_their_drafts_and_history(self, library):
        document = make_document()
        page = add_resource(library, document)
        page.title = "A draft"
        page.save_revision()
        page.refresh_from_db()
        before = (page.latest_revision_id, page.latest_revision_created_at, page.revisions.count())
        downloaded(document)
        count_spooled(now=NOW)
        page.refresh_from_db()
        assert page.downloads == 1
        assert (page.latest_revision_id, page.latest_revision_created_at, page.revisions.count()) == before

    def test_come_first_in_the_list_when_they_are_downloaded_most(self, library, client):
        rare, often = make_document(), make_document()
        add_resource(library, rare, title="A seldom read one")
        add_resource(library, often, title="One that everybody reads")
        downloaded(often, times=2)
        downloaded(rare)
        count_spooled(now=NOW)
        listed = client.get(f"{library.url}?sort=downloads").content.decode()
        assert 0 < listed.index("One that everybody reads") < listed.index("A seldom read one")


def page_downloads(page) -> int:
    page.refresh_from_db()
    return page.downloads


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_count_everything_once_while_readers_go_on(self):
        documents = [make_document() for _ in range(3)]
        begin, failures, noted = Barrier(5), [], 40

        def read_much():
            begin.wait()
            for number in range(noted):
                spool.note(document_id=documents[number % 3].pk, day=TODAY)

        def count():
            begin.wait()
            try:
                for _ in range(6):
                    count_spooled(now=NOW)
            except Exception as error:
                failures.append(error)
            finally:
                connections.close_all()

        threads = [Thread(target=work) for work in (read_much, read_much, count, count, count)]
        # Long enough for the scheduler to put a thread aside between opening and writing.
        lines.SETTLED_AFTER_SECONDS = 0.05
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        count_spooled(now=NOW)
        assert failures == []
        assert sum(counts().values()) == 2 * noted
        assert waiting() == []

    def test_do_not_add_one_batch_twice(self, monkeypatch):
        document = make_document()
        batch(b"+%d 2026-11-25\n" % document.pk)
        both_have_read, read = Barrier(2), DOWNLOADS.read_batch

        def read_together(path):
            found = read(path)
            both_have_read.wait(timeout=10)
            return found

        monkeypatch.setattr(DOWNLOADS, "read_batch", read_together)
        failures = []

        def count():
            try:
                count_spooled(now=NOW)
            except Exception as error:
                failures.append(error)
            finally:
                connections.close_all()

        threads = [Thread(target=count) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert counts() == {(document.pk, TODAY): 1}

    def test_leave_the_batch_for_the_next_time_when_its_file_is_deleted_meanwhile(self, monkeypatch):
        document, other = make_document(), make_document()
        downloaded(document)
        downloaded(other)
        add = adding_up._add

        def add_and_delete(downloads):
            added = add(downloads)
            with connection.cursor() as cursor:
                # As if somebody else had been faster: what refers to it is not asked.
                cursor.execute("DELETE FROM documents_fileversion WHERE document_id = %s", [document.pk])
                cursor.execute("DELETE FROM documents_librarydocument WHERE id = %s", [document.pk])
            return added

        with monkeypatch.context() as racing:
            racing.setattr(adding_up, "_add", add_and_delete)
            with pytest.raises(CommandError, match="Downloads wait"):
                call_command("count_downloads")
        assert counts() == {}
        document.delete()
        assert count_spooled(now=NOW) == {other.pk: 1}

    def test_undo_everything_when_one_is_killed_half_way(self, monkeypatch):
        document = make_document()
        downloaded(document)
        add = adding_up._add

        def killed(downloads):
            add(downloads)
            raise KeyboardInterrupt

        with monkeypatch.context() as dying:
            dying.setattr(adding_up, "_add", killed)
            with pytest.raises(KeyboardInterrupt):
                count_spooled(now=NOW)
        assert counts() == {}
        assert not CountedBatch.objects.exists()
        assert transaction.get_autocommit()
        assert count_spooled(now=NOW) == {document.pk: 1}


class TestAProcessThatIsKilled:
    def test_leaves_only_whole_lines_behind(self, var):
        program = (
            "import sys; from datetime import date; from django.conf import settings\n"
            "settings.configure(VAR_DIR=sys.argv[1])\n"
            "from documents import spool\n"
            "while True: spool.note(document_id=123456, day=date(2026, 11, 25))\n"
        )
        for _ in range(2):
            process = subprocess.Popen([sys.executable, "-c", program, str(var)], cwd=ROOT, env=os.environ)
            deadline = time.monotonic() + 20
            while not (list(DOWNLOADS.folder.glob("*.open")) or time.monotonic() > deadline):
                time.sleep(0.02)
            time.sleep(0.05)
            process.kill()
            process.wait()
            DOWNLOADS.close_open()
        for path in DOWNLOADS.batches().values():
            assert set(path.read_bytes().splitlines()) == {b"+123456 2026-11-25"}
        assert len(DOWNLOADS.batches()) == 2
