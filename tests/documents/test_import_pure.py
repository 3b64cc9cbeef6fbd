"""What is read of names, tables and folders, without a database."""

import os
from datetime import date

import pytest

from content.reading.refusals import CannotImport
from documents.importing import folder as folder_module
from documents.importing.dates import day_in
from documents.importing.folder import files_in
from documents.importing.items import Item, Result, Row
from documents.importing.report import LibraryReport
from documents.importing.report_file import report_file
from documents.importing.table import is_table, read_table
from documents.importing.titles import guessed_type, readable_title


class TestTitles:
    @pytest.mark.parametrize(
        ("name", "title"),
        [
            ("GCP_tool-v2 final.pdf", "GCP tool v2 final"),
            ("multi-agency-referral-form.docx", "Multi agency referral form"),
            ("Multi-agency form.docx", "Multi-agency form"),
            ("self-harm_pathway.pdf", "Self-harm pathway"),
            ("Minutes - 2017-07-03.pdf", "Minutes 2017-07-03"),
            ("Early%20help%20plan.odt", "Early help plan"),
            ("iPad_guide.pdf", "iPad guide"),
            ("a.b.c.txt", "A.b.c"),
            ("____.pdf", "____"),
            ("مساعدة مبكرة.pdf", "مساعدة مبكرة"),
            ("evil\u202efdp.pdf", "Evilfdp"),
            ("100% true.txt", "100% true"),
        ],
    )
    def test_are_made_readable(self, name, title):
        assert readable_title(name) == title

    def test_are_never_too_long_for_their_column(self):
        assert 0 < len(readable_title("long " * 200 + ".pdf")) <= 255

    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("GCP tool v2 final", "tool"),
            ("Policy template", "template"),
            ("Referral forms", "form"),
            ("Safeguarding policies 2018", "policy"),
            ("Guidance on the referral form", "guidance"),
            ("Information for parents", "guidance"),
            ("Platform report", "report"),
            ("Reformed toolset", "guidance"),
            ("", "guidance"),
        ],
    )
    def test_say_which_type_it_is(self, title, kind):
        assert guessed_type(title) == kind


class TestDays:
    @pytest.mark.parametrize(
        "words",
        ["3 July 2017", "03/07/2017", "2017-07-03", "3rd Jul 2017", "3-Jul-2017", " 3.7.2017 ", "2017-07-03 00:00:00"],
    )
    def test_are_read_as_they_are_written_here(self, words):
        assert day_in(words) == date(2017, 7, 3)

    @pytest.mark.parametrize(
        "words",
        ["", "31/02/2017", "07/13/2017", "July 2017", "3/7/17", "0000-00-00", "tomorrow", "=TODAY()", "²/7/2017"],
    )
    def test_that_are_none_are_nothing(self, words):
        assert day_in(words) is None


@pytest.fixture
def table(tmp_path):
    def read(content):
        path = tmp_path / "meta.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        report = LibraryReport()
        return read_table(path, report), " ".join(note.text for note in report.notes)

    return read


def cells(rows: list[Row]) -> list[tuple]:
    return [(row.line, row["file"], row["title"]) for row in rows]


class TestTable:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_is_read_as_any_program_writes_it(self, table, encoding, separator):
        text = f"Title{separator}FILE\r\nCafé – “help”{separator}a.pdf\r\n"
        assert cells(table(text.encode(encoding))[0]) == [(2, "a.pdf", "Café – “help”")]

    def test_says_lines_as_an_editor_numbers_them(self, table):
        rows, _ = table('sep=,\n\nfile,title,Approved_By\n\na.pdf,"Two\nlines",x\n,,\nb.pdf,B,\n')
        assert cells(rows) == [(5, "a.pdf", "Two\nlines"), (8, "b.pdf", "B")]
        assert rows[0]["approved by"] == "x"

    def test_may_have_short_lines_and_unseen_characters(self, table):
        rows, _ = table("title,file\nA\x00\u200bB,a.pdf\nonly a title\n")
        assert cells(rows) == [(2, "a.pdf", "AB"), (3, "", "only a title")]
        assert rows[1].problem

    def test_says_which_columns_are_not_read(self, table):
        rows, said = table("file,colour,title,Title,result,line\na.pdf,red,First,Second,imported,7\n")
        assert cells(rows) == [(2, "a.pdf", "First")]
        assert "“colour” of the table is not known" in said
        assert "“title” twice" in said
        assert "result" not in said

    def test_has_a_problem_where_a_line_has_too_many_cells(self, table):
        rows, _ = table("file,title\na.pdf,Neglect, and what to do\nb.pdf,B,\n")
        assert [bool(row.problem) for row in rows] == [True, False]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "must name the columns"),
            (b"title;summary\nA;B\n", "must name the columns"),
            (b'file,title\na.pdf,"never closed\nb.pdf,B\n', "quotation mark"),
            (b"file\n" + b"x" * 200_000, "cannot be read"),
            (b"%PDF-1.7\n\x00\xff\xfe\n", "must name the columns"),
        ],
    )
    def test_that_is_none_is_refused(self, table, content, said):
        with pytest.raises(CannotImport, match=said):
            table(content)

    def test_that_is_not_there_or_too_large_is_refused(self, tmp_path):
        with pytest.raises(CannotImport, match="cannot be read"):
            read_table(tmp_path / "none.csv", LibraryReport())
        large = tmp_path / "large.csv"
        with large.open("wb") as file:
            file.truncate(30_000_000)
        with pytest.raises(CannotImport, match="far larger"):
            read_table(large, LibraryReport())


class TestFolder:
    @pytest.fixture
    def walked(self, tmp_path):
        place = tmp_path / "files"
        place.mkdir()

        def walk(**options):
            skipped = {}
            found = files_in(place, **{"leave_out": (), "skip": skipped.__setitem__} | options)
            return [one.shown for one in found], skipped

        return place, walk

    def test_is_walked_in_a_stable_order(self, walked):
        place, walk = walked
        for name in ("b.pdf", "a.docx", "Zoo/2.txt", "Zoo/1.txt", "Ape/Deep/x.csv"):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text("x")
        assert walk() == (["a.docx", "b.pdf", "Ape/Deep/x.csv", "Zoo/1.txt", "Zoo/2.txt"], {})

    def test_says_what_it_skips_and_why(self, walked, tmp_path):
        place, walk = walked
        (tmp_path / "secret.pdf").write_text("x")
        for name in (".hidden.pdf", "~$open.docx", ".~lock.a.odt#", "run.exe", "noextension", "a.pdf"):
            (place / name).write_text("x")
        (place / ".git").mkdir()
        (place / ".git" / "b.pdf").write_text("x")
        os.mkfifo(place / "pipe.txt")
        (place / "out.pdf").symlink_to(tmp_path / "secret.pdf")
        (place / "broken.pdf").symlink_to("nowhere.pdf")
        (place / "round.pdf").symlink_to("round.pdf")
        (place / "folder").symlink_to(tmp_path)
        (place / "inside.pdf").symlink_to("a.pdf")
        found, skipped = walk()
        assert found == ["a.pdf", "inside.pdf"]
        assert skipped == {
            ".git": folder_module.HIDDEN,
            ".hidden.pdf": folder_module.HIDDEN,
            ".~lock.a.odt#": folder_module.HIDDEN,
            "~$open.docx": folder_module.TEMPORARY,
            "run.exe": folder_module.OTHER_KIND,
            "noextension": folder_module.OTHER_KIND,
            "pipe.txt": folder_module.NO_FILE,
            "out.pdf": folder_module.OUTSIDE,
            "broken.pdf": folder_module.OUTSIDE,
            "round.pdf": folder_module.OUTSIDE,
            "folder": folder_module.LINKED_FOLDER,
        }

    def test_may_have_names_that_are_no_text(self, walked):
        place, walk = walked
        (os.fsencode(place) + b"/caf\xe9.txt") and open(os.fsencode(place) + b"/caf\xe9.txt", "w").close()
        assert walk()[0] == ["caf?.txt"]

    def test_that_is_none_is_refused(self, walked, monkeypatch):
        place, walk = walked
        (place / "a.txt").write_text("x")
        (place / "b.txt").write_text("x")
        for wrong in (place / "a.txt", place / "none", place / "\0"):
            with pytest.raises(CannotImport, match="cannot be read as a folder"):
                files_in(wrong, leave_out=(), skip=print)
        monkeypatch.setattr(folder_module, "MOST_FILES", 1)
        with pytest.raises(CannotImport, match="more than 1 files"):
            walk()


class TestReportFile:
    def test_can_be_given_to_the_next_import(self, tmp_path):
        row = Row(7, {"file": "=cmd.pdf", "title": "-1+1", "note": "a, “b”; c\nd", "topics": "@x"})
        item = Item(name="=cmd.pdf", title="-1+1", row=row)
        item.leave_out("=Not there.")
        with report_file(tmp_path / "report.csv") as (path, record):
            record(item)
            record(Item(name="b.pdf", title="B", result=Result.IMPORTED))
        assert b"\n" + b"not imported,'=Not there.,7,'=cmd.pdf,'-1+1," in path.read_bytes().replace(b"\r", b"")
        report = LibraryReport()
        rows = read_table(path, report)
        assert [row["file"] for row in rows] == ["=cmd.pdf", "b.pdf"]
        assert {column: rows[0][column] for column in row.cells} == row.cells
        assert not report.notes
        assert is_table(path)

    def test_takes_the_place_of_nothing(self, tmp_path):
        (tmp_path / "report.csv").write_text("kept")
        with report_file(tmp_path / "report.csv") as (path, record):
            record(Item(name="a.pdf"))
        assert (path.name, (tmp_path / "report.csv").read_text()) == ("report-2.csv", "kept")

    def test_is_not_left_behind_without_a_line(self, tmp_path):
        with report_file(tmp_path / "report.csv"):
            pass
        assert list(tmp_path.iterdir()) == []

    def test_that_cannot_be_written_is_said_first(self, tmp_path):
        with pytest.raises(CannotImport, match="cannot be written"), report_file(tmp_path / "none" / "r.csv"):
            pass
