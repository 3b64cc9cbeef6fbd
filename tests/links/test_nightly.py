"""The nightly round: three nights before anyone is told, nothing asked twice, nothing lost where it is killed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clock.declared import Unfinished
from links import jobs, nightly
from links.checking import CannotAsk, check_now
from links.models import Link
from links.nightly import LineIsDown, ask_after_links
from links.turns import HELD_FOR, give_up, keep_turn, take_turn
from tests.links.factories import NIGHT, make_link
from tests.links.servers import NOT_FOUND, OK

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ask(web, *, nights_later=0, **fields) -> int:
    """Ask after links in one of the nights."""
    return ask_after_links(now=NIGHT + nights_later * DAY, asker=web.asker(), **fields)


def link_to(web, path="/a", host="council.example", **fields) -> Link:
    return make_link(web.url(path, host), host=host, **fields)


class TestBroken:
    def test_is_what_failed_in_three_nights_in_a_row(self, web):
        link = link_to(web)
        for night, broken in enumerate([False, False, True, True]):
            ask(web, nights_later=night)
            assert Link.objects.broken().exists() == broken
        link.refresh_from_db()
        assert (link.nights, link.failing_since.date(), link.state()) == (4, NIGHT.date(), "Broken")

    def test_is_not_what_was_well_in_between(self, web):
        link_to(web)
        for night, answer in enumerate([NOT_FOUND, NOT_FOUND, OK, NOT_FOUND, NOT_FOUND]):
            web.answers["/a"] = answer
            Link.objects.update(next_at=NIGHT)
            ask(web, nights_later=night)
        link = Link.objects.get()
        assert (link.nights, link.last_good.date(), link.is_broken) == (2, (NIGHT + 2 * DAY).date(), False)

    def test_does_not_count_a_night_twice(self, web):
        link_to(web)
        for hours in range(5):
            Link.objects.update(next_at=NIGHT)
            ask_after_links(now=NIGHT + timedelta(hours=hours), asker=web.asker())
        assert Link.objects.get().nights == 1

    def test_is_not_what_a_busy_server_puts_off(self, web):
        link_to(web)
        web.answers["/a"] = (429, {"Retry-After": str(3 * 24 * 3600 - 60)}, b"")
        assert [ask(web, nights_later=night) for night in range(4)] == [1, 0, 0, 1]
        link = Link.objects.get()
        assert (link.nights, link.fault, link.state()) == (0, "", "Could not be checked")

    def test_stays_so_where_the_server_is_busy_later(self, web):
        link_to(web, nights=3, fault="Gone.", failing_since=NIGHT)
        web.answers["/a"] = (429, {}, b"")
        ask(web)
        assert Link.objects.broken().get().fault == "Gone."


class TestARound:
    def test_asks_after_what_is_good_once_a_week(self, web):
        link_to(web)
        web.answers["/a"] = OK
        assert [ask(web, nights_later=night) for night in range(8)] == [1, 0, 0, 0, 0, 0, 0, 1]

    def test_asks_several_servers_at_once(self, web):
        for host in ("a.example", "b.example", "c.example"):
            for path in ("/a", "/b"):
                web.answers[path] = OK
                link_to(web, path, host)
        assert ask(web) == 6
        assert Link.objects.exclude(last_good=None).count() == 6

    def test_leaves_the_rest_for_the_next_night(self, web):
        for number in range(9):
            web.answers[f"/{number}"] = OK
            link_to(web, f"/{number}")
        first = ask(web, longest=timedelta(seconds=5))
        assert 0 < first < 9
        assert ask(web, nights_later=1) == 9 - first
        assert len(web.pages_asked()) == len(set(web.pages_asked())) == 9

    def test_does_not_ask_on_where_a_server_cannot_be_reached(self, web):
        web.machines["silent.example"] = []
        web.answers["/a"] = OK
        link_to(web)
        for number in range(9):
            link_to(web, f"/{number}", "silent.example")
        looked_up = []
        asker = web.asker(look_up=lambda host, port, **kwargs: looked_up.append(host) or web.look_up(host, port))
        ask_after_links(now=NIGHT, asker=asker)
        assert Link.objects.filter(nights=1).count() == 9
        assert looked_up.count("silent.example") <= 6

    def test_asks_on_where_a_server_does_not_answer_for_some_pages(self, web):
        web.answers |= {"/0": (0, {}, b""), "/1": (0, {}, b""), "/2": (0, {}, b""), "/3": OK}
        for number in range(4):
            link_to(web, f"/{number}")
        ask(web)
        assert Link.objects.exclude(last_good=None).get().address == web.url("/3")

    def test_holds_nothing_against_anyone_while_our_own_line_is_down(self, web):
        for number in range(8):
            web.machines[f"{number}.example"] = []
            link_to(web, "/a", f"{number}.example")
        with pytest.raises(LineIsDown):
            ask(web)
        assert not Link.objects.exclude(last_checked=None).exists()
        assert all(take_turn(host=f"{number}.example", now=NIGHT) for number in range(8))

    def test_does_not_take_what_is_never_asked_for_an_answer(self, web):
        web.machines["inner.example"] = ["10.0.0.1"]
        web.private = {"10.0.0.1"}
        for number in range(8):
            link_to(web, f"/{number}", "inner.example")
            web.machines[f"{number}.example"] = []
            link_to(web, "/a", f"{number}.example")
        with pytest.raises(LineIsDown):
            ask(web)
        assert set(Link.objects.exclude(fault="").values_list("host", flat=True)) <= {"inner.example"}

    def test_believes_a_few_servers_that_do_not_answer(self, web):
        web.machines["gone.example"] = []
        link_to(web, "/a", "gone.example")
        ask(web)
        assert Link.objects.get().fault == "There is no server of this name."

    def test_goes_on_where_one_address_is_too_much_for_us(self, web, monkeypatch):
        web.answers["/b"] = OK
        link_to(web, "/a"), link_to(web, "/b")
        asker = web.asker()
        ask_one = asker.ask
        monkeypatch.setattr(
            asker, "ask", lambda address, now: 1 / 0 if address.endswith("/a") else ask_one(address, now=now)
        )
        ask_after_links(now=NIGHT, asker=asker)
        assert list(Link.objects.order_by("pk").values_list("last_good", "not_judged")) == [
            (None, "Our own check broke off at this address."),
            (NIGHT + timedelta(seconds=1), ""),
        ]

    def test_that_is_killed_keeps_what_it_found_and_is_gone_on_with(self, web, monkeypatch):
        for number in range(4):
            web.answers[f"/{number}"] = OK
            link_to(web, f"/{number}")

        class Killed(BaseException):
            pass

        write = nightly.write_verdict

        def write_two(**fields):
            if Link.objects.exclude(last_good=None).count() == 2:
                raise Killed
            write(**fields)

        monkeypatch.setattr(nightly, "write_verdict", write_two)
        monkeypatch.setattr(nightly, "give_up", lambda turn, now: None)  # Nothing is tidied up.
        with pytest.raises(Killed):
            ask(web)
        monkeypatch.undo()
        assert ask(web) == 0  # The turn is still held by the dead one.
        assert ask_after_links(now=NIGHT + HELD_FOR + timedelta(minutes=1), asker=web.asker()) == 2
        assert Link.objects.exclude(last_good=None).count() == 4

    def test_leaves_a_server_alone_that_another_round_is_asking(self, web):
        link_to(web), link_to(web, "/b", "b.example")
        turn = take_turn(host="council.example", now=NIGHT)
        assert ask(web) == 1
        assert {host for host, *_ in web.asked} == {"b.example"}
        give_up(turn, now=NIGHT)
        assert ask(web) == 1


class TestATurn:
    def test_is_had_by_one_alone(self):
        turn = take_turn(host="a.example", now=NIGHT)
        assert take_turn(host="a.example", now=NIGHT) is None
        assert keep_turn(turn, now=NIGHT + HELD_FOR / 2)
        assert take_turn(host="a.example", now=NIGHT + HELD_FOR) is None

    def test_that_was_lost_is_not_kept_or_given_up(self):
        lost = take_turn(host="a.example", now=NIGHT)
        mine = take_turn(host="a.example", now=NIGHT + HELD_FOR)
        assert not keep_turn(lost, now=NIGHT + HELD_FOR)
        give_up(lost, now=NIGHT)
        assert keep_turn(mine, now=NIGHT + HELD_FOR)


class TestCheckedNow:
    @pytest.fixture(autouse=True)
    def _may_ask(self, settings):
        settings.CHECK_LINKS = True

    def test_a_link_that_is_good_again_is_so_at_once(self, web):
        web.answers["/a"] = OK
        link = link_to(web, nights=3, fault="Gone.", failing_since=NIGHT)
        assert check_now(link=link, now=NIGHT, asker=web.asker()).state() == "Works"

    def test_a_fault_by_day_is_no_night(self, web):
        link = check_now(link=link_to(web), now=NIGHT, asker=web.asker())
        assert (link.nights, link.fault[:21]) == (0, "The page is not there")

    def test_not_while_the_round_asks_that_server(self, web):
        take_turn(host="council.example", now=NIGHT)
        with pytest.raises(CannotAsk, match="just asking that server"):
            check_now(link=link_to(web), now=NIGHT, asker=web.asker())
        assert web.asked == []

    def test_not_where_the_site_asks_nobody(self, web, settings):
        settings.CHECK_LINKS = False
        with pytest.raises(CannotAsk, match="does not ask"):
            check_now(link=link_to(web), now=NIGHT, asker=web.asker())


class TestTheJob:
    def test_asks_nobody_where_it_may_not(self, web, monkeypatch):
        monkeypatch.setattr(jobs, "Asker", lambda: web.asker())
        link_to(web)
        jobs.ask(now=timezone.now())
        assert web.asked == []

    def test_waits_while_the_line_is_down(self, web, monkeypatch, settings):
        settings.CHECK_LINKS = True
        monkeypatch.setattr(jobs, "Asker", lambda: web.asker())
        for number in range(5):
            web.machines[f"{number}.example"] = []
            link_to(web, "/a", f"{number}.example")
        with pytest.raises(Unfinished, match="CHECK_LINKS=false"):
            jobs.ask(now=timezone.now())
