"""What providers of mail report, posted as they post it: signed, wrong, again, much, at once."""

import hashlib
import hmac
import json
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings

from alerts import services
from alerts.bounces.services import COMPLAINED
from alerts.models import Delivery, Leaving, State, Subscriber
from alerts.posting.names import message_id_of, name_of
from tests.alerts.bounces.factories import sent_to
from tests.alerts.bounces.provider import SECRET

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 1, 8, 12, tzinfo=UTC)
A = "a@agency.example"
SIGNING_KEY = "signs"
KNOWN = {"HTTP_AUTHORIZATION": "Basic " + b64encode(SECRET.encode()).decode()}


@pytest.fixture
def delivery():
    return sent_to(A, now=NOW)


@pytest.fixture(autouse=True)
def _is_set_up(settings):
    settings.EMAIL_PROVIDER = "postmark"
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY,
        "POSTMARK_SERVER_TOKEN": "token",
    }


def post(client, provider, data, **extra):
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return client.post(f"/alerts/reports/{provider}/", body, "application/json", **KNOWN | extra)


def by_postmark(client, delivery, kind="HardBounce", *, said="smtp;550 5.1.1 user unknown", record="Bounce", **extra):
    data = {
        "RecordType": record,
        "Type": kind,
        "ID": 4,
        "Email": A,
        "Details": said,
        "BouncedAt": "2025-01-08T12:00:00Z",
    }
    data |= {"Description": "Unknown user, or something else.", "Metadata": {"delivery": name_of(delivery.pk)}}
    return post(client, "postmark", data | extra)


def by_mailgun(client, delivery, *, key=SIGNING_KEY, **event):
    """Post an event as Mailgun signs it; it names the delivery by the Message-ID that it keeps."""
    signature = hmac.new(key.encode(), b"1736337600token", hashlib.sha256).hexdigest()
    data = {
        "signature": {"timestamp": "1736337600", "token": "token", "signature": signature},
        "event-data": {
            "timestamp": 1736337600.5,
            "recipient": A,
            "message": {"headers": {"message-id": message_id_of(delivery.pk).strip("<>")}},
            **event,
        },
    }
    with override_settings(EMAIL_PROVIDER="mailgun"):
        return post(client, "mailgun", data)


def by_amazon(client, delivery, kind, **event):
    headers = [{"name": "X-Metadata", "value": json.dumps({"delivery": name_of(delivery.pk)})}]
    told = {"eventType": kind, "mail": {"messageId": "0100", "destination": [A], "headers": headers}, **event}
    data = {"Type": "Notification", "MessageId": "m", "Timestamp": "2025-01-08T12:00:00Z", "Message": json.dumps(told)}
    with override_settings(EMAIL_PROVIDER="amazon_ses"):
        return post(
            client, "amazon_ses", data, HTTP_X_AMZ_SNS_MESSAGE_TYPE="Notification", HTTP_X_AMZ_SNS_MESSAGE_ID="m"
        )


def how_it_stands(delivery) -> tuple:
    row = Delivery.objects.select_related("subscriber").get(pk=delivery.pk)
    return row.state, row.subscriber.state, row.subscriber.left_because


UNTOUCHED = ("sent", State.ACTIVE, "")
ENDED = ("failed", State.LEFT, Leaving.REFUSED)
MARKED = ("failed", State.ACTIVE, "")


class TestAReport:
    @pytest.mark.parametrize(
        ("kind", "said", "stands"),
        [
            ("HardBounce", "smtp;550 5.1.1 user unknown", ENDED),
            ("SoftBounce", "smtp;552 5.2.2 mailbox full", MARKED),
            ("HardBounce", "", MARKED),
            ("BadEmailAddress", "", ENDED),
            ("Blocked", "smtp;550 5.7.1 blocked", MARKED),
            ("Transient", "smtp;450 4.2.1 later", UNTOUCHED),
            ("AutoResponder", "", UNTOUCHED),
            ("Unknown", "", UNTOUCHED),
        ],
    )
    def test_of_postmark_is_done_once_however_often_it_comes(self, client, delivery, kind, said, stands):
        for _ in range(2):
            assert by_postmark(client, delivery, kind, said=said).status_code == 200
            assert how_it_stands(delivery) == stands
        assert "@" not in Delivery.objects.get().reason

    def test_of_a_complaint_stops_all_mail(self, client, delivery):
        for _ in range(2):
            assert by_postmark(client, delivery, "SpamComplaint", record="SpamComplaint").status_code == 200
        assert how_it_stands(delivery) == ("sent", State.STOPPED, "")
        assert Delivery.objects.get().reason == COMPLAINED

    def test_of_somebody_who_left_by_the_provider_is_leaving_and_can_be_undone(self, client, delivery):
        extra = {"SuppressSending": True, "SuppressionReason": "ManualSuppression", "Recipient": A}
        by_postmark(client, delivery, record="SubscriptionChange", **extra)
        assert how_it_stands(delivery) == ("sent", State.LEFT, "")
        services.undo(delivery.subscriber, now=Subscriber.objects.get().left_at)
        by_postmark(client, delivery, record="SubscriptionChange", **extra)
        assert how_it_stands(delivery) == UNTOUCHED

    def test_of_mailgun_is_known_by_our_message_id(self, client, delivery):
        status = {"code": 550, "message": "5.1.1 no such user"}
        told = {"event": "failed", "severity": "permanent", "reason": "bounce", "delivery-status": status}
        assert by_mailgun(client, delivery, **told).status_code == 200
        assert how_it_stands(delivery) == ENDED

    def test_of_mailgun_with_another_signature_is_not_believed(self, client, delivery):
        assert by_mailgun(client, delivery, key="another", event="complained").status_code == 400
        assert how_it_stands(delivery) == UNTOUCHED

    def test_of_amazon_is_known_by_what_was_sent_with_it(self, client, delivery):
        recipients = [{"emailAddress": A, "diagnosticCode": "smtp; 550 5.1.1 unknown"}]
        bounce = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": recipients}
        assert by_amazon(client, delivery, "Bounce", bounce=bounce).status_code == 200
        assert how_it_stands(delivery) == ENDED

    def test_of_a_complaint_to_amazon_stops_all_mail(self, client, delivery):
        complaint = {"complaintFeedbackType": "abuse", "complainedRecipients": [{"emailAddress": A}]}
        assert by_amazon(client, delivery, "Complaint", complaint=complaint).status_code == 200
        assert how_it_stands(delivery)[1] == State.STOPPED

    def test_of_a_delivery_that_is_not_ours_or_erased_is_nothing(self, client, delivery):
        for metadata in ({}, None, {"delivery": "8." + "0" * 32}, {"delivery": ["x"]}, {"delivery": name_of(10**17)}):
            assert by_postmark(client, delivery, Metadata=metadata or {}).status_code == 200
        assert how_it_stands(delivery) == UNTOUCHED
        delivery.subscriber.delete()
        assert by_postmark(client, delivery).status_code == 200

    def test_says_what_no_database_takes(self, client, delivery):
        assert by_postmark(client, delivery, said="550 5.1.1 \x00 \ud800 gone").status_code == 200
        assert Delivery.objects.get().reason == "550 5.1.1 gone"


class TestTheAddress:
    @pytest.mark.parametrize(
        "known", ["", "Basic", "Basic !!", "Basic " + b64encode(b"board:wrong").decode(), "Bearer x"]
    )
    def test_is_closed_to_who_does_not_know_the_secret(self, client, delivery, known):
        response = client.post("/alerts/reports/postmark/", b"{", "application/json", HTTP_AUTHORIZATION=known)
        assert response.status_code == 401
        assert how_it_stands(delivery) == UNTOUCHED

    @pytest.mark.parametrize(("provider", "configured"), [("postmark", ""), ("postmark", "mailgun"), ("none", "none")])
    def test_is_there_for_the_provider_of_the_site_alone(self, client, settings, provider, configured):
        settings.EMAIL_PROVIDER = configured
        assert post(client, provider, {}).status_code == 404

    def test_takes_no_more_than_reports_may_have(self, client, delivery):
        assert post(client, "postmark", b"[" * 10_000_000).status_code == 413
        assert post(client, "postmark", b"{}", CONTENT_LENGTH="much").status_code in (400, 413)

    def test_answers_get_with_nothing(self, client):
        assert client.get("/alerts/reports/postmark/", **KNOWN).status_code == 405

    def test_asks_for_it_again_when_something_goes_wrong(self, delivery, monkeypatch):
        def away(**kwargs):
            raise ConnectionError

        monkeypatch.setattr("alerts.bounces.tracking.note_failure", away)
        assert by_postmark(Client(raise_request_exception=False), delivery).status_code == 500

    def test_sends_nobody_to_another_address(self, client, delivery):
        response = by_postmark(client, delivery)
        assert response.content == b""
        assert not response.cookies


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_do_the_same_once(self):
        deliveries = [sent_to(f"a{number}@agency.example", now=NOW - timedelta(hours=1)) for number in range(6)]

        def report(delivery):
            try:
                return by_postmark(Client(), delivery, Email=delivery.subscriber.address).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(report, deliveries * 2)) == {200}
        assert set(Delivery.objects.values_list("state", "subscriber__state")) == {("failed", State.LEFT)}
