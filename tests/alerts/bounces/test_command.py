"""`manage.py read_bounces`, as mail servers call it."""

import io
import mailbox
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from alerts.bounces.reading import LARGEST, read_returned
from alerts.models import Delivery, State, Subscriber
from alerts.posting.names import message_id_of
from tests.alerts.bounces.factories import sent_to
from tests.alerts.bounces.reports import bounce, complaint

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2035, 1, 8, 12, tzinfo=UTC)


def handed_in(monkeypatch, mail: bytes):
    """Hand a mail in as Postfix does, and return what is left unread."""
    stream = io.BytesIO(mail)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    call_command("read_bounces")
    return stream.read()


def maildir(tmp_path, *mails) -> Path:
    box = mailbox.Maildir(tmp_path / "box")
    for mail in mails:
        box.add(mailbox.MaildirMessage(mail))
    return tmp_path / "box"


@pytest.mark.django_db
class TestReading:
    @pytest.fixture
    def delivery(self):
        return sent_to("a@agency.example", now=NOW)

    def test_takes_one_mail_from_a_mail_server(self, delivery, monkeypatch, capsys):
        handed_in(monkeypatch, bounce(delivery.pk))
        assert Delivery.objects.get().state == "failed"
        assert capsys.readouterr().out == ""

    def test_takes_the_whole_of_a_huge_one(self, delivery, monkeypatch):
        assert handed_in(monkeypatch, bounce(delivery.pk) + b"x" * 5 * LARGEST) == b""
        assert Delivery.objects.get().state == "failed"

    @pytest.mark.parametrize("mail", [b"", b"\xff" * 100, b"Subject: Hello\n\nHello."])
    def test_has_nothing_against_what_is_not_ours(self, delivery, monkeypatch, mail):
        handed_in(monkeypatch, mail)
        assert Delivery.objects.get().state == "sent"

    def test_takes_a_file_of_many_and_takes_it_again(self, delivery, tmp_path, capsys):
        other = sent_to("b@agency.example", now=NOW)
        box = tmp_path / "mbox"
        mails = [bounce(delivery.pk), b"Subject: Hello\n\n>From me.\n", complaint(other.pk)]
        box.write_bytes(b"".join(b"From MAILER-DAEMON Mon Jan  8 12:00:00 2035\n" + mail + b"\n" for mail in mails))
        for _ in range(2):
            call_command("read_bounces", str(box))
            assert capsys.readouterr().out == "complaints: 1, failed: 1, not about an alert: 1\n"
        assert set(Subscriber.objects.values_list("state", flat=True)) == {State.LEFT, State.STOPPED}

    def test_takes_what_is_new_in_folders_and_files_it(self, delivery, tmp_path, capsys):
        folder = maildir(tmp_path, bounce(delivery.pk), b"Subject: Hello\n\n")
        (folder / "new" / "folder").mkdir()
        call_command("read_bounces", str(folder))
        assert capsys.readouterr().out == "failed: 1, not about an alert: 1\n"
        assert [file.name for file in (folder / "new").iterdir()] == ["folder"]
        assert len(list((folder / "cur").iterdir())) == 2
        call_command("read_bounces", str(folder))
        assert capsys.readouterr().out == "No mail.\n"

    def test_goes_on_after_one_that_cannot_be_read(self, delivery, tmp_path, capsys, monkeypatch):
        calls = []

        def breaks_at_first(mail):
            calls.append(mail)
            if len(calls) == 1:
                raise ValueError
            return read_returned(mail)

        monkeypatch.setattr("alerts.management.commands.read_bounces.read_returned", breaks_at_first)
        call_command("read_bounces", str(maildir(tmp_path, bounce(delivery.pk), bounce(delivery.pk))))
        assert capsys.readouterr().out == "failed: 1, not understood: 1\n"

    def test_asks_for_it_again_while_the_database_is_away(self, delivery, tmp_path, monkeypatch):
        def away(**kwargs):
            raise OperationalError("away")

        monkeypatch.setattr("alerts.management.commands.read_bounces.note_returned", away)
        folder = maildir(tmp_path, bounce(delivery.pk))
        with pytest.raises(CommandError) as raised:
            call_command("read_bounces", str(folder))
        assert raised.value.returncode == 75
        assert len(list((folder / "new").iterdir())) == 1

    def test_says_what_is_no_mailbox(self, tmp_path):
        with pytest.raises(CommandError, match="neither a file nor a Maildir"):
            call_command("read_bounces", str(tmp_path / "none"))


class TestTheProcess:
    @pytest.mark.parametrize(("mail", "status"), [(b"Subject: Hello\n\nHello.", 0), (b"\xff\x00", 0), ("bounce", 75)])
    def test_ends_as_a_mail_server_needs_it(self, tmp_path, mail, status, settings):
        # Its database is not there: it has no tables.
        environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": str(tmp_path / "none"),
            "DEVELOPMENT": "true",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}",
            "VAR_DIR": str(tmp_path),
        }
        if mail == "bounce":
            mail = bounce(None, original=f"Message-ID: {message_id_of(7)}\n")
        command = [sys.executable, "manage.py", "read_bounces"]
        done = subprocess.run(command, cwd=ROOT, env=environment, input=mail, capture_output=True, check=False)
        assert done.returncode == status, done.stderr
