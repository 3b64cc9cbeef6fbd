"""What the entries of the demonstration library are written from."""

import re
from datetime import date, timedelta

import pytest

from demo.content import home, manual
from demo.content.library import RESOURCES
from demo.content.library.papers import LABELS, Column, Paper, Sheet, Table, blank, phone
from demo.content.library.writing import TYPES, LibraryFile, Resource, one_file, versions
from demo.content.manual.writing import Chapter, Part
from demo.content.organisation import CONTACTS

# The day for which the dates printed in the files were chosen; they are never later than the library says.
WRITTEN_ON = date(2026, 11, 25)
EVERY_RESOURCE = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.slug)
FILES = [file for resource in RESOURCES for file in resource.files]
EVERY_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def chapters_below(children) -> set[str]:
    titles = {child.title for child in children if isinstance(child, Chapter)}
    return titles.union(*(chapters_below(child.children) for child in children if isinstance(child, Part)))


def content_of(paper) -> tuple:
    """Return what stands in a paper or a workbook, apart from its title, version and date."""
    return paper.body if isinstance(paper, Paper) else paper.sheets


class TestResources:
    @EVERY_RESOURCE
    def test_use_names_that_the_demonstration_knows(self, resource):
        assert resource.resource_type in TYPES
        assert set(resource.topics) <= set(home.TOPICS)
        assert set(resource.audiences) <= set(home.AUDIENCES)
        assert resource.owner_team in {contact["team"] for contact in CONTACTS}
        assert all([resource.topics, resource.audiences, resource.files])

    @EVERY_RESOURCE
    def test_link_to_chapters_that_there_are(self, resource):
        linked = re.findall(r"\[\[([^\]|]+)", resource.purpose)
        assert set(linked) <= chapters_below(manual.CONTENTS)

    @EVERY_RESOURCE
    def test_say_their_purpose_in_paragraphs_and_lists(self, resource):
        assert set(re.findall(r"</?(\w+)", resource.purpose)) <= {"p", "ul", "li", "a"}
        assert re.match(r"<p>", resource.purpose)

    @EVERY_RESOURCE
    def test_were_approved_before_today_and_will_be_reviewed(self, resource):
        assert resource.approved_months_ago > 0
        assert resource.review_months > 0

    @EVERY_RESOURCE
    def test_are_for_a_page_that_can_be_kept(self, resource):
        assert re.fullmatch(r"[a-z0-9-]+", resource.slug)
        assert len(resource.title) <= 255
        assert 20 <= len(resource.summary) <= 200

    def test_have_names_of_their_own(self):
        for names in (
            [resource.slug for resource in RESOURCES],
            [resource.title for resource in RESOURCES],
            [file.name for file in FILES],
            [version.path for file in FILES for version in file.versions],
        ):
            assert len(names) == len(set(names))

    def test_show_every_type(self):
        assert {resource.resource_type for resource in RESOURCES} == set(TYPES)


class TestVersions:
    @EVERY_FILE
    def test_come_in_the_order_of_time(self, file):
        days = [version.days_ago for version in file.versions]
        assert days == sorted(set(days), reverse=True)
        dated = [version.paper.dated for version in file.versions]
        assert dated == sorted(set(dated))

    @EVERY_FILE
    def test_were_finished_before_they_were_offered(self, file):
        for version in file.versions:
            assert version.paper.dated <= WRITTEN_ON - timedelta(days=version.days_ago)

    @EVERY_FILE
    def test_say_in_one_sentence_what_changed(self, file):
        for version in file.versions:
            assert re.fullmatch(r"[A-Z][^.!?]+\.", version.note)

    @EVERY_FILE
    def test_say_different_things(self, file):
        for one, following in zip(file.versions, file.versions[1:], strict=False):
            assert one.paper.version != following.paper.version
            assert content_of(one.paper) != content_of(following.paper)

    @EVERY_FILE
    def test_are_in_the_language_of_the_file(self, file):
        assert {version.paper.language for version in file.versions} == {file.language}

    def test_are_more_than_one_for_several_files(self):
        assert len([file for file in FILES if len(file.versions) > 1]) >= 3


def paper(version="1", **fields) -> Paper:
    return Paper("One", version, date(2020, 2, 29), "", (), **fields)


def resource(*files: LibraryFile) -> Resource:
    return Resource("One", "one", "", "", "tool", (), (), "", "", 1, 1, files)


class TestEditions:
    def test_follow_the_files(self):
        word = one_file("Word", "one.docx", (90, "First published.", paper()), (20, "Shorter.", paper("2")))
        pdf = one_file("PDF", "one.pdf", (90, "First published.", paper()), (20, "Shorter.", paper("2")))
        polish = one_file("Polish", "jeden.pdf", (50, "Also in Polish.", paper(language="pl")), language="pl")
        first, second, third = resource(word, pdf, polish).editions
        assert [first.days_ago, second.days_ago, third.days_ago] == [90, 50, 20]
        assert [first.note, second.note, third.note] == ["First published.", "Also in Polish.", "Shorter."]
        assert [version.path for _file, version in first.files] == ["one-v1.docx", "one-v1.pdf"]
        assert [version.path for _file, version in second.files] == ["one-v1.docx", "one-v1.pdf", "jeden-v1.pdf"]
        assert [version.path for _file, version in third.files] == ["one-v2.docx", "one-v2.pdf", "jeden-v1.pdf"]

    def test_of_one_day_say_everything_that_is_new(self):
        word = one_file("Word", "one.docx", (20, "The form is new.", paper()))
        pdf = one_file("PDF", "two.pdf", (20, "The guidance is new.", paper()))
        (edition,) = resource(word, pdf).editions
        assert edition.note == "The form is new. The guidance is new."


class TestPapers:
    def test_say_their_version_and_day_in_their_own_language(self):
        assert paper().edition == "Version 1, 29 February 2020"
        assert paper(language="pl").edition == "Wersja 1, 29 lutego 2020"
        assert paper(language="pl").notice == LABELS["pl"]["notice"] != paper().notice

    def test_lie_under_the_name_of_their_file_and_version(self):
        (only,) = versions("a.b.docx", (1, "New.", paper("2026")))
        assert only.path == "a.b-v2026.docx"

    @pytest.mark.parametrize(
        ("rows", "widths"), [((("a",),), (50, 50)), ((("a", "b", "c"),), (50, 50)), ((), (50, 60)), ((), (100,))]
    )
    def test_refuse_tables_that_do_not_fit(self, rows, widths):
        with pytest.raises(ValueError, match="“Times” has rows or widths"):
            Table("Times", ("One", "Two"), rows, widths)

    def test_refuse_sheets_that_do_not_fit(self):
        with pytest.raises(ValueError, match="“Plan” has rows"):
            Sheet("Plan", "", "", (Column("One", 9),), (("a", "b"),))

    def test_have_room_to_write_in(self):
        assert blank("Plan", "Who", "When", widths=(60, 40), rows=2).rows == (("", ""), ("", ""))

    def test_refuse_a_team_that_nobody_can_ring(self):
        with pytest.raises(KeyError):
            phone("No such team")
