"""How old the last backup is: written down when it is over, said on the dashboard, and an alarm when it is late."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.roles import LIBRARY_EDITORS, SITE_MANAGERS
from pages import backups
from pages.backups import BackupFailed, back_up_and_record, record_backup, standing
from pages.jobs import backups_are_late
from pages.models import Backup
from tests.factories import make_manager
from tests.roles import given_roles, member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def made(hours_ago: float, **fields) -> Backup:
    return record_backup(**{"place": "web1:/backups/a", "size": 5_000_000, "now": NOW - hours_ago * HOUR} | fields)


def said(now=NOW) -> list[str]:
    return list(standing(now=now).sentences())


class TestStanding:
    def test_is_well_until_the_hours_are_over(self):
        made(26)
        assert standing(now=NOW).is_well
        assert not standing(now=NOW + timedelta(seconds=1)).is_well

    def test_names_the_last_complete_one_in_the_time_of_london(self):
        made(30)
        assert said() == ["The last complete backup is of 2 May 2026, 22:00, more than 26 hours ago."]

    def test_without_any_is_late(self):
        assert said() == ["No backup has been made yet."]

    def test_that_failed_since_is_said_though_the_one_before_is_fresh(self):
        complete = made(3)
        made(1, fault="disk full")
        assert standing(now=NOW).complete == complete
        assert said() == ["The backup of 4 May 2026, 03:00 failed."]

    def test_that_failed_before_a_complete_one_is_past(self):
        made(3, fault="disk full")
        made(1)
        assert said() == []

    def test_says_both_where_the_last_failed_and_the_one_before_is_old(self):
        made(50)
        made(2, fault="disk full")
        assert len(said()) == 2

    def test_is_not_misled_by_a_machine_whose_clock_is_wrong(self):
        made(-24 * 365)
        made(30)
        assert said() == ["The last complete backup is of 2 May 2026, 22:00, more than 26 hours ago."]

    def test_takes_the_hours_from_the_settings_and_none_for_never(self, settings):
        made(30)
        settings.BACKUP_WITHIN_HOURS = 31
        assert said() == []
        settings.BACKUP_WITHIN_HOURS = 0
        assert said(now=NOW + 1000 * HOUR) == []

    def test_costs_one_query_however_many_there_are(self, django_assert_num_queries):
        for number in range(30):
            made(number, fault="disk full" if number % 3 else "")
        with django_assert_num_queries(1):
            standing(now=NOW)


class TestWritingDown:
    def test_forgets_what_is_long_past_but_never_the_last_complete_one(self):
        complete = made(24 * 200)
        made(24 * 100, fault="disk full")
        latest = made(1, fault="disk full")
        assert set(Backup.objects.all()) == {complete, latest}

    def test_cuts_what_is_too_long(self):
        backup = made(1, place="x" * 900, fault="y" * 900)
        assert (len(backup.place), len(backup.fault)) == (500, 300)


class TestOtherWays:
    def test_are_told_by_a_command(self, capsys):
        call_command("record_backup", "snapshots of the database's host", "--bytes", "12")
        [backup] = Backup.objects.all()
        assert (backup.place, backup.bytes, backup.fault) == ("snapshots of the database's host", 12, "")
        assert standing(now=timezone.now()).is_well

    def test_may_have_failed(self):
        call_command("record_backup", "snapshots", "--failed", "no room")
        assert Backup.objects.get().fault == "no room"

    @pytest.mark.parametrize("arguments", [(" ",), ("snapshots", "--bytes", "-1")])
    def test_are_refused_without_sense(self, arguments):
        with pytest.raises(CommandError):
            call_command("record_backup", *arguments)
        assert not Backup.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestABackup:
    def test_is_written_down_with_its_size_and_place(self, tmp_path):
        before = timezone.now()
        folder = back_up_and_record(folder=tmp_path, now=NOW)
        backup = Backup.objects.get()
        assert backup.place.endswith(f":{folder}")
        assert backup.bytes == sum(path.stat().st_size for path in folder.iterdir()) > 0
        # When it was over: it may take hours, and holds what there was before.
        assert backup.over_at >= before

    def test_does_not_hold_its_own_row(self, tmp_path):
        if connection.vendor != "sqlite":
            pytest.skip("the copy is read as SQLite")
        made(30)
        folder = back_up_and_record(folder=tmp_path, now=NOW)
        with sqlite3.connect(folder / "site.sqlite3") as restored:
            [(over_at,)] = restored.execute("SELECT over_at FROM pages_backup")
        assert over_at.startswith("2026-05-02 21:00")
        assert Backup.objects.count() == 2

    def test_that_fails_is_written_down_without_what_goes_before_the_reason(self, tmp_path, monkeypatch):
        def fail(folder):
            raise OSError("no space\nleft")

        monkeypatch.setattr("pages.backups._copy_uploads", fail)
        with pytest.raises(CommandError, match="The backup could not be made: no space"):
            call_command("backup", tmp_path)
        assert Backup.objects.get().fault == "no space left"

    def test_is_one_though_it_cannot_be_written_down(self, tmp_path, monkeypatch):
        def refuse(**said):
            raise DatabaseError("read only")

        monkeypatch.setattr(backups, "record_backup", refuse)
        assert back_up_and_record(folder=tmp_path, now=NOW).is_dir()
        monkeypatch.setattr("pages.backups._copy_uploads", lambda folder: (_ for _ in ()).throw(OSError("full")))
        with pytest.raises(BackupFailed, match="full"):
            back_up_and_record(folder=tmp_path, now=NOW + HOUR)


class TestTheAlarm:
    def test_is_raised_on_a_public_site_alone(self, settings):
        assert backups_are_late(now=NOW) == ""
        settings.DEVELOPMENT = False
        assert backups_are_late(now=NOW) == "No backup has been made yet."
        made(1)
        assert backups_are_late(now=NOW) == ""


class TestTheDashboard:
    def panel(self, client, user) -> str:
        client.force_login(user)
        screen = client.get("/admin/").content.decode()
        return screen.partition('id="backups-section"')[2].partition("</section>")[0]

    def test_says_when_how_large_and_where(self, client):
        record_backup(place="web1:/backups/a", size=5_000_000, now=timezone.now() - 2 * HOUR)
        panel = self.panel(client, make_manager())
        assert "2\xa0hours ago" in panel
        assert "4.8\xa0MB" in panel
        assert "web1:/backups/a" in panel
        assert "help-warning" not in panel

    def test_warns_where_there_is_none(self, client):
        panel = self.panel(client, make_manager())
        assert "No backup has been made yet." in panel
        assert "help-warning" in panel

    def test_says_why_the_last_one_failed(self, client):
        record_backup(place="web1", fault="<disk> full", now=timezone.now())
        assert "“&lt;disk&gt; full”" in self.panel(client, make_manager())

    def test_is_silent_where_nobody_expects_any(self, client, settings):
        settings.BACKUP_WITHIN_HOURS = 0
        assert self.panel(client, make_manager()) == ""

    def test_is_for_those_who_look_after_the_site(self, client):
        given_roles()
        assert self.panel(client, member(SITE_MANAGERS))
        assert not self.panel(client, member(LIBRARY_EDITORS))
