"""What has changed between two lists of passages."""

import random
import time
import tracemalloc
from types import SimpleNamespace

import pytest
from rapidfuzz.distance import LCSseq

from tests.updates.passages import FIRST, item, paragraph, section, table, whole_section
from updates import alignment
from updates.differences import compare
from updates.rows import ADDED, CHANGED, MOVED_AWAY, MOVED_HERE, REMOVED, SAME

EARLY = "Share what you know early, because a small worry may complete the picture of a child."
REPORT = "Send your report to the chair two working days before the conference meets."
PARENTS = "Tell parents and carers what you share and why, unless that puts a child at risk."
MINUTES = "The minute taker sends the minutes to everybody invited within ten working days."


def paragraphs(*texts):
    return [paragraph(text) for text in texts]


def kinds(comparison) -> list[str]:
    return [row.kind for row in comparison.rows]


def words(comparison) -> list[tuple[str, str]]:
    """Return (kind, text) of all segments of the rows that changed."""
    return [
        (segment.kind, segment.text.strip()) for row in comparison.rows for c in row.cells for segment in c.segments
    ]


class TestPassages:
    def test_that_say_the_same_are_the_same(self):
        comparison = compare(paragraphs(EARLY, REPORT), paragraphs(EARLY, REPORT))
        assert kinds(comparison) == [SAME, SAME]
        assert not comparison.has_changes
        assert comparison.summary == "Nothing that readers see has changed."

    def test_that_are_new_are_added_where_they_stand(self):
        comparison = compare(paragraphs(EARLY, MINUTES), paragraphs(EARLY, REPORT, MINUTES))
        assert kinds(comparison) == [SAME, ADDED, SAME]
        assert comparison.summary == "1 passage added."

    def test_that_are_gone_are_told_where_they_stood(self):
        comparison = compare(paragraphs(EARLY, REPORT, MINUTES), paragraphs(EARLY, MINUTES))
        assert kinds(comparison) == [SAME, REMOVED, SAME]

    def test_that_share_little_are_one_removed_and_one_added(self):
        comparison = compare(paragraphs(EARLY, REPORT), paragraphs(EARLY, MINUTES))
        assert kinds(comparison) == [SAME, REMOVED, ADDED]

    def test_are_counted_in_one_sentence(self):
        before = paragraphs(EARLY, REPORT, MINUTES, "Gone for good since last year.")
        after = paragraphs("A new beginning.", PARENTS, EARLY, REPORT.replace("two", "three"), MINUTES)
        comparison = compare(before, after)
        assert comparison.counts == {"changed": 1, "added": 2, "removed": 1, "moved": 0}
        assert comparison.summary == "1 passage changed, 2 added, 1 removed."

    def test_differ_from_nothing_altogether(self):
        assert kinds(compare([], paragraphs(EARLY, REPORT))) == [ADDED, ADDED]
        assert kinds(compare(paragraphs(EARLY, REPORT), [])) == [REMOVED, REMOVED]
        assert not compare([], []).has_changes

    def test_with_other_space_between_the_words_are_the_same(self):
        assert not compare(paragraphs("Ring  the\u00a0team\n now"), paragraphs("Ring the team now ")).has_changes

    def test_name_the_sections_that_changed_once_and_as_they_are_called_now(self):
        before = [*whole_section("First", EARLY, REPORT), *whole_section("Second", PARENTS)]
        renamed = section("First")._replace(heading="Renamed")
        after = [paragraph(p.text, renamed if p.section == FIRST else p.section, kind=p.kind) for p in before]
        after[1] = paragraph(EARLY + " Always.", renamed)
        after[2] = paragraph(REPORT + " Always.", renamed)
        after = [
            after[0].__class__(**{n: getattr(p, n) for n in p.__slots__} | {"level": b.level})
            for p, b in zip(after, before, strict=True)
        ]
        assert [found.heading for found in compare(before, after).changed_sections] == ["Renamed"]


class TestWords:
    def test_are_told_apart_one_by_one(self):
        comparison = compare(paragraphs(REPORT), paragraphs(REPORT.replace("two", "three")))
        assert kinds(comparison) == [CHANGED]
        assert words(comparison) == [
            ("same", "Send your report to the chair"),
            ("removed", "two"),
            ("added", "three"),
            ("same", "working days before the conference meets."),
        ]

    def test_keep_their_punctuation_apart(self):
        comparison = compare(paragraphs("Ring the team today."), paragraphs("Ring the team today, please."))
        assert words(comparison) == [("same", "Ring the team today"), ("added", ", please"), ("same", ".")]

    @pytest.mark.parametrize("one", ["3.5", "01234", "10:30", "a.b@c.example", "and/or", "don’t"])
    def test_are_whole_with_what_is_inside_them(self, one):
        comparison = compare(paragraphs(f"The team says {one} each time."), paragraphs("The team says 7 each time."))
        assert ("removed", one) in words(comparison)

    def test_are_not_left_alone_between_changes(self):
        before = "Practitioners complete enquiries the assessment framework without exception."
        after = "Everybody finishes questionnaires the following procedure without exception."
        told = words(compare(paragraphs(before + " " + EARLY), paragraphs(after + " " + EARLY)))
        assert ("same", "the") not in told
        assert ("removed", "Practitioners complete enquiries the assessment framework") in told

    def test_of_a_passage_that_grew_are_kept(self):
        comparison = compare(paragraphs(REPORT), paragraphs(f"{REPORT} {EARLY} {PARENTS} {MINUTES}"))
        assert kinds(comparison) == [CHANGED]
        assert words(comparison)[0] == ("same", REPORT)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("يجب إرسال التقرير قبل يومين من الاجتماع", "يجب إرسال التقرير قبل ثلاثة من الاجتماع"),
            ("रिपोर्ट दो दिन पहले भेजें और बताएं", "रिपोर्ट तीन दिन पहले भेजें और बताएं"),
            ("Look out for 👨‍👩‍👧 at home every single day", "Look out for 👩‍👦 at home every single day"),
        ],
    )
    def test_of_every_script_stay_whole(self, before, after):
        comparison = compare(paragraphs(before), paragraphs(after))
        changed = [word for word in zip(before.split(), after.split(), strict=True) if word[0] != word[1]]
        told = words(comparison)
        assert [text for kind, text in told if kind == "removed"] == [changed[0][0]]
        assert [text for kind, text in told if kind == "added"] == [changed[0][1]]


class TestMoves:
    def test_of_one_passage_say_where_from_and_where_to(self):
        before = [*whole_section("Sharing", EARLY, PARENTS), *whole_section("Meeting", REPORT, MINUTES)]
        after = [*whole_section("Sharing", PARENTS), *whole_section("Meeting", REPORT, MINUTES)]
        after.append(paragraph(EARLY, section("Meeting")))
        comparison = compare(before, after)
        assert comparison.counts == {"changed": 0, "added": 0, "removed": 0, "moved": 1}
        away, here = (row for row in comparison.rows if row.kind != SAME)
        assert away.state == "Moved to section “Meeting”"
        assert here.state == "Moved here from section “Sharing”"

    def test_of_two_sections_that_change_places_are_one_move(self):
        one, two = whole_section("Sharing", EARLY, PARENTS), whole_section("Meeting", REPORT, MINUTES)
        rest = whole_section("Rest", "What stays where it always was, at the end of everything.")
        comparison = compare([*one, *two, *rest], [*two, *one, *rest])
        assert comparison.summary == "1 passage moved."
        assert kinds(comparison).count(MOVED_HERE) == kinds(comparison).count(MOVED_AWAY) == 3
        assert {row.move for row in comparison.rows if row.move} == {
            next(row.move for row in comparison.rows if row.move)
        }

    def test_take_short_passages_along(self):
        one, two = whole_section("A", "Yes.", EARLY, "No."), whole_section("B", "Yes.", REPORT, PARENTS, MINUTES, "No.")
        comparison = compare([*one, *two], [*two, *one])
        assert [row.passage.text for row in comparison.rows if row.kind == MOVED_HERE] == ["A", "Yes.", EARLY, "No."]

    def test_inside_a_section_say_up_or_down(self):
        before, after = paragraphs(EARLY, REPORT, PARENTS), paragraphs(REPORT, PARENTS, EARLY)
        assert [row.state for row in compare(before, after).rows if row.move] == [
            "Moved to a place further down in this section",
            "Moved here from a place further up in this section",
        ]
        assert [row.state for row in compare(after, before).rows if row.move] == [
            "Moved here from a place further down in this section",
            "Moved to a place further up in this section",
        ]

    def test_with_changes_are_both(self):
        before = paragraphs(EARLY, REPORT, PARENTS, MINUTES)
        after = paragraphs(REPORT, PARENTS, MINUTES, EARLY.replace("small", "little"))
        comparison = compare(before, after)
        assert comparison.counts == {"changed": 1, "added": 0, "removed": 0, "moved": 1}
        assert comparison.rows[-1].state.endswith(", and changed")
        assert ("removed", "small") in words(comparison)

    def test_are_not_made_of_a_yes_here_and_a_yes_there(self):
        before = paragraphs("Yes", EARLY, REPORT, "No")
        after = paragraphs(EARLY, "Yes", REPORT, "No", "Yes")
        assert MOVED_HERE not in kinds(compare(before, after))

    def test_leave_every_passage_told_once_on_each_side(self):
        shuffle = random.Random(7)
        before = [paragraph(f"{text} {number}") for number in range(40) for text in (EARLY, REPORT, "Yes")]
        for _ in range(20):
            after = [*shuffle.sample(before, 90), *paragraphs("Entirely new.", "Another.")]
            shuffle.shuffle(after)
            rows = compare(before, after).rows
            assert [row.after for row in rows if row.after] == after
            stood = [row.before for row in rows if row.before and row.kind != MOVED_HERE]
            assert stood == before


class TestASectionThatMovesAsAWhole:
    """The rows below are those of a section of the demonstration's chapter on conferences."""

    COLUMNS = ("Report from", "Shared with the family", "Sent to the chair")
    FIRST_ROW = ("The social worker", "Five working days before a first conference", "Three working days before")
    ROW = ("Every other agency", "On the day, before the conference begins", "On the day")
    ROW_NOW = ("Every other agency", "Two working days before a first conference", "Two working days before")
    LAST_ROW = ("Everyone, for a review", "Five working days before", "Five working days before")
    LAST = "The family sees your report before the others do. Nobody should learn there what is thought of them."
    STAYS = [
        *whole_section("Attending", EARLY, PARENTS, "Invite those who have something to say about this child."),
        *whole_section("Deciding", MINUTES, "The chair asks each agency in turn for its view and its reasons."),
        *whole_section("Asking", *(f"Question {n} of those that the chair asks everybody in turn." for n in range(9))),
        *whole_section("Complaints", "Parents who are unhappy with how it was held can write to the manager."),
    ]

    def section(self, *rows, heading="Reports", first=REPORT, last=LAST) -> list:
        where = section("Reports")._replace(heading=heading)
        begun = [paragraph(heading, where, kind="heading", level=2), paragraph(first, where)]
        return [*begun, *table(self.COLUMNS, *rows, where=where), paragraph(last, where)]

    def moved_up(self, before: list, after: list):
        """Compare a section at the end with one that stands after the first."""
        return compare([*self.STAYS, *before], [*self.STAYS[:4], *after, *self.STAYS[4:]])

    def test_with_another_cell_in_a_table_is_one_move(self):
        before = self.section(self.FIRST_ROW, self.ROW, self.LAST_ROW)
        after = self.section(self.FIRST_ROW, self.ROW_NOW, self.LAST_ROW)
        comparison = self.moved_up(before, after)
        assert comparison.counts == {"changed": 1, "added": 0, "removed": 0, "moved": 1}
        here = [row for row in comparison.rows if row.kind == MOVED_HERE]
        assert [row.after for row in here] == after
        assert [row.state for row in here if row.state] == [
            "Moved here from after section “Complaints” (7 passages)",
            "Changed",
        ]
        assert ("removed", "On the day") in words(comparison)
        assert ("added", "Two working days before") in words(comparison)

    @pytest.mark.parametrize(
        ("was", "now"),
        [
            ({"heading": "Your report"}, {"heading": "Your report and when you send it"}),
            (
                {"first": REPORT},
                {"first": "Send it to the chair when you can, whoever else has written to you before."},
            ),
            ({"last": LAST}, {"last": "The family sees it first. Nobody should be taken by surprise by your words."}),
            (
                {"first": REPORT, "last": LAST},
                {"first": REPORT + " " + PARENTS, "last": "The family sees it first, and nobody should learn there."},
            ),
        ],
        ids=["heading", "first", "last", "first and last"],
    )
    def test_with_other_words_at_its_ends_is_one_move(self, was, now):
        before, after = self.section(self.FIRST_ROW, **was), self.section(self.FIRST_ROW, **now)
        assert self.moved_up(before, after).counts == {"changed": len(now), "added": 0, "removed": 0, "moved": 1}

    def test_without_a_row_or_with_a_new_one_is_one_move(self):
        three, two = (
            self.section(self.FIRST_ROW, ("999", "112"), self.LAST_ROW),
            self.section(self.FIRST_ROW, self.LAST_ROW),
        )
        assert self.moved_up(three, two).counts == {"changed": 0, "added": 0, "removed": 1, "moved": 1}
        assert self.moved_up(two, three).counts == {"changed": 0, "added": 1, "removed": 0, "moved": 1}

    def test_with_an_entirely_different_row_is_one_move(self):
        before = self.section(self.FIRST_ROW, ("999", "112", "101"), self.LAST_ROW)
        after = self.section(self.FIRST_ROW, self.ROW, self.LAST_ROW)
        assert self.moved_up(before, after).counts == {"changed": 0, "added": 1, "removed": 1, "moved": 1}

    def test_tells_what_changed_places_inside_it(self):
        light = ("Anybody else", "Never", "When you can")
        before = self.section(light, self.FIRST_ROW, self.LAST_ROW)
        after = self.section(self.FIRST_ROW, self.LAST_ROW, light)
        comparison = self.moved_up(before, after)
        assert [row.state for row in comparison.rows if row.kind == MOVED_HERE and row.state] == [
            "Moved here from after section “Complaints” (6 passages)",
            "Moved here from a place further up in this section",
        ]

    def test_keeps_a_changed_row_between_others_that_have_gone_and_come(self):
        before = self.section(self.FIRST_ROW, ("999", "112", "101"), self.ROW, ("777", "7", "77"), self.LAST_ROW)
        after = self.section(self.FIRST_ROW, ("No", "Nobody", "Never"), self.ROW_NOW, ("Yes", "All"), self.LAST_ROW)
        assert self.moved_up(before, after).counts == {"changed": 1, "added": 2, "removed": 2, "moved": 1}

    OLD = "On the day, before the conference begins, in writing or by phone."
    NEW = "Two days before the conference begins, always in writing and signed."

    def test_moves_only_if_it_has_fewer_words_with_those_that_changed(self):
        one, two = whole_section("One", EARLY, PARENTS), whole_section("Two", REPORT, MINUTES, self.OLD)
        now = [*two[:3], paragraph(self.NEW, two[0].section)]
        rows = compare([*one, *two, *self.STAYS], [*now, *one, *self.STAYS]).rows
        assert {row.after.section.heading for row in rows if row.kind == MOVED_HERE} == {"One"}
        assert [row.kind for row in rows if row.after == now[-1]] == [CHANGED]

    def test_stays_if_it_has_more_words_with_those_that_changed(self):
        old, new = "Ring the office on the day, or write to it.", "Ring two days before, always, and then write to it."
        often, often_now = "Any of those that the chair asks in turn.", "Each of those that the chair asks, once only."
        old, new = "Ring the office on the day, or write to it.", "Ring two days before, always, and then write to it."
        one, two = whole_section("One", EARLY, "Yes, always.", often), whole_section("Two", REPORT, old)
        one_now, two_now = whole_section("One", EARLY, "Yes, always.", often_now), whole_section("Two", REPORT, new)
        rows = compare([*one, *two, *self.STAYS], [*two_now, *one_now, *self.STAYS]).rows
        assert [row.after for row in rows if row.kind == MOVED_HERE] == two_now
        assert [row.after for row in rows if row.is_changed] == [two_now[-1], one_now[-1]]

    def test_need_not_be_whole_to_take_what_changed_in_its_midst_along(self):
        old, new = (
            "Ring on the day, before it begins, or write.",
            "Ring two days before it begins, always, and then write.",
        )
        before = [*whole_section("One", EARLY, old, PARENTS), *self.STAYS]
        after = [
            *whole_section("One"),
            *self.STAYS,
            *(paragraph(t, section("Complaints")) for t in (EARLY, new, PARENTS)),
        ]
        assert compare(before, after).counts == {"changed": 1, "added": 0, "removed": 0, "moved": 1}

    def test_need_not_be_whole_to_lose_something_from_its_midst(self):
        before = [*whole_section("One", EARLY, "Ring.", PARENTS), *self.STAYS]
        after = [*whole_section("One"), *self.STAYS, *(paragraph(t, section("Complaints")) for t in (EARLY, PARENTS))]
        assert compare(before, after).counts == {"changed": 0, "added": 0, "removed": 1, "moved": 1}

    def test_is_one_move_with_the_next_though_its_end_is_gone(self):
        before = [
            *self.section(self.FIRST_ROW, last="Ring."),
            *whole_section("Next", "Go on to the plan of the group."),
        ]
        after = [passage for passage in before if passage.text != "Ring."]
        assert self.moved_up(before, after).counts == {"changed": 0, "added": 0, "removed": 1, "moved": 1}

    def test_takes_nothing_along_that_only_stands_beside_it(self):
        other = whole_section("Other", "Ring on the day, before it begins, or write.")
        new = whole_section("New", "Ring two days before it begins, always, and then write.")
        before = self.section(self.FIRST_ROW)
        comparison = compare([*self.STAYS, *other, *before], [*self.STAYS[:4], *new, *before, *self.STAYS[4:]])
        assert {row.passage.section.heading for row in comparison.rows if row.move} == {"Reports"}


SOME_WORDS = ["a", "b", "c", "the", "of", "child,", "report.", "early", "(x)", "3.5"]


class TestEveryRow:
    def test_stands_in_its_section(self):
        before = [*whole_section("A", EARLY), *whole_section("B", "Gone for good since last year.", REPORT)]
        after = [*whole_section("A", EARLY, MINUTES), *whole_section("C", PARENTS), before[-1]]
        rows = compare(before, after).rows
        assert [(row.kind, row.passage.section.heading) for row in rows] == [
            *[(SAME, "A"), (SAME, "A"), (ADDED, "A")],
            *[(REMOVED, "B"), (REMOVED, "B")],
            *[(ADDED, "C"), (ADDED, "C"), (SAME, "B")],
        ]

    def test_gives_the_words_of_both_sides_back(self):
        chance = random.Random(3)
        for _ in range(300):
            texts = [" ".join(chance.choices(SOME_WORDS, k=12)) for _ in "12345"]
            before, after = paragraphs(*texts[:3]), paragraphs(*texts[2:], texts[0] + " a b")
            for row in compare(before, after).rows:
                for cell in row.cells:
                    for side, kind in ((row.before, "removed"), (row.after, "added")):
                        told = "".join(part.text for part in cell.segments if part.kind in ("same", kind))
                        assert told.replace(" ", "") == side.text.replace(" ", "")


class TestTables:
    BEFORE = table(("Worry", "Ring"), ("In danger now", "999"), ("Any other worry", "101"))

    def test_change_cell_by_cell(self):
        after = table(("Worry", "Ring"), ("In danger now", "112"), ("Any other worry", "101"))
        comparison = compare(self.BEFORE, after)
        assert kinds(comparison) == [SAME, CHANGED, SAME]
        assert words(comparison) == [("same", "In danger now"), ("removed", "999"), ("added", "112")]

    def test_with_a_new_column_keep_the_others(self):
        after = table(("Worry", "When", "Ring"), ("In danger now", "Now", "999"), ("Any other worry", "Soon", "101"))
        comparison = compare(self.BEFORE, after)
        assert kinds(comparison) == [CHANGED] * 3
        assert [[(cell.heading, cell.kind) for cell in row.cells] for row in comparison.rows[1:]] == [
            [("Worry", ""), ("When", "added"), ("Ring", "")]
        ] * 2

    def test_without_a_column_say_so(self):
        after = table(("Worry",), ("In danger now",), ("Any other worry",))
        assert [cell.kind for cell in compare(self.BEFORE, after).rows[1].cells] == ["", "removed"]

    def test_with_ragged_rows_are_compared_all_the_same(self):
        ragged = table(("Worry", "Ring"), ("In danger now", "999", "spare"), ("Any other worry",))
        assert compare(self.BEFORE, ragged).has_changes
        assert compare(ragged, self.BEFORE).has_changes


class TestLists:
    def test_with_one_item_more_are_not_changed_for_their_numbers(self):
        before = [item(EARLY, number=1), item(REPORT, number=2), item("Deeper.", level=2), item(MINUTES, number=3)]
        after = [item("First of all.", number=1), item(EARLY, number=2), item(REPORT, number=3)]
        after += [item("Deeper.", level=2), item(MINUTES, number=4)]
        assert kinds(compare(before, after)) == [ADDED, SAME, SAME, SAME, SAME]

    def test_say_when_an_item_goes_deeper_or_loses_its_number(self):
        comparison = compare([item(EARLY), item(REPORT, number=1)], [item(EARLY, level=2), item(REPORT)])
        assert [row.notes for row in comparison.rows] == [
            ("Now one level down",),
            ("Now in a list without numbers",),
        ]

    def test_say_when_a_paragraph_becomes_an_item_or_enters_a_box(self):
        comparison = compare([paragraph(EARLY), paragraph(REPORT)], [item(EARLY), paragraph(REPORT, within="Callout")])
        assert [row.notes for row in comparison.rows] == [
            ("Was a paragraph, now a list item",),
            ("Now in: Callout",),
        ]


def many(count: int, words_each: int, *, seed=1, suffix="") -> list:
    chance = random.Random(seed)
    return paragraphs(
        *(" ".join(f"w{chance.randrange(3000)}{suffix}" for _ in range(words_each)) for _ in range(count))
    )


def sections(order, *, changed: bool) -> list:
    """Return sections of four paragraphs; with every other word of every other paragraph changed, or not."""
    found = []
    for number in order:
        texts = [
            [f"w{word}" for word in random.Random(4 * number + part).choices(range(3000), k=12)] for part in range(4)
        ]
        for text in texts[::2] if changed else ():
            text[::2] = [f"{word}x" for word in text[::2]]
        found += whole_section(f"Section {number}", *map(" ".join, texts))
    return found


CHAPTER = many(800, 25)
IN_TURN = [paragraph(p.text, section(f"{n % 50}")) for n, p in enumerate(many(4_000, 6))]
CASES = {
    "every word different": (CHAPTER, many(800, 25, suffix="x")),
    "one long paragraph, every word different": (many(1, 20_000), many(1, 20_000, suffix="x")),
    "one long paragraph, every other word different": (
        paragraphs(" ".join(f"w{n}" for n in range(20_000))),
        paragraphs(" ".join(f"w{n}" if n % 2 else f"x{n}" for n in range(20_000))),
    ),
    "one paragraph of 100,000 words": (many(1, 100_000), many(1, 100_000, seed=2)),
    "two words over and over": (paragraphs("a b " * 50_000), paragraphs("b b a " * 33_000)),
    "5,000 equal rows, some gone": (paragraphs("Yes") * 5_000, paragraphs("Yes") * 4_000),
    "5,000 equal rows, all other": (paragraphs("Yes") * 5_000, paragraphs("No") * 5_000),
    "few words, never in the same order": (
        paragraphs(*(" ".join(random.Random(n).choices("abcdefghij", k=10)) for n in range(3_000))),
        paragraphs(*(" ".join(random.Random(-n - 1).choices("klmabcdefg", k=10)) for n in range(3_000))),
    ),
    "all shuffled": (CHAPTER, random.Random(5).sample(CHAPTER, len(CHAPTER))),
    "800 sections in the other order, half of the words changed": (
        sections(range(800), changed=False),
        sections(reversed(range(800)), changed=True),
    ),
    "4,000 passages of sections that lie in one another, shuffled": (IN_TURN, random.Random(5).sample(IN_TURN, 4_000)),
    "nothing and everything": ([], CHAPTER),
}


class TestBounds:
    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_hold_for(self, case, monkeypatch):
        looked_at = []
        found = LCSseq.opcodes

        def counted(one, other):
            looked_at.append(len(one) * len(other))
            return found(one, other)

        monkeypatch.setattr(alignment, "LCSseq", SimpleNamespace(opcodes=counted, similarity=LCSseq.similarity))
        before, after = CASES[case]
        begun = time.process_time()
        comparison = compare(before, after)
        # Ten times what was measured: for slow machines, and still far from what a quadratic pass would take.
        assert time.process_time() - begun < 5
        assert [row.after for row in comparison.rows if row.after] == after
        # Each pair of places is a bit in memory.
        assert max(looked_at, default=0) <= alignment.MOST_PAIRS

    def test_hold_for_memory(self):
        tracemalloc.start()
        compare(*CASES["every word different"])
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 50_000_000

    def test_find_a_few_changes_in_a_paragraph_too_long_to_be_looked_at_at_once(self):
        text = [f"w{n}" for n in range(30_000)]
        other = text.copy()
        other[100], other[29_900] = "first", "last"
        told = words(compare(paragraphs(" ".join(text)), paragraphs(" ".join(other))))
        assert [word for kind, word in told if kind == "added"] == ["first", "last"]
