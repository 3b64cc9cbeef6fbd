"""Topics and audiences in the admin: their lists, what may be changed and deleted, and what readers see of it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import EVERYBODY, SITE_MANAGERS
from explorer.terms.uses import drafts_with, pages_with_pieces, uses_of
from gathering.models import Piece
from pages.models import Audience, BasePage, Topic
from tests.alerts.factories import subscriber_to
from tests.board_business.factories import add_board, add_meeting, decision
from tests.documents.factories import add_library, add_resource
from tests.factories import add_information
from tests.once import once
from tests.priorities.factories import add_area, add_priorities, add_year
from tests.roles import add_home_with_roles, given_roles, member
from updates.models import WhatsNewPage

pytestmark = pytest.mark.django_db


home = once(add_home_with_roles)


@pytest.fixture
def manager(client, home):
    """A browser in which a site manager is signed in."""
    client.force_login(member(SITE_MANAGERS))
    return client


@pytest.fixture
def neglect(home) -> Topic:
    """A topic that nothing carries."""
    return Topic.objects.create(name="Neglect", slug="neglect")


def soup_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(response) -> dict[str, str]:
    """Return {name: how many pages}."""
    found = {}
    for row in soup_of(response).select("table.listing tbody tr"):
        cells = row.find_all("td")
        found[cells[0].select_one(".title-wrapper").get_text(strip=True)] = cells[1].get_text(strip=True)
    return found


def save(client, term, **values):
    """Send the form of a term as it is, but for these values."""
    as_it_is = {name: getattr(term, name) for name in ("name", "slug", "description")}
    return client.post(address_of(term), as_it_is | values)


def address_of(term) -> str:
    """Return the address of the form of a term."""
    return reverse(f"{term._meta.model_name}s:edit", args=[term.pk])


def delete(client, term):
    return client.post(reverse(f"{term._meta.model_name}s:delete", args=[term.pk]))


def words_of(term) -> list[str]:
    return [use.words for use in uses_of(term)]


class TestLists:
    def test_say_how_many_pages_carry_each(self, manager, home, neglect):
        for number in range(2):
            add_information(home, title=f"Page {number}", topics=[neglect])
        add_information(home, title="A draft", topics=[neglect], publish=False)
        Topic.objects.create(name="Early help", slug="early-help")
        response = manager.get(reverse("topics:index"))
        assert rows(response) == {"Early help": "None", "Neglect": "3"}
        pages = manager.get(soup_of(response).select_one("td a[href*='topic=']")["href"])
        assert len(soup_of(pages).select("[data-listing-page-title]")) == 3

    def test_cost_the_same_however_many_there_are(self, manager, home, neglect):
        def cost():
            with CaptureQueriesContext(
                connection,
            ) as asked:
                manager.get(reverse("topics:index"))
            return len(asked)

        cost()
        few = cost()
        topics = [Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}") for number in range(20)]
        add_information(home, topics=topics)
        assert cost() == few

    def test_find_part_of_a_word(self, manager, neglect):
        Topic.objects.create(name="Early help", slug="early-help")
        assert list(rows(manager.get(reverse("topics:index"), {"q": "negl"}))) == ["Neglect"]

    def test_stand_in_the_menu_of_site_managers_alone(self, manager):
        address = reverse("topics:index")
        assert address in manager.get(reverse("wagtailadmin_home")).content.decode()
        for role in set(EVERYBODY) - {SITE_MANAGERS}:
            browser = Client()
            browser.force_login(member(role))
            assert address not in browser.get(reverse("wagtailadmin_home")).content.decode()
            assert browser.get(address).status_code == 302

    def test_lead_to_the_pages(self, manager, home, neglect):
        schools = Audience.objects.create(name="Schools", slug="schools")
        add_information(home, title="With both", topics=[neglect], audiences=[schools])
        add_information(home, title="With neither")
        for asked in ({"topic": neglect.pk}, {"audience": schools.pk}):
            listed = soup_of(manager.get(reverse("wagtailadmin_explore_root"), asked))
            titles = [cell.get_text(strip=True) for cell in listed.select("[data-listing-page-title] .title-wrapper a")]
            assert titles == ["With both"]


class TestNewOnes:
    def test_get_their_word_from_the_name(self, manager):
        manager.post(reverse("topics:add"), {"name": "  Online   safety ", "slug": "", "description": ""})
        assert Topic.objects.get().slug == "online-safety"
        assert Topic.objects.get().name == "Online safety"

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"name": "neglect"}, "There is already “Neglect”."),
            ({"name": "Neglect "}, "There is already “Neglect”."),
            ({"name": "Other", "slug": "neglect"}, "“neglect” is taken."),
            ({"name": "Neglect!"}, "“neglect” is taken."),
            ({"name": "忽视"}, "none can be made from this name"),
            ({"name": "   "}, "This field is required"),
            ({"name": "x" * 81}, "at most 80 characters"),
            ({"name": "Other", "slug": "two words"}, "valid “slug”"),
        ],
    )
    def test_are_refused_with_a_sentence(self, manager, neglect, values, said):
        response = manager.post(reverse("topics:add"), {"slug": "", "description": ""} | values)
        assert said in soup_of(response).get_text()
        assert Topic.objects.count() == 1

    def test_ask_nothing_about_a_change(self, manager):
        assert "change_address" not in manager.get(reverse("topics:add")).content.decode()


class TestChanges:
    def test_of_the_name_keep_the_word_in_addresses(self, manager, neglect):
        assert save(manager, neglect, name="Neglect of children").status_code == 302
        neglect.refresh_from_db()
        assert (neglect.name, neglect.slug) == ("Neglect of children", "neglect")

    def test_of_the_word_are_asked_about(self, manager, neglect):
        said = soup_of(save(manager, neglect, slug="neglected")).get_text()
        assert "It is “neglect” now and would be “neglected”." in said
        neglect.refresh_from_db()
        assert neglect.slug == "neglect"
        assert save(manager, neglect, slug="neglected", change_address="on").status_code == 302
        neglect.refresh_from_db()
        assert neglect.slug == "neglected"

    def test_of_the_word_are_kept_when_it_is_emptied(self, manager, neglect):
        save(manager, neglect, slug="")
        neglect.refresh_from_db()
        assert neglect.slug == "neglect"

    @pytest.mark.parametrize("publish", [True, False])
    def test_of_the_word_are_refused_while_a_decision_has_it(self, manager, home, neglect, publish):
        add_meeting(
            add_board(home), publish=publish, title="May", decisions=[decision(topics=["neglect"])]
        ).save_revision()
        said = soup_of(save(manager, neglect, slug="neglected", change_address="on")).get_text()
        assert "It cannot change from “neglect”" in said
        neglect.refresh_from_db()
        assert neglect.slug == "neglect"

    def test_of_the_name_reach_readers_at_once(self, manager, home, neglect, django_capture_on_commit_callbacks):
        page = home.add_child(instance=WhatsNewPage(title="What is new", slug="new", search_description="All."))
        page.save_revision().publish()
        library = add_library(home)
        add_resource(library, topics=[neglect])
        addresses = [page.url, library.url, "/search/?q=resource"]
        reader = Client()
        before = {address: reader.get(address).content.decode() for address in addresses}
        with django_capture_on_commit_callbacks(execute=True):
            save(manager, neglect, name="Not enough care")
        shown = [address for address, text in before.items() if "Neglect" in text]
        assert library.url in shown
        for address in shown:
            after = reader.get(address).content.decode()
            assert "Not enough care" in after
            assert "Neglect" not in after


class TestTwoAtOnce:
    def test_nobody_undoes_a_colleagues_change_unawares(self, manager, home, neglect):
        for term in (neglect, Audience.objects.create(name="Schools", slug="schools")):
            opened = soup_of(manager.get(address_of(term))).select_one("input[type=hidden][name=version]")["value"]
            save(manager, term, description="Theirs", version=opened)
            answer = save(manager, term, description="Mine", version=opened)
            assert "Somebody else saved this at" in soup_of(answer).get_text()
            term.refresh_from_db()
            assert term.description == "Theirs"
            again = soup_of(answer).select_one("input[type=hidden][name=version]")["value"]
            assert save(manager, term, description="Mine", version=again).status_code == 302
            term.refresh_from_db()
            assert term.description == "Mine"

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_the_second_is_told_when_both_save_in_the_same_moment(self):
        given_roles()
        term = Topic.objects.create(name="Neglect", slug="neglect")
        both, user = threading.Barrier(2), member(SITE_MANAGERS)
        version = term.updated_at.isoformat()

        def send(words) -> int:
            try:
                browser = Client()
                browser.force_login(user)
                both.wait(10)
                return save(browser, term, description=words, version=version).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(send, ("One", "Another"))) == [200, 302]


class TestDeleting:
    def test_takes_away_what_nothing_carries(self, manager, neglect):
        assert delete(manager, neglect).status_code == 302
        assert not Topic.objects.exists()

    def test_is_refused_where_pages_carry_it(self, manager, home, neglect):
        add_information(home, title="About care", topics=[neglect])
        screen = soup_of(manager.get(reverse("topics:delete", args=[neglect.pk])))
        assert "“Neglect” cannot be deleted" in screen.get_text()
        assert "1 page carries it" in screen.get_text()
        assert screen.select_one(f"a[href$='topic={neglect.pk}']")
        assert not screen.select("button.serious")
        delete(manager, neglect)
        assert Topic.objects.exists()

    def test_of_an_audience_is_refused_too(self, manager, home):
        schools = Audience.objects.create(name="Schools", slug="schools")
        add_information(home, audiences=[schools])
        delete(manager, schools)
        assert Audience.objects.exists()
        assert words_of(schools) == ["1 page carries it"]

    def test_is_refused_where_a_draft_alone_carries_it(self, manager, home, neglect):
        page = BasePage.objects.get(pk=add_information(home, title="About care").pk).specific
        page.topics = [neglect]
        page.save_revision()
        assert [found.pk for found in drafts_with(neglect)] == [page.pk]
        assert words_of(neglect) == ["1 draft that is not published yet would lose it"]
        delete(manager, neglect)
        assert Topic.objects.exists()

    def test_is_refused_where_it_was_chosen_for_a_decision(self, manager, home, neglect):
        meeting = add_meeting(add_board(home), title="May", decisions=[decision(topics=["neglect"])])
        assert Piece.objects.filter(topics=neglect).exists()
        assert [page.pk for page in pages_with_pieces(neglect)] == [meeting.pk]
        screen = soup_of(manager.get(reverse("topics:delete", args=[neglect.pk])))
        assert screen.select_one(f"a[href='{reverse('wagtailadmin_pages:edit', args=[meeting.pk])}']")
        delete(manager, neglect)
        assert Topic.objects.exists()

    def test_is_not_stopped_by_a_page_with_that_word_elsewhere(self, home, neglect):
        add_meeting(add_board(home), title="May", slug="neglect", decisions=[decision(heading="neglect")])
        assert pages_with_pieces(neglect) == ()

    def test_says_how_many_readers_hear_of_it(self, home, neglect):
        area = add_area(add_year(add_priorities(home)), topics=[neglect])
        assert len(words_of(neglect)) == 1
        subscriber_to({f"priority:{area.pk}": "daily"})
        subscriber_to({f"priority:{area.pk}": "weekly"}, address="other@board.example")
        assert words_of(neglect)[-1] == "2 readers get e-mails about what priority areas gather by it"

    def test_looks_again_when_it_was_given_to_a_page_meanwhile(self, manager, home, neglect):
        assert soup_of(manager.get(reverse("topics:delete", args=[neglect.pk]))).select("button.serious")
        add_information(home, topics=[neglect])
        answer = delete(manager, neglect)
        assert answer.status_code == 302
        assert "cannot be deleted" in soup_of(manager.get(answer.url)).get_text()
