"""Programs are kept out, and nobody else."""

import logging
import time

import pytest
from django.core import signing
from django.core.cache import caches

from enquiries.details import details_in
from enquiries.guards import LONGEST_SECONDS
from enquiries.models import AmendmentSuggestion
from enquiries.throttles import SendingThrottle
from tests.enquiries.factories import add_chapter, aged_key, filled_in, form_url, of_each_kind
from tests.enquiries.test_form import read, summary_of, value_of
from tests.once import once
from tests.updates.factories import make_chapter

pytestmark = pytest.mark.django_db


page = once(add_chapter)


def sent() -> int:
    return AmendmentSuggestion.objects.count()


class TestTheKey:
    @pytest.mark.parametrize(
        "key",
        ["", "x", "a:b:c", aged_key(LONGEST_SECONDS + 60), aged_key() + "x", "\x00", "é:é:é"],
        ids=["none", "a letter", "three letters", "too old", "changed", "NUL", "letters with accents"],
    )
    def test_that_is_old_or_wrong_is_replaced_and_nothing_is_lost(self, client, page, key):
        form = filled_in(key=key)
        response = client.post(form_url(page), form)
        assert "open for a long time" in summary_of(response)
        assert value_of(response, "change") == form["change"]
        assert value_of(response, "key") not in ("", key)
        assert sent() == 0

    @of_each_kind
    def test_of_this_second_is_a_programs(self, client, kind):
        address = kind.form_url(kind.add_page())
        key = value_of(client.get(address), "key")
        response = client.post(address, kind.filled_in(key=key))
        assert "Please wait a moment" in summary_of(response)
        assert not kind.model.objects.exists()
        assert value_of(response, "key") == key, "sending again a little later gets through"

    def test_lets_who_takes_four_seconds_through(self, client, page):
        assert client.post(form_url(page), filled_in(key=aged_key(4.5))).status_code == 302

    def test_too_young_is_not_complained_of_beside_a_mistake(self, client, page):
        key = value_of(client.get(form_url(page)), "key")
        response = client.post(form_url(page), filled_in(key=key, change=""))
        assert summary_of(response) == "There is a problem Write what should change"

    def test_signed_for_something_else_is_none(self, client, page):
        client.post(form_url(page), filled_in(key=signing.dumps("0" * 32, salt="password")))
        assert sent() == 0


class TestTheTrap:
    @of_each_kind
    def test_catches_what_fills_in_everything(self, client, kind):
        form = kind.filled_in(website="https://spam.example")
        response = client.post(kind.form_url(kind.add_page()), form)
        assert response.status_code == 200
        assert not kind.model.objects.exists()
        assert value_of(response, "website") == "", "a person whose browser filled it in gets through the second time"

    def test_is_out_of_everybodys_way(self, client, page):
        field = read(client.get(form_url(page))).select_one("[name=website]")
        assert field["tabindex"] == "-1"
        assert field.parent["aria-hidden"] == "true"


class TestTheThrottle:
    @of_each_kind
    def test_stops_one_address_and_keeps_what_was_typed(self, client, kind):
        """Whatever the forms are about that it has sent before."""
        page = kind.add_page()
        other = make_chapter(page.get_parent(), published=True)
        for _ in range(30):
            client.post(form_url(other), {})
        response = client.post(kind.form_url(page), kind.filled_in(**{kind.written: "Kept"}))
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 3601
        assert "wait" in summary_of(response)
        assert value_of(response, kind.written) == "Kept"
        assert read(response).title.text.startswith("Error")
        assert not kind.model.objects.exists()
        assert not response.cookies

    def test_harms_nobody_else_and_no_reading(self, client, page):
        for _ in range(40):
            client.post(form_url(page), {}, REMOTE_ADDR="192.0.2.1")
        assert client.get(form_url(page), REMOTE_ADDR="192.0.2.1").status_code == 200
        assert client.post(form_url(page), filled_in(), REMOTE_ADDR="192.0.2.2").status_code == 302

    def test_ends_after_an_hour(self, client, page, monkeypatch):
        for _ in range(31):
            client.post(form_url(page), {})
        monkeypatch.setattr(SendingThrottle, "timer", lambda self: time.time() + 3601)
        assert client.post(form_url(page), filled_in()).status_code == 302

    def test_is_not_fooled_by_a_made_up_address(self, client, page, settings):
        """Without a proxy the header is the sender's own word."""
        settings.REST_FRAMEWORK = {"NUM_PROXIES": 0}
        statuses = [
            client.post(form_url(page), {}, headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
            for number in range(32)
        ]
        assert statuses[-1] == 429

    def test_takes_the_proxys_word_and_not_what_stands_before_it(self, client, page, settings):
        settings.REST_FRAMEWORK = {"NUM_PROXIES": 1}

        def post(forwarded):
            return client.post(form_url(page), {}, headers={"X-Forwarded-For": forwarded}).status_code

        assert [post(f"203.0.113.{number}, 192.0.2.7") for number in range(31)][-1] == 429
        assert post("192.0.2.7, 192.0.2.8") == 200

    def test_counts_a_whole_network_of_the_new_kind_as_one(self, client, page):
        statuses = [
            client.post(form_url(page), {}, REMOTE_ADDR=f"2001:db8::{number:x}").status_code for number in range(1, 32)
        ]
        assert statuses[-1] == 429
        assert client.post(form_url(page), {}, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200

    def test_tells_addresses_of_the_old_kind_apart_however_they_are_written(self, client, page):
        answers = [client.post(form_url(page), {}, REMOTE_ADDR=f"::ffff:192.0.2.{number}") for number in range(1, 32)]
        assert {answer.status_code for answer in answers} == {200}

    @pytest.mark.parametrize("address", ["", "nonsense", "unix:", "192.0.2.1:443", "fe80::1%eth0", "x" * 9000])
    def test_never_fails(self, client, page, address):
        assert client.post(form_url(page), filled_in(), REMOTE_ADDR=address).status_code == 302

    def test_keeps_and_logs_no_address(self, client, page, caplog):
        caplog.set_level(logging.DEBUG)
        for _ in range(31):
            client.post(form_url(page), filled_in(), REMOTE_ADDR="192.0.2.77")
        assert "192.0.2.77" not in caplog.text
        assert "192.0.2.77" not in str(caches["default"]._cache.items())
        stored = AmendmentSuggestion.objects.values().first()
        assert "192.0.2.77" not in str(stored)

    @pytest.mark.parametrize(
        "away",
        [
            {"BACKEND": "pages.cache_backends.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
            {"BACKEND": "pages.cache_backends.ForgivingFileCache", "LOCATION": "/dev/null/nowhere"},
        ],
        ids=["redis", "disk"],
    )
    def test_lets_everybody_through_when_the_cache_is_away(self, client, page, settings, away):
        settings.CACHES = {"default": away, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        assert client.post(form_url(page), filled_in()).status_code == 302


class TestDetails:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("The boy, dob 3/4/2015, was", "a date of birth"),
            ("D.O.B: 03-04-15", "a date of birth"),
            ("date of birth is 3rd April 2015", "a date of birth"),
            ("She was born on 12 March 2019.", "a date of birth"),
            ("NHS 943 476 5919", "an NHS number"),
            ("9434765919", "an NHS number"),
            ("He lives at 4 Mill Lane, AB12 3DE", "a postcode"),
            ("NI QQ 12 34 56 C and AB123456C", "a National Insurance number"),
            ("see case number 1234567", "the number of a case"),
            ("Referral ref: LL20991", "the number of a case"),
            ("a girl called Rowan said", "a child’s name"),
        ],
    )
    def test_are_recognised(self, text, what):
        assert what in details_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Record the child's name, date of birth and NHS number.",
            "Section 47 of the Children Act 1989, see paragraph 3.12 and page 1234567890",
            "Since 3 March 2027 the threshold is 18 years and 6 months.",
            "Call 01632 960123 or 0300 123 4567 or +44 1632 960123.",
            "Working Together (15/12/2023), edition 4, S.I. 2015/1234",
            "A child born outside marriage; a 7-year-old; aged 16 to 17.",
            "ISBN 978-1-5286-4567-8, https://www.agency.example/KS3/4567890123",
            "In case 3 of the review; a case may be closed; the referral form 2027",
            "A child called in by a parent. Children named in the plan.",
        ],
    )
    def test_are_not_seen_in_what_procedures_say(self, text):
        assert details_in(text) == []

    def test_are_warned_of_once_and_then_taken(self, client, page):
        form = filled_in(change="The boy, dob 3/4/2015, waited.", reason="Rowan, NHS 943 476 5919")
        response = client.post(form_url(page), form)
        assert sent() == 0
        assert "a date of birth" in read(response).select_one("#id_change_error").text
        assert "an NHS number" in read(response).select_one("#id_reason_error").text
        assert value_of(response, "change") == form["change"]
        again = form | {"warned": value_of(response, "warned")}
        assert client.post(form_url(page), again).status_code == 302
        assert AmendmentSuggestion.objects.get().may_hold_details

    @of_each_kind
    def test_taken_out_leave_no_mark(self, client, kind):
        address = kind.form_url(kind.add_page())
        response = client.post(address, kind.filled_in(**{kind.written: "dob 3/4/2015"}))
        assert "a date of birth" in summary_of(response)
        client.post(address, kind.filled_in(warned=value_of(response, "warned")))
        assert not kind.model.objects.get().may_hold_details

    def test_are_looked_for_in_no_time(self):
        for text in (
            "9" * 5000,
            "born " * 1000,
            "dob 1/1/" * 600,
            "case number is " * 300,
            "A1 1" * 1200,
            "a girl " * 700,
        ):
            begin = time.process_time()
            details_in(text)
            assert time.process_time() - begin < 0.2
