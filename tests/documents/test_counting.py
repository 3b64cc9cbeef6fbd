"""Which answers are downloads, and that writing them down fails nobody and tells of nobody."""

import os
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from counting import failing
from counting import spool as lines
from counting.robots import LONGEST_READ, is_robot
from documents import spool
from documents.counting import count_download, is_download
from documents.spool import DOWNLOADS
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.enquiries.factories import make_staff
from tests.factories import add_home

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    """The folder in which the site writes in this test."""
    settings.VAR_DIR = tmp_path / "var"
    failing._quiet_until.clear()
    return settings.VAR_DIR


class NoSession:
    """Fails whoever looks for a session or for who is signed in."""

    def __getattr__(self, name):
        raise AssertionError("a download must not look at the session")


def asked(method="GET", *, user=None, **headers):
    """Return a request for a file, by Firefox unless told otherwise."""
    headers = {"User-Agent": FIREFOX} | {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory().generic(
        method, "/documents/7/notes.txt", headers={name: value for name, value in headers.items() if value is not None}
    )
    request.session = request.user = NoSession()
    if user is not None:
        request.user = user
        request.COOKIES["sessionid"] = "anything"
    return request


def sent(status=200, part="", **headers):
    """Return an answer to it."""
    response = HttpResponse(b"x", status=status, headers={name.replace("_", "-"): it for name, it in headers.items()})
    if part:
        response["Content-Range"] = f"bytes {part}"
    return response


def written() -> list[str]:
    """Return the lines in the spool."""
    return [line for path in DOWNLOADS.folder.glob("*") for line in path.read_text().splitlines()]


class TestADownload:
    @pytest.mark.parametrize("name", [FIREFOX, SAFARI])
    def test_is_the_whole_file_for_a_browser(self, name):
        assert is_download(asked(User_Agent=name), sent())

    @pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
    def test_is_asked_for_by_get(self, method):
        assert not is_download(asked(method), sent())

    @pytest.mark.parametrize("status", [304, 302, 301, 404, 403, 416, 500, 204])
    def test_has_the_file_in_it(self, status):
        assert not is_download(asked(), sent(status))

    @pytest.mark.parametrize("part", ["0-65535/90000", "0-89999/90000", "0-1024/90000", "0-0/1", "0-99/100"])
    def test_may_be_the_part_that_begins_the_file(self, part):
        assert is_download(asked(Range="bytes=0-"), sent(206, part))

    @pytest.mark.parametrize(
        "part", ["1-89999/90000", "65536-89999/90000", "0-1/90000", "0-0/90000", "0-1023/90000", "", "none", "0-x/9"]
    )
    def test_is_no_other_part_and_no_probe(self, part):
        assert not is_download(asked(Range="bytes=0-"), sent(206, part))

    def test_is_the_whole_that_answers_several_parts(self):
        assert is_download(asked(Range="bytes=5-9,20-30"), sent())

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec_Purpose": "prefetch"},
            {"Sec_Purpose": "prefetch;prerender"},
            {"Purpose": "prefetch"},
            {"X_Moz": "Prefetch"},
        ],
    )
    def test_is_not_fetched_in_advance(self, headers):
        assert not is_download(asked(**headers), sent())


class TestADownloadThatTheWebServerSends:
    @pytest.mark.parametrize(
        "wanted", [None, "bytes=0-", "bytes=0-65535", "bytes=0-5000,9000-", "lines=1-2", "bytes=-"]
    )
    def test_begins_the_file(self, wanted):
        assert is_download(asked(Range=wanted), sent(X_Accel_Redirect="/stored/x"))

    @pytest.mark.parametrize(
        "wanted", ["bytes=0-1", "bytes=0-0", "bytes=1-", "bytes=65536-", "bytes=-500", "bytes=9-99"]
    )
    def test_is_no_other_part_and_no_probe(self, wanted):
        assert not is_download(asked(Range=wanted), sent(X_Accel_Redirect="/stored/x"))

    @pytest.mark.parametrize("header", ["If_None_Match", "If_Modified_Since"])
    def test_is_not_where_a_browser_asks_whether_its_copy_holds(self, header):
        request = asked(**{header: "anything"})
        assert not is_download(request, sent(X_Accel_Redirect="/stored/x"))
        # With a tag of our own it has been settled that the copy does not.
        assert is_download(request, sent(X_Accel_Redirect="/stored/x", ETag='"other"'))


class TestARobot:
    @pytest.mark.parametrize(
        "name",
        [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "curl/8.14.1",
            "python-requests/2.32",
            "facebookexternalhit/1.1",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
            "",
            "   ",
        ],
    )
    def test_is_known_by_its_name_or_by_having_none(self, name):
        assert is_robot(name)
        assert not is_download(asked(User_Agent=name), sent())

    def test_is_whatever_sends_no_name(self):
        assert not is_download(asked(User_Agent=None), sent())

    def test_is_not_looked_for_in_a_name_without_end(self):
        assert not is_robot("x" * LONGEST_READ + "Googlebot/2.1" * 1000)


class TestStaff:
    def test_are_not_looked_for_where_nobody_is_signed_in(self):
        # `asked` fails whoever touches the session or the user.
        assert is_download(asked(), sent())

    @pytest.mark.django_db
    def test_are_left_out(self):
        assert not is_download(asked(user=make_staff()), sent())

    @pytest.mark.django_db
    def test_are_not_everybody_with_a_cookie(self):
        former = make_staff()
        former.is_active = False
        assert is_download(asked(user=AnonymousUser()), sent())
        assert is_download(asked(user=former), sent())


class TestWritingItDown:
    def test_says_which_file_and_which_day_and_nothing_else(self, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 25, 12, tzinfo=UTC))
        request = asked(Referer="https://www.board.example/secret/", Cookie="a=b")
        count_download(request=request, response=sent(), document_id=7)
        assert written() == ["+7 2026-11-25"]
        assert not any(part in path.name for path in DOWNLOADS.folder.iterdir() for part in ("7 ", "127.0.0.1"))

    @pytest.mark.parametrize(
        ("moment", "day"), [((2026, 6, 30, 23, 30), date(2026, 7, 1)), ((2026, 12, 31, 23, 30), date(2026, 12, 31))]
    )
    def test_counts_days_as_london_does(self, monkeypatch, moment, day):
        monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(*moment, tzinfo=UTC))
        count_download(request=asked(), response=sent(), document_id=7)
        assert written() == [f"+7 {day}"]

    def test_writes_nothing_where_nothing_is_counted(self, var):
        count_download(request=asked("HEAD"), response=sent(), document_id=7)
        assert not var.exists()

    def test_goes_on_when_the_folder_is_taken_away(self):
        count_download(request=asked(), response=sent(), document_id=7)
        for path in DOWNLOADS.folder.iterdir():
            path.unlink()
        DOWNLOADS.folder.rmdir()
        count_download(request=asked(), response=sent(), document_id=8)
        assert [line.split()[0] for line in written()] == ["+8"]

    def test_keeps_the_lines_of_many_threads_whole(self):
        def read_much():
            for _ in range(200):
                spool.note(document_id=123456789, day=date(2026, 11, 25))

        threads = [Thread(target=read_much) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert written() == ["+123456789 2026-11-25"] * 1600

    def test_gives_each_process_a_file_of_its_own(self, monkeypatch):
        spool.note(document_id=7, day=date(2026, 11, 25))
        monkeypatch.setattr(os, "getpid", lambda: 1)
        spool.note(document_id=7, day=date(2026, 11, 25))
        assert len(list(DOWNLOADS.folder.iterdir())) == 2


class TestWhatCannotBeWrittenDown:
    def _full(self, file, line):
        raise OSError(28, "No space left on device")

    def _half(self, file, line):
        return len(line) // 2

    @pytest.mark.parametrize("fault", ["_full", "_half"])
    def test_is_said_once_an_hour_and_harms_nobody(self, monkeypatch, caplog, fault):
        monkeypatch.setattr(os, "write", getattr(self, fault))
        for _ in range(50):
            count_download(request=asked(), response=sent(), document_id=7)
        assert caplog.text.count("Downloads are not counted") == 1
        failing._quiet_until.clear()
        count_download(request=asked(), response=sent(), document_id=7)
        assert caplog.text.count("Downloads are not counted") == 2

    def test_leaves_no_file_open(self, monkeypatch):
        monkeypatch.setattr(os, "write", self._full)
        before = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0
        for _ in range(50):
            count_download(request=asked(), response=sent(), document_id=7)
        assert not before or len(os.listdir("/proc/self/fd")) <= before + 2

    def test_may_be_a_folder_that_is_a_file(self, var, caplog):
        var.mkdir()
        (var / "downloads").write_text("in the way")
        count_download(request=asked(), response=sent(), document_id=7)
        assert "Downloads are not counted (NotADirectoryError" in caplog.text

    def test_is_what_nobody_counts_for_too_long(self, monkeypatch, caplog):
        monkeypatch.setattr(lines, "LARGEST_FILE", 100)
        for _ in range(50):
            count_download(request=asked(), response=sent(), document_id=7)
        assert sum(path.stat().st_size for path in DOWNLOADS.folder.iterdir()) < 130
        assert "does `manage.py scheduler` run?" in caplog.text

    def test_may_be_that_nobody_can_say_who_is_signed_in(self, caplog):
        request = asked()
        request.COOKIES["sessionid"] = "anything"
        count_download(request=request, response=sent(), document_id=7)
        assert "Downloads are not counted (AssertionError" in caplog.text
        assert not DOWNLOADS.folder.exists()


@pytest.mark.django_db
class TestAFileOfTheLibrary:
    @pytest.fixture
    def document(self):
        document = make_document(words="Words that are read. " * 100)
        add_resource(add_library(add_home()), document)
        return document

    def test_is_counted_for_readers_without_a_cookie(self, client, document):
        response = client.get(document.url, headers={"User-Agent": FIREFOX})
        assert response.status_code == 200
        assert not response.cookies
        assert [line.split()[0] for line in written()] == [f"+{document.pk}"]

    def test_is_counted_once_however_it_is_fetched(self, client, document):
        whole = client.get(document.url, headers={"User-Agent": FIREFOX})
        for headers in ({"Range": "bytes=50-"}, {"Range": "bytes=0-1"}, {"If-None-Match": whole["ETag"]}):
            client.get(document.url, headers={"User-Agent": FIREFOX, **headers})
        client.head(document.url, headers={"User-Agent": FIREFOX})
        # The address leads to the one with the name at its end.
        client.get(document.url_of("other"), headers={"User-Agent": FIREFOX})
        assert len(written()) == 1
        client.get(document.url, headers={"User-Agent": FIREFOX, "Range": "bytes=0-"})
        assert len(written()) == 2

    def test_is_counted_in_whatever_version(self, client, document):
        replace_file(document, words="Words that are newer.")
        old = document.versions.get(number=1)
        client.get(old.url, headers={"User-Agent": FIREFOX})
        assert written() == []
        client.get(f"{old.file_url}?superseded", headers={"User-Agent": FIREFOX})
        assert [line.split()[0] for line in written()] == [f"+{document.pk}"]

    def test_is_not_counted_for_staff(self, client, document):
        client.force_login(make_staff())
        assert client.get(document.url, headers={"User-Agent": FIREFOX}).status_code == 200
        assert written() == []

    def test_is_given_out_when_nothing_can_be_counted(self, client, document, var):
        var.mkdir(exist_ok=True)
        (var / "downloads").write_text("in the way")
        assert client.get(document.url, headers={"User-Agent": FIREFOX}).getvalue().startswith(b"Words that are read.")

    def test_costs_no_query(self, client, document, monkeypatch, django_assert_num_queries):
        with django_assert_num_queries(0):
            count_download(request=asked(), response=sent(), document_id=document.pk)
