"""The inbox in the browser: there on one's own machine, nowhere else; whatever lies in the folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from inbox import folder
from inbox.reading import UNREADABLE
from tests.factories import add_home
from tests.inbox.mails import HTML, put, send, the_only_name
from tests.once import once

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db

home = once(add_home)


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path, home):
    settings.VAR_DIR = tmp_path / "var"


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def mail_page(client):
    return page_of(client, f"/inbox/mail/{the_only_name()}/")


class TestTheList:
    def test_shows_mails_newest_first(self, client):
        send("The first")
        send("The <second>")
        page = page_of(client, "/inbox/")
        assert [link.text for link in page.select(".inbox a")] == ["The <second>", "The first"]
        assert "To ash@agency.example" in page.main.text

    def test_says_when_there_is_nothing_yet(self, client):
        page = page_of(client, "/inbox/")
        assert "There is nothing yet." in page.main.text
        assert not page.main.select("form")

    def test_names_how_many_older_ones_there_are(self, client, monkeypatch):
        monkeypatch.setattr(folder, "MOST_LISTED", 2)
        for number in range(5):
            send(f"Mail {number}")
        assert "There are 3 older ones" in page_of(client, "/inbox/").main.text

    def test_costs_as_many_queries_for_many_mails_as_for_few(self, client, django_assert_num_queries):
        client.get("/inbox/")
        for number in (3, 30):
            for _ in range(number):
                send()
            with django_assert_num_queries(0):
                client.get("/inbox/")

    def test_is_emptied_by_a_button(self, client):
        send()
        assert client.get("/inbox/empty/").status_code == 405
        assert folder.newest()[1] == 1
        assert client.post("/inbox/empty/").url == "/inbox/"
        assert folder.newest()[1] == 0

    def test_is_not_emptied_by_a_page_of_somebody_else(self):
        send()
        assert Client(enforce_csrf_checks=True).post("/inbox/empty/").status_code == 403
        assert folder.newest()[1] == 1


BROKEN = {
    "empty": b"",
    "nothing but letters": b"hello " * 1000,
    "no mail at all": bytes(range(256)) * 50,
    "broken address": b"From: <<>>@@;;\nTo: a:b:c;;;,,\nDate: yesterday\n\nText",
    "broken words": b"Subject: =?utf-8?q?broken=ZZ?= =?nope?b?x?=\n\nText",
    "unknown letters": b'Subject: x\nContent-Type: text/plain; charset="klingon"\n\ncaf\xe9',
    "raw bytes in a header": b"Subject: caf\xe9 \xff\nTo: \xf0\x9f\n\nText",
    "no end": b'Subject: x\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>',
    "empty parts": b'Subject: x\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n" * 200_000,
    "mails in mails": b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 5000,
    "endless headers": b"Subject: x\n" + b"X: http://a.example\n" * 100_000 + b"\n\nText",
    "endless header": b"Subject: " + b"x" * 300_000 + b"\n\nText",
    "broken base64": b"Subject: x\nContent-Transfer-Encoding: base64\nContent-Type: text/html\n\n!!!!=A=",
    "NUL": b"Subject: a\x00b\n\nc\x00d",
    "message ids that trip the parser": b"Message-ID: <\nContent-Type: ;;;\nContent-Disposition: ;=\nReply-To: \n\nx",
}


class TestABrokenFile:
    @pytest.mark.parametrize("kind", BROKEN)
    def test_breaks_neither_the_list_nor_its_own_page(self, client, kind):
        put(BROKEN[kind], "odd")
        assert len(page_of(client, "/inbox/").select(".inbox a")) == 1
        page_of(client, "/inbox/mail/odd/")
        assert client.get("/inbox/mail/odd/html/").status_code == 200
        assert b"".join(client.get("/inbox/mail/odd/save/").streaming_content) == BROKEN[kind]

    def test_is_named_as_such(self, client):
        put(b"")
        assert page_of(client, "/inbox/").select_one(".inbox a").text == UNREADABLE

    def test_that_is_huge_is_listed_and_not_taken_apart(self, client):
        with put(b"Subject: Large\nTo: a@agency.example\n\n").open("ab") as file:
            file.truncate(200 * 1024 * 1024)
        assert page_of(client, "/inbox/").select_one(".inbox a").text == "Large"
        page = mail_page(client)
        assert "too large to be shown" in page.main.text
        assert not page.select("iframe")

    def test_may_have_any_name(self, client):
        put(b"Subject: x\n\ny", "a b & ü?#%")
        link = page_of(client, "/inbox/").select_one(".inbox a")
        assert page_of(client, link["href"]).h1.text == "x"


class TestAMail:
    def test_is_shown_with_headers_and_links_that_can_be_followed(self, client):
        send(headers={"List-Unsubscribe": "<http://testserver/leave/>"})
        page = mail_page(client)
        assert page.h1.text == "Your link"
        assert page.select_one(".inbox-text a")["href"] == "http://testserver/confirm/abc/"
        assert "List-Unsubscribe" in page.select_one(".inbox-headers").text

    def test_in_its_frame_may_run_and_send_nothing(self, client):
        send(html="<html><head></head><script>alert(1)</script><form action='/inbox/empty/'></form></html>")
        frame = mail_page(client).iframe
        assert set(frame.get_attribute_list("sandbox")) == {"allow-popups", "allow-popups-to-escape-sandbox"}
        answer = client.get(frame["src"])
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'none'" in policy
        assert "script-src" not in policy
        assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"

    def test_opens_its_links_in_a_tab_of_their_own(self, client):
        send(html=HTML)
        content = client.get(mail_page(client).iframe["src"]).content.decode()
        assert content == HTML.replace("<head>", '<head><base target="_blank">')

    def test_without_a_head_opens_its_links_there_too(self, client):
        send(html="<p>Hello</p>")
        content = client.get(mail_page(client).iframe["src"]).content.decode()
        assert content == '<base target="_blank"><p>Hello</p>'

    def test_of_plain_text_needs_no_frame(self, client):
        send(html="", text="<b>only</b> text")
        page = mail_page(client)
        assert not page.select("iframe")
        assert page.select_one(".inbox-text").text == "<b>only</b> text"

    def test_names_what_is_attached(self, client):
        send(attachments=[("plan.pdf", b"%PDF", "application/pdf")])
        assert "plan.pdf (application/pdf)" in mail_page(client).select_one(".facts").text

    @pytest.mark.parametrize("address", ["mail/nothing/", "mail/nothing/html/", "mail/nothing/save/", "mail/../"])
    def test_that_is_not_there_is_not_found(self, client, address):
        assert client.get(f"/inbox/{address}").status_code == 404

    def test_is_kept_by_no_cache(self, client):
        send()
        name = the_only_name()
        for address in ("/inbox/", f"/inbox/mail/{name}/", f"/inbox/mail/{name}/html/"):
            assert "no-store" in client.get(address)["Cache-Control"]


def asked_in_a_process(tmp_path, **environment) -> list[str]:
    """Ask a fresh process for the view behind /inbox/, the mail backend and the site's address."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.urls import resolve\n"
        "print(resolve('/inbox/').view_name, settings.EMAIL_BACKEND, settings.SITE_URL)"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {
        "ENV_FILE": str(tmp_path / "none"),
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "board_site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, **own, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


class TestWhereItIs:
    KEY = "q7!" + "abcdefghij0123456789" * 3
    PUBLIC = {
        "DEVELOPMENT": "false",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "www.board.example",
        "SITE_URL": "https://www.board.example",
    }

    def test_is_on_ones_own_machine_with_links_to_the_port_that_is_served(self, tmp_path):
        asked = asked_in_a_process(tmp_path, DEVELOPMENT="true", SECRET_KEY=self.KEY, PORT="8123")
        assert asked == ["inbox:list", "inbox.backend.EmailBackend", "http://127.0.0.1:8123"]

    def test_is_not_on_a_public_site(self, tmp_path):
        where, backend, site_url = asked_in_a_process(tmp_path, **self.PUBLIC, PORT="8123")
        # Any address that no room knows is a page's, and there is none.
        assert where == "wagtail_serve"
        assert not backend.startswith("inbox")
        assert site_url == "https://www.board.example"

    def test_gets_nothing_where_mail_is_to_go_elsewhere(self, tmp_path):
        url = {"EMAIL_URL": "smtp://127.0.0.1:2525"}
        asked = asked_in_a_process(tmp_path, DEVELOPMENT="true", SECRET_KEY=self.KEY, **url)
        assert asked[1:] == ["django.core.mail.backends.smtp.EmailBackend", "http://127.0.0.1:8000"]
