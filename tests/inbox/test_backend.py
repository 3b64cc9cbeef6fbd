"""Mail of this machine is kept in a folder: each mail a file, whole or not at all."""

import os
import threading
from email.parser import BytesParser
from email.policy import default

import pytest
from django.core.mail import EmailMessage, get_connection

from inbox import backend, folder
from inbox.reading import read_heads
from tests.inbox.mails import send


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


class TestAMail:
    def test_is_a_file_that_any_mail_program_opens(self):
        assert send("Ærø – your link", headers={"List-Unsubscribe": "<http://testserver/leave/>"}) == 1
        [file], number = folder.newest()
        message = BytesParser(policy=default).parsebytes(file.path.read_bytes())
        assert number == 1
        assert message["Subject"] == "Ærø – your link"
        assert message["List-Unsubscribe"] == "<http://testserver/leave/>"
        assert {part.get_content_type() for part in message.iter_parts()} == {"text/plain", "text/html"}

    def test_to_nobody_is_not_kept(self):
        assert send(to=[]) == 0
        assert folder.newest() == ([], 0)

    def test_is_written_whole_or_not_at_all(self, monkeypatch):
        def full(*args):
            raise OSError("No space left on device")

        monkeypatch.setattr(os, "replace", full)
        with pytest.raises(OSError, match="No space"):
            send()
        assert list(folder.folder().iterdir()) == []

    def test_that_cannot_be_kept_is_passed_over_where_the_sender_wants_that(self, monkeypatch):
        monkeypatch.setattr(backend, "_write", lambda content: (_ for _ in ()).throw(OSError()))
        connection = get_connection("inbox.backend.EmailBackend", fail_silently=True)
        assert connection.send_messages([EmailMessage("s", "b", "a@board.example", ["b@agency.example"])]) == 0

    def test_stands_above_the_one_before(self):
        for number in range(5):
            send(f"Mail {number}")
        files, _ = folder.newest()
        assert [read_heads(file).subject for file in files] == [f"Mail {number}" for number in (4, 3, 2, 1, 0)]

    def test_of_many_at_once_is_lost_nowhere(self):
        threads = [threading.Thread(target=lambda: [send() for _ in range(20)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert folder.newest()[1] == 80


class TestTheFolder:
    def test_names_the_newest_two_hundred(self):
        for _ in range(203):
            send(html="")
        files, number = folder.newest()
        assert (len(files), number) == (200, 203)

    def test_holds_nothing_before_the_first_mail(self):
        assert folder.newest() == ([], 0)
        assert folder.empty() == 0
        assert folder.find("anything") is None

    def test_finds_nothing_outside_itself(self, tmp_path):
        send()
        (tmp_path / "var/secret.eml").write_text("Subject: secret\n\n")
        for name in ("../secret", "..%2fsecret", "", ".", "..", "/etc/passwd"):
            assert folder.find(name) is None

    def test_passes_over_what_is_no_file_and_what_is_unfinished(self):
        send()
        (folder.folder() / "folder.eml").mkdir()
        (folder.folder() / "unfinished.part").write_text("Subj")
        assert folder.newest()[1] == 1

    def test_is_emptied_of_mails_alone(self):
        send()
        (folder.folder() / "note.txt").write_text("kept")
        assert folder.empty() == 1
        assert [path.name for path in folder.folder().iterdir()] == ["note.txt"]
