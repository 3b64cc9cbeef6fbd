"""What a worker does over a real SMTP server: each mail once, whatever happens on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import override_settings
from django.utils import timezone

from alerts import links
from alerts.messages.spreading import spread_due
from alerts.models import Delivery, DeliveryState, Leaving, Message, State, Subscriber
from alerts.posting import moulds, taking
from alerts.posting.names import delivery_named, message_id_of
from alerts.posting.worker import BROKEN, MOST_REFUSED_IN_A_ROW, Worker
from alerts.services import leave, undo
from enquiries.letters import MailServerAway
from tests.alerts.factories import add_a_chapter, key_of, subscriber_to
from tests.alerts.smtp import smtp_server
from tests.once import once
from tests.procedures.factories import change

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
NOW = datetime(2035, 1, 8, 12, tzinfo=UTC)


class Clock:
    """Stands still unless it is set."""

    def __init__(self, now=NOW):
        self.now = now

    def __call__(self):
        return self.now

    def add(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def worker(clock):
    return Worker(clock=clock)


@pytest.fixture
def told(chapter):
    """Let three people have something on its way; return their deliveries by the first letter of the address."""
    spread_due(now=timezone.now())
    for letter in "abc":
        subscriber_to({key_of(chapter): "at_once"}, address=f"{letter}@agency.example")
    change(chapter, note="A new form is used from now on.", search_description="How to see neglect.")
    spread_due(now=NOW)
    return {row.subscriber.address[0]: row for row in Delivery.objects.select_related("subscriber")}


def states() -> dict[str, str]:
    rows = Delivery.objects.order_by("subscriber__address").values_list("subscriber__address", "state")
    return {address[0]: state for address, state in rows}


class TestAMail:
    @pytest.mark.parametrize("in_one_go", [True, False])
    def test_goes_to_each_person_once(self, told, worker, in_one_go):
        with smtp_server(in_one_go=in_one_go) as server:
            assert worker.work() == 3
            assert worker.work() == 0
        assert sorted(server.recipients) == ["a@agency.example", "b@agency.example", "c@agency.example"]
        assert states() == dict.fromkeys("abc", "sent")
        assert [row.done_at for row in Delivery.objects.all()] == [NOW] * 3

    def test_says_what_changed_and_why_it_came_and_how_to_change_or_stop_that(self, chapter, told, worker, client):
        with smtp_server() as server:
            worker.work()
        received = next(one for one in server.mails if one["To"] == "a@agency.example")
        assert received["Subject"] == "Changed: Neglect"
        assert received["Message-ID"] == message_id_of(told["a"].pk)
        text, html = (part.get_content() for part in received.iter_parts())
        subscriber = told["a"].subscriber
        for words in (text, html):
            assert "A new form is used from now on." in words
            assert "How to see neglect." in words
            assert "http://testserver/procedures/neglect/" in words or "http://testserver/manual/neglect/" in words
            assert "You get this because you chose: Procedures: Neglect." in words
            assert "/alerts/manage/" in words
            assert "/alerts/leave/" in words
        address = received["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
        subscriber.refresh_from_db()
        assert subscriber.state == State.LEFT

    def test_is_the_same_by_another_backend_than_smtp(self, told, worker):
        assert worker.work() == 3
        assert {message.subject for message in mail.outbox} == {"Changed: Neglect"}
        message = next(one for one in mail.outbox if one.to == ["a@agency.example"])
        assert message.extra_headers["Message-ID"] == message_id_of(told["a"].pk)
        assert "You get this because you chose: Procedures: Neglect." in message.body

    def test_does_not_go_to_who_leaves_between_the_row_and_sending(self, told, worker):
        leave(told["b"].subscriber, now=NOW)
        with smtp_server() as server:
            assert worker.work() == 2
        assert "b@agency.example" not in server.recipients
        assert states() == {"a": "sent", "b": "dropped", "c": "sent"}

    def test_does_not_go_to_who_leaves_while_the_batch_is_being_sent(self, told, worker):
        with smtp_server() as server:
            original = taking.mark_sent

            def leaves_meanwhile(taken, **kwargs):
                if taken.address.startswith("a"):
                    leave(told["b"].subscriber, now=NOW)
                return original(taken, **kwargs)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(taking, "mark_sent", leaves_meanwhile)
                assert worker.work() == 2
        assert "b@agency.example" not in server.recipients
        undo(told["b"].subscriber, now=NOW)
        assert worker.work() == 0

    def test_goes_only_when_it_is_written_down_that_the_one_before_went(self, told, worker, monkeypatch):
        taken_by_then, original = [], taking.mark_sent

        def marked(taken, **kwargs):
            taken_by_then.append((len(server.raw), Delivery.objects.filter(state="sent").count()))
            original(taken, **kwargs)

        monkeypatch.setattr(taking, "mark_sent", marked)
        with smtp_server() as server:
            worker.work()
        assert taken_by_then == [(1, 0), (2, 1), (3, 2)]

    def test_does_not_go_once_the_page_has_been_taken_down(self, chapter, told, worker):
        chapter.refresh_from_db()
        chapter.unpublish()
        with smtp_server() as server:
            assert worker.work() == 0
        assert server.raw == []
        assert states() == dict.fromkeys("abc", "dropped")


class TestAMailServer:
    def test_that_is_away_loses_nothing(self, told, worker):
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
        ):
            with pytest.raises(MailServerAway):
                worker.work()
            Delivery.objects.update(not_before=timezone.now())
            with pytest.raises(CommandError, match="Everything waits"):
                call_command("send_deliveries")
        assert states() == dict.fromkeys("abc", "waiting")
        assert set(Delivery.objects.values_list("attempts", "holder")) == {(0, "")}
        with smtp_server():
            assert worker.work() == 3

    def test_that_hangs_up_after_each_mail_gets_each_all_the_same(self, told, worker):
        with smtp_server() as server:
            server.when_taken = lambda: setattr(server, "hang_up_after", len(server.raw))
            with pytest.raises(MailServerAway):
                worker.work()
            server.hang_up_after, server.when_taken = None, lambda: None
            worker.clock.add(hours=1)
            worker.work()
        assert states() == dict.fromkeys("abc", "sent")
        ids = [message["Message-ID"] for message in server.mails]
        assert len(set(ids)) == 3
        assert len(ids) == 4, "the one of which it was not known went out again, under its name"

    def test_that_refuses_a_mailbox_for_good_ends_its_alerts(self, told, worker):
        with smtp_server() as server:
            server.refuse = {"b@agency.example": "550 5.1.1 <b@agency.example>: no such user"}
            assert worker.work() == 2
        assert states() == {"a": "sent", "b": "failed", "c": "sent"}
        refused = Delivery.objects.select_related("subscriber").get(pk=told["b"].pk)
        assert refused.reason == "550 5.1.1 … no such user"
        assert (refused.subscriber.state, refused.subscriber.left_because) == (State.LEFT, Leaving.REFUSED)

    def test_that_names_the_mailbox_without_its_server_tells_no_one_else(self, chapter, told, worker, caplog):
        subscriber_to({key_of(chapter): "at_once"}, address="Robin.Teal@agency.example")
        change(chapter, note="Another form.", search_description="Another.")
        with smtp_server() as server, caplog.at_level("INFO"):
            server.refuse = {"Robin.Teal@agency.example": "550 5.1.1 robin.teal... User unknown (robin.teal)"}
            worker.work()
        assert Delivery.objects.failed().get().reason == "550 5.1.1 …... User unknown (…)"
        said = [record.getMessage() for record in caplog.records if record.name.startswith("alerts")]
        assert said == [f"Delivery {Delivery.objects.failed().get().pk} was not taken: 550 5.1.1 …... User unknown (…)"]

    @pytest.mark.parametrize("in_one_go", [True, False])
    def test_gets_the_others_though_an_address_cannot_be_written_in_a_mail(self, told, worker, in_one_go):
        Subscriber.objects.filter(pk=told["b"].subscriber_id).update(address="bé@agency.example")
        with smtp_server(in_one_go=in_one_go) as server:
            assert worker.work() == 2
        assert sorted(server.recipients) == ["a@agency.example", "c@agency.example"]
        assert Delivery.objects.failed().get().pk == told["b"].pk

    def test_that_refuses_for_now_is_asked_again_at_growing_pauses(self, told, worker, clock):
        with smtp_server() as server:
            server.refuse = {"b@agency.example": "451 4.7.1 try again later"}
            worker.work()
            pauses, last = [], clock.now
            for _ in range(4):
                row = Delivery.objects.get(pk=told["b"].pk)
                pauses.append(int((row.not_before - last).total_seconds()))
                clock.now = last = row.not_before
                worker.work()
            assert pauses == [60, 120, 240, 480]
            clock.add(days=3)
            worker.work()
            assert states()["b"] == "failed"
            assert told["b"].subscriber.state == State.ACTIVE

    @pytest.mark.parametrize(
        "answer", ["554 5.7.1 Relay access denied", "550 Relaying denied", "550 5.7.1 not authorised"]
    )
    def test_that_does_not_let_us_send_ends_nobody(self, told, worker, answer):
        with smtp_server() as server:
            server.refuse = {f"{letter}@agency.example": answer for letter in "abc"}
            worker.work()
        assert states() == dict.fromkeys("abc", "waiting")
        assert {row.subscriber.state for row in told.values()} == {State.ACTIVE}

    def test_that_refuses_everybody_ends_only_a_few(self, chapter, told, worker):
        for number in range(10):
            subscriber_to({key_of(chapter): "at_once"}, address=f"d{number}@agency.example")
        change(chapter, note="Another form.", search_description="Another.")
        with smtp_server() as server:
            everybody = set(Delivery.objects.values_list("subscriber__address", flat=True))
            everybody |= {f"d{number}@agency.example" for number in range(10)}
            server.refuse = dict.fromkeys(everybody, "550 5.1.1 no such user")
            worker.work()
        assert Delivery.objects.failed().count() == MOST_REFUSED_IN_A_ROW
        assert Delivery.objects.waiting().count() >= 8

    def test_that_does_not_take_the_mail_itself_says_so_to_staff(self, told, worker):
        with smtp_server() as server:
            server.answer = "554 5.6.0 That looks like junk"
            assert worker.work() == 0
            assert states() == dict.fromkeys("abc", "failed")
            assert Delivery.objects.first().reason == "554 5.6.0 That looks like junk"
            assert {row.subscriber.state for row in told.values()} == {State.ACTIVE}


class TestAWorker:
    def test_that_dies_leaves_its_deliveries_to_others(self, told, worker, clock):
        taking.take(holder="dead", now=clock())
        assert worker.work() == 0
        clock.now += taking.lease()
        assert worker.work() == 3
        assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}

    def test_that_always_dies_over_one_gives_up(self, told, clock):
        for _ in range(2 * taking.MOST_ATTEMPTS + 2):
            taking.take(holder="dead", now=clock())
            clock.add(hours=1)
            taking.free_held(now=clock())
        assert states() == dict.fromkeys("abc", "failed")

    def test_that_is_too_slow_changes_nothing_any_more(self, told, clock):
        slow = taking.take(holder="slow", now=clock())
        clock.now += taking.lease()
        taking.free_held(now=clock())
        quick = taking.take(holder="quick", now=clock())
        assert len(slow) == len(quick) == 3
        assert not taking.is_still_wanted(slow[0], holder="slow")
        taking.mark_failed(slow[0], holder="slow", reason="Slow.", now=clock())
        assert states() == dict.fromkeys("abc", "waiting")

    def test_stops_after_the_mail_under_way_and_gives_the_rest_back(self, told, clock):
        with smtp_server() as server:
            Worker(clock=clock, is_stopping=lambda: bool(server.raw)).work()
            assert len(server.raw) == 1
            assert set(Delivery.objects.waiting().values_list("holder", "attempts")) == {("", 0)}
            assert Worker(clock=clock).work() == 2

    def test_marks_what_went_when_the_database_is_back(self, told, worker, monkeypatch):
        calls = []

        def away_at_first(taken, **kwargs):
            calls.append(taken.pk)
            if len(calls) == 1:
                raise OperationalError("away")
            original(taken, **kwargs)

        original = taking.mark_sent
        monkeypatch.setattr(taking, "mark_sent", away_at_first)
        monkeypatch.setattr("alerts.posting.worker.connection.close", lambda: None)
        monkeypatch.setattr("alerts.posting.worker.time.sleep", lambda seconds: None)
        with smtp_server() as server:
            assert worker.work() == 3
        assert len(server.raw) == 3
        assert states() == dict.fromkeys("abc", DeliveryState.SENT)

    def test_is_not_stopped_by_a_message_that_cannot_be_made(self, chapter, told, worker, monkeypatch):
        change(chapter, note="Another form.", search_description="Another.")
        original = moulds.written

        def broken(message, **kwargs):
            if message.edition.note == "Another form.":
                raise ZeroDivisionError
            return original(message, **kwargs)

        monkeypatch.setattr(moulds, "written", broken)
        assert worker.work() == 3
        waiting = Delivery.objects.waiting()
        assert waiting.count() == 3
        assert set(waiting.values_list("attempts", "holder", "reason")) == {(1, "", BROKEN)}

    def test_is_not_stopped_by_a_message_that_cannot_be_spread(self, chapter, told, worker, monkeypatch):
        change(chapter, note="Another form.", search_description="Another.")

        def broken(page):
            raise ZeroDivisionError

        monkeypatch.setattr("alerts.messages.spreading.topics_for", broken)
        assert worker.work() == 3
        assert Message.objects.get(edition__note="Another form.").spread_at is None

    def test_sends_the_links_with_which_people_manage(self, told, worker, client):
        worker.work()
        text = next(one.body for one in mail.outbox if one.to == ["a@agency.example"])
        token = text.split("/alerts/manage/")[1].split("/")[0]
        assert links.read_token(token, purpose=links.MANAGE) == told["a"].subscriber.public_id


class TestItsName:
    def test_leads_back_to_the_delivery(self):
        assert delivery_named(f"Message-ID: {message_id_of(7)}") == 7

    def test_cannot_be_made_up(self):
        made_up = message_id_of(7).replace("<7.", "<8.")
        assert delivery_named(made_up) is None
        assert delivery_named("<7@board.example>") is None
