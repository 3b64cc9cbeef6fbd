"""Priorities by plan year: what each says, what it gathers by itself, and what stays when the year is over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulletins.models import BulletinIndexPage
from documents.models import LibraryPage, ResourceType
from pages.models import Topic
from priorities.models import PlanYearPage, PrioritiesPage, PriorityAreaPage
from procedures.models import ChapterPage, ManualPage
from tests.documents.factories import add_library, add_resource
from tests.factories import add_archive, add_bulletin, add_home, add_page, forget_stored_pages, news
from tests.once import once
from tests.priorities.factories import add_area, add_priorities, add_year, make_topic, progress

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 11, 2, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    """Let it be November 2020, in the first half of the plan year."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: (value or NOW).astimezone(NOW.tzinfo).date())


home = once(add_home)
index = once(add_priorities)
archive = once(add_archive)
library = once(add_library)


@once
def topic():
    return make_topic("Neglect")


@once
def year(index):
    return add_year(index)


@once
def area(year, topic):
    return add_area(year, title="Neglect", slug="neglect", topics=[topic])


@once
def manual(home):
    return add_page(home, ManualPage(title="Manual", slug="manual"))


@dataclass
class Place:
    """A site with a plan year, a topic and a priority about it."""

    index: PrioritiesPage
    year: PlanYearPage
    area: PriorityAreaPage
    topic: Topic
    archive: BulletinIndexPage
    library: LibraryPage
    manual: ManualPage

    def chapter(self, title, *, topics=()):
        """Publish a chapter."""
        page = ChapterPage(title=title, slug=title.lower().replace(" ", "-"))
        page.topics = list(topics)
        return add_page(self.manual, page)

    def resource(self, title, *, about=True, **fields):
        """Publish a resource, about the topic unless told not to."""
        page = add_resource(self.library, title=title, **fields)
        if about:
            page.topics.set([self.topic])
            page.save_revision().publish()
        return page


@pytest.fixture
def place(index, year, area, topic, archive, library, manual):
    return Place(index, year, area, topic, archive, library, manual)


def text_of(client, page) -> str:
    return client.get(page.url).content.decode()


class TestIndex:
    def test_puts_the_latest_year_first_and_keeps_earlier_ones(self, client, place):
        before = add_year(place.index, 2018)
        add_area(before, title="Sleep", progress=[progress(date(2019, 3, 1), standing="done")])
        said = text_of(client, place.index)
        assert said.index("2020 to 2021") < said.index("2018 to 2019") < said.index("Sleep")
        assert "This year" in said
        assert "Done" in said

    def test_costs_the_same_for_two_years_and_for_twelve(self, client, place, django_assert_max_num_queries):
        for first in range(2000, 2012):
            add_area(add_year(place.index, first))
        client.get(place.index.url)
        with django_assert_max_num_queries(8):
            client.get(f"{place.index.url}?again")


class TestPlanYear:
    def test_says_that_it_is_over_and_keeps_its_areas(self, client, place):
        before = add_year(place.index, 2018)
        add_area(before, title="Sleep")
        said = text_of(client, before)
        assert "This plan year is over" in said
        assert "Sleep" in said

    def test_must_end_after_it_begins(self, place):
        page = PlanYearPage(title="Odd", slug="odd", starts_on=date(2020, 4, 1), ends_on=date(2020, 4, 1))
        with pytest.raises(ValidationError, match="must come after"):
            page.clean()


class TestPriorityArea:
    def test_shows_progress_newest_first_with_how_it_stands(self, client, place):
        place.area.progress = [
            progress(date(2020, 5, 1), "<p>First step</p>", "started"),
            progress(date(2020, 9, 1), "<p>Third step</p>", "behind"),
            progress(date(2020, 7, 1), "<p>Second step</p>", ""),
        ]
        place.area.save_revision().publish()
        said = text_of(client, place.area)
        assert said.index("Third step") < said.index("Second step") < said.index("First step")
        assert place.area.standing() == "Behind plan"

    def test_of_a_year_that_is_over_leads_to_the_one_of_this_year(self, client, place):
        old = add_area(add_year(place.index, 2018), title="Seeing neglect", topics=[place.topic])
        said = text_of(client, old)
        assert "This was a priority of 2018 to 2019" in said
        assert f'href="{place.area.url}"' in said

    def test_does_not_name_a_year_that_readers_may_not_see(self, client, place):
        place.year.title = "Not for everybody yet"
        place.year.save_revision().publish()
        place.year.unpublish()
        assert "Not for everybody yet" not in text_of(client, place.area)

    def test_keeps_its_editions(self, client, place):
        place.area.why = "<p>New reasons</p>"
        place.area.change_significance, place.area.change_note = "major", "Reasons"
        place.area.save_revision().publish()
        first = client.get(f"{place.area.url}editions/1/").content.decode()
        assert "New reasons" not in first
        assert "Everything about this" not in first


class TestGathering:
    def test_finds_what_carries_the_topic_without_a_link(self, client, place):
        tool = place.resource("A tool for neglect")
        strategy = place.resource("Zealous strategy", resource_type=ResourceType.STRATEGY)
        chapter = place.chapter("Seeing children", topics=[place.topic])
        issue = add_bulletin(
            place.archive, issue_date=date(2020, 10, 1), items=[news("Neglect: what is new"), news("Something else")]
        )
        said = text_of(client, place.area)
        for page in (tool, strategy, chapter):
            assert f'href="{page.url}"' in said
        assert said.index("Zealous strategy") < said.index("A tool for neglect")
        assert f"{issue.url}#item-" in said
        assert "Something else" not in said

    def test_leaves_out_what_is_about_something_else_and_what_is_hidden_from_readers(self, client, place):
        place.resource("About sleep", about=False)
        place.resource("Taken down").unpublish()
        issue = add_bulletin(place.archive, items=[news("Neglect in a hidden issue")])
        issue.unpublish()
        said = text_of(client, place.area)
        for title in ("About sleep", "Taken down", "Neglect in a hidden issue"):
            assert title not in said
        assert "Nothing has been published about this yet" in said

    def test_offers_training_that_is_still_to_come_the_next_one_first(self, client, place):
        add_bulletin(
            place.archive,
            items=[
                news("Neglect: late", kind="training", date="2020-12-20"),
                news("Neglect: soon", kind="training", date="2020-11-20"),
                news("Neglect: past", kind="training", date="2020-10-20"),
            ],
        )
        said = text_of(client, place.area)
        assert said.index("Neglect: soon") < said.index("Neglect: late")
        assert "Neglect: past" not in said

    def test_ends_with_the_plan_year_for_what_has_a_date(self, client, place):
        old = add_area(add_year(place.index, 2018), topics=[place.topic])
        add_bulletin(place.archive, issue_date=date(2018, 10, 1), items=[news("Neglect then")])
        add_bulletin(place.archive, issue_date=date(2020, 10, 1), items=[news("Neglect now")])
        said = text_of(client, old)
        assert "Neglect then" in said
        assert "Neglect now" not in said

    def test_shows_the_first_few_and_leads_to_all(self, client, place):
        for number in range(9):
            place.resource(f"Tool {number}")
        said = text_of(client, place.area)
        listed = said[said.index("Documents and tools") : said.index("All 9")]
        assert "Tool 5" in listed
        assert "Tool 6" not in listed
        assert "All 9" in said
        whole = client.get(f"{place.area.url}everything/documents-and-tools/").content.decode()
        assert "Tool 8" in whole

    def test_an_unknown_list_is_not_found_and_an_odd_page_number_is_the_first(self, client, place):
        assert client.get(f"{place.area.url}everything/nothing/").status_code == 404
        assert client.get(f"{place.area.url}everything/procedures/?page=x").status_code == 200

    def test_costs_the_same_for_three_things_and_for_thirty(self, client, place):
        def fill(numbers):
            for number in numbers:
                place.resource(f"Tool {number}")
                place.chapter(f"Chapter {number}", topics=[place.topic])
                add_bulletin(
                    place.archive,
                    issue_date=date(2020, 10, 1),
                    items=[news(f"Neglect {number}"), news(f"Neglect {number}", kind="training", date="2020-12-01")],
                )

        fill(range(3))
        few = self._queries(client, place.area)
        fill(range(3, 30))
        many = self._queries(client, place.area)
        assert len(many) == len(few)
        assert len(few) <= 10

    def _queries(self, client, area):
        client.get(area.url)
        forget_stored_pages()
        with CaptureQueriesContext(connection) as queries:
            client.get(area.url)
        return queries


class TestNews:
    def test_of_a_new_priority_is_the_priority(self, place):
        (found,) = place.area.newsworthy(list(place.area.history().select_related("revision")))
        assert (found.kind, found.heading, found.key) == ("priority_update", "Neglect", f"priority:{place.area.pk}")

    def test_of_a_later_edition_is_the_progress_that_it_added(self, place):
        entry = progress(date(2020, 6, 1), "<p>Old</p>")
        publish_progress(place.area, [entry])
        area = publish_progress(place.area, [entry, progress(date(2020, 9, 1), "<p>New</p>", "behind")])
        latest = area.history().select_related("revision")[:1]
        (found,) = area.newsworthy(list(latest))
        assert found.text == "<p>New</p>"
        assert "1 September 2020" in found.reason

    def test_leaves_out_progress_that_nobody_needs_to_know_about(self, place):
        told, quiet = progress(date(2020, 6, 1), "<p>Told</p>"), progress(date(2020, 7, 1), "<p>Quiet</p>")
        edition = publish_progress(place.area, [told]).history().select_related("revision")[:1]
        edition, area = list(edition), publish_progress(place.area, [told, quiet], "minor")
        assert [news.text for news in area.newsworthy(edition)] == ["<p>Told</p>"]

    def test_of_an_edition_without_new_progress_is_nothing(self, place):
        place.area.why = "<p>Other reasons</p>"
        area = publish_progress(place.area, [])
        assert area.newsworthy(list(area.history().select_related("revision")[:1])) == []


def publish_progress(area, entries, significance="major"):
    area.progress = entries
    area.change_significance, area.change_note = significance, f"{len(entries)} entries"
    area.save_revision().publish()
    return PriorityAreaPage.objects.get(pk=area.pk)


def test_a_day_later_the_year_is_over(place):
    assert not place.year.is_over(on=date(2021, 3, 31))
    assert place.year.is_over(on=date(2021, 3, 31) + timedelta(days=1))
