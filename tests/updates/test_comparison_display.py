"""A comparison as readers see and hear it."""

import time

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from tests.updates.passages import item, paragraph, section, table, whole_section
from tests.updates.test_differences import CASES, EARLY, MINUTES, PARENTS, REPORT, many
from tests.updates.test_passages import page_with
from updates.differences import compare
from updates.passages import passages_of

LABELS = {"before_label": "Edition 3, in force from 10 March", "after_label": "Edition 4, in force from 1 June"}
NASTY = "<script>alert(1)</script> & \"quoted\" 'too' <b>bold</b>"


def shown(before: list, after: list, view: str = "inline") -> BeautifulSoup:
    """Return the comparison as a page would show it."""
    context = {"comparison": compare(before, after), **LABELS}
    return BeautifulSoup(render_to_string(f"updates/comparison/{view}.html", context), "html.parser")


def heard(part) -> str:
    """Return the words in the order in which a screen reader says them."""
    return " ".join(part.get_text().split())


def states(page) -> list[str]:
    return [heard(state) for state in page.select(".compare__state")]


CHANGED = [paragraph(REPORT)], [paragraph(REPORT.replace("two", "three"))]


class TestInTheText:
    def test_changed_words_are_marked_up_and_said(self):
        page = shown(*CHANGED)
        assert states(page) == ["Changed"]
        assert heard(page.select_one(".compared")) == (
            "Send your report to the chair removed: two, end of removed added: three, end of added"
            " working days before the conference meets."
        )
        assert [mark.name for mark in page.select("del, ins")] == ["del", "ins"]

    def test_whole_passages_are_labelled(self):
        page = shown([paragraph(EARLY), paragraph(REPORT)], [paragraph(EARLY), paragraph(MINUTES)])
        assert states(page) == ["Removed", "Added"]

    def test_moves_say_where_from_and_stand_in_full_once(self):
        one, two = whole_section("A", EARLY), whole_section("B", REPORT, MINUTES, PARENTS)
        page = shown([*one, *two], [*two, *one])
        assert states(page) == ["Moved to after section “B” (2 passages)", "Moved here from the beginning (2 passages)"]
        assert heard(page).count(EARLY) == 1

    def test_a_section_that_moved_and_changed_is_said_once_and_its_words_are_marked(self):
        one, two = (
            whole_section("A", EARLY, "Ring the team today.", PARENTS),
            whole_section("B", *[REPORT, MINUTES] * 3),
        )
        now = [*one[:2], paragraph("Ring the team now, and write tomorrow.", one[0].section), one[-1]]
        page = shown([*one, *two], [*two, *now])
        assert states(page) == [
            "Moved to after section “B” (4 passages)",
            "Moved here from the beginning (4 passages)",
            "Changed",
        ]
        assert [mark.name for mark in page.select("del, ins")] == ["del", "ins"]
        assert heard(page).count(PARENTS) == 1

    def test_headings_are_headings(self):
        page = shown([], whole_section("Sharing", EARLY))
        assert page.h2.get_text() == "Sharing"

    def test_the_place_of_a_change_is_named(self):
        before = [*whole_section("Sharing", *(f"Paragraph {n} of many words." for n in range(9))), *CHANGED[0]]
        after = [*before[:-1], *CHANGED[1]]
        before[-1] = paragraph(before[-1].text, section("Sharing"), under="Without consent")
        after[-1] = paragraph(after[-1].text, section("Sharing"), under="Without consent")
        page = shown(before, after)
        assert [heard(place) for place in page.select(".compare__place")] == ["In section “Sharing”"]
        assert heard(page.summary) == "9 unchanged passages"

    def test_changed_links_are_said_in_words(self):
        old, new = (f'<p>Read <a href="https://a.example/{year}">the guidance</a> first.</p>' for year in (2018, 2026))
        page = shown(passages_of(page_with(scope=old)), passages_of(page_with(scope=new)))
        assert heard(page.select_one(".compared__note")) == (
            "[link changed: was https://a.example/2018, now https://a.example/2026]"
        )

    def test_bold_that_is_new_is_said_in_words(self):
        old, new = "<p>Ring the team today.</p>", "<p>Ring <b>the team</b> today.</p>"
        page = shown(passages_of(page_with(scope=old)), passages_of(page_with(scope=new)))
        assert heard(page.select_one(".compared")) == "Ring the team [now bold] today."

    def test_tables_name_the_column_of_each_cell(self):
        page = shown(table(("Worry", "Ring"), ("Danger", "999")), table(("Worry", "Ring"), ("Danger", "112")))
        cells = [heard(cell) for cell in page.select(".compare__row--changed .compared__cell")]
        assert cells == ["Worry: Danger", "Ring: removed: 999, end of removed added: 112, end of added"]

    def test_items_keep_their_number(self):
        assert heard(shown([], [item("Ring.", number=3)]).select_one(".compared")) == "3. Ring."

    def test_without_a_change_says_so_and_folds_the_rest(self):
        page = shown([paragraph(EARLY)] * 5, [paragraph(EARLY)] * 5)
        assert "Nothing that readers see has changed." in heard(page)
        assert heard(page.summary) == "5 unchanged passages"


class TestSideBySide:
    def test_is_a_table_with_two_named_columns(self):
        page = shown(*CHANGED, view="sides")
        assert [heard(head) for head in page.select("thead th")][1:] == list(LABELS.values())
        assert [heard(cell) for cell in page.select("tbody td")] == [
            "Send your report to the chair removed: two, end of removed working days before the conference meets.",
            "Send your report to the chair added: three, end of added working days before the conference meets.",
        ]

    def test_says_the_state_of_each_row(self):
        before = [paragraph(EARLY), paragraph(REPORT), paragraph(PARENTS)]
        after = [paragraph(EARLY), paragraph(REPORT + " Always."), paragraph(MINUTES)]
        page = shown(before, after, view="sides")
        assert states(page) == ["Unchanged", "Changed", "Removed", "Added"]

    def test_shows_what_moved_on_both_sides(self):
        one, two = whole_section("A", EARLY), whole_section("B", REPORT, MINUTES)
        page = shown([*one, *two], [*two, *one], view="sides")
        assert states(page).count("Moved away") == states(page).count("Moved here") == 2
        assert heard(page).count(EARLY) == 2


@pytest.mark.parametrize("view", ["inline", "sides"])
class TestBothViews:
    def test_escape_everything_that_editors_wrote(self, view):
        where = section(NASTY)._replace(id=NASTY)
        before = [
            paragraph(NASTY, where, kind="heading", level=2),
            *(paragraph(f"{NASTY} {n}", where) for n in range(6)),
            paragraph(f"{NASTY} one", where, label=NASTY, within=NASTY, under=NASTY),
            *table((NASTY, "x"), (NASTY, "1")),
        ]
        after = [
            *before[:-3],
            paragraph(f"{NASTY} two", where, label=NASTY + "!", within=NASTY, under=NASTY),
            *table((NASTY, "y", NASTY), (NASTY, "1", NASTY)),
            paragraph(NASTY + " moved here", section(NASTY)),
        ]
        html = str(shown(before, after, view))
        assert "<script" not in html
        assert "<b>bold" not in html
        links = [f"<p><a href='https://a.example/&lt;script&gt;{n}'>x y z</a></p>" for n in "ab"]
        told = shown(*(passages_of(page_with(scope=html)) for html in links), view)
        assert told.script is None
        assert "<script>b" in heard(told)

    def test_fold_long_runs_and_keep_what_stands_beside_a_change(self, view):
        same = [paragraph(f"Paragraph {number} that stays.") for number in range(20)]
        before, after = [*same, *CHANGED[0], *same[:3]], [*same, *CHANGED[1], *same[:3]]
        page = shown(before, after, view)
        assert [heard(fold) for fold in page.select("summary")] == ["19 unchanged passages", "2 unchanged passages"]

    @pytest.mark.parametrize("case", ["every word different", "all shuffled", "nothing and everything"])
    def test_are_made_in_time_for_a_chapter_of_forty_pages(self, view, case):
        comparison = compare(*CASES[case])
        begun = time.process_time()
        render_to_string(f"updates/comparison/{view}.html", {"comparison": comparison, **LABELS})
        assert time.process_time() - begun < 1.5


def test_a_chapter_of_forty_pages_is_read_compared_and_shown_in_time():
    html = ["".join(f"<p>{p.text}</p>" for p in many(800, 25, seed=seed)) for seed in (1, 1)]
    html[1] = html[1].replace("w77", "x77").replace("w5", "y5 z")
    begun = time.process_time()
    shown_pages = [page_with(scope=source) for source in html]
    comparison = compare(*map(passages_of, shown_pages))
    render_to_string("updates/comparison/inline.html", {"comparison": comparison})
    # The promise is half a second; three times that leaves room for a machine that is busy.
    assert time.process_time() - begun < 1.5
    assert comparison.counts["changed"] > 500
