"""The lists of pages in the admin: what they say of each page, what they can be narrowed by, and what that costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.search.backends import get_search_backend

from accounts.models import User
from accounts.roles import BULLETIN_EDITORS, PROCEDURE_APPROVERS, PROCEDURE_EDITORS
from approval.models import PublishedUnapproved
from pages.models import BasePage
from procedures.models import ChapterPage
from tests.days import let_screens_believe
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_manager
from tests.once import once
from tests.procedures.factories import add_chapter, add_manual
from tests.roles import given_roles, member
from updates.models import Edition

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


def add_manual_with_roles():
    """Make a manual and the roles that work on it."""
    manual = add_manual(add_home())
    given_roles()
    return manual


manual = once(add_manual_with_roles)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Let screens believe that it is that day."""
    let_screens_believe(monkeypatch, TODAY)


@pytest.fixture
def manager(client) -> User:
    """Sign a site manager in."""
    user = make_manager()
    client.force_login(user)
    return user


def screen(client, parent, **asked) -> BeautifulSoup:
    response = client.get(reverse("wagtailadmin_explore", args=[parent.pk]), asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(soup) -> dict[str, list[str]]:
    """Return {title: the words of its cells from the type on}."""
    found = {}
    for row in soup.select("table.listing tbody tr"):
        title = row.select_one("[data-listing-page-title] .title-wrapper a").get_text(strip=True)
        found[title] = [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.find_all("td")[2:-1]]
    return found


def titles(client, parent, **asked) -> list[str]:
    return list(rows(screen(client, parent, **asked)))


def add_draft(manual, **fields):
    """Add a chapter that was never public."""
    chapter = add_chapter(manual, publish=False, **fields)
    chapter.save_revision()
    chapter.refresh_from_db()
    return chapter


def add_sent_back(manual, user, **fields) -> None:
    """Add a draft of which changes were asked for."""
    chapter = add_draft(manual, **fields)
    chapter.get_workflow().start(chapter, user)
    chapter.current_workflow_task_state.reject(user=user)


def index(*pages) -> None:
    for page in pages:
        get_search_backend().add(page)


def found(client, parent, **asked) -> list[str]:
    """Return the titles of what the admin's search finds; what was published has to be in its index first."""
    index(*BasePage.objects.specific())
    return titles(client, parent, **asked)


def hand_in(page, user) -> None:
    page.get_workflow().start(page, user)


class TestColumns:
    def test_answer_what_staff_ask(self, client, manager, manual):
        owner = make_manager("ada@board.example")
        owner.first_name, owner.last_name = "Ada", "Okafor"
        owner.save()
        chapter = add_chapter(manual, title="Neglect", owner=owner, review_due=TODAY - timedelta(days=3))
        Edition.objects.filter(page=chapter).update(in_force_from=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
        heading = [cell.get_text(" ", strip=True) for cell in screen(client, manual).select("thead th")]
        assert heading[2:] == ["Type", "State", "Owner", "Review due", "Last edition"]
        kind, state, owned, review, edition = rows(screen(client, manual))["Neglect"]
        assert kind == "Chapter"
        assert state == "Current page status: live"
        assert owned == "Ada Okafor"
        assert review == "22 November 2026 3 days overdue"
        assert edition == "1 March 2026"

    def test_say_what_is_missing(self, client, manager, manual):
        add_draft(manual, title="Bare")
        assert rows(screen(client, manual))["Bare"][2:] == ["Nobody", "No date", "None"]

    def test_say_that_the_owner_has_left(self, client, manager, manual):
        add_chapter(manual, title="Left", owner=member(is_active=False, first_name="Bo"))
        assert rows(screen(client, manual))["Left"][2] == "Bo has left"

    def test_name_the_newest_of_several_editions(self, client, manager, manual):
        chapter = add_chapter(manual, title="Twice")
        first = Edition.objects.get(page=chapter)
        Edition.objects.filter(pk=first.pk).update(
            in_force_from=datetime(2020, 1, 1, tzinfo=UTC), superseded_at=datetime(2021, 6, 5, tzinfo=UTC)
        )
        Edition.objects.create(
            page=chapter,
            revision=first.revision,
            number=2,
            in_force_from=datetime(2021, 6, 5, tzinfo=UTC),
            significance="minor",
            title="Twice",
        )
        assert rows(screen(client, manual))["Twice"][4] == "5 June 2021"

    def test_call_no_draft_overdue(self, client, manager, manual):
        add_draft(manual, title="Draft", review_due=TODAY - timedelta(days=3))
        assert rows(screen(client, manual))["Draft"][3] == "22 November 2026"

    def test_say_what_a_draft_waits_for(self, client, manager, manual):
        chapter = add_chapter(manual, title="Handed in")
        chapter.save_revision()
        hand_in(chapter, manager)
        assert rows(screen(client, manual))["Handed in"][1] == "Current page status: live + waiting for approval"

    def test_say_that_changes_were_asked_for(self, client, manager, manual):
        add_sent_back(manual, manager, title="Sent back")
        assert rows(screen(client, manual))["Sent back"][1].endswith("draft Changes asked for")

    def test_say_when_a_draft_goes_live(self, client, manager, manual):
        chapter = add_draft(manual, title="Soon")
        Revision.objects.filter(pk=chapter.latest_revision_id).update(
            approved_go_live_at=datetime(2026, 12, 3, 9, tzinfo=UTC)
        )
        assert rows(screen(client, manual))["Soon"][1].endswith("scheduled Goes live 3 December 2026, 09:00")

    def test_say_that_nobody_approved_it(self, client, manager, manual):
        chapter = add_chapter(manual, title="Alone")
        PublishedUnapproved.objects.create(page=chapter, reason="It could not wait.", at=timezone.now())
        assert rows(screen(client, manual))["Alone"][1].endswith("live Published without approval")

    def test_say_in_which_way_a_page_was_withdrawn(self, client, manager, manual):
        chapter = add_chapter(manual, title="Gone")
        type(chapter).objects.filter(pk=chapter.pk).update(live=False, withdrawn_as="consolidated")
        assert rows(screen(client, manual))["Gone"][1].endswith("consolidated")


@pytest.fixture
def shelf(manual, manager):
    """One chapter in each state."""
    add_draft(manual, title="Draft")
    add_chapter(manual, title="Live")
    add_chapter(manual, title="Live with draft").save_revision()
    hand_in(add_draft(manual, title="Waiting"), manager)
    add_sent_back(manual, manager, title="Sent back")
    scheduled = add_draft(manual, title="Scheduled")
    Revision.objects.filter(pk=scheduled.latest_revision_id).update(approved_go_live_at=timezone.now())
    alone = add_chapter(manual, title="Alone")
    PublishedUnapproved.objects.create(page=alone, reason="It could not wait.", at=timezone.now())
    approved = add_chapter(manual, title="Approved since")
    PublishedUnapproved.objects.create(
        page=approved, reason="It could not.", at=timezone.now(), approved_at=timezone.now()
    )
    gone, expired = add_chapter(manual, title="Gone"), add_chapter(manual, title="Expired")
    type(gone).objects.filter(pk=gone.pk).update(live=False, withdrawn_as="withdrawn")
    type(gone).objects.filter(pk=expired.pk).update(live=False, expired=True)
    return manual


class TestFilters:
    @pytest.mark.parametrize(
        ("states", "expected"),
        [
            (["draft"], {"Draft", "Waiting", "Sent back"}),
            (["live"], {"Live", "Alone", "Approved since"}),
            (["live-draft"], {"Live with draft"}),
            (["waiting"], {"Waiting"}),
            (["sent-back"], {"Sent back"}),
            (["scheduled"], {"Scheduled"}),
            (["unapproved"], {"Alone"}),
            (["withdrawn"], {"Gone"}),
            (["expired"], {"Expired"}),
            (["withdrawn", "expired"], {"Gone", "Expired"}),
        ],
    )
    def test_keep_states(self, client, shelf, states, expected):
        assert set(titles(client, shelf, state=states)) == expected

    def test_keep_owners_nobody_and_those_who_left(self, client, manager, manual):
        add_chapter(manual, title="Mine", owner=manager)
        add_chapter(manual, title="Nobody’s")
        add_chapter(manual, title="Left", owner=member(is_active=False))
        assert titles(client, manual, owner=[manager.pk]) == ["Mine"]
        assert titles(client, manual, owner=["nobody"]) == ["Nobody’s"]
        assert titles(client, manual, owner=["left"]) == ["Left"]
        assert set(titles(client, manual, owner=["left", manager.pk])) == {"Left", "Mine"}

    def test_keep_what_is_due(self, client, manager, manual):
        for title, days in [("Late", -1), ("Soon", 56), ("Later", 57)]:
            add_chapter(manual, title=title, review_due=TODAY + timedelta(days=days))
        add_draft(manual, title="Draft", review_due=TODAY - timedelta(days=1))
        add_chapter(manual, title="Undated")
        assert titles(client, manual, review="overdue") == ["Late"]
        assert set(titles(client, manual, review="soon")) == {"Late", "Soon"}
        assert titles(client, manual, review="none") == ["Undated"]

    def test_keep_pages_by_the_day_of_their_newest_edition(self, client, manager, manual):
        for title, moment in [("Old", datetime(2020, 1, 1, 12)), ("Summer", datetime(2026, 6, 30, 22, 59))]:
            chapter = add_chapter(manual, title=title)
            Edition.objects.filter(page=chapter).update(in_force_from=moment.replace(tzinfo=UTC))
        add_draft(manual, title="None")
        assert titles(client, manual, last_edition_to="2025-12-31") == ["Old"]
        # Half an hour before midnight in London’s summer time.
        assert titles(client, manual, last_edition_from="2026-06-30", last_edition_to="2026-06-30") == ["Summer"]
        assert titles(client, manual, last_edition_from="2026-07-01") == []

    def test_keep_types_below_the_page(self, client, manager, manual):
        home = manual.get_parent()
        add_bulletin(add_archive(home), title="Autumn")
        add_chapter(manual, title="Neglect")
        asked = screen(client, home)
        value = next(
            label.find_previous("input") if label.find("input") is None else label.find("input")
            for label in asked.select("#id_content_type label")
            if "Chapter" in label.get_text()
        )["value"]
        assert titles(client, home, content_type=[value]) == ["Neglect"]

    @pytest.mark.parametrize(
        "asked",
        [
            {"state": "nonsense"},
            {"owner": "0' OR 1"},
            {"owner": "999999999"},
            {"review": "x"},
            {"content_type": "x"},
            {"last_edition_from": "31/31/2026"},
            {"last_edition_to": "0000-00-00"},
            {"ordering": "owner__password"},
            {"p": "x"},
        ],
    )
    def test_survive_nonsense(self, client, manager, manual, asked):
        add_chapter(manual, title="Neglect")
        assert titles(client, manual, **asked) == ["Neglect"]

    def test_work_together_with_the_search(self, client, shelf):
        assert set(found(client, shelf, q="draft")) == {"Draft", "Live with draft"}
        assert titles(client, shelf, q="draft", state=["live-draft"]) == ["Live with draft"]
        everything = {"last_edition_from": "2000-01-01", "review": "none", "owner": ["nobody"], "state": ["live"]}
        assert titles(client, shelf, q="al", **everything) == ["Alone"]

    @pytest.mark.parametrize("ordering", ["type", "content_type__model", "owner", "-review_due", "last_edition"])
    def test_ignore_orders_that_the_search_does_not_know(self, client, shelf, ordering):
        assert found(client, shelf, q="expired", ordering=ordering) == ["Expired"]


class TestOrder:
    def test_follows_the_columns_and_keeps_empty_ones_last(self, client, manager, manual):
        ada, zoe = member(first_name="Ada", last_name="Abbot"), member(first_name="Zoe", last_name="Young")
        for title, owner, days, year in [("A", zoe, 1, 2021), ("B", ada, 9, 2020), ("C", None, None, None)]:
            due = TODAY + timedelta(days=days) if days else None
            chapter = add_chapter(manual, title=title, owner=owner, review_due=due, publish=year is not None)
            Edition.objects.filter(page=chapter).update(in_force_from=datetime(year or 2020, 1, 1, tzinfo=UTC))
        assert titles(client, manual, ordering="owner") == ["B", "A", "C"]
        assert titles(client, manual, ordering="-owner") == ["A", "B", "C"]
        assert titles(client, manual, ordering="review_due") == ["A", "B", "C"]
        assert titles(client, manual, ordering="-review_due") == ["B", "A", "C"]
        assert titles(client, manual, ordering="last_edition") == ["B", "A", "C"]
        assert titles(client, manual, ordering="-last_edition") == ["A", "B", "C"]
        assert titles(client, manual, ordering="-title") == ["C", "B", "A"]

    def test_by_hand_is_still_offered(self, client, manager, manual):
        add_chapter(manual, title="A")
        add_chapter(manual, title="B")
        assert titles(client, manual, ordering="ord") == ["A", "B"]


def fill(manual, people, *, until):
    for number in range(manual.numchild, until):
        chapter = add_chapter(manual, title=f"Chapter {number}", owner=people[number % len(people)], review_due=TODAY)
        if number % 2:
            PublishedUnapproved.objects.create(page=chapter, reason="It could not wait.", at=timezone.now())
            Revision.objects.filter(pk=chapter.latest_revision_id).update(approved_go_live_at=timezone.now())
    manual.refresh_from_db()


class TestCost:
    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"ordering": "-last_edition"},
            {"ordering": "owner"},
            {"q": "chapter"},
            {"state": ["live", "scheduled", "waiting"], "review": "soon", "last_edition_from": "2000-01-01"},
        ],
        ids=["plain", "by edition", "by owner", "search", "filters"],
    )
    def test_is_the_same_for_5_and_40_pages(self, client, manager, manual, asked):
        people = [member(first_name=name) for name in "ABCDE"]
        counts = []
        for until in (5, 40):
            fill(manual, people, until=until)
            found(client, manual, **asked)
            with CaptureQueriesContext(connection) as queries:
                assert len(titles(client, manual, **asked)) == until
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestRoles:
    def test_see_what_they_work_with_alone(self, client, manual):
        add_chapter(manual, title="Neglect", owner=member(first_name="Otto"))
        archive = add_archive(manual.get_parent())
        add_bulletin(archive, title="Autumn", owner=member(first_name="Bea"))
        given_roles()
        client.force_login(member(BULLETIN_EDITORS))
        soup = screen(client, archive)
        assert list(rows(soup)) == ["Autumn"]
        assert "Bea" in str(soup)
        assert "Otto" not in str(soup)
        assert "Chapter" not in soup.select_one("#id_content_type").get_text()

    def test_get_nothing_more_by_asking_for_the_whole_tree(self, client, manual):
        add_draft(manual, title="Secret chapter")
        archive = add_archive(manual.get_parent())
        add_bulletin(archive, title="Draft issue", publish=False)
        given_roles()
        client.force_login(member(BULLETIN_EDITORS))
        assert titles(client, archive, state=["draft"], search_all="1") == ["Draft issue"]
        assert found(client, archive, q="secret", search_all="1") == []

    @pytest.mark.parametrize("role", [PROCEDURE_EDITORS, PROCEDURE_APPROVERS], ids=["editor", "approver"])
    def test_who_work_on_chapters_see_their_states(self, client, shelf, role):
        client.force_login(member(role))
        assert titles(client, shelf, state=["waiting"]) == ["Waiting"]

    def test_without_pages_get_no_list(self, client, manual):
        client.force_login(member())
        assert client.get(reverse("wagtailadmin_explore", args=[manual.pk])).status_code in (302, 403)


class TestOtherLists:
    def test_of_a_type_has_the_same_columns_and_filters(self, client, manager, manual):
        add_chapter(manual, title="Neglect", review_due=TODAY - timedelta(days=1))
        add_chapter(manual, title="Other")
        url = reverse("wagtailadmin_pages:type_use", args=["procedures", "chapterpage"])
        page = client.get(url, {"review": "overdue"}).content.decode()
        assert "Neglect" in page
        assert "1 day overdue" in page
        assert "Other" not in page
        assert client.get(url, {"ordering": "last_edition"}).status_code == 200

    @pytest.mark.parametrize("ordering", ["", "title", "-owner", "live"])
    def test_of_the_search_say_the_same(self, client, manager, manual, ordering):
        add_chapter(manual, title="Neglect", review_due=TODAY - timedelta(days=1))
        index(ChapterPage.objects.get())
        page = client.get(reverse("wagtailadmin_pages:search"), {"q": "neglect", "ordering": ordering}).content.decode()
        assert "1 day overdue" in page

    def test_of_what_happened_ask_nothing_about_comments(self, client, manager, manual):
        chapter = add_chapter(manual)
        page = client.get(reverse("wagtailadmin_pages:history", args=[chapter.pk])).content.decode()
        assert "is_commenting_action" not in page
        assert "id_action" in page

    def test_of_pages_at_the_top_work(self, client, manager, manual):
        add_information(manual.get_parent())
        assert client.get(reverse("wagtailadmin_explore_root")).status_code == 200
        assert (
            client.get(reverse("wagtailadmin_explore_root"), {"state": ["live"], "search_all": "1"}).status_code == 200
        )
