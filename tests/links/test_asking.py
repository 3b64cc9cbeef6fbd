"""Asking other people's servers: what answers mean, kindly, and never a machine of our own network."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest

from links.asking import asker, sending, verdicts
from links.asking.guard import is_public
from links.asking.pacing import Pace
from tests.links.servers import NOT_FOUND, OK

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def ask(web, url, **fields):
    return web.asker(**fields).ask(url, now=NOW)


class TestAnAnswer:
    def test_that_all_is_well_needs_no_page(self, web):
        web.answers["/a"] = OK
        assert ask(web, web.url("/a")).is_good
        assert web.pages_asked() == [("HEAD", "/a")]

    @pytest.mark.parametrize("status", [404, 405, 403, 500, 0])
    def test_to_head_alone_is_not_believed_where_it_is_bad(self, web, status):
        web.answers |= {("HEAD", "/a"): (status, {}, b""), ("GET", "/a"): OK}
        assert ask(web, web.url("/a")).is_good

    @pytest.mark.parametrize(
        ("status", "said"),
        [(404, "not there"), (410, "for good"), (403, "refuses"), (500, "fault"), (400, "error (400)")],
    )
    def test_that_is_bad_is_said_in_words(self, web, status, said):
        web.answers["/a"] = (status, {}, b"")
        assert said in ask(web, web.url("/a")).fault

    @pytest.mark.parametrize(
        ("status", "header", "wait"),
        [
            (429, "120", timedelta(minutes=2)),
            (429, "", timedelta(0)),
            (503, "Wed, 25 Nov 2026 05:00:00 GMT", timedelta(hours=3)),
            (503, "9" * 400, verdicts.LONGEST_WAIT),
            (429, "soon", timedelta(0)),
        ],
    )
    def test_that_asks_us_to_come_back_judges_nothing(self, web, status, header, wait):
        web.answers["/a"] = (status, {"Retry-After": header}, b"")
        verdict = ask(web, web.url("/a"))
        assert (verdict.fault, verdict.not_judged, verdict.wait) == ("", verdicts.BUSY, wait)

    def test_of_a_server_that_is_down_without_a_time_is_a_fault(self, web):
        web.answers["/a"] = (503, {}, b"")
        assert ask(web, web.url("/a")).fault

    def test_is_followed_where_it_sends_us_on(self, web):
        web.answers |= {
            "/a": (301, {"Location": "b"}, b""),
            "/b": (302, {"Location": web.url("/c", "other.example")}, b""),
        }
        web.answers["/c"] = OK
        assert ask(web, web.url("/a")).is_good
        assert web.asked[-1][:3] == ("other.example", "HEAD", "/c")

    def test_that_sends_us_round_and_round_ends(self, web):
        web.answers["/a"] = (302, {"Location": "/a"}, b"")
        assert ask(web, web.url("/a")).fault == verdicts.ROUND_AND_ROUND
        assert len(web.pages_asked()) == 6

    @pytest.mark.parametrize(
        "location", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "http://a b/", "ftp://a/"]
    )
    def test_that_sends_us_to_no_address_of_the_web_is_a_fault(self, web, location):
        web.answers["/a"] = (302, {"Location": location}, b"")
        assert ask(web, web.url("/a")).fault == verdicts.NO_ADDRESS

    def test_without_end_is_cut_off(self, web, monkeypatch):
        monkeypatch.setattr(sending, "LONGEST_SECONDS", 0.05)
        with drip() as port:
            verdict = ask(web, f"http://slow.example:{port}/a")
        assert verdict.fault == verdicts.NO_ANSWER

    def test_is_given_no_more_time_than_there_is(self, web, monkeypatch):
        given = []

        def note(method, url, *, seconds, **fields):
            given.append(seconds)
            return sending.send(method, url, seconds=seconds, **fields)

        monkeypatch.setattr(asker, "send", note)
        ask(web, web.url("/a"), seconds=9)
        assert given == [9, 8, 7]  # A second is waited between two.

    def test_that_takes_too_many_waits_is_a_fault(self, web):
        web.answers["/a"] = NOT_FOUND
        assert ask(web, web.url("/a"), seconds=0.5).fault == verdicts.TOO_SLOW

    def test_of_a_name_that_nobody_has_is_a_fault_that_may_be_our_own(self, web):
        web.machines["gone.example"] = []
        verdict = ask(web, "https://gone.example/")
        assert (verdict.fault, verdict.is_silent) == (verdicts.NO_SERVER, True)

    def test_comes_from_another_machine_of_that_name_where_one_is_away(self, web):
        web.machines["council.example"] = ["::1", "127.0.0.2", "127.0.0.1"]
        web.answers["/a"] = OK
        assert ask(web, web.url("/a")).is_good

    def test_that_is_no_https_is_a_fault(self, web):
        assert ask(web, web.url("/a").replace("http:", "https:")).fault == verdicts.NO_CONNECTION


class TestKindness:
    def test_leaves_a_second_between_two_requests_to_a_server(self, web):
        asker = web.asker()
        for path in ("/a", "/b", "/c"):
            asker.ask(web.url(path), now=NOW)
        moments = [moment for *_, moment in web.asked]
        assert len(moments) == 7  # robots.txt, and each page twice.
        assert [later - sooner for sooner, later in zip(moments, moments[1:], strict=False)] == [1.0] * 6

    def test_leaves_a_second_however_many_threads_ask(self):
        waited = []
        pace = Pace(monotonic=lambda: 0.0, sleep=waited.append)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda number: pace.wait("a.example", seconds=1), range(50)))
        assert sorted(waited) == list(range(1, 50))

    def test_does_not_let_one_server_wait_for_another(self, web):
        web.answers |= {"/a": OK}
        asker = web.asker()
        for host in ("a.example", "b.example"):
            asker.ask(web.url("/a", host), now=NOW)
        firsts = [moment for _, _, path, moment in web.asked if path == "/robots.txt"]
        assert firsts == [0.0, 1.0]  # The second host was asked as soon as the first was done with.

    def test_leaves_longer_where_a_server_wishes_it(self, web):
        web.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 9\n")
        asker = web.asker()
        for path in ("/a", "/b"):
            web.answers[path] = OK
            asker.ask(web.url(path), now=NOW)
        assert web.asked[-1][3] - web.asked[-2][3] == 9

    def test_says_who_we_are(self, web):
        ask(web, web.url("/a"))
        assert web.agents == {"BoardLinkCheck/1.0 (+http://testserver)"}

    def test_reads_robots_txt_once_and_does_what_it_says(self, web):
        web.answers["/robots.txt"] = (
            200,
            {},
            b"User-agent: BoardLinkCheck\nDisallow: /private/\n\nUser-agent: *\nDisallow: /",
        )
        web.answers["/a"] = OK
        asker = web.asker()
        assert asker.ask(web.url("/private/a"), now=NOW).not_judged == verdicts.ASKED_NOT_TO
        assert asker.ask(web.url("/a"), now=NOW).is_good
        assert [path for _, _, path, _ in web.asked] == ["/robots.txt", "/a"]

    def test_reads_the_robots_txt_of_a_server_that_we_are_sent_on_to(self, web):
        web.answers[("b.example", "/robots.txt")] = (200, {}, b"User-agent: *\nDisallow: /")
        web.answers["/a"] = (302, {"Location": web.url("/b", "b.example")}, b"")
        assert ask(web, web.url("/a")).not_judged == verdicts.ASKED_NOT_TO
        assert ("HEAD", "/b") not in web.pages_asked()

    def test_asks_for_nothing_where_a_server_cannot_say_whether_we_may(self, web):
        web.answers["/robots.txt"] = (500, {}, b"")
        assert ask(web, web.url("/a")).not_judged == verdicts.NO_RULES
        assert web.pages_asked() == []

    def test_reads_no_more_of_robots_txt_than_it_has_to(self, web):
        web.answers |= {"/robots.txt": (200, {}, b"#" * 3_000_000), "/a": OK}
        assert ask(web, web.url("/a")).is_good


class TestOurOwnNetwork:
    @pytest.mark.parametrize(
        "ip",
        [
            *("127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
            *(
                "0.0.0.0",
                "255.255.255.255",
                "224.0.0.1",
                "192.0.2.1",
                "::",
                "::1",
                "fe80::1%eth0",
                "fc00::1",
                "ff02::1",
            ),
            *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2001:db8::1"),
        ],
    )
    def test_is_known(self, ip):
        assert not is_public(ip)

    @pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::93.184.216.34"])
    def test_is_not_taken_for_the_internet(self, ip):
        assert is_public(ip)

    def test_is_never_asked(self, web):
        web.answers["/a"] = OK
        for host in ("council.example", "127.0.0.1", "[::1]", "2130706433"):
            web.machines["[::1]"] = ["::1"]
            assert ask(web, web.url("/a", host), may_ask=is_public).fault == verdicts.NOT_PUBLIC
        assert web.asked == []

    def test_is_never_asked_behind_a_redirect(self, web):
        web.machines["inner.example"] = ["10.0.0.1"]
        web.private = {"10.0.0.1"}
        web.answers["/a"] = (302, {"Location": web.url("/b", "inner.example")}, b"")
        assert ask(web, web.url("/a")).fault == verdicts.NOT_PUBLIC
        assert {host for host, *_ in web.asked} == {"council.example"}

    def test_is_never_asked_behind_a_robots_txt(self, web):
        web.private = {"10.0.0.1"}
        web.machines["inner.example"] = ["10.0.0.1"]
        web.answers |= {"/robots.txt": (302, {"Location": web.url("/b", "inner.example")}, b""), "/a": OK}
        assert ask(web, web.url("/a")).is_good
        assert {host for host, *_ in web.asked} == {"council.example"}

    def test_is_not_asked_where_a_name_stands_for_several(self, web):
        web.machines["both.example"] = ["127.0.0.1", "10.0.0.1"]
        web.private = {"10.0.0.1"}
        assert ask(web, web.url("/a", "both.example")).fault == verdicts.NOT_PUBLIC

    def test_is_not_asked_where_a_name_stands_for_something_else_when_looked_up_again(self, web):
        answers = iter([["127.0.0.1"]] * 2 + [["10.0.0.1"]] * 9)
        web.private = {"10.0.0.1"}

        def look_up(host, port, **kwargs):
            return [(None, None, None, "", (machine, port)) for machine in next(answers)]

        web.answers[("GET", "/a")] = OK  # After HEAD, which comes to nothing.
        assert ask(web, web.url("/a"), look_up=look_up).fault == verdicts.NOT_PUBLIC


@contextmanager
def drip():
    """Serve letters, one at a time, without end; yields the port."""
    over = Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while not over.is_set():
            try:
                connection, _ = listening.accept()
                while not over.wait(0.005):
                    connection.sendall(b"H")
            except OSError:
                continue

    Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1]
    over.set()
    listening.close()
