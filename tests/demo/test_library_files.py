"""The files of the demonstration library as they are committed: what is in them, and that it is what is written."""

import re
from datetime import date
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from demo.content.library.papers import HEADER_ROW, Callout, Paper, Table, section
from scripts import make_library_files
from scripts.library_files import excel, pdf, word
from scripts.library_files.packing import pack, parts_of

FILES = make_library_files.FILES
PAPERS = dict(make_library_files.papers())
LARGEST, LARGEST_TOGETHER = 120_000, 700_000  # Bytes.


def of_kind(suffix: str):
    """Run a test for each file of a format."""
    found = [(path, paper) for path, paper in PAPERS.items() if path.endswith(suffix)]
    assert len(found) >= 3
    return pytest.mark.parametrize(("path", "paper"), found, ids=[path for path, _paper in found])


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@cache
def pages_of(path: str) -> list[str]:
    """Return the words of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(FILES / path).pages]


def lines_in(document) -> list[str]:
    """Return paragraphs and cells of a Word document."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


class TestTheFolder:
    def test_holds_what_the_resources_name_and_nothing_else(self):
        assert {path.name for path in FILES.iterdir()} == set(PAPERS)

    def test_stays_small(self):
        sizes = {path.name: path.stat().st_size for path in FILES.iterdir()}
        assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
        assert sum(sizes.values()) < LARGEST_TOGETHER


class TestPdfs:
    @of_kind(".pdf")
    def test_are_tagged_and_have_title_language_and_headings(self, path, paper):
        reader = PdfReader(FILES / path)
        catalogue = reader.trailer["/Root"]
        assert reader.metadata.title == paper.title
        assert catalogue["/Lang"] == {"en": "en-GB", "pl": "pl"}[paper.language]
        assert catalogue["/MarkInfo"]["/Marked"]
        assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
        assert reader.outline[0]["/Title"] == paper.title

    @of_kind(".pdf")
    def test_say_what_is_written(self, path, paper):
        said = "\n".join(pages_of(path))
        written = unescape(re.sub(r"<[^>]+>", " ", pdf.page_of(paper).partition("<body")[2].partition(">")[2]))
        assert words_of(written) - words_of(said) == set()
        # The other way round, with the words at the foot of each page: nothing is left of an older text.
        foot = "Page of Strona z"
        assert {word for word in words_of(said) - words_of(f"{written} {foot}") if not word.isdigit()} == set()

    @of_kind(".pdf")
    def test_were_made_from_these_words_with_this_sheet(self, path, paper):
        made_from = PdfReader(FILES / path).metadata[f"/{pdf.FINGERPRINT}"]
        assert made_from == pdf.fingerprint(paper), "Run make_library_files and commit the files."

    @of_kind(".pdf")
    def test_say_on_each_page_that_they_are_a_demonstration_and_how_old(self, path, paper):
        for page in pages_of(path):
            text = " ".join(page.split())
            assert paper.notice in text
            assert paper.edition in text

    @of_kind(".pdf")
    def test_have_few_pages(self, path, paper):
        assert len(pages_of(path)) <= (4 if paper.wide else 2)

    @pytest.mark.pdf
    def test_come_out_the_same_whenever_they_are_made(self, monkeypatch):
        path = "escalation-policy-on-one-page-v2.pdf"
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        one = pdf.write(PAPERS[path])
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
        assert pdf.write(PAPERS[path]) == one
        assert [page.extract_text() for page in PdfReader(BytesIO(one)).pages] == pages_of(path)


class TestWordFiles:
    @of_kind(".docx")
    def test_are_what_would_be_made_now(self, path, paper):
        assert parts_of((FILES / path).read_bytes()) == parts_of(word.write(paper))

    @of_kind(".docx")
    def test_have_title_language_headings_and_header_rows(self, path, paper):
        document = Document(FILES / path)
        styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
        assert [text for style, text in styles if style == "Heading 1"] == [paper.title]
        assert len([text for style, text in styles if style == "Heading 2"]) >= 3
        assert (document.core_properties.title, document.core_properties.language) == (paper.title, "en-GB")
        assert set(document.styles.element.xpath("//w:lang/@w:val")) == {"en-GB"}
        for table in document.tables:
            assert len(table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")) == 1
            assert table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val")[0]

    @of_kind(".docx")
    def test_say_that_they_are_a_demonstration_and_how_old(self, path, paper):
        document = Document(FILES / path)
        assert {paper.notice, paper.edition} <= set(lines_in(document))
        foot = document.sections[0].footer.paragraphs[0].text
        assert paper.notice in foot
        assert paper.edition in foot

    def test_begin_each_numbered_list_at_one(self):
        body = (section("First", "1. one\n2. two"), section("Second", "1. three\n2. four"))
        document = Document(BytesIO(word.write(Paper("Lists", "1", date(2020, 1, 1), "", body))))
        numbered = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "List Number"]
        lists = [paragraph._p.pPr.numPr.numId.val for paragraph in numbered]
        assert lists[0] == lists[1] != lists[2] == lists[3]
        numbering = document.part.numbering_part.element
        for number in set(lists):
            start = numbering.num_having_numId(number).xpath("./w:lvlOverride/w:startOverride/@w:val")
            assert start == ["1"]

    def test_keep_signs_in_headings(self):
        table = Table("Q & A", ("Q & A", "<b>"), (("one", "two"),), (50, 50))
        made = Document(BytesIO(word.write(Paper("R & D", "1", date(2020, 1, 1), "", (section("B & B", table),)))))
        assert {"R & D", "B & B", "Q & A", "<b>"} <= set(lines_in(made))

    def test_refuse_words_that_are_not_written_properly(self):
        with pytest.raises(ElementTree.ParseError):
            word.write(Paper("One", "1", date(2020, 1, 1), "<b>never closed", ()))

    def test_keep_what_is_bold(self):
        body = (Callout("Ring", "Ring <b>999</b> now."),)
        document = Document(BytesIO(word.write(Paper("Bold", "1", date(2020, 1, 1), "", body))))
        runs = document.paragraphs[-1].runs
        assert [(run.text, bool(run.bold)) for run in runs] == [("Ring ", False), ("999", True), (" now.", False)]


class TestExcelFiles:
    @of_kind(".xlsx")
    def test_are_what_would_be_made_now(self, path, paper):
        assert parts_of((FILES / path).read_bytes()) == parts_of(excel.write(paper))

    @of_kind(".xlsx")
    def test_have_a_title_and_a_header_row_on_each_sheet(self, path, paper):
        book = load_workbook(FILES / path)
        assert (book.properties.title, book.properties.language) == (paper.title, "en-GB")
        assert book.sheetnames == [sheet.name for sheet in paper.sheets]
        for page, sheet in zip(book, paper.sheets, strict=True):
            assert page["A1"].value == sheet.title
            headings = [cell.value for cell in page[HEADER_ROW]]
            assert headings == [column.heading for column in sheet.columns]
            (table,) = page.tables.values()
            assert table.headerRowCount == 1
            assert [column.name for column in table.tableColumns] == headings
            assert page.freeze_panes == f"A{HEADER_ROW + 1}"
            assert not page.merged_cells.ranges

    @of_kind(".xlsx")
    def test_say_that_they_are_a_demonstration_and_how_old(self, path, paper):
        for page in load_workbook(FILES / path):
            head = " ".join(str(page.cell(row, 1).value) for row in range(1, HEADER_ROW))
            assert paper.notice in head
            assert paper.edition in head

    def test_count_every_question_of_the_audit(self):
        book = load_workbook(FILES / "school-safeguarding-self-audit-v2.xlsx")
        counted = re.search(r"\$C\$(\d+):\$C\$(\d+)", book["Summary"].cell(HEADER_ROW + 1, 2).value).groups()
        asked = [cell.row for cell in book["Audit"]["B"] if cell.row > HEADER_ROW and cell.value]
        assert [int(row) for row in counted] == [asked[0], asked[-1]]
        (offered,) = book["Audit"].data_validations.dataValidation
        choices = offered.formula1.strip('"').split(",")
        assert choices == [book["Summary"].cell(HEADER_ROW + line, 1).value for line in range(1, len(choices) + 1)]


class TestPacking:
    def test_gives_the_same_bytes_for_the_same_parts(self):
        parts = {"b.xml": b"<b/>" * 50, "a.xml": b"<a/>"}
        packed = pack(parts, dated=date(2020, 2, 29))
        assert packed == pack(parts, dated=date(2020, 2, 29))
        assert parts_of(packed) == parts
        assert {entry.date_time[:3] for entry in ZipFile(BytesIO(packed)).infolist()} == {(2020, 2, 29)}


class TestTheScript:
    @pytest.fixture(autouse=True)
    def _in_a_folder_of_its_own(self, monkeypatch, tmp_path):
        monkeypatch.setattr(make_library_files, "FILES", tmp_path / "files")
        workbooks = {path: paper for path, paper in PAPERS.items() if path.endswith(".xlsx")}
        monkeypatch.setattr(make_library_files, "papers", lambda: iter(workbooks.items()))

    def test_writes_what_is_missing_or_broken_and_leaves_the_rest_alone(self, capsys):
        make_library_files.main()
        files = sorted(make_library_files.FILES.iterdir())
        before = {path.name: path.read_bytes() for path in files}
        files[0].write_bytes(before[files[0].name][:100])  # As it is after somebody has pulled the plug.
        capsys.readouterr()
        make_library_files.main()
        assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()[:-1]] == [
            f"demo/files/{files[0].name}"
        ]
        assert {path.name: path.read_bytes() for path in make_library_files.FILES.iterdir()} == before

    def test_removes_what_no_resource_names(self):
        make_library_files.FILES.mkdir()
        for name in ("old-v1.pdf", "README.md"):
            (make_library_files.FILES / name).write_text("Old.")
        make_library_files.main()
        assert not (make_library_files.FILES / "old-v1.pdf").exists()
        assert (make_library_files.FILES / "README.md").exists()

    def test_refuses_a_format_that_it_does_not_write(self):
        with pytest.raises(KeyError):
            make_library_files.make("one.odt", next(iter(PAPERS.values())))

    def test_names_files_that_every_computer_can_keep(self):
        for path in PAPERS:
            assert re.fullmatch(r"[a-z0-9-]+\.(pdf|docx|xlsx)", path)
            assert PurePosixPath(path).name == Path(path).name == path
