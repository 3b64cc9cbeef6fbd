"""The first use of a word of the glossary is marked, and nothing else is touched."""

import re
import time
from html import unescape

import pytest
from django.utils.html import strip_tags

from content.marking import Marker, Word, is_exact, marked


def word(slug, *forms) -> Word:
    return Word(slug=slug, name=forms[0], definition=f"What {forms[0]} means.", forms=forms)


LADO = word("lado", "local authority designated officer", "LADO")
CONFERENCE = word("conference", "child protection conference")
PROTECTION = word("protection", "child protection")
MASH = word("mash", "multi-agency safeguarding hub", "MASH")
ALL = [LADO, CONFERENCE, PROTECTION, MASH]


def links(html, words=ALL, **options) -> list[tuple[str, str]]:
    """Return (slug, text) of what was marked."""
    return re.findall(
        r'<a class="term"[^>]* href="#word--([^"]*)"[^>]*>(.*?)</a>', marked(html, words, **options)[0], re.S
    )


class TestMarked:
    def test_marks_the_first_use_only(self):
        html, used = marked("<p>Ask the LADO. The LADO answers.</p>", ALL)
        assert html == (
            '<p>Ask the <a class="term" role="doc-glossref" href="#word--lado" id="use--lado">LADO</a>. '
            "The LADO answers.</p>"
        )
        assert used == [LADO]

    def test_counts_every_form_as_the_same_word(self):
        assert links("<p>Local authority designated officer, LADO, LADOs</p>") == [
            ("lado", "Local authority designated officer")
        ]

    def test_lets_the_longest_word_win(self):
        assert links("<p>child protection conference; child protection</p>") == [
            ("conference", "child protection conference"),
            ("protection", "child protection"),
        ]
        assert links("<p>child protection conferencing</p>") == [("protection", "child protection")]

    @pytest.mark.parametrize(
        "html",
        [
            "<h2>LADO</h2>",
            '<h3 id="x">The <b>LADO</b></h3>',
            '<a href="/lado/">LADO</a>',
            "<button>LADO</button>",
            "<code>LADO</code>",
            '<abbr title="x">LADO</abbr>',
            "<table><caption>LADO</caption><tr><th>LADO</th></tr></table>",
            "<nav><ul><li>LADO</li></ul></nav>",
            "<details><summary>LADO</summary></details>",
            '<img alt="LADO"><p title="LADO > LADO">x</p>',
            "<!-- LADO -->",
            "<script>LADO</script><style>LADO</style>",
        ],
    )
    def test_leaves_alone(self, html):
        assert marked(html, ALL) == (html, [])

    def test_goes_on_after_what_it_leaves_alone(self):
        assert links("<h2>LADO</h2><p><a href='/'>LADO</a> LADO</p>") == [("lado", "LADO")]

    @pytest.mark.parametrize(
        "text", ["LADOx", "xLADO", "pre-LADO", "LADO-led", "a@LADO.example", "LADO@x", "www.LADO.uk"]
    )
    def test_marks_whole_words_only(self, text):
        assert links(f"<p>{text}</p>") == []

    @pytest.mark.parametrize("text", ["mash", "Mash", "mashed", "lado"])
    def test_takes_short_forms_as_they_are_written(self, text):
        assert links(f"<p>{text}</p>") == []

    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("LADO’s", "LADO"),
            ("LADO's", "LADO"),
            ("LADO&#x27;s", "LADO"),
            ("LADOs", "LADOs"),
            ("(LADO)", "LADO"),
            ("LADO.", "LADO"),
            ("“LADO”", "LADO"),
            ("&quot;LADO&quot;", "LADO"),
            ("LADO/police", "LADO"),
            ("CHILD PROTECTION", "CHILD PROTECTION"),
            ("child&nbsp;protection", "child&nbsp;protection"),
            ("child\n  protection", "child\n  protection"),
            ("child\xa0protection", "child\xa0protection"),
        ],
    )
    def test_leaves_what_stands_around_a_word(self, text, mark):
        assert [found for _, found in links(f"<p>{text}</p>")] == [mark]

    def test_knows_entities(self):
        words = [word("qa", "Q&A"), word("amp", "amp"), word("parents", "parents' evening"), word("x27", "x27")]
        assert links("<p>R&amp;R, a Q&amp;A, parents&#x27; evening</p>", words) == [
            ("qa", "Q&amp;A"),
            ("parents", "parents&#x27; evening"),
        ]
        assert links("<p>parents’ evening</p>", words) == [("parents", "parents’ evening")]

    def test_knows_every_script(self):
        words = [word("cafe", "Élan"), word("ru", "опека"), word("ar", "حماية"), word("emoji", "🙂🙂")]
        assert [slug for slug, _ in links("<p>élan. Опека، حماية 🙂🙂</p>", words)] == ["cafe", "ru", "ar", "emoji"]

    def test_takes_a_word_for_what_it_is_and_not_for_an_expression(self):
        words = [word("x", "a.c (b)*"), word("y", "[a-z]+")]
        assert links("<p>abc abbb</p>", words) == []
        assert links("<p>a.c (b)* here</p>", words) == [("x", "a.c (b)*")]

    def test_changes_no_word_of_the_text(self):
        html = "<p>Ask the <b>LADO</b>’s office &amp; MASH,\n child protection &lt;conference&gt;</p>"
        done, used = marked(html, ALL)
        assert len(used) == 3
        assert unescape(strip_tags(done)) == unescape(strip_tags(html))

    def test_marks_no_more_than_it_is_told(self):
        assert len(links("<p>LADO MASH child protection</p>", most=2)) == 2

    def test_prefers_the_short_form_as_written(self):
        words = [word("act", "act"), word("team", "ACT")]
        assert links("<p>ACT act</p>", words) == [("team", "ACT"), ("act", "act")]

    def test_has_nothing_to_do_without_words_or_text(self):
        assert marked("<p>LADO</p>", []) == ("<p>LADO</p>", [])
        assert marked("", ALL) == ("", [])

    def test_marks_a_word_again_that_stood_in_a_folded_passage(self):
        html, used = marked("<details><p>LADO, LADO</p></details><p>LADO</p><details>LADO</details>", ALL)
        assert html.count('class="term"') == 2
        assert html.count("id=") == 1
        assert used == [LADO]

    def test_survives_html_that_is_broken(self):
        for html in (
            '<p title="LADO',
            "<p LADO",
            "</h2>LADO",
            "</details>LADO",
            "<a>LADO",
            "<",
            "<<LADO>>",
            "<!-- LADO",
        ):
            assert re.sub(r'<a class="term"[^>]*>(LADO)</a>', r"\1", marked(html, ALL)[0]) == html


class TestMarker:
    def test_knows_what_the_parts_before_have_used(self):
        marker = Marker(ALL)
        first, second = marker.mark("<p>LADO</p>"), marker.mark("<p>LADO, MASH</p>")
        assert "term" in first
        assert second.count('class="term"') == 1
        assert marker.used == [LADO, MASH]


class TestSpeed:
    def test_grows_with_the_text_and_not_with_the_words(self):
        words = [word(f"w{i}", f"{'abcdefghijklmnopqrst'[i % 20]}term{i} with words", f"T{i}X") for i in range(500)]
        text = "<p>A child is seen &amp; heard by the team. Ask dterm3 with words <b>about</b> this, every day.</p>\n"
        html = text * (300_000 // len(text))
        marked(text, words)
        seconds = time.process_time()
        marked(html, words)
        assert time.process_time() - seconds < 1.5

    @pytest.mark.parametrize("piece", ["<", '<a "', "<a '", '<a b="', "<!-- ", "&", "a@", "child ", "a.", '<"'])
    def test_is_not_slowed_by_what_never_ends(self, piece):
        html = piece * (300_000 // len(piece))
        seconds = time.process_time()
        marked(html, ALL)
        assert time.process_time() - seconds < 3


class TestShortForms:
    @pytest.mark.parametrize("form", ["LADO", "MASH", "GCP2", "A&E", "LADOs", "PiP"])
    def test_count_as_they_are_written(self, form):
        assert is_exact(form)

    @pytest.mark.parametrize("form", ["Lado", "Section 47 Enquiry", "S47", "core group"])
    def test_are_one_word_with_two_capitals(self, form):
        assert not is_exact(form)
