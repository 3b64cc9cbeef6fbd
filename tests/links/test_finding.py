"""Links are found in every block, rich text, field and contact, and written down with what they are used in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import HomePage, InformationPage
from links.addresses import LONGEST, Kind, read_target
from links.keeping import mend_links
from links.models import Link, LinkUse
from links.services import record_links
from links.walking import links_in
from organisation.models import Contact, OrganisationSettings
from tests.documents.factories import make_document
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_contact, news
from tests.once import once

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db
home = once(add_home)


def text(html: str) -> list:
    return [{"type": "text", "value": html}]


def found_in(thing) -> list[tuple]:
    return [(link.target.address, link.words, link.place) for link in links_in(thing)]


def addresses(**fields) -> set[str]:
    return set(Link.objects.filter(**fields).values_list("address", flat=True))


class TestAnAddress:
    @pytest.mark.parametrize(
        ("href", "kind", "address"),
        [
            ("https://Council.EXAMPLE/a b?x=ü#part", Kind.WEB, "https://council.example/a%20b?x=%C3%BC"),
            ("https://user:secret@council.example", Kind.WEB, "https://council.example/"),
            ("//council.example/a", Kind.WEB, "https://council.example/a"),
            ("http://straße.example/", Kind.WEB, "http://xn--strae-oqa.example/"),
            ("http://testserver/a/?b=c#d", Kind.OWN, "/a/?b=c"),
            ("/a/#d", Kind.OWN, "/a/"),
            ("MAILTO:ash%40agency.example?subject=x", Kind.MAIL, "mailto:ash@agency.example"),
            ("tel:01632%20960001", Kind.PHONE, "tel:01632 960001"),
            ("www.council.example/a", Kind.WRONG, "www.council.example/a"),
            ("javascript:alert(1)", Kind.WRONG, "javascript:alert(1)"),
            ("http://[", Kind.WRONG, "http://["),
            ("http://a b.example/", Kind.WRONG, "http://a b.example/"),
            ("http://a.example:99999/", Kind.WRONG, "http://a.example:99999/"),
            ("https://a.example/\x00b\n", Kind.WEB, "https://a.example/b"),
        ],
    )
    def test_is_read_as_browsers_do(self, home, href, kind, address):
        assert read_target(href)[:2] == (kind, address)

    @pytest.mark.parametrize("href", ["", "#part", "  "])
    def test_on_the_same_page_is_not_followed(self, home, href):
        assert read_target(href) is None

    def test_that_is_too_long_is_none(self, home):
        target = read_target(f"https://a.example/{'ü' * LONGEST}")
        assert (target.kind, len(target.address)) == (Kind.WRONG, LONGEST)


class TestFinding:
    def test_looks_into_every_block_however_deep(self):
        page = InformationPage(
            body=[
                *text('<h2>First</h2><p><a href="https://a.example/">one <b>two</b></a></p>'),
                {"type": "callout", "value": {"title": "You must", "text": '<a linktype="page" id="7">ask</a>'}},
                {
                    "type": "table",
                    "value": {
                        "columns": [{"type": "text", "heading": "Who"}],
                        "rows": [{"values": ['<a linktype="document" id="3">form</a>']}],
                    },
                },
            ]
        )
        assert found_in(page) == [
            ("https://a.example/", "one two", "First"),
            ("page:7", "ask", "You must"),
            ("file:3", "form", "Body"),
        ]

    def test_names_the_item_that_a_link_is_in(self, home):
        items = [
            news(
                "A course", '<p><a href="https://b.example/">more</a></p>', kind="training", link="https://a.example/"
            ),
            news("Law", "<p></p>", kind="new_law", chapters=[5], source=6),
        ]
        issue = add_bulletin(add_archive(home), items=items, publish=False)
        assert set(found_in(issue)) >= {
            ("https://a.example/", "", "A course"),
            ("https://b.example/", "more", "A course"),
            ("page:5", "", "Law"),
            ("page:6", "", "Law"),
        }

    def test_knows_keys_of_pages_that_a_page_shows(self):
        assert ("page:9", "", "News page") in found_in(HomePage(news_page_id=9))

    def test_looks_into_contacts_and_settings(self):
        contact = Contact(agency="Council", phone="01632 960001", out_of_hours_phone="101", email="a@council.example")
        menu = [("link", {"page": None, "address": "/a/", "title": "A"}), ("link", {"address": "https://b.example/"})]
        settings = OrganisationSettings(header_menu=menu, staying_safe_page_id=4, exit_url="https://c.example/")
        assert [address for address, *_ in found_in(contact)] == [
            *("tel:01632 960001", "mailto:a@council.example", "tel:101")
        ]
        found = {address for address, *_ in found_in(settings)}
        assert found == {"/a/", "https://b.example/", "page:4", "https://c.example/"}

    @pytest.mark.parametrize(
        "html",
        [
            '<a linktype="page" id="x">a</a>',
            '<a linktype="page">a</a>',
            "<a>b</a>",
            '<a href="">a</a>',
            '<a href="#x">a</a>',
            "<a <a <",
            "< a href",
        ],
    )
    def test_finds_nothing_where_a_link_leads_nowhere(self, html):
        assert found_in(InformationPage(body=text(html))) == []

    def test_shortens_words_that_go_on_and_on(self):
        words = "word " * 500
        [(_, said, place)] = found_in(InformationPage(body=text(f'<h2>{words}</h2><a href="/a/">{words}</a>')))
        assert len(said) == len(place) == 120


class TestWritingDown:
    def test_follows_a_page_as_it_is_published(self, home):
        page = add_information(home, body=text('<a href="https://a.example/">a</a>'))
        assert addresses() == {"https://a.example/"}
        page.body = text('<a href="https://b.example/">b</a>')
        page.save_revision()
        assert addresses(uses__page=page) == {"https://a.example/"}
        page.get_latest_revision().publish()
        assert addresses(uses__page=page) == {"https://b.example/"}

    @pytest.mark.parametrize("way", ["unpublish", "delete"])
    def test_forgets_what_a_page_used_that_is_gone(self, home, way):
        page = add_information(home, body=text('<a href="https://a.example/">a</a>'))
        getattr(page, way)()
        assert not LinkUse.objects.exists()
        mend_links(now=NOW)
        assert not Link.objects.exists()

    def test_follows_contacts(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            contact = make_contact(phone="", email="a@council.example")
        assert [use.subject for use in LinkUse.objects.all()] == [contact]
        contact.delete()
        assert not LinkUse.objects.exists()

    def test_keeps_the_row_of_a_link_that_is_used_again(self, home):
        html = '<p><a href="https://a.example/">a</a> and <a href="https://a.example/#x">b</a></p>'
        for _ in range(2):
            add_information(home, body=text(html))
        assert (Link.objects.count(), LinkUse.objects.count()) == (1, 4)

    @pytest.mark.parametrize("links", [1, 40])
    def test_takes_as_many_queries_however_many_links_there_are(self, home, links):
        page = add_information(home, publish=False)
        page.body = text("".join(f'<a href="https://a{number}.example/">a</a>' for number in range(links)))
        links_in(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            record_links(thing=page, now=NOW)
        asked = [query for query in asked if "SAVEPOINT" not in query["sql"] and "advisory" not in query["sql"]]
        assert len(asked) == 7

    def test_of_what_is_written_already_asks_once(self, home, django_assert_num_queries):
        page = add_information(home, body=text('<a href="https://a.example/">a</a>'))
        with django_assert_num_queries(1):
            assert record_links(thing=page, now=NOW) == 0

    def test_is_mended_at_night(self, home):
        page = add_information(home, body=text('<a href="https://a.example/">a</a>'))
        gone = add_information(home, body=text('<a href="https://b.example/">a</a>'))
        Link.objects.filter(address="https://a.example/").delete()
        type(gone).objects.filter(pk=gone.pk).update(live=False)
        assert mend_links(now=NOW) == 1
        assert addresses(uses__page=page) == addresses() == {"https://a.example/"}

    def test_goes_on_at_night_where_one_page_cannot_be_read(self, home, monkeypatch):
        pages = [add_information(home, body=text(f'<a href="https://{name}.example/">a</a>')) for name in "ab"]
        Link.objects.all().delete()

        def broken(thing):
            if thing.pk == pages[0].pk:
                raise KeyError("value")
            return links_in(thing)

        monkeypatch.setattr("links.services.links_in", broken)
        mend_links(now=NOW)
        assert addresses() == {"https://b.example/"}


class TestInside:
    def fault(self, address) -> str:
        return Link.objects.get(address=address).fault

    def link_to(self, home, page) -> str:
        add_information(home, body=text(f'<a linktype="page" id="{page.pk}">a</a>'))
        return f"page:{page.pk}"

    def test_a_link_to_a_page_is_broken_as_soon_as_that_is_not_public(self, home):
        page = add_information(home)
        address = self.link_to(home, page)
        assert self.fault(address) == ""
        page.unpublish()
        assert self.fault(address) == "The page is not published."
        assert Link.objects.broken().get().address == address
        page.refresh_from_db()
        page.save_revision().publish()
        assert not Link.objects.broken().exists()
        page.delete()
        assert self.fault(address) == "The page is gone."

    def test_a_link_below_a_private_page_is_broken(self, home):
        above = add_information(home)
        address = self.link_to(home, add_information(above))
        restriction = PageViewRestriction.objects.create(page=above, restriction_type="login")
        assert self.fault(address) == "The page is private."
        restriction.delete()
        assert self.fault(address) == ""

    def test_a_link_to_a_page_that_has_expired_is_broken(self, home):
        page = add_information(home)
        address = self.link_to(home, page)
        type(page).objects.filter(pk=page.pk).update(expire_at=NOW - timedelta(days=1))
        mend_links(now=NOW)
        assert self.fault(address) == "The page is not published."

    def test_a_link_to_a_file_is_broken_when_that_is_deleted(self, home):
        document = make_document()
        add_information(home, body=text(f'<a linktype="document" id="{document.pk}">a</a>'))
        assert self.fault(f"file:{document.pk}") == ""
        address = f"file:{document.pk}"
        document.delete()
        assert self.fault(address) == "The file is gone."

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("/about/", ""),
            ("/about", ""),
            ("/about/?a=b", ""),
            ("/search/?q=x", ""),
            ("/old/", ""),
            ("/robots.txt", ""),
            ("/no-such-page/", "nothing at this address"),
            ("/draft/", "nothing at this address"),
            ("/documents/99/form.pdf", "file is gone"),
            ("/admin/pages/3/edit/", "editors’ screens"),
            (f"/{'a/' * 900}", "nothing at this address"),
            ("/%00/", "nothing at this address"),
        ],
    )
    def test_an_address_of_this_site_is_tried_without_a_request(self, home, path, said):
        from wagtail.contrib.redirects.models import Redirect

        add_information(home, slug="about")
        add_information(home, slug="draft", publish=False)
        Redirect.objects.create(old_path="/old", redirect_link="/about/")
        add_information(home, body=text(f'<a href="{path}">a</a>'))
        fault = self.fault(path)
        assert said in fault
        assert bool(fault) == bool(said)

    def test_an_address_of_a_page_is_judged_again_when_that_comes_and_goes(self, home):
        add_information(home, body=text('<a href="/help/">a</a><a href="/help/now/?a=b">b</a>'))
        assert self.fault("/help/")
        above = add_information(home, slug="help")
        assert (self.fault("/help/"), bool(self.fault("/help/now/?a=b"))) == ("", True)
        add_information(above, slug="now")
        assert self.fault("/help/now/?a=b") == ""
        above.refresh_from_db()
        above.delete()
        assert self.fault("/help/")
        assert self.fault("/help/now/?a=b")

    @pytest.mark.parametrize(
        ("href", "said"),
        [
            ("mailto:ash@agency.example", ""),
            ("mailto:ash(at)agency.example", "not an e-mail address"),
            ("tel:+441632960001", ""),
            ("tel:+441632960001;ext=5", ""),
            ("tel:12", "cannot be rung"),
            ("council.example", "starts with https://"),
        ],
    )
    def test_mailboxes_telephones_and_slips_are_judged_by_their_form(self, home, href, said):
        add_information(home, body=text(f'<a href="{href}">a</a>'))
        fault = Link.objects.get().fault
        assert said in fault
        assert bool(fault) == bool(said)

    def test_a_key_that_no_database_knows_is_of_nothing(self, home):
        add_information(home, body=text(f'<a linktype="page" id="{10**30}">a</a>'))
        assert Link.objects.get().fault == "The page is gone."
