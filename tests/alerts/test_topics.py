"""What is offered and named: what is public, where it belongs, and with as few queries for much as for little."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction, get_page_models

from alerts.topics import named, offered
from priorities.models import PrioritiesPage
from tests.alerts.factories import add_a_chapter, address_of, key_of, subscribed
from tests.documents.factories import add_library
from tests.factories import add_archive, add_page, forget_stored_pages
from tests.once import once
from tests.priorities.factories import add_area, add_year
from tests.procedures.factories import add_chapter, add_manual

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


WAYS = {
    "unpublished": lambda page: page.unpublish(),
    "expired": lambda page: type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(1)),
    "private": restrict,
}


@pytest.fixture
def everything(chapter):
    home = chapter.get_parent().get_parent().specific
    library, archive = add_library(home), add_archive(home)
    index = add_page(home, PrioritiesPage(title="Priorities", slug="priorities"))
    area = add_area(add_year(index, timezone.localdate().year), title="Online", slug="online")
    return {"library": library, "bulletins": archive, f"priority:{area.pk}": area}


def keys() -> set[str]:
    return {topic.key for topic in offered()}


class TestWhatIsOffered:
    def test_is_all_that_is_public_and_no_single_chapter(self, everything, chapter):
        found = keys()
        assert {*everything, f"manual:{chapter.get_parent().pk}", "library:tool"} <= found
        assert key_of(chapter) not in found

    def test_has_keys_that_can_be_stored(self, everything):
        for topic in offered():
            assert re.fullmatch(r"[a-z]+(:[a-z0-9]+)?", topic.key)
            assert topic.group
            assert topic.title

    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_is_nothing_that_is_hidden(self, everything, chapter, hide):
        for page in (*everything.values(), chapter.get_parent().specific):
            hide(page)
        assert keys() == set()

    def test_is_nothing_below_what_is_hidden(self, everything, chapter):
        restrict(chapter.get_parent().get_parent())
        assert keys() == set()

    def test_is_no_priority_of_another_year(self, everything):
        area = next(page for key, page in everything.items() if key.startswith("priority:"))
        old = add_year(area.get_parent().get_parent(), 2001, title="Old", slug="old")
        add_area(old, title="Long ago", slug="long-ago")
        assert "Long ago" not in {topic.title for topic in offered()}

    def test_costs_as_much_for_many_as_for_few(self, client, everything, chapter, django_assert_num_queries):
        area = next(page for key, page in everything.items() if key.startswith("priority:"))
        home = chapter.get_parent().get_parent().specific
        client.get("/alerts/")
        for number in range(8):
            if number in (0, 7):
                with django_assert_num_queries(4):
                    offered()
                with django_assert_num_queries(5):
                    client.get(f"/alerts/?topic={key_of(chapter)}")
            add_area(area.get_parent(), title=f"Area {number}", slug=f"area-{number}")
            add_manual(home, title=f"Manual {number}", slug=f"manual-{number}")
            client.get("/alerts/")


class TestASinglePage:
    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_that_is_hidden_is_never_named(self, client, chapter, hide):
        subscriber = subscribed({key_of(chapter): "daily"})
        hide(chapter)
        assert named([key_of(chapter)], among=[]) == {}
        address = address_of(subscriber.public_id, "alerts.manage")
        for place in (f"/alerts/?topic={key_of(chapter)}", address):
            assert "Neglect" not in client.get(place).content.decode()

    def test_is_named_by_its_own_key_alone(self, chapter):
        number = chapter.pk
        wrong = [f"manual:{number}", f"priority:{number}", f"page:{number}x", f"page:0{number}", f"library:{number}"]
        assert named(wrong, among=offered()) == {}

    def test_among_many_costs_as_much_as_alone(self, chapter, django_assert_max_num_queries):
        others = [add_chapter(chapter.get_parent(), title=f"C {n}", slug=f"c-{n}") for n in range(5)]
        with django_assert_max_num_queries(2):
            assert len(named([key_of(page) for page in [chapter, *others]], among=[])) == 6


class TestTheLink:
    def test_stands_where_it_belongs_and_holds_nothing_of_a_reader(self, client, everything, chapter):
        pages = {**everything, key_of(chapter): chapter, f"manual:{chapter.get_parent().pk}": chapter.get_parent()}
        for key, page in pages.items():
            forget_stored_pages()
            text = client.get(page.url).content.decode()
            assert f'href="/alerts/?topic={key}"' in text
            # From what was stored, too.
            assert client.get(page.url).content.decode() == text

    def test_stands_on_no_page_that_is_private(self, admin_client, chapter):
        restrict(chapter)
        assert "/alerts/" not in admin_client.get(chapter.url).content.decode()

    def test_costs_no_query(self, chapter, django_assert_num_queries):
        from gathering.templatetags.alerts_link import alerts_link

        with django_assert_num_queries(0):
            chapter.is_restricted = False
            assert alerts_link(chapter)["url"]

    def test_leads_from_the_home_page(self, client, everything, chapter):
        forget_stored_pages()
        assert 'href="/alerts/"' in client.get("/").content.decode()


def test_every_page_type_that_offers_to_everybody_offers_on_its_pages():
    types = [model for model in get_page_models() if hasattr(model, "alert_topics")]
    assert types
    assert [model for model in types if not hasattr(model, "alert_topic")] == []
