"""Dates, kinds and the facts that kinds have fields for."""

from datetime import date

import pytest

from bulletins.importing.dates import days_in, quarter_in, quarter_in_name
from bulletins.importing.facts import deadline_in, law_in, place_in, theme_in
from tests.bulletins.importing import Imported

NEAR = date(2017, 4, 1)


class TestDays:
    @pytest.mark.parametrize(
        "text",
        [
            "Monday 3 July 2017",
            "3rd July 2017",
            "3 July",
            "the 3rd of July 2017",
            "July 3, 2017",
            "July 3rd 2017",
            "03/07/2017",
            "3.7.17",
            "2017-07-03",
            "Mon 3 Jul 2017",
        ],
    )
    def test_are_read_as_they_are_written_here(self, text):
        assert [found.day for found in days_in(f"by {text}.", near=NEAR)] == [date(2017, 7, 3)]

    @pytest.mark.parametrize(
        "text", ["31 June 2017", "45/13/2017", "version 1.2.3.4", "the May meeting", "29 February 2017"]
    )
    def test_are_not_seen_where_there_is_none(self, text):
        assert days_in(text, near=NEAR) == []

    def test_without_a_year_are_the_next_ones(self):
        (found,) = days_in("by 10 January", near=date(2017, 10, 1))
        assert found.day == date(2018, 1, 10)
        assert "2018 was assumed" in found.doubt

    def test_with_the_wrong_weekday_are_doubtful(self):
        (found,) = days_in("Friday 3 July 2017", near=NEAR)
        assert found.doubt == "3 July 2017 is a Monday"

    def test_29_february_without_a_year_is_no_error(self):
        assert days_in("29 February", near=date(2016, 3, 1)) == []


class TestQuarters:
    @pytest.mark.parametrize(
        ("text", "day", "label"),
        [
            ("April 2017", date(2017, 4, 1), "April 2017"),
            ("Bulletin – Oct 2019", date(2019, 10, 1), "Oct 2019"),
            ("April – June 2017", date(2017, 4, 1), "April – June 2017"),
            ("Spring 2018", date(2018, 4, 1), "Spring 2018"),
            ("autumn term 2018", date(2018, 10, 1), "autumn term 2018"),
        ],
    )
    def test_are_read_from_a_line(self, text, day, label):
        found = quarter_in(text)
        assert (found.day, found.label) == (day, label)

    @pytest.mark.parametrize(
        ("name", "day"),
        [
            ("bulletin-2017-04.txt", date(2017, 4, 1)),
            ("April_2017.html", date(2017, 4, 1)),
            ("C:\\Bulletins\\news201710.txt", date(2017, 10, 1)),
        ],
    )
    def test_are_read_from_the_name_of_a_file(self, name, day):
        assert quarter_in_name(name).day == day

    @pytest.mark.parametrize("name", ["bulletin.txt", "", "2017-13.txt", "phone 01632960123.txt"])
    def test_are_not_invented(self, name):
        assert quarter_in_name(name) is None

    def test_the_name_of_the_file_dates_an_issue_that_does_not_say(self):
        found = Imported("One thing\n\nText of one.\n", "bulletin-2016-01.txt")
        assert (found.issue.label, found.issue.day) == ("January 2016", date(2016, 1, 1))
        assert "name of the file" in found.notes

    def test_today_dates_an_issue_that_nothing_else_does(self):
        found = Imported("One thing\n\nText of one.\n")
        assert found.issue.day == date(2026, 1, 1)
        assert "No date was found" in found.notes

    def test_a_season_is_reported_as_a_guess(self):
        assert "guessed from “Spring 2018”" in Imported("Spring 2018\n\nOne thing\n\nText of one.\n").notes


class TestFacts:
    def test_the_act_that_comes_into_force_is_meant_not_the_one_it_changes(self):
        text = (
            "Section 15A is added to the Old Act 2003. Section 67 of the New Crimes Act 2015 "
            "comes into force on 3 April 2017. The maximum penalty is 14 years in prison."
        )
        assert law_in(text, near=NEAR) == {
            "act": "New Crimes Act 2015",
            "section": "67",
            "in_force_from": "2017-04-03",
            "maximum_penalty": "14 years in prison",
        }

    @pytest.mark.parametrize("before", ["", "The ", "Under the ", "Section 5 of the ", "In "])
    def test_an_act_is_named_without_the_words_before_it(self, before):
        assert law_in(f"{before}Data (Children) Act 2019 is new.", near=NEAR)["act"] == "Data (Children) Act 2019"

    def test_what_a_law_does_not_say_stays_empty(self):
        assert set(law_in("A law is coming.", near=NEAR).values()) == {""}

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("We met on 1 May 2017. The deadline is 3 July 2017.", date(2017, 7, 3)),
            ("Please reply by Friday 7 July 2017", date(2017, 7, 7)),
            ("We meet on 2 June 2017 in town.", None),
        ],
    )
    def test_a_deadline_is_a_date_that_is_called_one(self, text, day):
        found = deadline_in(text, near=NEAR)
        assert (found.day if found else None) == day

    def test_themes_and_places_are_found(self):
        assert theme_in("The current theme is children who go missing. More.") == "children who go missing"
        assert theme_in("A theme of Neglect from May 2017") == "Neglect"
        assert place_in("Venue: Town Hall, Anytown. Lunch is given.") == "Town Hall, Anytown"


class TestKinds:
    @pytest.mark.parametrize(
        ("heading", "kind"),
        [
            ("New criminal offence", "new_law"),
            ("Changes to the law on forced marriage", "new_law"),
            ("A new Act for children", "new_law"),
            ("Policies and Procedures", "procedures_update"),
            ("Joint Targeted Area Inspection (JTAI)", "inspection"),
            ("Learning review: Child X", "inspection"),
            ("Safeguarding audits in schools", "inspection"),
            ("Training this summer", "training"),
            ("Annual conference", "training"),
            ("Board decisions", "decision"),
            ("Our priorities", "priority_update"),
            ("Send us your news", "call_for_information"),
            ("Consultation on thresholds", "call_for_information"),
            ("Graded care profile toolkit", "highlight"),
            ("Goodbye to our chair", "news"),
        ],
    )
    def test_are_guessed_from_the_heading(self, heading, kind):
        assert Imported(f"{heading}\n\nText of this item.\n").kinds == [kind]

    def test_are_guessed_from_the_text_when_the_heading_says_nothing(self):
        text = "Please note\n\nThe Example Act 2016 is here. This offence comes into force on 1 May 2017.\n"
        assert Imported(text).kinds == ["new_law"]

    def test_an_audit_without_lists_says_so(self):
        assert "No list of good practice" in Imported("Audit of plans\n\nWe looked at plans.\n").notes


class TestInspections:
    def test_take_lists_under_small_headings_too(self):
        html = (
            "<html><h2>Audit</h2><p>We looked.</p><h3>What worked well</h3><ul><li>a</li></ul>"
            "<h3>What needs to improve</h3><ul><li>b</li></ul><p>Next.</p><h2>Two</h2><p>x</p>"
        )
        value = Imported(html).value("Audit")
        assert value["good_practice_heading"] == "What worked well"
        assert value["development_heading"] == "What needs to improve"
        assert value["next_steps"] == "<p>Next.</p>"

    def test_keep_what_stands_between_the_lists_and_say_that_it_moved(self):
        text = (
            "Audit\n\nGood practice:\n\n- a\n- b\n\nBut there was more.\n\n"
            "Areas to improve:\n\n- c\n- d\n\nNext steps follow here.\n"
        )
        found = Imported(text)
        assert "But there was more." in found.html()
        assert "The order changed" in found.notes

    def test_keep_a_table_after_the_lists(self):
        text = "Audit\n\nGood practice:\n\n- a\n- b\n\nWho does it:\n\nTask\tWho\nPlan\tBoard\nAct\tAll\n"
        value = Imported(text).value("Audit")
        assert [block["type"] for block in value["body"]] == ["table"]
        assert value["next_steps"] == "<p>Who does it:</p>"

    def test_leave_other_lists_where_they_are(self):
        value = Imported("Audit\n\nWe read:\n\n- files\n- plans\n").value("Audit")
        assert value["good_practice"] == []
        assert "<li>files</li>" in value["body"][0]["value"]


class TestManyHeadings:
    def test_become_no_more_items_than_the_editor_can_hold(self):
        found = Imported("".join(f"Heading {number}\n\nText {number} is here.\n\n" for number in range(5000)))
        assert len(found.items) == 200
        assert "5,000 headings" in found.notes
        assert "Text 4999 is here." in found.text
        assert "<h3>Heading 4999</h3>" in found.html("Heading 199")

    def test_make_no_endless_report(self):
        text = "".join(f"Audit {number}\n\nText {number} is here.\n\n" for number in range(300))
        found = Imported(text)
        assert len(found.report.notes) <= 600
        assert found.report.more["check"] > 0
