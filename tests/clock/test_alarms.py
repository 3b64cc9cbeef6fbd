"""What is wrong is said: to site managers in sentences, to a health check by its status alone."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from accounts import roles
from clock import alarms
from clock.alarms import raised_alarms
from clock.declared import Alarm
from clock.models import JobRecord
from tests.clock.jobs import MINUTE, NOON
from tests.enquiries.factories import make_staff
from tests.factories import make_manager
from tests.roles import given_roles, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_alarms_of_rooms(monkeypatch):
    monkeypatch.setattr(alarms, "all_alarms", lambda: ())


def tick(at=NOON, **fields):
    return JobRecord.objects.create(name="clock.tick", begun_at=at, **fields)


def record(name="updates.publish", **fields):
    return JobRecord.objects.create(name=name, **{"begun_at": NOON, **fields})


def raise_by_rooms(monkeypatch, *raised):
    declared = tuple(Alarm(f"tests.{number}", each) for number, each in enumerate(raised))
    monkeypatch.setattr(alarms, "all_alarms", lambda: declared)


class TestTheScheduler:
    def test_that_never_ran_is_an_alarm(self):
        [sentence] = raised_alarms(now=NOON)
        assert sentence.startswith("The scheduler has not run yet.")

    def test_that_stands_still_is_an_alarm_after_ten_minutes(self):
        tick()
        assert raised_alarms(now=NOON + 10 * MINUTE) == []
        [sentence] = raised_alarms(now=NOON + 10 * MINUTE + timedelta(seconds=1))
        # In the time of London.
        assert sentence.startswith("The scheduler has not run since 1 May 2026, 13:00.")


class TestAJob:
    def test_that_failed_three_times_in_a_row_is_an_alarm(self):
        tick()
        job = record(failures=2, fault="It broke off (ValueError); the log says where.")
        assert raised_alarms(now=NOON) == []
        JobRecord.objects.filter(pk=job.pk).update(failures=3)
        assert raised_alarms(now=NOON) == [
            "“Publishing and taking down at a set time” has failed 3 times in a row. "
            "It broke off (ValueError); the log says where."
        ]

    def test_that_runs_for_over_an_hour_is_an_alarm(self):
        now = NOON + timedelta(hours=2)
        tick(now)
        record(held_until=now + MINUTE)
        assert raised_alarms(now=now) == [
            "“Publishing and taking down at a set time” has been running for over an hour."
        ]

    def test_that_was_killed_long_ago_is_none(self):
        now = NOON + timedelta(hours=2)
        tick(now)
        record(held_until=now - MINUTE)
        assert raised_alarms(now=now) == []

    def test_that_no_room_declares_any_more_is_none(self):
        tick()
        record("updates.gone", failures=9)
        assert raised_alarms(now=NOON) == []

    def test_of_one_machine_names_it_until_the_machine_is_gone(self):
        tick(NOON + timedelta(days=2))
        record("documents.downloads", machine="web-2", failures=5, fault="Full.")
        assert raised_alarms(now=NOON) == ["“Counting downloads” on web-2 has failed 5 times in a row. Full."]
        assert raised_alarms(now=NOON + timedelta(days=2)) == []


class TestAlarmsOfRooms:
    def test_are_asked_with_the_time(self, monkeypatch):
        tick()
        raise_by_rooms(monkeypatch, lambda now: f"Since {now:%H:%M}.", lambda now: "")
        assert raised_alarms(now=NOON) == ["Since 12:00."]

    def test_that_break_are_not_taken_for_all_is_well(self, monkeypatch, caplog):
        tick()
        raise_by_rooms(monkeypatch, lambda now: 1 / 0, lambda now: "Mail waits.")
        assert raised_alarms(now=NOON) == [
            "The alarm tests.0 could not be asked; the log says why.",
            "Mail waits.",
        ]
        assert caplog.records[0].exc_info[0] is ZeroDivisionError

    def test_cost_two_queries_of_the_clock_however_many_jobs_there_are(self, django_assert_num_queries):
        for number in (3, 30):
            for each in range(number):
                record(f"tests.{number}.{each}", failures=3)
            with django_assert_num_queries(2):
                raised_alarms(now=NOON)


class TestTheHealthCheck:
    def ask(self, client, address="/health/work"):
        answer = client.get(address, headers={"host": "10.1.2.3"})
        return answer.status_code, answer.content

    def test_is_well_while_the_scheduler_runs(self, client):
        tick(timezone.now())
        assert self.ask(client) == (200, b"ok\n")

    def test_is_not_well_with_any_alarm_and_says_no_more(self, client, monkeypatch):
        tick(timezone.now())
        raise_by_rooms(monkeypatch, lambda now: "Mail to jo@agency.example waits.")
        assert self.ask(client) == (503, b"not ok\n")

    def test_is_not_well_while_the_database_is_away(self, client, monkeypatch):
        tick(timezone.now())

        def away(*, now):
            raise OperationalError("connection refused")

        raise_by_rooms(monkeypatch, away)
        assert self.ask(client) == (503, b"not ok\n")

    def test_takes_no_machine_out(self, client):
        assert self.ask(client)[0] == 503
        assert self.ask(client, "/health/ready") == (200, b"ok\n")
        assert self.ask(client, "/health/live") == (200, b"ok\n")

    def test_is_kept_nowhere_and_sets_no_cookie(self, client):
        answer = client.get("/health/work")
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        assert client.post("/health/work").status_code == 405


class TestTheFirstPageOfTheAdmin:
    def test_tells_site_managers_what_is_wrong(self, client, monkeypatch):
        tick(timezone.now())
        raise_by_rooms(monkeypatch, lambda now: "<Mail> waits.")
        client.force_login(make_manager())
        page = client.get("/admin/").content.decode()
        assert "Something is wrong" in page
        assert "&lt;Mail&gt; waits." in page

    def test_tells_who_has_that_role_and_nobody_with_another(self, client, monkeypatch):
        tick(timezone.now())
        raise_by_rooms(monkeypatch, lambda now: "Mail waits.")
        given_roles()
        for role in roles.EVERYBODY:
            client.force_login(member(role))
            assert ("Mail waits." in client.get("/admin/").content.decode()) == (role == roles.SITE_MANAGERS), role

    def test_asks_once_a_minute(self, client, monkeypatch):
        tick(timezone.now())
        asked = []
        raise_by_rooms(monkeypatch, lambda now: asked.append(now) or "Mail waits.")
        client.force_login(make_manager())
        for _ in range(2):
            assert "Mail waits." in client.get("/admin/").content.decode()
        assert len(asked) == 1
        cache.delete("alarms")
        client.get("/admin/")
        assert len(asked) == 2

    def test_says_nothing_while_all_is_well(self, client):
        tick(timezone.now())
        client.force_login(make_manager())
        assert "Something is wrong" not in client.get("/admin/").content.decode()

    def test_does_not_trouble_who_can_do_nothing_about_it(self, client):
        client.force_login(make_staff())
        page = client.get("/admin/")
        assert page.status_code == 200
        assert "Something is wrong" not in page.content.decode()
