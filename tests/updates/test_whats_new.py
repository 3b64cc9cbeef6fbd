"""What's new: everything that changed on the site, by day, with filters, from any place on, and a feed of each list."""

from datetime import date, datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.utils import timezone
from wagtail.models import PageViewRestriction

from pages.models import Audience, Topic
from tests.factories import add_home, add_page, forget_stored_pages
from tests.once import once
from tests.pagetypes.models import LeafletPage, PlainPage
from tests.procedures.factories import add_chapter, add_manual
from tests.updates.factories import change
from tests.written_once import written_once
from updates.models import Edition, WhatsNewPage
from updates.whats_new import tally
from updates.whats_new.asked import Asked, Place, place_in
from updates.whats_new.listing import updates_for
from updates.whats_new.tally import counts_of
from updates.withdrawing.models import Withdrawal
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LONDON = ZoneInfo("Europe/London")


@once
def whats_new():
    return add_page(add_home(), WhatsNewPage(title="What’s new", slug="whats-new"))


@once
def shelf(whats_new):
    """A place for pages of every kind."""
    return add_page(whats_new.get_parent().specific, PlainPage(title="Shelf", slug="shelf"))


def at(*parts) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def add(parent, title, *, at=None, topics=(), audiences=(), model=LeafletPage, **fields):
    """Publish a page, at a moment of the past if one is given."""
    page = model(title=title, **fields)
    page.topics = [Topic.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0] for slug in topics]
    page.audiences = [
        Audience.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0] for slug in audiences
    ]
    page = add_page(parent, page)
    if at:
        date_last(page, at)
    return page


def date_last(page, moment):
    Edition.objects.filter(page_id=page.pk, superseded_at=None).update(in_force_from=moment)


def changed(page, note, *, at, **fields):
    """Publish a change that readers have to know of."""
    before = page.editions.get(superseded_at=None).pk
    # What has not changed makes no edition.
    change(page, significance="major", note=note, **({"scope": note[:80]} | fields)).publish()
    Edition.objects.filter(pk=before).update(superseded_at=at)
    date_last(page, at)


def answer(client, page, query=""):
    caches["default"].clear()
    forget_stored_pages()
    return client.get(f"{page.url}{query}")


def soup_of(client, page, query="") -> BeautifulSoup:
    response = answer(client, page, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def lines(client, page, query="") -> list[str]:
    """Return "what happened: title" of each line, in order."""
    return [f"{update.word}: {update.page_title}" for update in answer(client, page, query).context["listing"].updates]


class TestTheList:
    def test_is_grouped_by_month_and_day_newest_first(self, client, whats_new, shelf):
        add(shelf, "First", at=at(2015, 12, 31, 23, 30))
        add(shelf, "Second", at=at(2016, 1, 1, 0, 15))
        # In summer time: still the day before by the clock of the database.
        add(shelf, "Third", at=at(2016, 7, 2, 0, 30))
        headings = [heading.get_text(" ", strip=True) for heading in soup_of(client, whats_new).select(".month h2, h3")]
        assert headings == ["July 2016", "2 July", "January 2016", "1 January", "December 2015", "31 December"]
        assert lines(client, whats_new) == ["New: Third", "New: Second", "New: First"]

    def test_tells_what_is_new_by_its_summary_and_a_change_by_its_note(self, client, whats_new, shelf):
        page = add(shelf, "Leaflet", at=at(2016, 1, 1), search_description="What to do.")
        changed(page, "Three days, not two.", at=at(2016, 2, 1))
        change(page, significance="minor", note="A comma.", scope="Everyone").publish()
        text = soup_of(client, whats_new).find(id="list").get_text(" ", strip=True)
        assert "What to do." in text
        assert "Three days, not two." in text
        assert "A comma." not in text
        assert lines(client, whats_new) == ["Changed: Leaflet", "New: Leaflet"]

    def test_leads_to_the_comparison_where_a_page_keeps_its_history(self, client, whats_new, shelf):
        chapter = add_chapter(add_manual(whats_new.get_parent().specific), title="Chapter")
        for page in (chapter, add(shelf, "Leaflet", at=at(2016, 1, 1))):
            changed(page, "Changed.", at=timezone.now(), title="Other")
        links = [link["href"] for link in soup_of(client, whats_new).find_all("a") if "/compare/" in link["href"]]
        assert links == [f"{chapter.url}compare/1/2/"]
        assert client.get(links[0]).status_code == 200

    def test_tells_what_was_withdrawn_or_consolidated_and_never_what_was_published_in_error(
        self, client, whats_new, shelf
    ):
        pages = {way: add(shelf, f"Was {way}", at=at(2016, 1, 1)) for way in ("withdrawn", "consolidated", "error")}
        instead = add(shelf, "In its place", at=at(2015, 1, 1))
        for hour, (way, page) in enumerate(pages.items()):
            withdraw_page(page=page, way=way, reason=f"Why {way}.", replacement=instead, now=at(2016, 3, 1, hour))
        assert lines(client, whats_new) == [
            "Consolidated: Was consolidated",
            "Withdrawn: Was withdrawn",
            "New: In its place",
        ]
        text = soup_of(client, whats_new).get_text(" ", strip=True)
        assert "Why consolidated. Now part of “In its place”." in text
        assert "Why error." not in text

    def test_does_not_name_a_replacement_that_readers_may_not_see(self, client, whats_new, shelf):
        page, instead = add(shelf, "Old"), add(shelf, "Zebra")
        withdraw_page(page=page, way="consolidated", reason="Moved.", replacement=instead, now=timezone.now())
        PageViewRestriction.objects.create(page=instead, restriction_type="login")
        assert "Zebra" not in str(soup_of(client, whats_new))
        assert lines(client, whats_new) == ["Consolidated: Old"]

    def test_shows_what_people_wrote_as_they_wrote_it(self, client, whats_new, shelf):
        changed(add(shelf, "<b>Bold</b>"), "<script>alert(1)</script>", at=timezone.now())
        html = answer(client, whats_new).content.decode()
        assert "<script>alert" not in html
        assert "<b>Bold" not in html

    def test_says_that_there_is_nothing(self, client, whats_new):
        assert "Nothing has been published yet." in soup_of(client, whats_new).get_text()


class TestFilters:
    @pytest.fixture
    def pages(self, whats_new, shelf):
        add(shelf, "Both", at=at(2016, 1, 1), topics=["neglect"], audiences=["schools"])
        add(shelf, "Topic", at=at(2016, 1, 2), topics=["neglect", "law"])
        add(shelf, "Audience", at=at(2016, 1, 3), audiences=["schools"])

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("?topic=neglect", ["Topic", "Both"]),
            ("?audience=schools", ["Audience", "Both"]),
            ("?topic=neglect&audience=schools", ["Both"]),
            ("?topic=law&audience=schools", []),
            ("?topic=neglect&kind=chapter", ["Topic", "Both"]),
            ("?topic=neglect&kind=bulletin", []),
            ("?topic=&audience=&kind=", ["Audience", "Topic", "Both"]),
        ],
    )
    @pytest.mark.parametrize("few_fit", [True, False], ids=["begun with their pages", "begun with the newest"])
    def test_keep_what_fits(self, client, whats_new, pages, monkeypatch, query, titles, few_fit):
        asked = answer(client, whats_new, query).context["listing"].asked
        # Which way is quicker depends on how many there are; both have to find the same.
        monkeypatch.setattr(tally, "A_PAGE", 30 if few_fit else 0)
        caches["default"].clear()
        assert bool(counts_of(asked).few_pages) == bool(few_fit and asked.chosen and titles)
        assert [update.page_title for update in updates_for(asked, most=9)] == titles

    def test_say_how_many_there_are_and_lead_to_them(self, client, whats_new, pages):
        withdraw_page(page=LeafletPage.objects.get(title="Topic"), way="withdrawn", reason="Gone.", now=at(2016, 2, 1))
        listing = answer(client, whats_new, "?audience=schools").context["listing"]
        choices = {choice.label: choice for one in listing.filters for choice in one.choices}
        assert {label: choice.count for label, choice in choices.items()} == {"Neglect": 1, "Schools": 2, "chapter": 2}
        for choice in choices.values():
            found = answer(client, whats_new, choice.address).context["listing"]
            assert len(found.updates) == found.total == (choice.count if not choice.is_chosen else 3)

    def test_count_only_what_readers_may_see(self, client, whats_new, shelf, pages):
        hidden = add(shelf, "Hidden", topics=["secret"])
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        add(shelf, "Taken down", topics=["secret"]).unpublish()
        listing = answer(client, whats_new).context["listing"]
        assert listing.total == 3
        assert "Secret" not in [choice.label for one in listing.filters for choice in one.choices]

    @pytest.mark.parametrize("query", ["?topic=no-such-topic", "?kind=x%27%3B--&topic=%F0%9F%98%80", "?audience=%ff"])
    def test_that_mean_nothing_are_left_out(self, client, whats_new, pages, query):
        assert len(lines(client, whats_new, query)) == 3

    def test_keep_a_topic_without_updates_apart_from_everything(self, client, whats_new, pages):
        Topic.objects.create(name="Empty", slug="empty")
        assert lines(client, whats_new, "?topic=empty") == []
        assert "Nothing fits all of that." in soup_of(client, whats_new, "?topic=empty").get_text()


class TestGoingBack:
    @pytest.fixture
    def many(self, shelf):
        """Seventy updates, forty of them of one moment, and withdrawals between, before and after them."""
        moment = at(2016, 5, 5, 9)
        page = add(shelf, "Changing", at=at(2016, 1, 1))
        first = page.editions.get()
        Edition.objects.bulk_create(
            Edition(
                page_id=page.pk,
                revision=first.revision,
                number=number,
                in_force_from=min(moment, at(2016, 1, number) if number < 30 else moment),
                superseded_at=moment,
                significance="major",
                note=f"Note {number}",
                title="Changing",
            )
            for number in range(2, 71)
        )
        for title, when in [("Early", at(2015, 1, 1)), ("Between", moment), ("Late", at(2016, 6, 1))]:
            gone = add(shelf, title, at=at(2014, 1, 1))
            withdraw_page(page=gone, way="withdrawn", reason="Gone.", now=when)
        return Edition.objects.updates().count() + Withdrawal.objects.count()

    def test_tells_each_update_once(self, client, whats_new, many):
        found, address = [], ""
        while True:
            listing = answer(client, whats_new, address).context["listing"]
            found += [update.place for update in listing.updates]
            if not listing.older:
                break
            address = listing.older
        assert len(found) == len(set(found)) == many
        assert [place.moment for place in found] == sorted((place.moment for place in found), reverse=True)

    def test_says_where_one_is_and_how_to_get_on(self, client, whats_new, many):
        first = soup_of(client, whats_new)
        assert first.find("a", string="Newest updates") is None
        older = first.find("a", string="Older updates")["href"]
        second = soup_of(client, whats_new, older)
        assert second.find("a", string="Newest updates")["href"] == whats_new.url
        assert second.find("meta", {"name": "robots"})["content"] == "noindex"

    def test_can_begin_at_the_end_of_a_year_and_keeps_the_filter(self, client, whats_new, many):
        assert lines(client, whats_new, "?until=2015") == ["Withdrawn: Early"]
        years = answer(client, whats_new, "?kind=chapter&until=2015").context["listing"].years
        chosen = [year for year in years if year.is_chosen]
        assert [(year.label, year.address) for year in chosen] == [("2015", "?kind=chapter&until=2015")]
        assert "Nothing came before that." in soup_of(client, whats_new, "?until=1066").get_text()

    @pytest.mark.parametrize(
        "query",
        ["page=x", "page=1000000000", "before=", "before=x", "before=99999999999999999.e999999999999999999"]
        + ["before=0.e0", "before=-1.e1", "before=1.x1", "before=²1.e1", "until=9999", "until=2999", "until=x"]
        + ["before=1&until=2016&before=2", "topic=a&topic=b", "topic[]=1", "before=" + "9" * 5000],
    )
    def test_answers_any_address(self, client, whats_new, many, query):
        assert answer(client, whats_new, f"?{query}").status_code == 200
        assert answer(client, whats_new, f"feed/?{query}").status_code in (200, 404)

    def test_refuses_nul(self, client, whats_new):
        assert answer(client, whats_new, "?topic=%00").status_code == 400

    def test_reads_the_place_that_it_writes(self):
        place = Place(datetime(2016, 7, 1, 12, 30, 5, 123456, tzinfo=LONDON), "e", 7)
        assert place_in({"before": str(place)}) == place


class TestTheFeed:
    @pytest.fixture
    def page(self, shelf):
        page = add(shelf, "Leaflet", at=at(2016, 1, 1), topics=["neglect"], search_description="Less < more.")
        changed(page, "Three \x0b days & a <b>half</b>.", at=at(2016, 2, 1))
        add(shelf, "Other", at=at(2016, 3, 1))
        return page

    def feed(self, client, whats_new, query=""):
        return ElementTree.fromstring(answer(client, whats_new, f"feed/{query}").content)

    def test_tells_the_list_it_belongs_to(self, client, whats_new, page):
        feed = self.feed(client, whats_new, "?kind=chapter&topic=neglect")
        assert feed.findtext(f"{ATOM}title") == "What’s new: Neglect, chapter"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {
            "alternate": f"{whats_new.full_url}?topic=neglect&kind=chapter",
            "self": f"{whats_new.full_url}feed/?topic=neglect&kind=chapter",
        }
        entries = [
            (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) for entry in feed.iter(f"{ATOM}entry")
        ]
        # A summary is HTML, so that what a reader sees is what was written.
        assert entries == [
            ("Changed: Leaflet", "Three   days &amp; a &lt;b&gt;half&lt;/b&gt;."),
            ("New: Leaflet", "Less &lt; more."),
        ]
        updated = at(2016, 2, 1).astimezone(ZoneInfo("UTC")).isoformat()
        assert feed.findtext(f"{ATOM}updated") == updated
        assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}updated") == updated

    def test_is_announced_by_its_list(self, client, whats_new, page):
        for query in ("", "?topic=neglect"):
            link = soup_of(client, whats_new, query).find("link", type="application/atom+xml")
            assert link["href"] == f"{whats_new.url}feed/{query}"
            assert client.get(link["href"]).status_code == 200

    def test_names_each_update_for_ever(self, client, whats_new, page):
        def ids():
            here = WhatsNewPage.objects.get()
            return [name.text for name in self.feed(client, here).iter(f"{ATOM}id")]

        before = ids()
        assert len(set(before)) == 4
        page.refresh_from_db()
        change(page, title="Renamed", slug="renamed", significance="minor").publish()
        whats_new.slug = "moved"
        whats_new.save_revision().publish()
        assert ids() == before

    def test_has_a_name_of_its_own_for_each_filter(self, client, whats_new, page):
        queries = ["", "?topic=neglect", "?kind=chapter", "?topic=neglect&kind=chapter"]
        assert len({self.feed(client, whats_new, query).findtext(f"{ATOM}id") for query in queries}) == 4

    @pytest.mark.parametrize("query", ["?topic=no-such-topic", "?topic=neglect&kind=x", "?audience=schools"])
    def test_is_not_there_for_what_there_is_not(self, client, whats_new, page, query):
        assert answer(client, whats_new, f"feed/{query}").status_code == 404

    @pytest.mark.parametrize("query", ["", "?topic=neglect", "?topic=empty"])
    def test_says_that_nothing_has_changed(self, client, whats_new, page, query):
        Topic.objects.create(name="Empty", slug="empty")
        tag = answer(client, whats_new, f"feed/{query}")["ETag"]
        forget_stored_pages()
        again = client.get(f"{whats_new.url}feed/{query}", headers={"if-none-match": tag})
        assert again.status_code == 304

    def test_of_a_private_list_is_private(self, client, whats_new, page):
        PageViewRestriction.objects.create(page=whats_new, restriction_type="login")
        assert answer(client, whats_new, "feed/?topic=neglect").status_code == 302


@written_once
def fill(shelf, size):
    """Put in leaflets that have changed, half of them about neglect, and one that became part of the last."""
    for number in range(size):
        page = add(shelf, f"Leaflet {number}", at=at(2016, 1, 1), topics=["neglect"] if number % 2 else [])
        changed(page, "Changed.", at=at(2016, 2, 1))
    gone = add(shelf, "Gone", at=at(2016, 1, 1), topics=["neglect"])
    withdraw_page(page=gone, way="consolidated", reason="Moved.", replacement=page, now=at(2016, 3, 1))
    return page


class TestTheCost:
    @pytest.mark.parametrize("size", [3, 40])
    @pytest.mark.parametrize("query", ["", "?topic=neglect", "feed/", "feed/?topic=neglect"])
    def test_is_the_same_for_few_as_for_many(
        self, client, whats_new, shelf, django_assert_max_num_queries, size, query
    ):
        fill(shelf, size)
        # What header and footer show is remembered.
        client.get("/")
        forget_stored_pages()
        # The first reader after an edit has it counted (4) and asks which topics were merged; everybody else does not.
        for most in (10 + ("topic" in query), 6):
            with django_assert_max_num_queries(most):
                assert client.get(f"{whats_new.url}{query}").status_code == 200
            forget_stored_pages()


class TestTheHomePage:
    def test_leads_to_everything_that_has_changed(self, client, whats_new, shelf):
        add(shelf, "Leaflet")
        home = whats_new.get_parent().specific
        assert soup_of(client, home).find("a", string="Everything that has changed")["href"] == whats_new.url
        PageViewRestriction.objects.create(page=whats_new, restriction_type="login")
        assert soup_of(client, home).find("a", string="Everything that has changed") is None


def test_a_year_ends_at_midnight_here():
    assert place_in({"until": "2015"}) == Place(datetime.combine(date(2016, 1, 1), datetime.min.time(), LONDON))


def test_everything_has_the_plainest_address():
    assert Asked().query == ""
