"""Addresses in running text become links; everything else is only text."""

import pytest

from content.reading.linking import addresses, safe_href
from content.reading.outline import Run
from content.reading.rich_text import inline


def links(text):
    return [(text[found.start : found.end], found.href) for found in addresses(text)]


class TestEmails:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("email: jo.smith@board.example or", "jo.smith@board.example"),
            ("(news@board.example).", "news@board.example"),
            ("to news@board.example.", "news@board.example"),
            ("'news@board.example'", "news@board.example"),
            ("a+b_c@mail.board.example,", "a+b_c@mail.board.example"),
        ],
    )
    def test_are_found_without_the_marks_around_them(self, text, address):
        assert links(text) == [(address, f"mailto:{address}")]

    @pytest.mark.parametrize("text", ["@", "a@", "@b.example", "a@b", "meet @ 10.30", "a@1.2"])
    def test_are_not_seen_where_there_is_none(self, text):
        assert links(text) == []


class TestPhones:
    @pytest.mark.parametrize(
        ("text", "href"),
        [
            ("tel: 01632 960445.", "tel:+441632960445"),
            ("(01632) 960 445", "tel:+441632960445"),
            ("+44 1632 960445", "tel:+441632960445"),
            ("+44 (0)1632 960445", "tel:+441632960445"),
            ("0800 1111", "tel:+448001111"),
            ("call 999 now", "tel:999"),
            ("ring 101", "tel:101"),
        ],
    )
    def test_are_dialled_from_anywhere(self, text, href):
        assert [found[1] for found in links(text)] == [href]

    @pytest.mark.parametrize(
        "text",
        ["on 01/04/2017", "2017-04-01", "in 2016 2017 2018", "section 101", "999 children", "0123", "1.01632960445"],
    )
    def test_are_not_seen_in_dates_and_other_numbers(self, text):
        assert links(text) == []


class TestWebAddresses:
    @pytest.mark.parametrize(
        ("text", "href"),
        [
            ("See https://board.example/a?b=1&c=2.", "https://board.example/a?b=1&c=2"),
            ("(https://board.example/x_(y))", "https://board.example/x_(y)"),
            ("at www.board.example/news,", "https://www.board.example/news"),
            ("at anytown.gov.uk/forms today", "https://anytown.gov.uk/forms"),
        ],
    )
    def test_are_found_without_the_marks_around_them(self, text, href):
        assert [found[1] for found in links(text)] == [href]

    def test_an_email_is_not_also_a_web_address(self):
        assert links("jo@anytown.gov.uk") == [("jo@anytown.gov.uk", "mailto:jo@anytown.gov.uk")]


class TestSafeHref:
    @pytest.mark.parametrize(
        "href",
        [
            "javascript:alert(1)",
            " java\nscript:alert(1)",
            "JAVASCRIPT:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "/relative",
            "page.html",
            "#top",
            "https://",
            "http://[bad",
            "mailto:",
            "tel:nobody",
            "",
        ],
    )
    def test_lets_nothing_through_that_runs_or_leads_nowhere(self, href):
        assert safe_href(href) == ""

    @pytest.mark.parametrize("href", ["https://board.example/", "http://board.example", "mailto:a@board.example"])
    def test_lets_addresses_through(self, href):
        assert safe_href(href) == href

    def test_makes_a_phone_link_one_that_works_from_abroad(self):
        assert safe_href("tel:01632 960 445") == "tel:+441632960445"


class TestRichText:
    def test_escapes_everything_but_its_own_tags(self):
        runs = [Run("a < b & <script>alert('x')</script> at "), Run("me", href='https://board.example/"><b>')]
        assert inline(runs) == (
            "a &lt; b &amp; &lt;script&gt;alert('x')&lt;/script&gt; at "
            '<a href="https://board.example/&quot;&gt;&lt;b&gt;">me</a>'
        )

    def test_has_no_space_at_its_ends_and_keeps_the_ones_between(self):
        assert inline([Run("  one "), Run("two", bold=True), Run(" three  ")]) == "one <b>two</b> three"

    def test_keeps_a_link_inside_bold_text(self):
        assert inline([Run("write to a@board.example", bold=True)]) == (
            '<b>write to </b><a href="mailto:a@board.example"><b>a@board.example</b></a>'
        )
