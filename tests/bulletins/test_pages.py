"""An issue and the archive, as readers see them."""

from datetime import date
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import PageViewRestriction

from bulletins.blocks import ItemsBlock
from bulletins.models import BulletinPage
from tests.factories import (
    add_archive,
    add_bulletin,
    add_home,
    add_information,
    forget_stored_pages,
    make_contact,
    news,
)
from tests.once import once

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


home = once(add_home)


@once
def archive(home):
    return add_archive(home)


def soup_of(client, page, suffix=""):
    response = client.get(page.url + suffix)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class TestIssue:
    def test_shows_title_quarter_introduction_items_and_deadline(self, client, archive):
        issue = add_bulletin(
            archive,
            title="Neglect and the law",
            quarter_label="April 2017",
            introduction="<p>Read this first.</p>",
            items=[news("First thing", "<p>It happened.</p>"), news("Second thing")],
            next_deadline=date(2017, 7, 3),
        )
        text = soup_of(client, issue).find("main").get_text(" ", strip=True)
        for words in ("Neglect and the law", "April 2017", "Read this first.", "First thing", "It happened."):
            assert words in text
        assert "Monday 3 July 2017" in text

    def test_lists_its_items_on_this_page_with_anchors_that_exist(self, client, archive):
        soup = soup_of(client, add_bulletin(archive, items=[news("One"), news("Two"), news("Three")]))
        links = soup.select("nav.contents a")
        assert [link.get_text(strip=True) for link in links] == ["One", "Two", "Three"]
        for link in links:
            assert soup.find(id=link["href"].removeprefix("#"))

    def test_keeps_an_anchor_when_items_are_reordered_and_reworded(self, client, archive):
        issue = add_bulletin(archive, items=[news("One"), news("Two")])
        before = {entry.title: entry.anchor for entry in issue.entries()}
        raw = list(issue.items.raw_data)
        raw[0]["value"]["heading"] = "One, reworded"
        issue.items = [raw[1], raw[0]]
        issue.change_significance = "minor"
        issue.save_revision().publish()
        after = {entry.title: entry.anchor for entry in BulletinPage.objects.get(pk=issue.pk).entries()}
        assert after == {"Two": before["Two"], "One, reworded": before["One"]}

    def test_drops_links_to_what_readers_may_not_see_and_keeps_the_words(self, client, home, archive):
        draft = add_information(home, title="Secret plan", publish=False)
        shown = add_information(home, title="Open plan")
        body = f'<p><a linktype="page" id="{draft.pk}">the plan</a> <a linktype="page" id="{shown.pk}">open</a></p>'
        issue = add_bulletin(archive, items=[news("Plans", body, kind="highlight", page=draft.pk)])
        soup = soup_of(client, issue)
        assert "Secret plan" not in soup.get_text()
        assert "the plan" in soup.get_text()
        assert soup.find("a", href=shown.url)
        assert not soup.find("a", href=lambda href: href and "secret" in href)

    def test_says_who_answers_questions(self, client, archive):
        contact = make_contact(team="Board office", phone="01632 960030")
        soup = soup_of(client, add_bulletin(archive, contact=contact))
        assert "Board office" in soup.get_text()
        assert soup.find("a", href="tel:+441632960030")

    def test_shows_an_issue_without_any_item(self, client, archive):
        assert "There is nothing in this issue yet." in soup_of(client, add_bulletin(archive, items=[])).get_text()

    def test_escapes_what_staff_type(self, client, archive):
        issue = add_bulletin(archive, title="<script>alert(1)</script>", items=[news("</h2><script>x</script>")])
        content = client.get(issue.url).content.decode()
        assert "<script>alert" not in content
        assert "<script>x" not in content

    def test_describes_itself_to_search_engines(self, client, archive):
        issue = add_bulletin(archive, title="Neglect & law </script>", items=[news("One")])
        script = soup_of(client, issue).find("script", type="application/ld+json").string
        assert '"@type": "PublicationIssue"' in script
        assert f"#{issue.entries()[0].anchor}" in script
        assert "</script" not in script

    def test_print_view_has_every_item_and_no_menu_and_is_not_indexed(self, client, archive):
        soup = soup_of(client, add_bulletin(archive, items=[news("One"), news("Two")]), "print/")
        assert [heading.get_text() for heading in soup.select("h2.item__heading")] == ["One", "Two"]
        assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert not soup.find("nav", attrs={"aria-label": "Main"})
        assert "edition 1" in soup.get_text()

    @pytest.mark.parametrize("most_items", [3, 30])
    def test_costs_as_many_queries_for_three_items_as_for_thirty(
        self, client, django_assert_num_queries, home, archive, most_items
    ):
        pages = [add_information(home) for _ in range(3)]
        contacts = [make_contact() for _ in range(2)]
        items = []
        for number in range(most_items):
            page = pages[number % 3]
            item = news(f"Item {number}", f'<p><a linktype="page" id="{page.pk}">x</a></p>', "highlight", page=page.pk)
            item["value"]["body"].append({"type": "contact", "id": str(number), "value": contacts[number % 2].pk})
            items.append(item)
        issue = add_bulletin(archive, items=items, contact=contacts[0])
        client.get(archive.url)  # from here on, the header is known
        forget_stored_pages()
        with django_assert_num_queries(5):
            client.get(issue.url)


class TestEveryKindOfItem:
    @pytest.mark.parametrize("kind", list(ItemsBlock().child_blocks))
    def test_can_be_shown_with_nothing_but_a_heading(self, client, archive, kind):
        issue = add_bulletin(archive, items=[news("Only a heading", kind=kind)])
        assert "Only a heading" in soup_of(client, issue).get_text()

    @pytest.mark.parametrize("kind", list(ItemsBlock().child_blocks))
    def test_documents_itself_for_editors(self, kind):
        block = ItemsBlock().child_blocks[kind]
        assert block.meta.description
        assert block.meta.preview_value["heading"]
        assert block.meta.icon != "placeholder"
        assert block.meta.template == f"bulletins/items/{kind}.html"

    def test_shows_the_facts_of_a_new_law(self, client, archive):
        item = news(
            "Offence", kind="new_law", act="Some Act 2015", section="67", in_force_from="2017-04-03",
            maximum_penalty="2 years", what_to_do="<p>Ring the police.</p>", chapters=[],
        )  # fmt: skip
        text = soup_of(client, add_bulletin(archive, items=[item])).get_text(" ", strip=True)
        assert "Some Act 2015, section 67" in text
        assert "3 April 2017" in text
        assert "2 years" in text
        assert "Ring the police." in text

    def test_shows_both_lists_of_an_inspection(self, client, archive):
        item = news(
            "Audit", kind="inspection", good_practice=["Timely"], areas_for_development=["<b>Focus</b>"],
            good_practice_heading="What worked", development_heading="", next_steps="<p>A plan.</p>",
        )  # fmt: skip
        soup = soup_of(client, add_bulletin(archive, items=[item]))
        headings = [heading.get_text() for heading in soup.select("h3")]
        assert "What worked" in headings
        assert "Areas for further development" in headings
        assert soup.select_one(".findings--good li").get_text(strip=True) == "Timely"
        assert soup.select_one(".findings--develop li").get_text(strip=True) == "Focus"


class TestArchive:
    def test_groups_every_issue_by_year_the_latest_first(self, client, archive):
        for year, month in ((2016, 10), (2017, 1), (2017, 4)):
            add_bulletin(archive, title=f"Issue of {year}-{month}", issue_date=date(year, month, 1))
        soup = soup_of(client, archive)
        assert [heading.get_text() for heading in soup.select(".archive-year h2")] == ["2017", "2016"]
        assert [link.get_text() for link in soup.select(".archive h3 a")] == [
            "Issue of 2017-4",
            "Issue of 2017-1",
            "Issue of 2016-10",
        ]

    def test_can_be_narrowed_to_a_year(self, client, archive):
        add_bulletin(archive, title="Old", issue_date=date(2016, 10, 1))
        add_bulletin(archive, title="New", issue_date=date(2017, 1, 1))
        assert [link.get_text() for link in soup_of(client, archive, "?year=2016").select(".archive h3 a")] == ["Old"]

    @pytest.mark.parametrize(
        "query", ["?year=x", "?year=99999999999", "?page=x", "?page=-1", "?page=999", "?year=&page="]
    )
    def test_answers_any_query(self, client, archive, query):
        add_bulletin(archive)
        assert client.get(archive.url + query).status_code == 200

    def test_leaves_out_drafts_expired_and_private_issues(self, client, archive):
        add_bulletin(archive, title="Draft issue", publish=False)
        expired = add_bulletin(archive, title="Expired issue")
        BulletinPage.objects.filter(pk=expired.pk).update(expire_at=timezone.now())
        private = add_bulletin(archive, title="Private issue")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        add_bulletin(archive, title="Public issue")
        for address in (archive.url, f"{archive.url}feed/"):
            content = client.get(address).content.decode()
            assert "Public issue" in content
            for title in ("Draft", "Expired", "Private"):
                assert f"{title} issue" not in content

    def test_is_never_too_long_and_never_loses_an_issue(self, client, archive):
        for number in range(25):
            add_bulletin(archive, title=f"No {number}", issue_date=date(2000 + number, 1, 1))
        titles = [
            link.get_text()
            for page in (1, 2)
            for link in soup_of(client, archive, f"?page={page}").select(".archive h3 a")
        ]
        assert len(titles) == len(set(titles)) == 25

    @pytest.mark.parametrize("issues", [3, 30])
    def test_costs_as_many_queries_for_three_issues_as_for_thirty(
        self, client, django_assert_num_queries, archive, issues
    ):
        for number in range(issues):
            add_bulletin(archive, issue_date=date(2000 + number, 1, 1))
        client.get("/")
        forget_stored_pages()
        with django_assert_num_queries(5):
            client.get(archive.url)


class TestFeed:
    def test_is_atom_with_full_addresses(self, client, archive):
        issue = add_bulletin(archive, title="Fish & chips", search_description="All about it.")
        response = client.get(f"{archive.url}feed/")
        assert response["Content-Type"].startswith("application/atom+xml")
        entry = ElementTree.fromstring(response.content).find(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "Fish & chips"
        assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{issue.url}"
        assert entry.findtext(f"{ATOM}summary") == "All about it."

    def test_answers_without_any_issue(self, client, archive):
        assert client.get(f"{archive.url}feed/").status_code == 200
