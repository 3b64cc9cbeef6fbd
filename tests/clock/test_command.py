"""`manage.py scheduler`, as a process and by hand."""

import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from clock.management.commands import scheduler as command
from clock.models import JobRecord
from tests.board_site.test_database_away import Door, closed_port
from tests.clock.jobs import Calls, make_job, wait_until
from tests.clock.processes import database_url, manage


@pytest.fixture
def by_hand(monkeypatch):
    """Run the command in this process with jobs of the test's; signals stay as they are."""

    def run(*jobs, **options):
        monkeypatch.setattr(command, "all_jobs", lambda: jobs)
        monkeypatch.setattr(command.signal, "signal", lambda *args: None)
        out = StringIO()
        call_command("scheduler", stdout=out, **options)
        return out.getvalue()

    return run


@pytest.mark.django_db(transaction=True)
class TestOnce:
    def test_does_what_is_due_and_ends(self, by_hand):
        calls = Calls()
        assert by_hand(make_job(run=calls), once=True) == ""
        assert len(calls.at) == 1

    def test_names_what_failed_and_ends_with_one(self, by_hand):
        jobs = [make_job("tests.bad", Calls(ValueError())), make_job("tests.good")]
        with pytest.raises(CommandError, match=r"^Failed, and tried again later: tests\.bad\.$") as raised:
            by_hand(*jobs, once=True)
        assert raised.value.returncode == 1
        assert JobRecord.objects.get(name="tests.good").failures == 0

    def test_says_in_a_sentence_that_the_database_is_away(self, by_hand, monkeypatch):
        def away(**values):
            raise OperationalError("connection refused")

        monkeypatch.setattr("clock.scheduler.take_due", away)
        with pytest.raises(CommandError, match="The database cannot be used"):
            by_hand(make_job(), once=True)


class TestTheList:
    def test_names_the_jobs_without_asking_the_database(self, by_hand):
        assert by_hand(make_job("tests.one"), list=True) == "tests.one: Title of tests.one\n"


@pytest.mark.django_db(transaction=True)
class TestTheProcess:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_does_the_jobs_of_the_rooms_and_ends_cleanly(self, number):
        with manage("scheduler", url=database_url()) as process:
            self.wait_for_a_tick()
            process.send_signal(number)
            said, complained = process.communicate(timeout=30)
        assert (process.returncode, said, complained) == (0, "", "")
        assert not JobRecord.objects.exclude(held_by="").exists()

    def test_killed_is_followed_by_another_that_goes_on(self):
        with manage("scheduler", url=database_url()) as process:
            self.wait_for_a_tick()
            process.kill()
            process.wait(30)
        JobRecord.objects.update(done_for=None, held_until=None)
        with manage("scheduler", "--once", url=database_url()) as process:
            assert process.wait(60) == 0
        assert JobRecord.objects.get(name="clock.tick").done_for

    def wait_for_a_tick(self):
        wait_until(JobRecord.objects.filter(name="clock.tick").exclude(ended_at=None).exists)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestADatabaseThatComesBack:
    def test_is_used_again_without_a_restart(self):
        database = connection.settings_dict
        door = Door(database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432))
        with manage("scheduler", url=database_url(port=door.port)) as process:
            self.read_until("The database is away", process.stderr)
            for _ in range(2):
                door.open()
                self.read_until("The database is back", process.stderr)
                self.wait_for_a_tick()
                JobRecord.objects.all().delete()
                door.shut()
                self.read_until("The database is away", process.stderr)
            process.terminate()
            process.communicate(timeout=30)
        assert process.returncode == 0

    def read_until(self, words, lines):
        """Read on; a job that was under way may have said that it broke off."""
        assert any(words in line for line in lines)

    def wait_for_a_tick(self):
        wait_until(JobRecord.objects.filter(name="clock.tick").exclude(ended_at=None).exists)


class TestADatabaseThatIsAwayAtTheStart:
    def test_does_not_end_it(self):
        with manage("scheduler", url=f"postgres://nobody@127.0.0.1:{closed_port()}/none") as process:
            first = process.stderr.readline()
            assert "The database is away or busy (OperationalError): jobs wait." in first
            assert process.poll() is None
            process.terminate()
            said, complained = process.communicate(timeout=30)
        assert (process.returncode, said, complained) == (0, "", "")
