"""Actions for many pages at once: by screen and by address, each role does what it may, to its own pages alone."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.roles import (
    BULLETIN_EDITORS,
    LIBRARY_EDITORS,
    PROCEDURE_APPROVERS,
    PROCEDURE_EDITORS,
    SITE_MANAGERS,
)
from pages.models import BasePage
from tests.approval.test_roles import home, site  # noqa: F401  (fixtures)
from tests.documents.factories import add_resource
from tests.factories import add_bulletin, add_information
from tests.procedures.factories import add_chapter, add_part
from tests.roles import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts(site) -> list:  # noqa: F811
    """A draft of each kind that roles differ about."""
    return [
        add_chapter(site.manual, publish=False, title="A chapter"),
        add_bulletin(site.archive, publish=False, title="An issue"),
        add_resource(site.library, publish=False, title="A resource"),
        add_information(site.home, publish=False, title="A page"),
    ]


def browser(*roles) -> Client:
    client = Client()
    client.force_login(member(*roles))
    return client


def address_of(action, pages) -> str:
    query = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['pages', 'basepage', action])}?{query}&next=/admin/"


def act(client, action, pages, **fields) -> str:
    """Confirm an action, and return what is said."""
    answer = client.post(address_of(action, pages), fields, follow=True)
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text().split())


def state() -> list:
    return list(BasePage.objects.order_by("pk").values_list("pk", "live", "path", "has_unpublished_changes"))


def offered(client, action, pages) -> tuple[list[str], list[str]]:
    """Return the titles that the question names as pages it is about, and as pages it leaves out."""
    answer = client.get(address_of(action, pages))
    form = BeautifulSoup(answer.content, "html.parser").select_one("main")
    asked = {item["item"].title for item in answer.context["items"]}
    named = {page.title for page in pages if page.title in form.get_text()}
    return sorted(asked), sorted(named - asked)


class TestPublishing:
    @pytest.mark.parametrize("role", [PROCEDURE_EDITORS, BULLETIN_EDITORS, LIBRARY_EDITORS, PROCEDURE_APPROVERS])
    @pytest.mark.parametrize("fields", [{}, {"include_descendants": "on"}])
    def test_publishes_nothing_without_approval(self, drafts, role, fields):
        before = state()
        act(browser(role), "publish", drafts, **fields)
        assert state() == before

    def test_publishes_for_site_managers_what_needs_no_approval(self, drafts):
        said = act(browser(SITE_MANAGERS), "publish", drafts)
        assert "1 page has been published" in said
        assert list(BasePage.objects.filter(pk__in=[page.pk for page in drafts], live=True)) == [drafts[3].basepage_ptr]

    def test_publishes_nothing_below_that_needs_approval(self, site, drafts):  # noqa: F811
        act(browser(SITE_MANAGERS), "publish", [site.home], include_descendants="on")
        live = BasePage.objects.filter(pk__in=[page.pk for page in drafts], live=True)
        assert [page.title for page in live] == ["A page"]

    def test_asks_about_none_of_which_nothing_can_be_published(self, drafts):
        asked, left_out = offered(browser(PROCEDURE_EDITORS), "publish", drafts)
        assert asked == []
        assert "A chapter" in left_out
        assert offered(browser(SITE_MANAGERS), "publish", drafts)[0] == ["A page"]


class TestTakingDown:
    def test_is_for_those_who_approve(self, site):  # noqa: F811
        pages = [site.chapter, site.issue, site.resource, site.information]
        before = state()
        for role in (PROCEDURE_EDITORS, BULLETIN_EDITORS, LIBRARY_EDITORS):
            act(browser(role), "unpublish", pages, include_descendants="on")
        assert state() == before
        act(browser(PROCEDURE_APPROVERS), "unpublish", pages)
        assert [BasePage.objects.get(pk=page.pk).live for page in pages] == [False, True, True, True]


class TestDeleting:
    def test_leaves_what_is_public_and_what_others_look_after(self, site, drafts):  # noqa: F811
        pages = [*drafts, site.chapter, site.information]
        for role in (PROCEDURE_EDITORS, PROCEDURE_APPROVERS, BULLETIN_EDITORS):
            own = {page.pk for page in drafts if page.permissions_for_user(member(role)).can_delete()}
            there = set(BasePage.objects.values_list("pk", flat=True))
            asked, _ = offered(browser(role), "delete", pages)
            act(browser(role), "delete", pages)
            assert there - set(BasePage.objects.values_list("pk", flat=True)) <= own
            assert BasePage.objects.filter(pk__in=[site.chapter.pk, site.information.pk]).count() == 2
            assert "A page" not in asked


class TestMoving:
    @pytest.fixture
    def part(self, site):  # noqa: F811
        return add_part(site.manual, title="A part")

    def test_moves_nothing_that_others_look_after(self, site, drafts, part):  # noqa: F811
        for role in (BULLETIN_EDITORS, LIBRARY_EDITORS):
            before = state()
            act(browser(role), "move", [drafts[0], site.chapter], chooser=part.pk)
            assert state() == before

    def test_moves_nothing_to_where_somebody_may_add_nothing(self, site, drafts, part):  # noqa: F811
        before = state()
        for target in (site.home, site.library, site.archive, BasePage.objects.get(depth=1)):
            act(browser(PROCEDURE_EDITORS), "move", drafts, chooser=target.pk)
        assert state() == before

    def test_moves_nothing_public_for_editors(self, site, part):  # noqa: F811
        before = state()
        act(browser(PROCEDURE_EDITORS), "move", [site.chapter], chooser=part.pk)
        assert state() == before

    @pytest.mark.parametrize("role", [PROCEDURE_APPROVERS, SITE_MANAGERS])
    def test_moves_drafts_and_public_pages_for_those_who_may(self, site, drafts, part, role):  # noqa: F811
        act(browser(role), "move", [drafts[0], site.chapter], chooser=part.pk)
        assert {BasePage.objects.get(pk=page.pk).get_parent().pk for page in (drafts[0], site.chapter)} == {part.pk}
        assert BasePage.objects.get(pk=site.chapter.pk).live
        assert not BasePage.objects.get(pk=drafts[0].pk).live

    def test_of_what_may_be_moved_and_what_may_not_moves_the_first_alone(self, site, drafts, part):  # noqa: F811
        asked, left_out = offered(browser(PROCEDURE_APPROVERS), "move", [drafts[0], drafts[1]])
        assert asked == ["A chapter"]
        act(browser(PROCEDURE_APPROVERS), "move", [drafts[0], drafts[1]], chooser=part.pk)
        assert BasePage.objects.get(pk=drafts[0].pk).get_parent().pk == part.pk
        assert BasePage.objects.get(pk=drafts[1].pk).get_parent().pk == site.archive.pk

    @pytest.mark.parametrize("target", ["0", "9" * 30, ""])
    def test_moves_nothing_to_what_is_no_page(self, drafts, target):
        before = state()
        act(browser(PROCEDURE_APPROVERS), "move", [drafts[0]], chooser=target)
        assert state() == before


class TestAll:
    @pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
    def test_pages_of_the_site_are_no_more_than_those_one_may(self, site, drafts, action):  # noqa: F811
        """“All” in the place of a number takes every page of the list, those below other pages too."""
        address = reverse("wagtail_bulk_action", args=["pages", "basepage", action])
        before = state()
        for below in (site.home.pk, site.archive.pk, BasePage.objects.get(depth=1).pk):
            browser(LIBRARY_EDITORS).post(
                f"{address}?id=all&childOf={below}&next=/admin/", {"include_descendants": "on"}
            )
        after = state()
        own = {page.pk for page in BasePage.objects.descendant_of(site.library)}
        assert [row for row in before if row[0] not in own] == [row for row in after if row[0] not in own]
        assert BasePage.objects.filter(pk=drafts[2].pk, live=True).count() == 0
