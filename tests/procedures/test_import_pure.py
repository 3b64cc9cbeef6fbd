"""What is read of chapters, outlines and names, without a database."""

import pytest

from content.reading.outline import Run
from content.reading.refusals import CannotImport
from content.reading.typed_numbers import without_number
from procedures.importing.chapters import read_chapter
from procedures.importing.files import files_in
from procedures.importing.links import Linker, kept_address, resolved_path
from procedures.importing.matching import planned
from procedures.importing.outline_file import read_outline
from procedures.importing.redirects import old_path_of
from procedures.importing.report import ManualReport
from procedures.importing.special import kind_of
from procedures.importing.titles import in_order, name_of_file, plain_title
from tests.procedures.imported_files import manual, page


def chapter(body: str, path: str = "a.html", **more):
    return read_chapter(path, body if isinstance(body, bytes) else page(body, **more), pictures={})


def outlined(lines: list) -> list:
    return [(line.title, line.number, outlined(line.children)) for line in lines]


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "title", "number"),
        [
            ("2.1 Who attends", "Who attends", (2, 1)),
            ("2. Who attends", "Who attends", (2,)),
            ("Chapter 3: Neglect", "Neglect", (3,)),
            ("1.6.21 Modern slavery", "Modern slavery", (1, 6, 21)),
            ("4) Next", "Next", (4,)),
            ("16 and over", "16 and over", ()),
            ("2017 review", "2017 review", ()),
            ("1.5", "1.5", ()),
            ("", "", ()),
        ],
    )
    def test_come_off_where_they_are_numbers_of_headings(self, text, title, number):
        assert without_number(text) == (title, number)

    def test_that_are_bare_come_off_only_where_they_are_the_next_one(self):
        assert without_number("2 Children", expected=2) == ("Children", (2,))
        assert without_number("16 and over", expected=2) == ("16 and over", ())

    @pytest.mark.parametrize(
        ("path", "title", "number"),
        [
            ("a/1.6.2_Disabled-children.html", "Disabled children", (1, 6, 2)),
            ("p_early_help.html", "P early help", ()),
            ("referral.html", "Referral", ()),
            ("03 - Neglect.docx", "Neglect", (3,)),
        ],
    )
    def test_are_read_from_names_of_files(self, path, title, number):
        assert name_of_file(path) == (title, number)

    def test_sort_names_as_people_count(self):
        assert sorted(["b10.html", "B2.html", "a.html", "3.html"], key=in_order) == [
            "3.html", "a.html", "B2.html", "b10.html",
        ]  # fmt: skip

    def test_titles_that_differ_only_in_writing_are_one(self):
        assert plain_title("Children’s  Homes & Schools!") == plain_title("childrens homes and schools")


class TestOutline:
    def test_has_parts_where_numbers_go_on(self):
        lines = read_outline(b"# x\n0\tIntro\n1\tHelp\n1.1\tEarly\tupdated\n1.2\tLater\n1.2.1\tDeep\n", ManualReport())
        assert outlined(lines) == [
            ("Intro", (0,), []),
            ("Help", (1,), [("Early", (1, 1), []), ("Later", (1, 2), [("Deep", (1, 2, 1), [])])]),
        ]
        assert lines[1].children[0].state == "updated"

    @pytest.mark.parametrize(
        "text",
        [
            "1,Help\n1.1,Early\n",
            '1;"Help"\n1.1;"Early"\n',
            "1. Help\n1.1. Early\n",
            "1 Help\n1.1 Early\n",
            "1)\tHelp\n1.1)\tEarly\n",
        ],
    )
    def test_may_be_written_in_other_ways(self, text):
        assert outlined(read_outline(text.encode(), ManualReport())) == [("Help", (1,), [("Early", (1, 1), [])])]

    def test_may_be_indented(self):
        lines = read_outline("Help\n  - Early\n    * Deep\n  - Later\nEnd\n".encode("utf-16"), ManualReport())
        assert outlined(lines) == [
            ("Help", (), [("Early", (), [("Deep", (), [])]), ("Later", (), [])]),
            ("End", (), []),
        ]

    def test_says_what_is_odd(self):
        report = ManualReport()
        read_outline(b"1\tA\n1\tB\n2.1\tC\nno number\n3\tD\n", report)
        said = " ".join(note.text for note in report.notes)
        assert all(words in said for words in ("number 1 twice", "no line above 2.1", "“no number”"))

    @pytest.mark.parametrize("content", [b"", b"# only\n", b"1\tx\n" * 1001, b"x" * 600_000])
    def test_that_is_none_is_refused(self, content):
        with pytest.raises(CannotImport):
            read_outline(content, ManualReport())


class TestMatching:
    def plan(self, outline: bytes, *chapters):
        self.report = ManualReport()
        return [
            (place.title, place.chapter.path if place.chapter else None, [child.title for child in place.children])
            for place in planned(read_outline(outline, self.report), list(chapters), self.report)
        ]

    def test_is_by_title_name_number_and_likeness(self):
        found = self.plan(
            b"1\tEarly help\n2\tPrivate fostering\n3\tOnline harm\n4\tWorking with parents who misuse alcohol\n",
            chapter("<h1>Early Help</h1><p>x</p>", "x.html"),
            chapter("<h1>Fostering in private</h1><p>x</p>", "private-fostering.html"),
            chapter("<h1>The internet</h1><p>x</p>", "3_web.html"),
            chapter("<h1>Parents who misuse alcohol, working with</h1><p>x</p>", "y.html"),
        )
        assert [path for _, path, _ in found] == ["x.html", "private-fostering.html", "3_web.html", "y.html"]
        said = " ".join(note.text for note in self.report.notes)
        assert all(words in said for words in ("by its name", "by its number", "titles are alike"))

    def test_puts_what_nothing_names_at_the_end(self):
        found = self.plan(b"1\tEarly help\n2\tOther\n", chapter("<h1>Unknown</h1><p>x</p>"))
        assert found == [("Early help", None, []), ("Other", None, []), ("Unknown", "a.html", [])]

    def test_makes_the_text_of_a_part_its_first_chapter(self):
        found = self.plan(b"1\tHelp\n1.1\tEarly\n", chapter("<h1>Help</h1><p>x</p>"))
        assert found == [("Help", None, ["Help", "Early"])]

    def test_of_two_chapters_of_one_title_the_number_decides(self):
        two = [chapter(f"<h1>{number} Policy</h1><p>x</p>", f"f{number}.html") for number in ("2.1", "1.1")]
        lines = read_outline(b"1\tA\n1.1\tPolicy\n2\tB\n2.1\tPolicy\n", ManualReport())
        plan = planned(lines, two, ManualReport())
        assert [part.children[0].chapter.path for part in plan] == ["f1.1.html", "f2.1.html"]


class TestChapters:
    def test_are_called_by_the_page_where_nothing_is_a_heading(self):
        assert chapter("<p>Words only here.</p>", title="Neglect | Our manual").title == "Neglect"
        assert chapter("<p>Words only here.</p>", "neglect-2.html").title == "Neglect 2"

    def test_in_plain_text_are_called_by_their_first_line(self):
        found = chapter(b"Local contacts\n\nTeams\n\nRing 01632 960123.\n", "c.txt")
        assert (found.title, [section.heading for section in found.sections]) == ("Local contacts", ["Teams"])

    def test_take_subsections_from_typed_numbers_where_all_headings_look_alike(self):
        text = "Title here\n\n1. One\n\nText.\n\n1.1 Below\n\nText.\n\n1.2 More below\n\nText.\n\n2. Two\n\nText.\n"
        found = chapter(text.encode(), "c.txt")
        assert [section.heading for section in found.sections] == ["One", "Two"]
        assert [below.heading for below in found.sections[0].subsections] == ["Below", "More below"]

    def test_use_the_highest_level_there_is(self):
        found = chapter("<h1>T</h1><h3>A</h3><p>x</p><h5>B</h5><p>x</p><h6>C</h6><p>x</p>")
        assert [section.heading for section in found.sections] == ["A"]
        assert [below.heading for below in found.sections[0].subsections] == ["B"]

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("SCOPE OF THIS CHAPTER", "scope"),
            ("1. Scope", "scope"),
            ("Relevant guidance", "relevant_guidance"),
            ("Related Chapters", "related"),
            ("Amendment", "amendment"),
            ("Scope for improvement", ""),
            ("Guidance for parents", ""),
        ],
    )
    def test_know_their_special_headings(self, words, kind):
        assert kind_of(words) == kind

    def test_keep_every_other_word(self):
        body = "".join(f"<h2>H{n}</h2><p>w{n}</p><h3>S{n}</h3><ul><li>l{n}</li></ul>" for n in range(20))
        assert str(chapter(f"<h1>T</h1>{body}").sections).count("'l") == 20


class TestLinks:
    def linker(self, **more):
        return Linker({"a/b.html": 1, "c.docx": 2}, {1: "B", 2: "C"}, {"a/f.pdf"}, **more)

    @pytest.mark.parametrize(
        ("href", "key"),
        [
            ("b.html", 1), ("B.HTML#x", 1), ("./b.html?print=1", 1), ("../c.html", 2), ("/c", 2), ("b%2Ehtml", 1),
            ("https://old.example/m/a/b.html", 1), ("http://www.old.example/m/c.aspx", 2), ("//old.example/m/c", 2),
            ("../../other/folder/c.docx", 2),
        ],
    )  # fmt: skip
    def test_lead_to_the_chapter_that_is_meant(self, href, key):
        linker = self.linker(old_site="https://old.example/m/")
        assert linker._href(_run(href), "a/x.html", ManualReport()) == f"page:{key}"

    @pytest.mark.parametrize("href", ["gone.html", "#s1", "f.pdf", "../..", "", "http://[x", "?x=1"])
    def test_to_nothing_are_lost(self, href):
        assert self.linker()._href(_run(href), "a/x.html", ManualReport()) == ""

    @pytest.mark.parametrize("href", ["https://law.example/a", "mailto:a@b.example"])
    def test_elsewhere_stay(self, href):
        assert self.linker()._href(_run(href), "a/x.html", ManualReport()) == href

    @pytest.mark.parametrize(
        "href", ["javascript:x", "JAVA\nSCRIPT:x", "data:text/html,x", "file:///etc/passwd", "page:7"]
    )
    def test_that_run_something_or_claim_to_be_ours_are_not_kept(self, href):
        assert kept_address(href) == ""

    @pytest.mark.parametrize("href", ["../../x", "/../../x", "..%2f..%2fx"])
    def test_never_leave_the_folder(self, href):
        assert ".." not in (resolved_path(href, base="a/b.html") or "")

    def test_of_old_addresses_know_their_folder(self):
        assert old_path_of("a b.html", address="", old_site="https://old.example/m/") == "/m/a%20b.html"
        assert old_path_of("x.html", address="https://old.example/p?id=3", old_site="") == "/p?id=3"


def _run(href):
    return Run("words", href)


class TestFolders:
    def test_are_read_with_what_lies_in_them(self, tmp_path):
        for name, data in manual(b"png").items():
            (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
            (tmp_path / name).write_bytes(data)
        (tmp_path / ".DS_Store").write_bytes(b"x")
        (tmp_path / "link.html").symlink_to("/etc/passwd")
        report = ManualReport()
        found = files_in(tmp_path, report)
        assert set(found.chapters) == {
            "index.html", "early-help.html", "referral.html", "1.3.1 Fostering.docx", "online.htm", "contacts.txt",
        }  # fmt: skip
        assert found.outline
        assert found.others == {"files/form.pdf"}
        assert "not followed" in " ".join(note.text for note in report.notes)

    def test_of_ten_thousand_files_are_refused(self, tmp_path):
        for number in range(5_001):
            (tmp_path / f"{number}.css").touch()
        with pytest.raises(CannotImport, match="more than 5,000 files"):
            files_in(tmp_path, ManualReport())

    @pytest.mark.parametrize("name", ["missing", "nul\x00"])
    def test_that_are_not_there_are_refused(self, tmp_path, name):
        with pytest.raises(CannotImport):
            files_in(tmp_path / name, ManualReport())
