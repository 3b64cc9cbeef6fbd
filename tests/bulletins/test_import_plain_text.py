"""Plain text becomes items: headings, paragraphs, lists, tables."""

import pytest

from content.reading.headings import is_in_capitals, is_only_a_date, looks_like_title
from content.reading.words import lost_words
from tests.bulletins.importing import DATA, Imported

WAYS_OF_MARKING = {
    "blank lines": "One thing\n\nText of one.\n\nOther thing\n\nText of other.\n",
    "no blank lines": "One thing\nThis is the text of one, which goes on for a while.\nOther thing\n"
    "This is the text of other, which goes on for a while.\n",
    "Windows line ends": "One thing\r\n\r\nText of one.\r\n\r\nOther thing\r\n\r\nText of other.\r\n",
    "underlines": "One thing\n=========\nText of one.\n\nOther thing\n=========\nText of other.\n",
    "dashes": "One thing\n---------\n\nText of one.\n\nOther thing\n---\n\nText of other.\n",
    "hashes": "# One thing\nText of one.\n\n# Other thing #\n\nText of other.\n",
}


class TestHeadings:
    @pytest.mark.parametrize("text", WAYS_OF_MARKING.values(), ids=WAYS_OF_MARKING.keys())
    def test_begin_items_however_they_are_marked(self, text):
        assert Imported(text).headings == ["One thing", "Other thing"]

    def test_may_be_in_capitals(self):
        found = Imported("ONE THING\nText of one.\n\nOTHER THING:\n\nText of other.")
        assert found.headings == ["ONE THING", "OTHER THING:"]

    def test_may_be_numbered_and_stay_as_they_are(self):
        found = Imported("1. One thing\n\nText of one.\n\n2. Other thing\n\nText of other.\n")
        assert found.headings == ["1. One thing", "2. Other thing"]

    def test_smaller_ones_stay_inside_the_item(self):
        found = Imported("# One\n\nText.\n\n## Part\n\nMore.\n\n### Piece\n\nMore.\n\n# Two\n\nText.\n")
        assert found.headings == ["One", "Two"]
        assert found.html("One") == "<p>Text.</p><h3>Part</h3><p>More.</p><h4>Piece</h4><p>More.</p>"

    @pytest.mark.parametrize(
        "line",
        [
            "This is a sentence.",
            "The priority areas are:",
            "and so it went on",
            "Write to jo@board.example",
            "Tel: 01632 960123",
            "10 March 2017",
            "Monday 3 July",
            "April 2017",
            "Kind regards",
            "12345",
            "Call us. We help",
            "A line that goes on and on, with far more words than any heading of a bulletin would ever have had",
        ],
    )
    def test_are_not_seen_in_other_short_lines(self, line):
        assert not looks_like_title(line)

    @pytest.mark.parametrize(
        "line",
        [
            "Online Safety",
            "Joint Targeted Area Inspection (JTAI)",
            "Who can help?",
            "St. Example's C of E school",
            "Save the date!",
            "حماية الأطفال",
            "“Think family”",
            "2018 conference",
        ],
    )
    def test_are_seen_in_titles(self, line):
        assert looks_like_title(line)

    def test_of_lines_in_a_row_only_the_last_is_one(self):
        text = (
            "In this issue\n\nOne thing\n\nOther thing\n\nOne thing\n\nText of one.\n\nOther thing\n\nText of other.\n"
        )
        found = Imported(text)
        assert found.headings[-2:] == ["One thing", "Other thing"]
        assert "was read as text, not as a heading" in found.notes
        introduction = " ".join(paragraph.text for paragraph in found.issue.introduction)
        assert lost_words(found.words, found.text, introduction) == []

    def test_a_signature_at_the_end_is_text(self):
        assert Imported("One thing\n\nText of one.\n\nBoard Manager\n").headings == ["One thing"]

    def test_what_a_colon_leads_to_is_no_heading(self):
        assert Imported("One thing\n\nPlease ask:\n\nThe Board Manager\n\nShe will help you.").headings == ["One thing"]

    def test_a_very_long_one_is_kept_whole_in_the_text(self):
        long = "Heading " * 40
        found = Imported(f"<h2>{long}</h2><p>Text.</p><h2>Two</h2><p>Text.</p>")
        assert len(found.headings[0]) <= 200
        assert found.items[0]["value"]["body"][0]["value"].startswith(f"<p>{long.strip()}</p>")

    @pytest.mark.parametrize(
        "line", ["April 2017", "Issue 12 – Spring 2017", "April - June 2017", "Sept 2019, issue 3"]
    )
    def test_dates_of_an_issue_are_told_from_titles(self, line):
        assert is_only_a_date(line)

    @pytest.mark.parametrize("line", ["The April 2017 changes", "May we help", "2017"])
    def test_titles_are_told_from_dates_of_an_issue(self, line):
        assert not is_only_a_date(line)

    def test_a_sentence_in_capitals_is_none(self):
        assert not is_in_capitals("PLEASE READ THIS.")


class TestParagraphs:
    def test_wrapped_lines_are_joined(self):
        found = Imported((DATA / "wrapped.txt").read_bytes())
        assert "each line of it is about seventy-six characters long, which must be joined." in (
            found.issue.introduction[0].text
        )

    def test_the_lines_of_an_address_stay_lines(self):
        html = Imported("One thing\n\nText first.\n\nThe Board\nTown Hall\nAnytown\n").html("One thing")
        assert "<p>The Board<br/>Town Hall<br/>Anytown</p>" in html

    def test_marks_of_html_are_only_text(self):
        html = Imported("One thing\n\nWrite <script>alert(1)</script> when a < b & c > d.").html()
        assert html == "<p>Write &lt;script&gt;alert(1)&lt;/script&gt; when a &lt; b &amp; c &gt; d.</p>"

    def test_a_single_giant_one_becomes_one_item(self):
        found = Imported("The board met. " * 50_000)
        assert len(found.items) == 1
        assert found.text.count("The board met.") == 50_000


class TestLists:
    @pytest.mark.parametrize("mark", ["•", "-", "*", "–", "·", "\uf0b7", "▪"])
    def test_are_seen_by_their_marks(self, mark):
        assert (
            Imported(f"One thing\n\n  {mark} first\n  {mark}\tsecond\n").html()
            == "<ul><li>first</li><li>second</li></ul>"
        )

    def test_are_numbered_when_they_count(self):
        assert Imported("One thing\n\nDo:\n1. first\n2. second\n").html() == (
            "<p>Do:</p><ol><li>first</li><li>second</li></ol>"
        )

    def test_keep_numbers_that_a_browser_would_not_write(self):
        html = Imported("One thing\n\n4. fourth\n6. sixth\n\nOr:\n\na) this\nb) that\n").html()
        assert html == "<ul><li>4. fourth</li><li>6. sixth</li></ul><p>Or:</p><ul><li>a) this</li><li>b) that</li></ul>"

    def test_go_on_over_blank_lines_and_wrapped_lines(self):
        html = Imported("One thing\n\n- first point\n  that goes on\n\n- second\n").html()
        assert html == "<ul><li>first point that goes on</li><li>second</li></ul>"

    def test_may_be_below_each_other(self):
        html = Imported("One thing\n\n- a\n    - b\n        1. c\n    - d\n- e\n").html()
        assert html == "<ul><li>a<ul><li>b<ol><li>c</li></ol></li><li>d</li></ul></li><li>e</li></ul>"

    def test_know_the_second_level_of_word(self):
        html = Imported("One thing\n\n•\tfirst\no\tbelow\n•\tsecond\n").html()
        assert html == "<ul><li>first<ul><li>below</li></ul></li><li>second</li></ul>"

    def test_end_where_a_paragraph_begins(self):
        html = Imported("One thing\n\n- first\n- second\nA new paragraph begins here.\n").html()
        assert html == "<ul><li>first</li><li>second</li></ul><p>A new paragraph begins here.</p>"

    def test_are_not_seen_in_initials_and_years(self):
        html = Imported("One thing\n\nJ. Smith wrote this.\n\n2017. It was a good year.\n").html()
        assert "<li>" not in html

    def test_have_addresses_as_links(self):
        assert 'href="mailto:a@board.example"' in Imported("One thing\n\n- write to a@board.example\n- wait\n").html()


class TestTables:
    @pytest.mark.parametrize(
        "rows",
        [
            "Course\tDate\nNeglect\t1 May\nHelp\t2 May\n",
            "| Course | Date |\n|---|---|\n| Neglect | 1 May |\n| Help | 2 May |\n",
        ],
    )
    def test_are_kept(self, rows):
        found = Imported(f"One thing\n\nThese are the dates:\n\n{rows}\nThat is all.\n")
        table = found.items[0]["value"]["body"][1]
        assert table["type"] == "table"
        assert [column["heading"] for column in table["value"]["columns"]] == ["Course", "Date"]
        assert [row["values"] for row in table["value"]["rows"]] == [
            ["<p>Neglect</p>", "<p>1 May</p>"],
            ["<p>Help</p>", "<p>2 May</p>"],
        ]


class TestWholeBulletin:
    @pytest.fixture
    def found(self):
        return Imported((DATA / "quarterly.txt").read_bytes(), "quarterly.txt")

    def test_has_its_items_in_order(self, found):
        assert list(zip(found.kinds, found.headings, strict=True)) == [
            ("priority_update", "Key work of the board"),
            ("priority_update", "Online safety"),
            ("new_law", "New criminal offence"),
            ("procedures_update", "Policies and Procedures"),
            ("inspection", "Joint Targeted Area Inspection (JTAI)"),
            ("call_for_information", "Future news items"),
        ]

    def test_has_date_introduction_and_deadline(self, found):
        assert found.issue.label == "July 2018"
        assert found.issue.day.isoformat() == "2018-07-01"
        assert [paragraph.text for paragraph in found.issue.introduction] == ["News from the board of Anytown."]
        assert found.deadline.isoformat() == "2018-10-01"

    def test_fills_in_a_new_offence(self, found):
        value = found.value("New criminal offence")
        assert value["act"] == "Children and Young Persons (Example) Act 2018"
        assert (value["section"], value["in_force_from"]) == ("12", "2018-09-03")
        assert value["maximum_penalty"] == "5 years imprisonment"

    def test_sorts_an_inspection(self, found):
        value = found.value("Joint Targeted Area Inspection (JTAI)")
        assert value["theme"] == "children who go missing"
        assert value["good_practice_heading"] == "Examples of good practice"
        assert [point["value"] for point in value["good_practice"]] == [
            "<p>referrals in good time</p>",
            "<p>plans that are 'SMART'.</p>",
        ]
        assert value["development_heading"] == "Areas for further development"
        assert [point["value"] for point in value["areas_for_development"]] == [
            "<p>keep the child's voice in focus;</p>",
            "<p>share information.</p>",
        ]
        assert value["next_steps"] == "<p>An action plan will follow.</p><p>We will report in October.</p>"
        assert len(value["body"]) == 1

    def test_links_the_addresses(self, found):
        html = found.html("Policies and Procedures")
        assert '<a href="mailto:audit@board.example">audit@board.example</a>' in html
        assert '<a href="tel:+441632960445">01632 960445</a>' in html

    def test_loses_no_word(self, found):
        introduction = " ".join(paragraph.text for paragraph in found.issue.introduction)
        assert lost_words(found.words, found.text, introduction, found.issue.label) == []

    def test_says_what_was_guessed(self, found):
        for words in (
            "Priority update, because of “Key work”",
            "3 September 2018",
            "Next steps begin with",
            "1 October 2018",
        ):
            assert words in found.notes
