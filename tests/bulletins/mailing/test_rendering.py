"""An issue as a mail: all that is on the page, in both forms, with nothing in it that a mail must not hold."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.checks import run_checks
from django.utils import timezone
from wagtail.models import PageViewRestriction

from bulletins.blocks import ItemsBlock
from bulletins.mailing import checks
from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import LARGEST, Extent
from bulletins.models import BulletinPage
from content.blocks import BodyBlock
from tests.bulletins.mailing.factories import (
    A_PERSON,
    NEXT,
    add_picture,
    block,
    both_forms,
    every_kind,
    mail_of,
    one_line,
    picture_block,
    table_block,
    with_body,
)
from tests.documents.factories import make_document
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_contact, news
from tests.once import once

pytestmark = pytest.mark.django_db

home = once(add_home)


@once
def archive(home):
    return add_archive(home)


@pytest.fixture
def shown(home):
    return add_information(home, title="Open plan", slug="open-plan")


class TestEveryKindOfItem:
    def test_has_its_form_and_so_has_every_block(self):
        assert run_checks(tags=["bulletins"]) == []

    def test_without_one_is_an_error(self, monkeypatch):
        monkeypatch.setattr(checks, "FORMS", ("html", "pdf"))
        faults = [fault.msg for fault in checks.check_everything_has_its_forms_in_the_mail(None)]
        assert len(faults) == len(ItemsBlock().child_blocks) + len(BodyBlock().child_blocks)
        assert "NewsItem has no form in the mail" in faults[0]

    @pytest.mark.parametrize("kind", list(ItemsBlock().child_blocks))
    def test_says_in_both_forms_what_it_says_on_the_page(self, client, archive, shown, kind):
        items = [item for item in every_kind(shown) if item["type"] == kind]
        issue = add_bulletin(archive, items=items)
        item = BeautifulSoup(client.get(issue.url).content, "html.parser").select_one("section.item")
        item.select_one(".item__link").decompose()
        html, text = both_forms(issue)
        html_words, text_words = one_line(html.get_text(" ")), one_line(text)
        words = [one_line(string) for string in item.stripped_strings]
        assert [each for each in words if each.strip(" :.") not in html_words] == []
        assert [each for each in words if each.strip(" :.") not in text_words] == []
        for link in item.select("a[href^='/'], a[href^='http']"):
            address = link["href"] if "://" in link["href"] else f"http://testserver{link['href']}"
            assert html.find("a", href=address)
            assert address in text

    @pytest.mark.parametrize("kind", list(ItemsBlock().child_blocks))
    def test_can_be_sent_with_nothing_but_a_heading(self, archive, kind):
        item = news("Only a heading", kind=kind)
        item["value"] = {"heading": "Only a heading"}
        html, text = both_forms(add_bulletin(archive, items=[item]))
        assert html.find("h2", string="Only a heading")
        assert "Only a heading" in text
        assert "None" not in html.get_text() + text


class TestBlocks:
    def test_of_text_keep_headings_lists_and_links(self, archive, shown):
        rich = (
            f'<h3>Why</h3><p>Read <b>the</b> <a linktype="page" id="{shown.pk}">plan</a>.<br/>Soon.</p>'
            "<ol><li>Look</li><li>Ask<ul><li>the child</li></ul></li></ol>"
        )
        html, text = both_forms(add_bulletin(archive, items=[news("An item", rich)]))
        assert html.find("h3", string="Why")
        assert html.find("a", string="plan")["href"] == f"http://testserver{shown.url}"
        assert (
            "Why:\n\nRead the plan (http://testserver/open-plan/).\nSoon.\n\n1. Look\n2. Ask\n   - the child\n" in text
        )

    def test_of_tables_keep_heads_with_their_cells(self, archive):
        html, text = both_forms(add_bulletin(archive, items=[with_body(table_block())]))
        table = html.find("caption", string="When to ring").parent
        assert [head.get_text() for head in table.find_all("th", scope="col")] == ["Worry", "Ring"]
        assert table.get("role") is None
        assert "When to ring:\n\n- Worry: In danger now. Ring: 999\n- Worry: Any other. Ring: 101\n" in text

    def test_of_callouts_are_boxes(self, archive):
        item = with_body(block("callout", {"title": "You must", "text": "<p>Ring & tell.</p>"}))
        html, text = both_forms(add_bulletin(archive, items=[item]))
        assert "Ring & tell." in html.find("p", string="You must").parent.get_text()
        assert "You must:\n\nRing & tell.\n" in text

    def test_of_contacts_can_be_rung_and_say_when_in_words(self, archive):
        contact = make_contact(team="Duty team", phone="01632 960030", email="duty@council.example", always_open=True)
        html, text = both_forms(add_bulletin(archive, items=[with_body(block("contact", contact.pk))]))
        assert html.find("a", href="tel:+441632960030").get_text() == "01632 960030"
        assert html.find("a", href="mailto:duty@council.example")
        assert "Duty team, Council\nTelephone: 01632 960030" in text
        assert "Open now" not in text + html.get_text()

    def test_of_pictures_have_a_size_a_description_and_a_whole_address(self, archive):
        picture = add_picture(900, 450)
        html, text = both_forms(add_bulletin(archive, items=[with_body(picture_block(picture.pk, caption="By Ash"))]))
        shown = html.find("img")
        assert (shown["width"], shown["height"], shown["alt"]) == ("600", "300", "A sun")
        assert shown["src"].startswith("http://testserver/media/images/")
        assert "Picture: A sun\n\nBy Ash\n" in text

    def test_of_pictures_for_decoration_say_nothing(self, archive):
        item = with_body(picture_block(add_picture().pk, "Not said", decorative=True))
        html, text = both_forms(add_bulletin(archive, items=[item]))
        assert html.find("img")["alt"] == ""
        assert "Picture" not in text

    def test_of_pictures_whose_file_is_gone_leave_their_words(self, archive):
        picture = add_picture()
        issue = add_bulletin(archive, items=[with_body(picture_block(picture.pk))])
        picture.file.storage.delete(picture.file.name)
        html, _ = both_forms(BulletinPage.objects.get(pk=issue.pk))
        assert html.find("img") is None
        assert "Picture: A sun" in html.get_text()


class TestLinks:
    def test_are_absolute_also_to_files_and_to_places_on_the_page(self, archive, shown):
        document = make_document()
        rich = (
            f'<p><a linktype="document" id="{document.pk}">file</a> <a href="#item-12345678">there</a> '
            '<a href="/contacts/?a=1&amp;b=2">us</a></p>'
        )
        issue = add_bulletin(
            archive, items=[*every_kind(shown), news("Links", rich), with_body(picture_block(add_picture().pk))],
            introduction=rich, contact=make_contact(), next_deadline=NEXT,
        )  # fmt: skip
        html, text = both_forms(issue)
        addresses = [tag.get("href") or tag.get("src") for tag in html.select("[href], [src]")]
        assert [each for each in addresses if not re.match(r"https?://\w|tel:\+|mailto:\w", each)] == []
        assert html.find("a", string="there")["href"] == f"http://testserver{issue.url}#item-12345678"
        assert html.find("a", string="us")["href"] == "http://testserver/contacts/?a=1&b=2"
        assert "us (http://testserver/contacts/?a=1&b=2)" in one_line(text)

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//[", "vbscript:x", "", " "])
    def test_that_no_mail_may_hold_become_plain_words(self, archive, address):
        html, text = both_forms(add_bulletin(archive, items=[news("Odd", f'<p><a href="{address}">words</a></p>')]))
        assert html.find("a", string="words") is None
        assert "words\n" in text

    def test_are_written_once_where_the_words_are_the_address(self, archive):
        rich = (
            '<p><a href="https://a.example/">https://a.example</a> <a href="mailto:a@b.example">a@b.example</a> '
            '<a href="tel:+441632960030">01632 960030</a></p>'
        )
        _, text = both_forms(add_bulletin(archive, items=[news("Plain", rich)]))
        assert "https://a.example a@b.example 01632 960030\n" in text

    def test_lead_to_nothing_that_readers_may_not_see_and_do_not_name_it(self, home, archive, shown):
        hidden = add_information(home, title="Zebra plan", slug="zebra")
        issue = add_bulletin(
            archive, items=[*every_kind(hidden), news("x", link_to(hidden))], introduction=link_to(hidden)
        )
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        issue = BulletinPage.objects.get(pk=issue.pk)
        # As the editor's screen does, which shows all pages: nothing of that is kept.
        assert any(entry.block.value.get("page") for entry in issue.entries())
        html, text = both_forms(issue)
        assert "zebra" not in (str(html) + text).casefold()
        assert "the words" in text


def link_to(page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">the words</a></p>'


class TestWhatSomebodyTyped:
    ODD = "Fish & <script>alert(1)</script>\r\nBcc: all@board.example {{ 1 }} \u202e"

    def test_never_reaches_a_header_or_the_markup(self, archive):
        rich = '<p onclick="x()">a<script>alert(1)</script><img src="https://x.example/p.gif"><style>p{}</style></p>'
        items = [with_body(block("text", rich), block("callout", {"title": self.ODD, "text": rich}), heading=self.ODD)]
        issue = add_bulletin(archive, items=items)
        issue.title = issue.search_description = issue.quarter_label = self.ODD
        html, text = both_forms(issue)
        mail = mail_of(issue)
        assert mail.subject.isprintable()
        assert html.find_all(["script", "img"]) == []
        assert "onclick" not in str(html)
        assert re.search(r"^Bcc:", text, re.MULTILINE) is None
        assert "Fish & <script>alert(1)</script> Bcc: all@board.example {{ 1 }}" in one_line(text)

    def test_cannot_take_the_place_of_what_is_personal(self, archive):
        issue = add_bulletin(archive, items=[news("{{ slot }} {slot} %s", "<p>{0} {{ personal.why }}</p>")])
        html, text = both_forms(issue)
        assert html.get_text().count("You chose the bulletin.") == text.count("You chose the bulletin.") == 1

    def test_is_not_nested_so_deep_that_nobody_can_read_it(self, archive):
        issue = add_bulletin(archive, items=[news("Deep", "<div>" * 3000 + "x"), news("Next")])
        assert "Next" in both_forms(issue)[1]


class TestWhatIsPersonal:
    def test_differs_and_all_else_is_the_same(self, archive):
        mail = mail_of(add_bulletin(archive))
        first, second = mail.addressed_to(A_PERSON), mail.addressed_to(Personal(why="Because <b>."))
        assert "https://x.example/l" in first[0]
        assert "https://x.example/l" in first[1]
        assert "Because &lt;b&gt;." in second[0]
        assert "Because <b>." in second[1]
        for one, other, pieces in zip(first, second, (mail.html, mail.text), strict=True):
            assert one.startswith(pieces[0])
            assert other.startswith(pieces[0])
            assert one.endswith(pieces[1])

    def test_is_the_last_thing_under_the_signature(self, archive):
        _, text = both_forms(add_bulletin(archive))
        assert "\n-- \n" in text
        assert text.endswith("Change what you get: https://x.example/m\nStop these mails: https://x.example/l\n")


class TestTheHtml:
    @pytest.fixture
    def html(self, archive, shown):
        picture = with_body(picture_block(add_picture().pk))
        return mail_of(add_bulletin(archive, items=[*every_kind(shown), picture, with_body(table_block())])).html[0]

    def test_is_made_of_tables_with_styles_in_place(self, html):
        soup = BeautifulSoup(html, "html.parser")
        assert soup.html["lang"] == "en-GB"
        assert soup.find("meta", attrs={"name": "color-scheme"})["content"] == "light dark"
        layout = [table for table in soup.find_all("table") if not table.find(["th", "caption"], recursive=True)]
        assert all(table.get("role") == "presentation" for table in layout)
        assert all("font" in cell["style"] for cell in soup.select("td.item"))
        for unknown in ("display:grid", "display:flex", "background-image", "url(", "position:", "var("):
            assert unknown not in html.replace(" ", "")

    def test_keeps_its_dark_scheme_where_it_can_be_read(self, html):
        assert "@media (prefers-color-scheme: dark)" in html
        assert "!important" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)

    def test_tells_nobody_that_it_was_opened(self, html):
        sources = re.findall(r'\ssrc="([^"]+)"', html)
        assert [source for source in sources if not source.startswith("http://testserver/media/images/")] == []
        assert "@import" not in html
        assert "<link" not in html

    def test_has_one_title_and_headings_in_order(self, html):
        levels = [int(tag.name[1]) for tag in BeautifulSoup(html, "html.parser").find_all(re.compile(r"^h\d$"))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))


class TestTheSubject:
    def test_names_the_quarter_once(self, archive):
        assert mail_of(add_bulletin(archive, title="Neglect", quarter_label="April 2030")).subject == (
            "Bulletin, April 2030: Neglect"
        )
        named = add_bulletin(archive, title="April 2030 bulletin", quarter_label="April 2030")
        assert mail_of(named).subject == "April 2030 bulletin"

    def test_is_followed_by_the_summary_or_by_what_is_in_the_issue(self, archive):
        assert mail_of(add_bulletin(archive, search_description="All of it.")).preheader == "All of it."
        assert mail_of(add_bulletin(archive, items=[news("One"), news("Two")])).preheader == "One; Two"


class TestALargeIssue:
    @pytest.mark.parametrize(
        ("items", "paragraphs", "extent"), [(3, 1, "whole"), (30, 60, "first part"), (180, 20, "headings")]
    )
    def test_is_shortened_until_no_mail_program_hides_its_end(self, archive, items, paragraphs, extent):
        rich = "<p>It happened here, and it may happen again tomorrow.</p>" * paragraphs
        issue = add_bulletin(archive, publish=False, items=[news(f"Item {number}", rich) for number in range(items)])
        mail = mail_of(issue)
        html, text = mail.addressed_to(A_PERSON)
        assert mail.extent == Extent(extent)
        assert mail.size <= LARGEST
        assert f"{issue.full_url}#{issue.entries()[-1].anchor}" in html
        assert ("Read on:" in text) == (extent == "first part")
        assert f"Item {items - 1}" in text

    def test_of_more_headings_than_a_mail_holds_says_how_many_are_left(self, archive):
        items = [news(f"{'A long heading ' * 10}{number}", "<p>It happened.</p>" * 30) for number in range(1000)]
        mail = mail_of(add_bulletin(archive, publish=False, items=items))
        assert mail.size <= LARGEST
        assert "And 800 more on the site." in mail.html[0]
        assert "And 800 more on the site." in mail.text[0]

    @pytest.mark.parametrize("items", [3, 30])
    def test_costs_as_many_queries_as_a_small_one(self, django_assert_num_queries, home, archive, items):
        pages = [add_information(home) for _ in range(3)]
        contact, picture = make_contact(), add_picture()
        made = []
        for number in range(items):
            page = pages[number % 3]
            item = with_body(block("text", link_to(page)), block("contact", contact.pk), picture_block(picture.pk))
            item["value"] |= {"heading": f"Item {number}", "page": page.pk}
            made.append(item | {"type": "highlight"})
        issue = add_bulletin(archive, items=made, contact=contact)
        mail_of(issue)  # the picture's sizes are made once
        issue = BulletinPage.objects.get(pk=issue.pk)
        with django_assert_num_queries(8):
            mail_of(issue)


class TestTheEnd:
    def test_says_the_deadline_and_who_answers(self, archive):
        contact = make_contact(team="Board office", email="office@board.example")
        issue = add_bulletin(archive, contact=contact, next_deadline=NEXT)
        html, text = both_forms(issue)
        for words in (one_line(html.get_text(" ")), one_line(text)):
            assert "The deadline for the next bulletin is Monday 1 July 2030" in words
            assert "Board office" in words
        assert mail_of(issue).reply_to == "office@board.example"

    def test_says_that_a_deadline_is_over(self, archive):
        issue = add_bulletin(archive, next_deadline=timezone.localdate().replace(year=2001, day=1))
        assert "The deadline for the next bulletin was" in both_forms(issue)[1]

    def test_comes_at_once_in_an_issue_without_items(self, archive):
        assert "There is nothing in this issue yet." in both_forms(add_bulletin(archive, items=[]))[1]
