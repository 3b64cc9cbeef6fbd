"""HTML of any program becomes the same items, and nothing that runs comes with it."""

import base64

import pytest

from content.reading.html_guard import NestedTooDeep
from content.reading.refusals import TooLong
from content.reading.words import lost_words
from tests.bulletins.importing import DATA, Imported
from tests.content.word_files import paragraph, word

PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
        "0000000049454e44ae426082"
    )
).decode()


def page(body):
    return f"<!doctype html><html><body>{body}</body></html>"


class TestStructure:
    def test_headings_begin_items_and_smaller_ones_stay_inside(self):
        found = Imported(page("<h2>One</h2><p>a</p><h3>Part</h3><p>b</p><h2>Two</h2><p>c</p>"))
        assert found.headings == ["One", "Two"]
        assert found.html("One") == "<p>a</p><h3>Part</h3><p>b</p>"

    def test_the_only_highest_heading_is_the_title(self):
        found = Imported(page("<h1>Safer together</h1><p>April 2017</p><h2>One</h2><p>a</p><h2>Two</h2><p>b</p>"))
        assert found.issue.title == "Safer together"
        assert found.headings == ["One", "Two"]

    def test_keeps_bold_italic_links_and_line_breaks(self):
        body = '<h2>One</h2><p>a <b>b</b> <em>c</em><br>d <a href="https://x.example/?a=1&amp;b=2">e</a></p><h2>Two</h2><p>f</p>'
        assert Imported(page(body)).html("One") == (
            '<p>a <b>b</b> <i>c</i><br/>d <a href="https://x.example/?a=1&amp;b=2">e</a></p>'
        )

    def test_keeps_lists_below_lists(self):
        body = "<h2>One</h2><ul><li>a<ol><li>b</li></ol></li><ul><li>c</li></ul><li><p>d</p><p>e</p></li></ul>"
        html = Imported(page(body)).html()
        assert html == "<ul><li>a<ol><li>b</li></ol><ul><li>c</li></ul></li><li>d<br/>e</li></ul>"

    def test_takes_bold_paragraphs_for_headings(self):
        found = Imported(page("<p><b>One thing</b></p><p>a</p><p><strong>Other thing</strong><br>b</p>"))
        assert found.headings == ["One thing", "Other thing"]

    def test_takes_large_letters_for_headings(self):
        found = Imported(
            page(
                "<div style='font-size:22px'>One thing</div><div>a</div><p><font size=5>Other thing</font></p><p>b</p>"
            )
        )
        assert found.headings == ["One thing", "Other thing"]

    def test_reads_paragraphs_without_any_marks_like_plain_text(self):
        found = Imported(page("<p>One thing</p><p>Text of one.</p><p>Other thing</p><p>Text of other.</p>"))
        assert found.headings == ["One thing", "Other thing"]

    def test_reads_preformatted_text_like_plain_text(self):
        found = Imported(page("<pre>One thing\n\n- a\n- b\n\nOther thing\n\nText.\n</pre>"))
        assert found.headings == ["One thing", "Other thing"]
        assert found.html("One thing") == "<ul><li>a</li><li>b</li></ul>"

    def test_two_breaks_end_a_paragraph(self):
        assert Imported(page("<h2>One</h2>a<br><br>b<br/>\n<br>c")).html() == "<p>a</p><p>b</p><p>c</p>"

    def test_keeps_the_link_of_a_heading(self):
        found = Imported(page('<h2><a href="https://x.example/">One</a></h2><p>a</p><h2>Two</h2><p>b</p>'))
        assert found.html("One") == '<p>a</p><p><a href="https://x.example/">One</a></p>'
        assert "heading was a link" in found.notes

    def test_reads_entities(self):
        html = Imported(page("<h2>One</h2><p>a&nbsp;&lt;b&gt; &amp;amp; AT&T &copy;&#8217;&shy;x &bogus;</p>")).html()
        assert html == "<p>a &lt;b&gt; &amp;amp; AT&amp;T ©’x &amp;bogus;</p>"

    def test_repairs_what_is_not_closed(self):
        found = Imported(page("<h2>One<p>a <b>b<p>c</i> </div></span><table><tr><td>d"))
        assert lost_words("One a b c d", found.text) == []


class TestTables:
    def test_of_data_are_kept(self):
        rows = "<tr><th>Course<th>Day</tr><tr><td>A<td><b>1 May</b></tr>"
        body = f"<h2>One</h2><table><caption>Dates</caption>{rows}</table>"
        table = Imported(page(body)).items[0]["value"]["body"][0]["value"]
        assert table == {
            "columns": [{"type": "text", "heading": "Course"}, {"type": "text", "heading": "Day"}],
            "rows": [{"values": ["<p>A</p>", "<p><b>1 May</b></p>"]}],
            "caption": "Dates",
        }

    def test_that_arrange_a_page_are_not(self):
        found = Imported(page("<table><tr><td><h2>One</h2></td><td>a</td></tr><tr><td><h2>Two</h2>b</td></tr></table>"))
        assert found.headings == ["One", "Two"]

    def test_with_cells_over_several_columns_are_made_regular_and_reported(self):
        body = (
            "<h2>One</h2><table border=1><tr><td>A</td><td>B</td><td>C</td></tr>"
            "<tr><td colspan=2>both</td><td>c</td></tr><tr><td>only</td></tr></table>"
        )
        found = Imported(page(body))
        rows = found.items[0]["value"]["body"][0]["value"]["rows"]
        assert [len(row["values"]) for row in rows] == [3, 3]
        assert "reach over several" in found.notes

    def test_without_headings_ask_for_them(self):
        body = "<h2>One</h2><table border=1><tr><td></td><td>B</td></tr><tr><td>c</td><td>d</td></tr></table>"
        assert "have no headings" in Imported(page(body)).notes


class TestWhatIsLeftOut:
    @pytest.mark.parametrize(
        "active",
        [
            "<script>alert(1)</script>",
            "<p onclick=alert(1)>a</p>",
            "<iframe src=https://x.example></iframe>",
            "<a href='javascript:alert(1)'>a</a>",
            "<a href='java&#115;cript:alert(1)'>a</a>",
            "<a href=' JaVaScRiPt:alert(1)'>a</a>",
            "<a href='data:text/html;base64,PHN2Zz4='>a</a>",
            "<img src=x onerror=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<style>body{background:url(javascript:alert(1))}</style>",
            "<math><mi//xlink:href='data:x,<script>alert(1)</script>'></math>",
            "<p style='background:url(javascript:alert(1))'>a</p>",
            "<form action=https://x.example><input name=a></form>",
            "<object data=x></object><embed src=x>",
            "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        ],
    )
    def test_nothing_that_runs_is_kept(self, active):
        found = Imported(page(f"<h2>One</h2><p>Words</p>{active}<p>More</p>"))
        stored = str(found.items)
        assert not any(
            sign in stored.lower() for sign in ("alert", "script", "onerror", "<img", "iframe", "style=", "<svg")
        )
        assert "Words" in found.text
        assert "More" in found.text

    def test_the_report_names_it(self):
        body = (
            '<h2>One</h2><p onclick="x()">a <a href="javascript:x()">here</a></p><script>x()</script><iframe></iframe>'
        )
        notes = Imported(page(body)).notes
        for words in ("1 script:", "1 frame:", "1 script on an element:", "The link on “here”: it runs a script"):
            assert words in notes

    def test_hidden_text_and_counting_pictures_are_reported(self):
        body = (
            '<h2>One</h2><p style="display:none">secret</p><p>a</p><img src="https://t.example/o.gif" width=1 height=1>'
        )
        found = Imported(page(body))
        assert "secret" not in found.text
        assert "“secret”" in found.notes
        assert "Invisible pictures" in found.notes

    def test_comments_are_not_text(self):
        assert "hidden" not in Imported(page("<h2>One</h2><p>a<!-- hidden --></p><!-- <p>hidden</p> -->")).text

    def test_links_into_the_old_site_lose_the_link_and_keep_the_words(self):
        found = Imported(page("<h2>One</h2><p>See <a href='/docs/a.html'>the guide</a>.</p>"))
        assert found.html() == "<p>See the guide.</p>"
        assert "“/docs/a.html”" in found.notes


class TestPictures:
    def test_inside_the_file_are_stored_and_ask_for_a_description(self):
        found = Imported(page(f'<h2>One</h2><p>a <img src="data:image/png;base64,{PNG}"></p>'))
        assert [block["type"] for block in found.items[0]["value"]["body"]] == ["text", "image"]
        assert "no description" in found.notes

    def test_elsewhere_are_never_fetched_but_keep_their_description(self):
        found = Imported(page('<h2>One</h2><p>a</p><img src="https://x.example/p.png" alt="A poster">'))
        assert found.html() == "<p>a</p><p><i>A poster</i></p>"
        assert "“https://x.example/p.png”" in found.notes

    def test_that_are_no_pictures_are_left_out(self):
        found = Imported(
            page('<h2>One</h2><p>a</p><img src="data:text/html;base64,AAAA"><img src="data:image/svg+xml,<svg>">')
        )
        assert found.html() == "<p>a</p>"
        assert "could not be read" in found.notes


class TestWord:
    @pytest.fixture
    def found(self):
        return Imported((DATA / "word.html").read_text().encode("cp1252"), "word.html")

    def test_has_title_date_and_items(self, found):
        assert (found.issue.title, found.issue.label) == ("Safeguarding Bulletin", "July 2018")
        assert found.headings == ["Policies and Procedures", "Training dates"]
        assert found.issue.introduction[0].text == "News from the board’s partners – “what you need to know”."

    def test_has_its_lists_as_lists(self, found):
        html = found.html("Policies and Procedures")
        assert (
            "<p>The chapters below <b>changed</b> in <i>June</i>:</p><ul><li><b>Local</b> contacts<ul><li>out-of-hours"
            in html
        )
        assert "<ol><li>Read it</li><li>Do it</li></ol>" in html

    def test_has_its_table_and_facts(self, found):
        value = found.value("Training dates")
        assert value["body"][0]["type"] == "table"
        assert (value["date"], value["place"]) == ("2018-05-16", "The Town Hall, Anytown")

    def test_loses_no_word(self, found):
        introduction = found.issue.introduction[0].text
        assert lost_words(found.words, found.text, introduction, found.issue.title, found.issue.label) == []


class TestNewsletter:
    @pytest.fixture
    def found(self):
        return Imported((DATA / "newsletter.html").read_bytes(), "newsletter.html")

    def test_has_title_date_and_items(self, found):
        assert found.issue.title == "The Board e-news October 2019"
        assert found.issue.day.isoformat() == "2019-10-01"
        assert found.headings == ["Online safety week", "Safeguarding audits", "Find us"]

    def test_has_bullets_after_breaks_as_a_list(self, found):
        assert "<ul><li>one</li><li>two</li></ul>" in found.html("Online safety week")

    def test_has_nothing_that_runs_or_watches(self, found):
        stored = str(found.items)
        assert not any(sign in stored for sign in ("javascript", "track", "<script", "evil", "data:"))


class TestLimits:
    @pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote"])
    def test_refuses_what_is_nested_thousands_deep(self, tag):
        with pytest.raises(NestedTooDeep, match="paste it"):
            Imported(f"<html><body>{f'<{tag}>' * 5000}x")

    def test_reads_what_is_nested_a_hundred_deep(self):
        assert "x" in Imported(page(f"{'<div>' * 300}x{'</div>' * 300}")).text

    def test_refuses_more_elements_than_any_bulletin_has(self):
        with pytest.raises(TooLong):
            Imported(page("<p>a" * 250_000))


class TestWordDocument:
    def test_becomes_items_like_any_other_file(self):
        found = Imported(
            word(
                paragraph("Safeguarding bulletin", style="Title"),
                paragraph("July 2018"),
                paragraph("Policies and procedures", style="Heading1"),
                paragraph("Two chapters changed:"),
                paragraph("Local contacts", level=0),
                paragraph("Training", style="Heading1"),
                paragraph("Come on 16 May 2018."),
            )
        )
        assert (found.issue.title, found.issue.label) == ("Safeguarding bulletin", "July 2018")
        assert found.headings == ["Policies and procedures", "Training"]
        assert found.html("Policies and procedures") == "<p>Two chapters changed:</p><ul><li>Local contacts</li></ul>"
