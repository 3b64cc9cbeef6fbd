"""What readers look for is counted without them, and what finds nothing can be mended."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from counting import spool as lines
from search.insight import adding_up
from search.insight.adding_up import KEPT, MOST_A_DAY, count_searches, forget_old
from search.insight.masking import MASK
from search.insight.noting import SEARCHES, note
from search.jobs import JOBS
from search.models import LookedFor, PromotedAnswer, SameWords, WordsInHand
from tests.enquiries.factories import make_staff
from tests.factories import add_home, add_information, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = date(2026, 11, 25)
FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"}
REPORT, GAPS = "/admin/searches/", "/admin/searches/nothing-found/"


@pytest.fixture(autouse=True)
def _var(settings, tmp_path, monkeypatch):
    """Write into a folder of the test's own, on a certain day."""
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(lines, "SETTLED_AFTER_SECONDS", 0.0)
    monkeypatch.setattr("search.insight.noting.today", lambda: TODAY)
    monkeypatch.setattr("counting.reports.today", lambda: TODAY)


@once
def home():
    return add_home()


def search(client, query, **more):
    response = client.get("/search/", {"q": query} | more, headers=FIREFOX)
    assert response.status_code == 200
    return response


def written() -> list[str]:
    return [line for path in SEARCHES.folder.glob("*") for line in path.read_text().splitlines()]


def looked_for(words, *, times=1, found_nothing=0, ago=0) -> LookedFor:
    return LookedFor.objects.create(
        words=words, times=times, found_nothing=found_nothing, day=TODAY - timedelta(days=ago)
    )


def main_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def member(*codenames):
    """Make a member of staff who may open the admin and has these rights."""
    user = make_staff()
    group = Group.objects.create(name="Others")
    group.permissions.set(Permission.objects.filter(content_type__app_label="search", codename__in=codenames))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.set([group])
    return user


class TestASearch:
    def test_is_noted_with_its_words_and_whether_anything_answers_it(self, client, home):
        add_information(home, title="About zebras")
        search(client, "About Zebras")
        search(client, "trampoline")
        assert sorted(written()) == ["+2026-11-25 0 trampoline", "+2026-11-25 1 about zebras"]

    def test_is_noted_masked(self, client, home):
        search(client, "Jayden Kowalski 07700 900123 bruised")
        assert written() == [f"+2026-11-25 0 {MASK} bruised"]

    def test_finds_nothing_where_nothing_has_all_of_a_few_words(self, client, home):
        add_information(home, title="About zebras")
        search(client, "zebra injuries")
        search(client, "what are the injuries and falls of a zebra in a storm")
        assert sorted(line.split()[1] for line in written()) == ["0", "1"]

    def test_finds_nothing_where_a_good_word_was_taken_for_a_misspelt_one(self, client, home):
        add_information(home, title="About zebras and markings")
        assert "Nothing has the word" in search(client, "zebrs").content.decode()
        search(client, "parking")
        assert sorted(written()) == ["+2026-11-25 0 parking", "+2026-11-25 1 zebras"]

    @pytest.mark.parametrize("more", [{"page": "2"}, {"kind": "bulletins"}, {"since": "year"}])
    def test_is_one_however_it_is_narrowed_and_turned(self, client, home, more):
        search(client, "zebra", **more)
        assert written() == []

    def test_is_of_a_reader(self, client, home):
        for headers in ({}, {"User-Agent": "Googlebot/2.1"}, FIREFOX | {"Sec-Purpose": "prefetch"}):
            client.get("/search/", {"q": "zebra"}, headers=headers)
        client.head("/search/", {"q": "zebra"}, headers=FIREFOX)
        search(client, "")
        search(client, "🙂")
        client.force_login(make_manager())
        search(client, "zebra")
        assert written() == []

    def test_is_answered_when_it_cannot_be_noted(self, client, home, settings, caplog):
        add_information(home, title="About zebras")
        settings.VAR_DIR.mkdir()
        (settings.VAR_DIR / "searches").write_text("in the way")
        assert "About <mark>zebras</mark>" in search(client, "zebra").content.decode()
        assert "zebra" not in caplog.text

    def test_is_not_called_empty_while_the_index_is_made(self, client, home, monkeypatch):
        monkeypatch.setattr("search.finding.ready", lambda: None)
        search(client, "zebra")
        assert written() == []


class TestCounting:
    def test_adds_up_for_each_day_and_words(self):
        for words, answered, day in [("neglect", True, TODAY)] * 3 + [("neglect", False, TODAY), ("lado", True, TODAY)]:
            note(words=words, answered=answered, day=day)
        note(words="lado", answered=True, day=TODAY - timedelta(days=1))
        assert count_searches(now=NOW) == 6
        note(words="neglect", answered=False, day=TODAY)
        assert count_searches(now=NOW) == 1
        rows = {(row.words, row.day): (row.times, row.found_nothing) for row in LookedFor.objects.all()}
        assert rows == {
            ("neglect", TODAY): (5, 2),
            ("lado", TODAY): (1, 0),
            ("lado", TODAY - timedelta(days=1)): (1, 0),
        }
        assert not list(SEARCHES.folder.glob("*"))

    def test_leaves_out_what_is_no_whole_line(self):
        SEARCHES.folder.mkdir(parents=True)
        content = "+2026-11-25 1 neg+2026-11-25 1 lado\n+2026-02-30 1 x\n+2026-11-25 2 x\n\x00\n+2026-11-25 0 marf\n+20"
        (SEARCHES.folder / "one.open").write_text(content)
        assert count_searches(now=NOW) == 1
        assert LookedFor.objects.get().words == "marf"

    def test_keeps_no_more_different_words_a_day_than_are_read(self, monkeypatch):
        assert MOST_A_DAY > 1_000
        monkeypatch.setattr(adding_up, "MOST_A_DAY", 3)
        for _ in range(2):
            for number in range(9):
                note(words=f"section {number}", answered=True, day=TODAY)
            assert count_searches(now=NOW) == 9
        kept = set(LookedFor.objects.values_list("words", flat=True))
        assert len(kept - {MASK}) == 3
        assert LookedFor.objects.get(words=MASK).times == 12

    def test_is_forgotten_after_400_days(self):
        looked_for("old", ago=KEPT.days + 1)
        looked_for("new", ago=KEPT.days)
        forget_old(now=NOW)
        assert LookedFor.objects.get().words == "new"

    def test_is_done_on_each_machine_and_forgetting_on_one(self):
        assert {job.name: job.on_each_machine for job in JOBS} == {"search.searches": True, "search.forget": False}


class TestTheReport:
    def test_shows_the_words_of_the_days(self, client):
        client.force_login(make_manager())
        looked_for("neglect", times=1_200)
        looked_for("neglect", times=34, ago=3)
        looked_for("marf", times=7, found_nothing=7)
        looked_for(MASK, times=2)
        looked_for("old", ago=100)
        main = main_of(client.get(REPORT))
        cells = [[cell.get_text(strip=True) for cell in row.select("td")][:3] for row in main.select("tbody tr")]
        assert ["neglect", "1234", "0"] in [[cell.replace(",", "") for cell in row] for row in cells]
        assert "old" not in main.get_text()
        assert "1,243" in main.get_text()
        assert "2 searches in these days had no other words" in main.get_text()
        assert "(1%)" in main.get_text()
        assert "old" in main_of(client.get(REPORT, {"period": "year"})).get_text()

    def test_names_the_day_on_which_words_were_last_looked_for_and_no_hour(self, client):
        client.force_login(make_manager())
        day = looked_for("neglect").day
        row = main_of(client.get(REPORT)).select("tbody tr")[-1]
        assert row.select("td")[3].get_text(strip=True) == f"{day.day} {day:%B %Y}"

    def test_is_a_spreadsheet_that_runs_nothing(self, client):
        client.force_login(make_manager())
        looked_for("=1+1", times=3)
        response = client.get(REPORT, {"export": "csv"})
        content = b"".join(response.streaming_content).decode()
        assert "Words,Searches,Found nothing,Last" in content
        assert "\n=1+1" not in content

    def test_takes_as_many_queries_for_many_words(self, client):
        client.force_login(make_manager())
        looked_for("word", times=3, found_nothing=1)
        main_of(client.get(REPORT))
        numbers = []
        for number in range(2):
            LookedFor.objects.bulk_create(
                LookedFor(words=f"word {number} {other}", times=3, found_nothing=1, day=TODAY)
                for other in range(29 * number)
            )
            with CaptureQueriesContext(connection) as captured:
                main_of(client.get(REPORT))
            numbers.append(len(captured))
        assert numbers[0] == numbers[1]

    def test_is_for_those_who_may_see_it(self, client):
        for user, status in ((make_staff(), 302), (member("view_lookedfor"), 200)):
            client.force_login(user)
            assert client.get(REPORT).status_code == status
            assert client.get(GAPS).status_code == status
            shown = b"What readers look for" in client.get("/admin/").content
            assert shown is (status == 200)


class TestNothingFound:
    @pytest.fixture(autouse=True)
    def _zebras(self, home, client):
        add_information(home, title="About zebras")
        client.force_login(make_manager())

    def listed(self, client, **query) -> list[str]:
        found = main_of(client.get(GAPS, query)).find("ul", class_="figures-list")
        return [words.get_text() for words in found.select("strong")] if found else []

    def test_lists_what_finds_nothing_still_the_most_wanted_first(self, client):
        looked_for("trampoline", times=9, found_nothing=9)
        looked_for("quad bikes", times=20, found_nothing=20)
        looked_for("zebra", times=5, found_nothing=5)
        looked_for(MASK, times=50, found_nothing=50)
        looked_for("old", times=5, found_nothing=5, ago=100)
        assert self.listed(client) == ["quad bikes", "trampoline"]
        assert "1 more search found nothing then and finds something now" in client.get(GAPS).content.decode()
        assert self.listed(client, period="year") == ["quad bikes", "trampoline", "old"]

    def test_is_turned_into_words_for_the_same(self, client, django_capture_on_commit_callbacks):
        looked_for("striped horse", times=9, found_nothing=9)
        link = main_of(client.get(GAPS)).find("a", string="Add words for the same")
        field = main_of(client.get(link["href"])).find("input", {"name": "words"})
        assert field["value"].strip() == "striped horse,"
        with django_capture_on_commit_callbacks(execute=True):
            client.post(link["href"], {"words": f"{field['value']}zebra"})
        assert SameWords.objects.filter(words="striped horse, zebra").exists()
        assert self.listed(client) == []

    def test_is_turned_into_an_answer(self, client, django_capture_on_commit_callbacks):
        looked_for("striped horse", times=9, found_nothing=9)
        link = main_of(client.get(GAPS)).find("a", string="Put an answer first")
        field = main_of(client.get(link["href"])).find("textarea", {"name": "phrases"})
        assert field.get_text().strip() == "striped horse"
        answer = {"phrases": "striped horse", "title": "The zoo", "address": "https://zoo.example/"}
        with django_capture_on_commit_callbacks(execute=True):
            client.post(link["href"], answer)
        assert PromotedAnswer.objects.get().title == "The zoo"
        assert self.listed(client) == []

    def test_is_given_to_somebody_who_finds_it_when_they_sign_in(self, client):
        looked_for("striped horse", times=9, found_nothing=9)
        colleague = member("view_lookedfor")
        link = main_of(client.get(GAPS)).find("a", string="Give to somebody")["href"]
        client.post(link, {"who": colleague.pk, "note": "A page, please"})
        assert self.listed(client) == ["striped horse"]  # Below, among what somebody sees to.
        assert "Everything that readers looked for" in client.get(GAPS).content.decode()
        assert "A page, please" not in client.get("/admin/").content.decode()
        client.force_login(colleague)
        assert "A page, please" in client.get("/admin/").content.decode()
        client.post(reverse("search_staff:take_back", args=[WordsInHand.objects.get().pk]))
        assert not WordsInHand.objects.exists()
        assert self.listed(client) == ["striped horse"]

    def test_may_be_left_alone(self, client):
        looked_for("striped horse", times=9, found_nothing=9)
        link = main_of(client.get(GAPS)).find("a", string="Give to somebody")["href"]
        client.post(link, {"who": "", "note": ""})
        client.post(link, {"who": "", "note": ""})
        row = WordsInHand.objects.get()
        assert (row.words, row.who, row.by.is_superuser) == ("striped horse", None, True)
        assert "Nothing has to be done" in client.get(GAPS).content.decode()

    def test_is_given_to_nobody_who_may_not_see_it(self, client):
        outsider = make_staff()
        response = client.post(f"{GAPS}give/?words=marf", {"who": outsider.pk, "note": ""})
        assert response.status_code == 200
        assert not WordsInHand.objects.exists()

    @pytest.mark.parametrize("words", ["", " ", "x" * 500])
    def test_is_about_words(self, client, words):
        assert client.get(f"{GAPS}give/", {"words": words}).status_code == 404

    def test_offers_what_somebody_may_do(self, client):
        looked_for("striped horse", times=9, found_nothing=9)
        client.force_login(member("view_lookedfor", "add_samewords"))
        text = main_of(client.get(GAPS)).get_text()
        assert "Add words for the same" in text
        assert "Put an answer first" not in text

    def test_is_out_of_reach_for_others(self, client):
        row = WordsInHand.objects.create(words="marf", since=NOW)
        client.force_login(make_staff())
        for response in (
            client.get(f"{GAPS}give/?words=marf"),
            client.post(f"{GAPS}give/?words=marf", {"note": "mine"}),
            client.post(f"{GAPS}{row.pk}/take-back/"),
        ):
            assert response.status_code == 302
        assert WordsInHand.objects.get().note == ""
