"""What accounts have done at its time: the clock finds it, and sessions that are over go."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.jobs import clear
from accounts.models import Letter
from clock.finding import all_jobs
from tests.accounts.door import letters, make_person

pytestmark = pytest.mark.django_db


def test_are_found_by_the_clock():
    assert {"accounts.mail", "accounts.failures", "accounts.clear"} <= {job.name for job in all_jobs()}


def test_erase_sessions_that_are_over_and_letters_that_count_for_nothing_any_more():
    now = timezone.now()
    for name, ends_at in (("over", now - timedelta(seconds=1)), ("not yet", now + timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=ends_at)
    person = make_person()
    Letter.objects.create(kind=Letter.Kind.RESET, address=person.email, asked_at=now)
    assert len(letters(now=now)) == 1
    clear(now=now + timedelta(hours=2))
    assert [session.session_key for session in Session.objects.all()] == ["not yet"]
    assert Letter.objects.get().address == ""
    clear(now=now + timedelta(days=1, hours=1))
    assert not Letter.objects.exists()


def test_send_what_failed_again_after_a_pause_that_grows(monkeypatch):
    now = timezone.now()
    person = make_person()
    Letter.objects.create(kind=Letter.Kind.RESET, address=person.email, asked_at=now)

    def refuse(self, *args, **kwargs):
        raise OSError("broken")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        assert letters(now=now) == []
        assert letters(now=now + timedelta(minutes=1)) == []
        assert Letter.objects.get().attempts == 2
    assert letters(now=now + timedelta(minutes=2)) == []
    assert len(letters(now=now + timedelta(minutes=3))) == 1
