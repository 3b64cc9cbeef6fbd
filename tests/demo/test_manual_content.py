"""What the chapters of the demonstration manual are written from."""

import json
from datetime import date

import pytest

from demo.content import manual
from demo.content.manual.history import Change, added, editions, moved, reworded, row_added
from demo.content.manual.writing import Chapter, Part, html, raw_sections, section, subsection, table

TODAY = date(2026, 11, 23)
IN_FULL = [
    "Making a Referral to Social Care",
    "Child Protection Section 47 Enquiries",
    "Child Protection Conferences",
    "Domestic Violence or Abuse",
    "E-Safety and Internet Abuse",
    "Providing Early Help",
    "Escalation Policy",
]


def chapters_of(children):
    for child in children:
        if isinstance(child, Part):
            yield from chapters_of(child.children)
        elif isinstance(child, Chapter):
            yield child


CHAPTERS = list(chapters_of(manual.CONTENTS))


def words_in(value) -> int:
    if isinstance(value, dict):
        return sum(words_in(item) for name, item in value.items() if name not in ("id", "type"))
    if isinstance(value, list):
        return sum(map(words_in, value))
    return len(str(value).split())


class TestChapters:
    @pytest.mark.parametrize("title", IN_FULL)
    def test_written_in_full_are_as_long_as_real_ones(self, title):
        chapter = next(chapter for chapter in CHAPTERS if chapter.title == title)
        assert 800 <= words_in(raw_sections(chapter)) <= 2000
        assert 6 <= len(chapter.sections) <= 12

    @pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
    def test_say_something_new_in_each_edition(self, chapter):
        said = [fields for _day, _change, fields in editions(chapter, TODAY)]
        for one, following in zip(said, said[1:], strict=False):
            assert one != following

    @pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
    @pytest.mark.parametrize("today", [date(2024, 2, 29), TODAY, date(2030, 12, 31)])
    def test_have_editions_in_the_order_of_time(self, chapter, today):
        days = [day for day, _change, _fields in editions(chapter, today)]
        assert days == sorted(set(days))
        assert days[-1] < today

    @pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
    def test_have_no_two_blocks_of_one_id(self, chapter):
        ids = [part.split('"')[0] for part in json.dumps(raw_sections(chapter)).split('"id": "')[1:]]
        assert len(ids) == len(set(ids))
        assert raw_sections(chapter) == raw_sections(chapter)


def example(*, sections, history=()) -> Chapter:
    return Chapter(title="One", slug="one", summary="", scope="", sections=sections, history=list(history))


class TestHistory:
    def test_leads_back_through_the_changes(self):
        chapter = example(
            sections=[
                section("First", "Now.", table("Times", ["Step", "By when"], ("1", "now"), ("2", "later"))),
                section("Second", subsection("Inside", "New.")),
            ],
            history=[
                Change(date(2015, 1, 1), "A row.", (row_added("Times", "2"), moved("Second", from_after=""))),
                Change(30, "Words.", (reworded("Now.", "Then."), added("Inside"))),
            ],
        )
        first, second, third = [fields["sections"] for _day, _change, fields in editions(chapter, TODAY)]
        assert [part["value"]["heading"] for part in first] == ["Second", "First"]
        assert [len(part["value"]["body"][1]["value"]["rows"]) for part in (first[1], second[0], third[0])] == [1, 2, 2]
        assert second[0]["value"]["body"][0]["value"] == "<p>Then.</p>"
        assert [len(part["value"]["body"]) for part in (second[1], third[1])] == [0, 1]
        assert first[0]["id"] == second[1]["id"] == third[1]["id"]

    @pytest.mark.parametrize("step", [reworded("never said", ""), added("No such heading")])
    def test_refuses_a_step_that_leads_nowhere(self, step):
        chapter = example(sections=[section("First", "Now.")], history=[Change(30, "Something.", (step,))])
        with pytest.raises(ValueError, match=r"never said|No such heading"):
            editions(chapter, TODAY)


class TestWords:
    def test_become_paragraphs_and_lists(self):
        assert (
            html("""
            One
            two.

            - first
            - second,
              longer

            1. this
            2. that
        """)
            == "<p>One two.</p><ul><li>first</li><li>second, longer</li></ul><ol><li>this</li><li>that</li></ol>"
        )

    def test_become_nothing_when_there_are_none(self):
        assert html("") == ""
