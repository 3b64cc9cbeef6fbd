"""What the log says of a failure, and what it must never say."""

import json
import logging
import sys

import pytest

from pages.logs import JsonLines, request_id, without_personal_data


def line_for(message, *arguments, failure=None):
    """Return the line that would be written, read back."""
    record = logging.LogRecord("site", logging.ERROR, __file__, 1, message, arguments, failure)
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def failure(text):
    """Return exc_info as a logger gets it."""
    try:
        raise ValueError(text)
    except ValueError:
        return sys.exc_info()


class TestALine:
    def test_says_when_how_bad_who_and_what(self):
        line = line_for("Could not %s", "publish")
        assert line["message"] == "Could not publish"
        assert (line["level"], line["logger"]) == ("ERROR", "site")
        assert line["time"].endswith("+00:00")

    def test_has_the_traceback(self):
        line = line_for("Failed", failure=failure("because of this"))
        assert "ValueError: because of this" in line["traceback"]
        assert "test_logs.py" in line["traceback"]

    def test_names_the_request(self):
        token = request_id.set("abcdef0123")
        try:
            assert line_for("Failed")["request"] == "abcdef0123"
        finally:
            request_id.reset(token)
        assert line_for("Failed")["request"] == ""

    def test_is_one_line_whatever_the_message_holds(self):
        assert line_for("one\ntwo \u2028 three")["message"] == "one\ntwo \u2028 three"


class TestNothingOfTheReader:
    @pytest.mark.parametrize(
        ("written", "secret"),
        [
            ("Key (email)=(jo.bloggs+x@school.example) already exists", "jo.bloggs"),
            ("Refused 203.0.113.77", "203.0.113.77"),
            ("Refused 2001:db8:85a3:0:0:8a2e:370:7334 today", "2001:db8"),
            ("Not found: /search/?q=my+child+is+in+danger", "danger"),
            ("Failed: /alerts/confirm/MTIzNDU2Nzg5:1rXyZ2:Q2hpbGQtc2FmZWd1YXJkaW5nLXRva2Vu/", "Q2hpbGQ"),
            ("Failed: /admin/password_reset/confirm/Mg/0123456789abcdef0123456789abcdef/", "0123456789abcdef"),
            ("Failed: /preview/2f1c1d3e-aaaa-bbbb-cccc-0123456789ab/", "2f1c1d3e"),
            ("Failed: /k/aB3dE5gH7jK9mN1pQ3sT5vW7/", "aB3dE5"),
        ],
    )
    def test_is_in_a_message_or_a_traceback(self, written, secret):
        assert secret not in json.dumps(line_for(written))
        assert secret not in json.dumps(line_for("Failed", failure=failure(written)))

    @pytest.mark.parametrize(
        "harmless",
        [
            "Internal Server Error: /bulletins/april-2017/",
            "Internal Server Error: /about/local-safeguarding-arrangements-for-children-2026/",
            'File "site/pages/middleware.py", line 12, in __call__',
            "Scheduled publishing failed; it is tried again in 60 seconds.",
            "at 13:45:12 on 2026-05-04",
        ],
    )
    def test_is_thought_to_be_in_what_is_only_about_the_site(self, harmless):
        assert without_personal_data(harmless) == harmless


@pytest.mark.django_db
def test_a_failing_page_is_logged_with_traceback_and_request_id(client, settings, caplog, monkeypatch):
    def fail(*args):
        raise RuntimeError("for jo@school.example")

    monkeypatch.setattr("pages.routing._route", fail)
    client.raise_request_exception = False
    response = client.get("/anything/?q=secret")
    assert response.status_code == 500
    record = next(record for record in caplog.records if record.name == "django.request")
    line = JsonLines().format(record)
    assert "RuntimeError" in line
    assert "jo@school" not in line
    assert "secret" not in line
