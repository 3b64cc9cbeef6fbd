"""What is closed is erased after its time, with its history; what is open never is."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from enquiries.models import AmendmentSuggestion, EnquirySettings
from enquiries.services import NotOpen, decide, erase_old, months_before, receive, reopen
from enquiries.states import OPEN, State
from tests.enquiries.factories import make_closed, make_suggestion, of_each_kind
from tests.factories import make_manager

pytestmark = pytest.mark.django_db


def erase(now=None) -> int:
    return erase_old(now=now or timezone.now())[AmendmentSuggestion]


class TestErasing:
    def test_takes_what_was_closed_longer_ago_than_the_setting(self):
        old, fresh = make_closed(days_ago=370), make_closed(days_ago=300)
        assert erase() == 1
        assert list(AmendmentSuggestion.objects.all()) == [fresh]
        assert not AmendmentSuggestion.objects.filter(pk=old.pk).exists()

    @of_each_kind
    def test_follows_the_setting_of_its_kind(self, kind):
        settings = EnquirySettings.load()
        setattr(settings, kind.model.kept_months_setting, 2)
        settings.save()
        make_closed(kind.make, days_ago=70)
        make_closed(kind.make, days_ago=50)
        assert erase_old(now=timezone.now())[kind.model] == 1
        assert kind.model.objects.count() == 1

    @pytest.mark.parametrize("state", sorted(OPEN))
    def test_never_takes_what_is_open(self, state):
        make_suggestion(state=state, outcome="Which?", received_at=timezone.now() - timedelta(days=4000))
        assert erase() == 0

    def test_takes_the_history_with_what_the_sender_was_told(self):
        kept = receive(AmendmentSuggestion, form_key=None or make_suggestion().form_key, now=timezone.now())
        old = make_suggestion()
        decide(old, state=State.DECLINED, outcome="Secret", user=None, now=timezone.now() - timedelta(days=800))
        decide(kept, state=State.DECLINED, outcome="Kept", user=None, now=timezone.now())
        erase()
        assert [entry.data.get("told") for entry in ModelLogEntry.objects.filter(action="enquiries.declined")] == [
            "Kept"
        ]

    def test_run_twice_takes_nothing_more(self):
        make_closed(days_ago=800)
        assert [erase(), erase()] == [1, 0]

    def test_is_a_command(self):
        make_closed(days_ago=800)
        output = StringIO()
        call_command("erase_old_enquiries", stdout=output)
        assert "suggested amendments: 1 erased" in output.getvalue()

    @pytest.mark.parametrize(
        ("moment", "months", "earlier"),
        [
            (datetime(2027, 3, 31, 12, tzinfo=UTC), 1, datetime(2027, 2, 28, 13)),
            (datetime(2028, 2, 29, 12, tzinfo=UTC), 12, datetime(2027, 2, 28, 12)),
            (datetime(2027, 1, 15, 12, tzinfo=UTC), 1, datetime(2026, 12, 15, 12)),
            (datetime(2027, 12, 1, 12, tzinfo=UTC), 12, datetime(2026, 12, 1, 12)),
            (datetime(2027, 6, 1, 12, tzinfo=UTC), 120, datetime(2017, 6, 1, 13)),
        ],
    )
    def test_counts_calendar_months(self, moment, months, earlier):
        assert months_before(moment, months).replace(tzinfo=None) == earlier


class TestTheDatabase:
    @of_each_kind
    def test_knows_that_closed_means_a_moment_and_open_none(self, kind):
        for fields in ({"state": "accepted", "outcome": "Yes"}, {"state": "new", "closed_at": timezone.now()}):
            with pytest.raises(IntegrityError, match="closed_has_a_moment"), transaction.atomic():
                kind.make(**fields)

    def test_has_one_row_for_each_form(self):
        enquiry = make_suggestion()
        with pytest.raises(IntegrityError), transaction.atomic():
            make_suggestion(form_key=enquiry.form_key)

    def test_has_one_row_for_each_reference(self):
        references = {make_suggestion().reference for _ in range(50)}
        assert len(references) == 50
        assert not set("".join(references)) & set("01IOLU")


class TestDeciding:
    def test_twice_is_refused(self):
        enquiry, by = make_suggestion(), {"user": make_manager(), "now": timezone.now()}
        stale = AmendmentSuggestion.objects.get()
        decide(enquiry, state=State.ACCEPTED, outcome="", **by)
        with pytest.raises(NotOpen):
            decide(stale, state=State.DECLINED, outcome="No", **by)
        assert AmendmentSuggestion.objects.get().state == State.ACCEPTED

    def test_after_a_question_is_possible(self):
        enquiry, by = make_suggestion(), {"user": make_manager(), "now": timezone.now()}
        decide(enquiry, state=State.ASKED, outcome="Which?", **by)
        assert enquiry.closed_at is None
        decide(enquiry, state=State.DECLINED, outcome="No", **by)
        assert enquiry.closed_at

    def test_can_be_taken_back(self):
        enquiry, by = make_closed(), {"user": make_manager(), "now": timezone.now()}
        reopen(enquiry, **by)
        assert (enquiry.state, enquiry.closed_at) == (State.NEW, None)
        with pytest.raises(NotOpen):
            reopen(enquiry, **by)
