"""The next bulletin assembles itself: what happened since the last one, once, with its source and a reason."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bulletins.assembling.services import CannotAssemble, assemble
from bulletins.models import BulletinPage, Offer
from procedures.models import ChapterPage, ManualPage
from tests.board_business.factories import add_board, add_meeting, add_review, decision, finding, publish_again
from tests.documents.factories import add_library, add_resource
from tests.enquiries.factories import make_staff
from tests.factories import add_archive, add_bulletin, add_home, add_page, make_manager, news
from tests.once import once
from tests.priorities.factories import add_area, add_priorities, add_year, progress

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
LAST_ISSUE = datetime(2030, 1, 7, 9, tzinfo=LONDON)
NOW = datetime(2030, 3, 20, 12, tzinfo=LONDON)

home = once(add_home)
archive = once(add_archive)


@once
def manual(home):
    return add_page(home, ManualPage(title="Manual", slug="manual"))


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the time."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(LAST_ISSUE)
    return set_to


@pytest.fixture
def last(clock, archive):
    """The last issue, published on 7 January 2030 with a course in May."""
    course = news("A course", kind="training", date="2030-05-16", place="Online", link="")
    past = news("An old course", kind="training", date="2030-02-01", place="Online", link="")
    return add_bulletin(archive, issue_date=date(2030, 1, 1), quarter_label="January 2030", items=[course, past])


@pytest.fixture
def manager(db):
    return make_manager()


def add_chapter(manual, title, **fields):
    return add_page(manual, ChapterPage(title=title, slug=title.lower().replace(" ", "-"), **fields))


def amend(page, note, significance="major"):
    page = type(page).objects.get(pk=page.pk)
    page.search_description = f"{page.search_description} {note}"
    page.change_significance, page.change_note = significance, note
    page.save_revision().publish()
    return page


def run(archive, user, now=NOW):
    return assemble(archive=archive, user=user, now=now)


def items_of(issue) -> list[tuple[str, str]]:
    draft = BulletinPage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    return [(raw["type"], raw["value"]["heading"]) for raw in draft.items.raw_data]


def draft_of(issue):
    return BulletinPage.objects.get(pk=issue.pk).get_latest_revision_as_object()


class TestAssemble:
    def test_begins_the_next_issue_with_what_happened_since_the_last_one(
        self, archive, manual, home, last, clock, manager
    ):
        before = add_chapter(manual, "Old news")
        clock(LAST_ISSUE + timedelta(days=10))
        chapter = add_chapter(manual, "A new chapter", search_description="What it is for.")
        clock(LAST_ISSUE + timedelta(days=11))
        amend(before, "Section 2 says whom to ring.")
        amend(before, "A typing error.", "minor")
        clock(LAST_ISSUE + timedelta(days=12))
        amend(chapter, "A second thought.")
        area = add_area(add_year(add_priorities(home), 2029), title="Neglect")
        area.progress = [progress(date(2030, 1, 16), "<p>Forty people trained.</p>")]
        amend(area, "Progress")
        clock(NOW)
        done = run(archive, manager)
        assert done.is_new
        assert (done.issue.quarter_label, done.issue.live) == ("April 2030", False)
        assert items_of(done.issue) == [
            ("priority_update", "Neglect"),
            ("procedures_update", "What changed in the procedures"),
            ("training", "A course"),
        ]
        amendments = draft_of(done.issue).items[1]
        said = amendments.render()
        assert said.index("A new chapter") < said.index("What it is for.")
        assert said.index("A second thought.") < said.index("Old news") < said.index("Section 2 says whom to ring.")
        assert "A typing error." not in said

    def test_tells_of_each_resource_once_with_what_changed(self, archive, home, last, clock, manager):
        clock(LAST_ISSUE + timedelta(days=3))
        tool = add_resource(add_library(home), title="The tool", search_description="For everyone.")
        amend(tool, "There is a new page.")
        clock(NOW)
        issue = run(archive, manager).issue
        assert [item for item in items_of(issue) if item[0] == "highlight"] == [("highlight", "The tool")]
        said = draft_of(issue).items[0].render()
        assert "For everyone." in said
        assert "There is a new page." in said

    def test_names_source_and_reason_of_everything(self, archive, manual, last, clock, manager):
        clock(LAST_ISSUE + timedelta(days=10))
        chapter = add_chapter(manual, "A new chapter")
        clock(NOW)
        issue = run(archive, manager).issue
        found = {offer.heading: (offer.reason, offer.source_id) for offer in issue.offers.all()}
        assert found == {
            "A new chapter": ("New on 17 January 2030", chapter.pk),
            "A course": ("On 16 May 2030, announced in January 2030", last.pk),
        }

    def test_twice_puts_nothing_in_twice(self, archive, manual, last, clock, manager):
        clock(LAST_ISSUE + timedelta(days=10))
        add_chapter(manual, "A new chapter")
        clock(NOW)
        issue = run(archive, manager).issue
        before = items_of(issue)
        again = run(archive, manager, NOW + timedelta(hours=1))
        assert (again.issue.pk, again.is_new, again.added) == (issue.pk, False, [])
        assert items_of(issue) == before

    def test_later_amendments_join_the_item_that_is_there_and_leave_staffs_words_alone(
        self, archive, manual, last, clock, manager
    ):
        clock(LAST_ISSUE + timedelta(days=10))
        chapter = add_chapter(manual, "A new chapter")
        clock(NOW)
        issue = run(archive, manager).issue
        edited = draft_of(issue)
        raw = edited.items.get_prep_value()
        raw[0]["value"]["heading"] = "In our own words"
        edited.items = raw
        edited.save_revision()
        clock(NOW + timedelta(days=1))
        amend(chapter, "And one more thing.")
        clock(NOW + timedelta(days=2))
        run(archive, manager, NOW + timedelta(days=2))
        item = draft_of(issue).items[0]
        assert item.value["heading"] == "In our own words"
        assert "And one more thing." in item.render()
        assert item.render().count("A new chapter</a>") == 2

    def test_what_staff_removed_stays_removed_and_what_is_new_comes(self, archive, manual, last, clock, manager):
        clock(LAST_ISSUE + timedelta(days=10))
        chapter = add_chapter(manual, "A new chapter")
        clock(NOW)
        issue = run(archive, manager).issue
        emptied = draft_of(issue)
        emptied.items = []
        emptied.save_revision()
        assert run(archive, manager, NOW + timedelta(hours=1)).added == []
        clock(NOW + timedelta(days=1))
        amend(chapter, "Something else.")
        clock(NOW + timedelta(days=2))
        run(archive, manager, NOW + timedelta(days=2))
        said = draft_of(issue).items[0].render()
        assert "Something else." in said
        assert "New on" not in said

    def test_the_issue_after_begins_where_this_one_ended(self, archive, manual, last, clock, manager):
        clock(LAST_ISSUE + timedelta(days=10))
        add_chapter(manual, "Told in April")
        clock(NOW)
        issue = run(archive, manager).issue
        clock(NOW + timedelta(days=5))
        add_chapter(manual, "Between assembling and publishing")
        clock(NOW + timedelta(days=10))
        draft_of(issue).save_revision().publish()
        clock(NOW + timedelta(days=80))
        found = {news.heading for news in run(archive, manager, NOW + timedelta(days=80)).added}
        assert "Between assembling and publishing" in found
        assert "Told in April" not in found

    @pytest.mark.parametrize("is_published", [False, True], ids=["to the same issue", "to the issue after"])
    def test_a_decision_that_was_reworded_is_told_again(self, archive, home, last, clock, manager, is_published):
        clock(LAST_ISSUE + timedelta(days=3))
        one = decision("A strategy")
        meeting = add_meeting(add_board(home), decisions=[one, decision("Something else")])
        clock(NOW)
        first = run(archive, manager)
        assert len([news for news in first.added if news.kind == "decision"]) == 2
        if is_published:
            draft_of(first.issue).save_revision().publish()
        clock(NOW + timedelta(days=1))
        publish_again(meeting, decisions=[one | {"value": one["value"] | {"decision": "<p>Not at all.</p>"}}])
        later = NOW + timedelta(days=2)
        added = [news for news in run(archive, manager, later).added if news.kind == "decision"]
        assert [(news.heading, "reworded since" in news.reason) for news in added] == [("A strategy", True)]
        assert not run(archive, manager, later + timedelta(days=1)).added

    @pytest.mark.parametrize(
        ("change", "kind"),
        [({"good_practice": [finding("Otherwise.")]}, "inspection"), ({"methods": "<p>Asked.</p>"}, "news")],
        ids=["its findings", "something else"],
    )
    @pytest.mark.parametrize("is_published", [False, True], ids=["to the same issue", "to the issue after"])
    def test_a_review_that_changed_is_told_again(self, archive, home, last, clock, manager, change, kind, is_published):
        clock(LAST_ISSUE + timedelta(days=3))
        review = add_review(add_board(home))
        clock(NOW)
        first = run(archive, manager)
        if is_published:
            draft_of(first.issue).save_revision().publish()
        clock(NOW + timedelta(days=1))
        publish_again(review, **change)
        added = run(archive, manager, NOW + timedelta(days=2)).added
        assert [news.kind for news in added if news.page_id == review.pk] == [kind]

    def test_a_course_that_two_issues_announced_is_told_once(self, archive, last, clock, manager):
        for day in (date(2029, 10, 1), date(2029, 7, 1)):
            course = news("In August", kind="training", date="2030-08-16", place="Online", link="")
            add_bulletin(archive, issue_date=day, quarter_label=f"{day:%B %Y}", items=[course])
        clock(NOW)
        issue = run(archive, manager).issue
        assert items_of(issue) == [("training", "A course"), ("training", "In August")]
        assert issue.offers.get(heading="In August").reason.endswith("October 2029")

    def test_two_courses_of_a_day_whose_long_names_begin_alike_are_two(self, archive, last, clock, manager):
        names = [f"{'A course for everyone who works with children and families ' * 2}, part {part}" for part in "AB"]
        courses = [news(name, kind="training", date="2030-08-16", place="", link="") for name in names]
        add_bulletin(archive, issue_date=date(2029, 10, 1), quarter_label="October 2029", items=courses)
        clock(NOW)
        assert [heading for _, heading in items_of(run(archive, manager).issue)[1:]] == names

    @pytest.mark.parametrize("was_public", [False, True], ids=["imported", "taken back"])
    def test_leaves_drafts_of_the_past_alone(self, archive, last, clock, manager, was_public):
        old = add_bulletin(archive, issue_date=date(2012, 1, 1), items=[], publish=was_public)
        if was_public:
            old.unpublish()
        clock(NOW)
        assert run(archive, manager).issue.quarter_label == "April 2030"
        assert items_of(old) == []

    def test_tells_again_what_was_in_a_draft_that_was_deleted(self, archive, manual, last, clock, manager):
        clock(LAST_ISSUE + timedelta(days=10))
        add_chapter(manual, "A new chapter")
        clock(NOW)
        BulletinPage.objects.get(pk=run(archive, manager).issue.pk).delete()
        added = run(archive, manager, NOW + timedelta(hours=1)).added
        assert "A new chapter" in {news.heading for news in added}

    def test_leaves_out_what_readers_may_not_see(self, archive, manual, last, clock, manager):
        clock(LAST_ISSUE + timedelta(days=10))
        add_chapter(manual, "Taken down").unpublish()
        clock(NOW)
        assert "Taken down" not in {news.heading for news in run(archive, manager).added}

    def test_keeps_what_is_in_a_draft_already(self, archive, last, clock, manager):
        draft = add_bulletin(archive, issue_date=date(2030, 4, 1), items=[news("Ours")], publish=False)
        draft.save_revision()
        clock(NOW)
        run(archive, manager)
        assert items_of(draft)[0] == ("news", "Ours")

    def test_a_draft_that_is_scheduled_is_left_alone(self, archive, last, clock, manager):
        draft = add_bulletin(archive, issue_date=date(2030, 4, 1), items=[news("Ours")], publish=False)
        draft.go_live_at = NOW + timedelta(days=5)
        draft.save_revision().publish()
        clock(NOW)
        with pytest.raises(CannotAssemble, match="set to be published"):
            run(archive, manager)
        assert not Offer.objects.exists()

    def test_without_any_issue_the_last_quarter_counts(self, archive, manual, clock, manager):
        clock(NOW - timedelta(days=120))
        add_chapter(manual, "Long ago")
        clock(NOW - timedelta(days=20))
        add_chapter(manual, "Lately")
        clock(NOW)
        assert [news.heading for news in run(archive, manager).added] == ["Lately"]

    def test_asks_the_database_as_often_for_thirty_chapters_as_for_three(self, archive, manual, last, clock, manager):
        run(archive, manager, LAST_ISSUE + timedelta(days=1))
        few, many = (self._queries(archive, manual, manager, clock, number) for number in (3, 30))
        assert many <= few

    def _queries(self, archive, manual, manager, clock, number) -> int:
        clock(LAST_ISSUE + timedelta(days=number))
        for chapter in range(number):
            add_chapter(manual, f"Chapter {chapter} of {number}")
        with CaptureQueriesContext(connection) as queries:
            run(archive, manager, LAST_ISSUE + timedelta(days=number, hours=1))
        return len(queries)


class TestScreen:
    def test_shows_what_will_be_put_in_and_changes_nothing_by_being_looked_at(self, client, archive, last, manager):
        client.force_login(manager)
        said = client.get(reverse("bulletins_assembling:assemble", args=[archive.pk])).content.decode()
        assert "Make the draft" in said
        assert BulletinPage.objects.count() == 1

    def test_says_how_many_updates_are_left_out(self, client, archive, manual, last, clock, manager, monkeypatch):
        clock(LAST_ISSUE + timedelta(days=1))
        for number in range(3):
            add_chapter(manual, f"Chapter {number}")
        clock(NOW)
        client.force_login(manager)
        address = reverse("bulletins_assembling:assemble", args=[archive.pk])
        assert "are left out" not in client.get(address).content.decode()
        monkeypatch.setattr("gathering.news.MOST_EDITIONS", 1)
        assert "The oldest 2 are left out" in client.get(address).content.decode()

    def test_makes_the_draft_and_opens_it(self, client, archive, last, manager):
        client.force_login(manager)
        response = client.post(reverse("bulletins_assembling:assemble", args=[archive.pk]), follow=True)
        issue = BulletinPage.objects.get(live=False)
        assert response.redirect_chain[0][0] == reverse("wagtailadmin_pages:edit", args=[issue.pk])
        assert "was begun" in response.content.decode()

    def test_whoever_may_not_write_the_bulletin_is_turned_away(self, client, archive, last):
        client.force_login(make_staff())
        client.post(reverse("bulletins_assembling:assemble", args=[archive.pk]))
        assert BulletinPage.objects.count() == 1


class TestPutIntoABulletin:
    def test_makes_an_item_that_links_back(self, client, archive, home, last, manager):
        tool = add_resource(add_library(home), title="The tool")
        draft = add_bulletin(archive, items=[], publish=False)
        draft.save_revision()
        client.force_login(manager)
        address = reverse("bulletins_assembling:make_item", args=[tool.pk])
        assert "The tool" in client.get(address).content.decode()
        key = f"edition:{tool.editions.get().pk}"
        client.post(address, {"what": [key], "issue": draft.pk})
        client.post(address, {"what": [key], "issue": draft.pk})
        items = draft_of(draft).items
        assert items[0].value["page"].pk == tool.pk
        assert Offer.objects.count() == 1

    def test_refuses_what_was_not_offered_and_an_issue_that_is_public(self, client, archive, home, last, manager):
        tool = add_resource(add_library(home), title="The tool")
        client.force_login(manager)
        address = reverse("bulletins_assembling:make_item", args=[tool.pk])
        client.post(address, {"what": ["edition:999"], "issue": last.pk})
        assert not Offer.objects.exists()

    def test_costs_lists_of_pages_as_much_for_thirteen_rows_as_for_three(self, client, archive, manual, last, manager):
        client.force_login(manager)
        costs = []
        for numbers in (range(3), range(3, 13)):
            for number in numbers:
                add_chapter(manual, f"Chapter {number}")
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("wagtailadmin_explore", args=[manual.pk]))
            costs.append(sum("bulletins_bulletin" in query["sql"] for query in queries.captured_queries))
        assert costs[0] == costs[1]

    def test_is_not_offered_to_whoever_may_not_write_the_bulletin(self, client, archive, home, last):
        tool = add_resource(add_library(home), title="The tool")
        client.force_login(make_staff())
        response = client.get(reverse("bulletins_assembling:make_item", args=[tool.pk]))
        assert "Put into" not in response.content.decode()
