"""Row W2: what each check finds, and above all what it leaves alone."""

import time

import pytest

from proofreading.checks import CHECKS
from proofreading.checks.contacts import typed_contacts
from tests.proofreading.factories import KNOWN, draft, found
from updates.written import passages_written


class TestLinks:
    @pytest.mark.parametrize(
        "words", ["click here", "Here.", "Read <b>more</b> »", "https://www.board.example/a", "board.example"]
    )
    def test_need_words_that_say_where_they_lead(self, words):
        assert len(found(f'<p>Look <a href="https://a.example/">{words}</a> now.</p>', kind="link")) == 1

    @pytest.mark.parametrize("words", ["the escalation policy", "Read more about neglect", "Graded care profile (PDF)"])
    def test_are_well_where_they_do(self, words):
        assert found(f'<p><a href="https://a.example/">{words}</a></p>', kind="link") == []


class TestHeadings:
    def test_do_not_leave_out_a_level(self):
        assert found("<h2>One</h2><h4>Two deep</h4><h3>Three</h3><h4>Four</h4><h2>Five</h2>", kind="heading") == [
            "Two deep"
        ]

    def test_may_begin_at_the_second_or_third(self):
        assert found("<h3>Below the heading of the page</h3><p>Words.</p>") == []
        assert found("<h4>Too deep</h4>", kind="heading") == ["Too deep"]


class TestPictures:
    @pytest.mark.parametrize("words", ["IMG_1234.jpg", "photo 3", "Picture of a child", "a_b", "Long " * 40])
    def test_need_a_description_that_helps(self, words):
        assert len(found(_picture(words), kind="picture")) == 1

    @pytest.mark.parametrize("words", ["Two workers at a kitchen table", "Image-based abuse, drawn as a chart"])
    def test_are_well_described_in_a_few_words(self, words):
        assert found(_picture(words)) == []


def _picture(words) -> dict:
    value = {"image": None, "alt_text": words.strip(), "decorative": False, "caption": ""}
    return {"type": "image", "id": "a", "value": value}


class TestShortForms:
    def test_are_named_once_where_they_are_first_used(self):
        assert found("<p>The CSE team and the CSE lead.</p><p>CSE again, and two IDVAs.</p>") == ["CSE", "IDVA"]

    @pytest.mark.parametrize(
        "words",
        [
            "The LADO and all LADOs.",
            "Child in need (CIN) plans: each CIN plan.",
            "FGM (female genital mutilation) is a crime. FGM must be reported.",
            "The NHS, GPs, a PDF in the UK, WCAG-2, level AA, part VII and the M25.",
            "You must NOT wait, and ALWAYS ring.",
            "EVERYTHING IN CAPITALS HERE",
            "Reference SB-2018/03, NE1 4AB, McDonald.",
            "Write to CSE@board.example or see www.CSE.example.",
        ],
    )
    def test_are_left_alone_where_they_are_known_explained_or_none(self, words):
        assert found(f"<p>{words}</p>", kind="short form") == []


class TestTypedContacts:
    @pytest.mark.parametrize(
        ("words", "typed"),
        [
            ("Ring 01632 960001 or (01632) 960 777.", ["01632 960001", "(01632) 960 777"]),
            ("Ring +44 (0)1632 960001 or 07700 900123.", ["+44 (0)1632 960001", "07700 900123"]),
            ("Write to Door@Council.example.", ["Door@Council.example"]),
            ('<a href="mailto:office@board.example?subject=x">The office</a>', ["office@board.example"]),
        ],
    )
    def test_are_numbers_and_addresses_in_a_text(self, words, typed):
        assert found(f"<p>{words}</p>", kind="contact") == typed

    @pytest.mark.parametrize(
        "words",
        [
            "Ring 999, 101, 111 or 116 000.",
            "On 01/02/2017 it cost £01,234,567, in 2016-2017 at 10:30.",
            "See 01234/567890 and page 0123456789012345.",
        ],
    )
    def test_are_no_dates_sums_and_numbers_that_never_change(self, words):
        assert found(f"<p>{words}</p>") == []

    def test_that_are_in_the_directory_are_named(self):
        [known, other] = typed_contacts(passages_written(draft("<p>01632 960001, 01632 960002</p>")), KNOWN)
        assert "in the directory as “Front door”" in known.advice
        assert "Add it to the contacts directory" in other.advice


class TestAChildsDetails:
    @pytest.mark.parametrize(
        "words",
        [
            "J.S., aged 7, was seen.",
            "A.B. (4) lives there.",
            "Jack Smith (aged 7) and others.",
            "DOB 3/4/2015.",
            "NHS number 943 476 5919.",
            "A girl called Emma came.",
        ],
    )
    def test_are_recognised(self, words):
        assert len(found(f"<p>{words}</p>", kind="details")) == 1

    @pytest.mark.parametrize(
        "words",
        [
            "Children aged 7 and Young People aged 16 to 18.",
            "Working Together (2015) and the Children Act 1989.",
            "Robin Child aged 4 to 6. Record the date of birth.",
            "Child A was 7. We meet at 10 High Street, NE1 4AB.",
            "In the U.K. 12 of 15, on 3 May 2017 at Key Stage 2.",
        ],
    )
    def test_are_no_ages_acts_and_places(self, words):
        assert found(f"<p>{words}</p>", kind="details") == []


class TestAPlace:
    def test_is_the_innermost_block_of_a_field(self):
        callout = {"type": "callout", "id": "the-callout", "value": {"title": "", "text": "<p>The CSE team.</p>"}}
        passages = passages_written(draft("<p>Fine.</p>", callout, search_description="The ABE interview."))
        faults = [fault for check in CHECKS for fault in check(passages, KNOWN)]
        assert [(fault.quote, fault.field, fault.block) for fault in faults] == [
            ("ABE", "search_description", ""),
            ("CSE", "body", "the-callout"),
        ]


@pytest.mark.parametrize("endless", ["A1B2", "a.", "0 ", "(", "AB ", "<b>A", "a@", "J.S. "])
def test_whatever_is_pasted_is_read_at_once(endless):
    begun = time.process_time()
    found(f"<p>{endless * 25_000}</p>")
    assert time.process_time() - begun < 5
