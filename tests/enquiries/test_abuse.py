"""What people do to forms who want something else from them: it is slowed, refused with a sentence, or shown as text.

Spreadsheets: tests/enquiries/test_feedback.py, of the report on useful pages; queues give none.
"""

import time
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from enquiries import uploads
from enquiries.links import is_mostly_links, is_only_links
from enquiries.mail import send_owed
from enquiries.models import NewsSubmission
from enquiries.services import decide
from enquiries.states import State
from tests.enquiries.factories import FORMATS, NEWS, aged_key, make_staff, of_each_kind
from tests.enquiries.test_form import summary_of
from tests.enquiries.test_mail import both_texts

pytestmark = pytest.mark.django_db

INJECTED = "Ash\r\nBcc: victim@agency.example\r\n\r\nBuy now\x00\x0b\x1b\u202e"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"
# Of 970 each took 0.03 seconds of a processor, with the page that it was answered by.
MANY = 60
WHO = ("sender_name", "sender_agency")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Keep what is uploaded in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def typed_in(kind) -> list[str]:
    """Return the fields in which people write what they like."""
    form = kind.filled_in()
    return [name for name in form if name not in ("key", "website", "warned", "sender_email", "wanted")]


class TestAFlood:
    def test_of_one_address_cost_little_and_harm_nobody_else(self, client, media):
        """Each with a file of the largest size; those beyond the thirtieth are answered unread."""
        page = NEWS.add_page()
        address, form = NEWS.form_url(page), NEWS.filled_in(title="")
        for _ in range(30):
            client.post(address, form, REMOTE_ADDR="192.0.2.1")

        class Unread:
            """A body that must not be read: nothing is, of what is too much."""

            def read(self, *args):
                raise AssertionError("the body was read")

            readline = read

        begin, statuses = time.process_time(), set()
        for number in range(MANY):
            request = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(uploads.LARGEST_FILE), "REMOTE_ADDR": "192.0.2.1"}
            response = client.generic("POST", address, b"", content_type="multipart/form-data; boundary=x", **request)
            statuses.add(response.status_code)
            if number % 10 == 0:
                assert client.post(address, NEWS.filled_in(), REMOTE_ADDR=f"198.51.100.{number}").status_code == 302
        assert statuses == {429}
        assert (time.process_time() - begin) / MANY < 0.1
        assert NewsSubmission.objects.count() == MANY // 10
        assert not media.exists()

    def test_of_one_address_hear_when_to_come_back(self, client):
        page = NEWS.add_page()
        for _ in range(30):
            client.post(NEWS.form_url(page), {})
        file = SimpleUploadedFile("a.txt", b"x" * 400_000)
        response = client.post(NEWS.form_url(page), NEWS.filled_in(file=file))
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert "Go back to get what you wrote" in summary_of(response)


class TestHeads:
    @of_each_kind
    def test_of_mails_cannot_be_written_by_the_sender(self, client, kind):
        page = kind.add_page()
        form = kind.filled_in(**dict.fromkeys(typed_in(kind), INJECTED))
        assert client.post(kind.form_url(page), form).status_code == 302
        enquiry = kind.model.objects.get()
        for name in WHO:
            assert not set(getattr(enquiry, name)) & set("\r\n\x00\x0b\x1b\u202e")
        decide(enquiry, state=State.DECLINED, outcome="No.", user=None, now=timezone.now())
        send_owed(now=timezone.now())
        assert mail.outbox
        for message in mail.outbox:
            assert "victim" not in str(message.message())
            assert not message.bcc
            assert not message.cc
            assert message.to in (["ash@agency.example"], ["schools@board.example"])

    @of_each_kind
    @pytest.mark.parametrize(
        "address",
        ["a@b.example\r\nBcc: c@d.example", "a@b.example\nSubject: x", "a@b.example, c@d.example", "<a@b.example>"],
    )
    def test_are_not_in_an_address(self, client, kind, address):
        response = client.post(kind.form_url(kind.add_page()), kind.filled_in(sender_email=address))
        assert "usual form" in summary_of(response)
        assert not kind.model.objects.exists()


class TestTooMuch:
    @of_each_kind
    def test_in_any_field_is_refused_with_a_sentence(self, client, kind):
        page = kind.add_page()
        for name in typed_in(kind):
            response = client.post(kind.form_url(page), kind.filled_in(**{name: "x" * 1_000_000}))
            assert response.status_code == 413 or "characters or fewer" in summary_of(response)
            assert "too long" in summary_of(response)
            assert len(response.content) < 100_000
        assert not kind.model.objects.exists()

    @of_each_kind
    def test_for_a_field_and_not_for_the_request_says_how_long_it_is(self, client, kind):
        page = kind.add_page()
        for name in typed_in(kind):
            response = client.post(kind.form_url(page), kind.filled_in(**{name: "x" * 9_000}))
            assert "characters or fewer. It has 9000" in summary_of(response)
        assert not kind.model.objects.exists()


class TestWhatCannotBeSeen:
    @of_each_kind
    def test_is_left_out(self, client, kind):
        unseen = "a\x00b\x08c\x7fd\u202ee\u2066f\ufeffg"
        form = kind.filled_in(**dict.fromkeys(typed_in(kind), unseen))
        assert client.post(kind.form_url(kind.add_page()), form).status_code == 302
        enquiry = kind.model.objects.get()
        assert {getattr(enquiry, name) for name in typed_in(kind)} == {"abcdefg"}

    @of_each_kind
    def test_alone_is_nothing(self, client, kind):
        if kind is FORMATS:
            return  # What is written there is optional.
        response = client.post(kind.form_url(kind.add_page()), kind.filled_in(**{kind.written: "\x00\x08 \u202e"}))
        assert "There is a problem" in summary_of(response)
        assert not kind.model.objects.exists()


class TestLinks:
    @of_each_kind
    @pytest.mark.parametrize(
        "text", ["https://spam.example", "http://a.example/x\nwww.b.example buy", "[url=http://a.example]x[/url]"]
    )
    def test_alone_are_refused(self, client, kind, text):
        if kind is FORMATS:
            return  # "As on https://…" says enough there.
        response = client.post(kind.form_url(kind.add_page()), kind.filled_in(**{kind.written: text}))
        assert "Say in words" in summary_of(response)
        assert not kind.model.objects.exists()

    @of_each_kind
    def test_with_hardly_a_word_are_marked(self, client, kind):
        if kind is FORMATS:
            return
        text = "Cheap pills online https://a.example here https://b.example now https://c.example"
        client.post(kind.form_url(kind.add_page()), kind.filled_in(**{kind.written: text}))
        client.force_login(make_staff(kind.handles))
        enquiry = kind.model.objects.get()
        for address in (kind.queue, kind.screen(enquiry)):
            assert "Mostly links" in client.get(address).content.decode()

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "No link at all",
            "See section 4.2 and www.gov.uk/guidance, then say so in the text.",
            "Booking at https://training.example/neglect is open until Friday for every agency.",
        ],
    )
    def test_among_words_are_none_of_it(self, text):
        assert not is_only_links(text)
        assert not is_mostly_links(text)

    def test_are_looked_for_in_no_time(self):
        for text in (
            "http" * 1250,
            "www." * 1250,
            "[url" * 1250,
            "<a " * 1600,
            "https://" + "a" * 5000,
            "[url " * 1000,
        ):
            begin = time.process_time()
            is_only_links(text), is_mostly_links(text)
            assert time.process_time() - begin < 0.2


class TestWhatIsShown:
    @of_each_kind
    def test_to_staff_and_in_mails_is_never_html(self, client, kind):
        page = kind.add_page()
        form = kind.filled_in(**dict.fromkeys(typed_in(kind), EVIL))
        thanks = client.post(kind.form_url(page), form, follow=True)
        enquiry = kind.model.objects.get()
        enquiry.page_title = EVIL
        enquiry.save()
        staff = Client()
        staff.force_login(make_staff(kind.handles, f"delete_{kind.model._meta.model_name}"))
        addresses = [kind.queue, kind.screen(enquiry), f"{kind.queue}history/{enquiry.pk}/", f"{kind.queue}?q=alert"]
        shown = [thanks, *(staff.get(address) for address in [*addresses, f"{kind.queue}delete/{enquiry.pk}/"])]
        for response in shown:
            assert response.status_code == 200
            assert "<script>alert(1)" not in response.content.decode()
            assert "<img src=x" not in response.content.decode()
        decide(enquiry, state=State.DECLINED, outcome=EVIL, user=None, now=timezone.now())
        send_owed(now=timezone.now())
        assert mail.outbox
        for message in mail.outbox:
            assert "<script>" not in message.alternatives[0][0]
            assert "<img" not in message.alternatives[0][0]
        assert "7*7" in both_texts(mail.outbox[-1]), "shown as it was written"

    @of_each_kind
    def test_in_a_form_again_is_never_html(self, client, kind):
        form = kind.filled_in(**dict.fromkeys([*typed_in(kind), "sender_email"], EVIL), key=aged_key())
        response = client.post(kind.form_url(kind.add_page()), form)
        assert response.status_code == 200
        assert "<script>alert(1)" not in response.content.decode()
        assert "<img src=x" not in response.content.decode()

    @of_each_kind
    def test_in_logs_and_histories_is_nothing_of_the_sender(self, client, kind, caplog):
        caplog.set_level("DEBUG")
        client.post(kind.form_url(kind.add_page()), kind.filled_in(**{kind.written: "Secret words here"}))
        entries = str(list(ModelLogEntry.objects.values("label", "data")))
        for private in ("Secret", "ash@agency", "A school"):
            assert private not in entries
            assert private not in caplog.text
