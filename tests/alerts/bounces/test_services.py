"""What becomes of deliveries and of alerts when a mail comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts import services
from alerts.bounces.reading import Failure, read_returned
from alerts.bounces.services import COMPLAINED, FEW_A_DAY, note_complaint, note_failure, note_leaving, note_returned
from alerts.models import Delivery, DeliveryState, Leaving, State, Subscriber
from tests.alerts.bounces.factories import sent_to
from tests.alerts.bounces.reports import bounce, complaint
from tests.alerts.factories import subscriber_to

pytestmark = pytest.mark.django_db

NOW = datetime(2035, 1, 8, 12, tzinfo=UTC)
GONE = Failure("550 5.1.1 no such user", of_address=True, recipients=frozenset({"a@agency.example"}))


@pytest.fixture
def delivery():
    return sent_to("a@agency.example", now=NOW - timedelta(hours=1))


def hand_in(mail, *, now=NOW):
    note_returned(returned=read_returned(mail), now=now)


def how_it_stands(delivery) -> tuple:
    row = Delivery.objects.select_related("subscriber").get(pk=delivery.pk)
    return row.state, row.reason, row.subscriber.state, row.subscriber.left_because


class TestABounce:
    def test_marks_what_was_sent_and_ends_the_alerts_where_there_is_no_such_mailbox(self, delivery):
        hand_in(bounce(delivery.pk))
        assert how_it_stands(delivery) == ("failed", "550 5.1.1 … no such user", State.LEFT, Leaving.REFUSED)

    def test_handed_in_twice_changes_nothing_more(self, delivery):
        hand_in(bounce(delivery.pk))
        before = list(Delivery.objects.values()), list(Subscriber.objects.values())
        hand_in(bounce(delivery.pk), now=NOW + timedelta(days=1))
        assert (list(Delivery.objects.values()), list(Subscriber.objects.values())) == before

    @pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.4.1"])
    def test_only_marks_what_failed_for_another_reason(self, delivery, status):
        hand_in(bounce(delivery.pk, status=status, said="it said so"))
        assert how_it_stands(delivery) == ("failed", f"{status} it said so", State.ACTIVE, "")

    def test_of_what_is_only_late_changes_nothing(self, delivery):
        hand_in(bounce(delivery.pk, action="delayed", status="4.4.1"))
        assert how_it_stands(delivery) == ("sent", "", State.ACTIVE, "")

    def test_of_one_of_those_a_mailbox_passes_mail_on_to_ends_nothing(self, delivery):
        hand_in(bounce(delivery.pk, recipient="b@agency.example"))
        assert how_it_stands(delivery)[0::2] == ("failed", State.ACTIVE)

    def test_ends_them_however_the_address_is_spelt(self, delivery):
        hand_in(bounce(delivery.pk, recipient="<A@AGENCY.Example>"))
        assert how_it_stands(delivery)[2] == State.LEFT

    def test_of_before_they_came_back_ends_nothing(self, delivery):
        services.leave(delivery.subscriber, now=NOW - timedelta(minutes=2))
        services.undo(delivery.subscriber, now=NOW - timedelta(minutes=1))
        hand_in(bounce(delivery.pk))
        assert how_it_stands(delivery)[0::2] == ("failed", State.ACTIVE)

    def test_frees_what_a_worker_is_about_to_send_again(self, delivery):
        Delivery.objects.update(state=DeliveryState.WAITING, done_at=None, holder="worker")
        hand_in(bounce(delivery.pk))
        assert how_it_stands(delivery)[0] == "failed"

    def test_of_somebody_who_was_erased_changes_nothing(self, delivery):
        other = sent_to("b@agency.example", now=NOW)
        mail, report = bounce(delivery.pk), complaint(delivery.pk)
        delivery.subscriber.delete()
        hand_in(mail)
        hand_in(report)
        assert how_it_stands(other) == ("sent", "", State.ACTIVE, "")
        assert Delivery.objects.count() == 1

    def test_of_somebody_who_was_stopped_leaves_it_so(self, delivery):
        services.stop(delivery.subscriber, now=NOW)
        hand_in(bounce(delivery.pk))
        assert how_it_stands(delivery)[2] == State.STOPPED

    def test_of_everybody_is_a_fault_of_a_server_and_ends_few(self, caplog):
        deliveries = [sent_to(f"a{number}@agency.example", now=NOW) for number in range(2 * FEW_A_DAY)]
        for delivery in deliveries:
            hand_in(bounce(delivery.pk, recipient=delivery.subscriber.address))
        assert Delivery.objects.failed().count() == 2 * FEW_A_DAY
        assert Subscriber.objects.filter(state=State.LEFT).count() == FEW_A_DAY
        assert "is the mail server right?" in caplog.text
        assert "agency" not in caplog.text

    def test_of_one_in_a_hundred_ends_them(self):
        for number in range(11 * FEW_A_DAY):
            subscriber_to({}, address=f"b{number}@agency.example")
        for number in range(FEW_A_DAY + 3):
            delivery = sent_to(f"a{number}@agency.example", now=NOW)
            hand_in(bounce(delivery.pk, recipient=delivery.subscriber.address))
        assert Subscriber.objects.filter(state=State.LEFT).count() == FEW_A_DAY + 3


class TestAComplaint:
    def test_stops_all_mail_for_good_and_is_noted(self, delivery):
        hand_in(complaint(delivery.pk))
        assert how_it_stands(delivery) == ("sent", COMPLAINED, State.STOPPED, "")
        assert not delivery.subscriber.subscriptions.exists()

    def test_twice_is_one(self, delivery):
        hand_in(complaint(delivery.pk))
        since = Subscriber.objects.get().since
        note_complaint(delivery=delivery.pk, now=NOW + timedelta(days=1))
        assert Subscriber.objects.get().since == since


class TestLeaving:
    def test_by_the_provider_of_mail_is_leaving(self, delivery):
        note_leaving(delivery=delivery.pk, now=NOW)
        assert how_it_stands(delivery) == ("sent", "", State.LEFT, Leaving.BY_CHOICE)

    def test_told_again_after_they_came_back_is_not(self, delivery):
        note_leaving(delivery=delivery.pk, now=NOW)
        services.undo(delivery.subscriber, now=NOW)
        note_leaving(delivery=delivery.pk, now=NOW)
        assert how_it_stands(delivery)[2] == State.ACTIVE


class TestNothingAtAll:
    @pytest.mark.parametrize("pk", [0, 1, 999999999999999999])
    def test_is_changed_for_a_delivery_that_is_not_there(self, delivery, pk):
        pk = pk + delivery.pk if pk == 1 else pk
        note_failure(delivery=pk, failure=GONE, now=NOW)
        note_complaint(delivery=pk, now=NOW)
        note_leaving(delivery=pk, now=NOW)
        assert how_it_stands(delivery) == ("sent", "", State.ACTIVE, "")
