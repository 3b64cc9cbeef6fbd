"""What is found in Office documents and plain text, also in those that were made to hurt."""

import datetime
import io
import struct
import time

import pytest
from docx.oxml import OxmlElement
from PIL import Image

from files.examining import examine
from files.kinds import KINDS
from files.receiving import check_upload
from files.refusals import Damaged, HasMacros, Refused, TooLarge, WrongContent
from tests.files import made

MB = 1024 * 1024
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOMB = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/hostname">]>'


@pytest.fixture
def found(tmp_path):
    """Return a function that examines the bytes of a file of some kind."""

    def examined(content, extension):
        path = tmp_path / "stored"
        path.write_bytes(content)
        return examine(path, name=f"a.{extension}")

    return examined


def texts(findings):
    """Return what was found by its place."""
    return {passage.place: passage.text for passage in findings.passages}


def png() -> io.BytesIO:
    """A picture."""
    file = io.BytesIO()
    Image.new("L", (9, 9)).save(file, "PNG")
    file.seek(0)
    return file


class TestEveryKind:
    @pytest.mark.parametrize("extension", KINDS)
    def test_is_read(self, found, extension):
        findings = found(made.valid()[extension], extension)
        assert findings.media_type == KINDS[extension].media_type
        assert findings.passages
        assert (findings.is_tagged is None) == (extension != "pdf")
        assert bool(findings.preview) == (extension == "pdf")
        assert "\x00" not in repr(findings.as_json())

    def test_has_the_pages_that_a_program_counted_and_none_that_a_template_brought(self, found):
        content = made.valid()["docx"]
        said = made.member(content, "docProps/app.xml")
        counted = made.rezipped(content, {"docProps/app.xml": said.replace(b"<Words>0<", b"<Words>9<")})
        assert (found(content, "docx").pages, found(counted, "docx").pages) == (None, 1)

    def test_has_its_words_title_and_language(self, found):
        heard = {extension: found(content, extension) for extension, content in made.valid().items()}
        assert {extension: texts(findings) for extension, findings in heard.items() if extension != "pdf"} == {
            "docx": {"Referral": "Referral Ring us."},
            "xlsx": {"sheet Costs": "Placement Pounds Foster care 1200.5"},
            "pptx": {"slide 1": "Neglect What to look for"},
            "odt": {"Referral": "Referral Ring us."},
            "ods": {"sheet Costs": "Foster care"},
            "odp": {"slide 1": "Neglect"},
            "rtf": {"": "Children’s services Second line"},
            "txt": {"": "Children’s services Ring us."},
            "csv": {"": "Name,Phone Duty desk,01632 960000"},
        }
        titles = ["Thresholds", "Referral form", "", "Training", "Policy", "Policy", "Policy", "Early help", "", ""]
        assert [findings.title for findings in heard.values()] == titles
        languages = ["", "en-US", "", "en-GB", "en-GB", "en-GB", "en-GB", "en-GB", "", ""]
        assert [findings.language for findings in heard.values()] == languages
        pages = [2, None, None, 1, 7, None, 1, None, None, None]
        assert [findings.pages for findings in heard.values()] == pages

    @pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
    @pytest.mark.parametrize("doctype", [BOMB, OUTSIDE], ids=["bomb", "outside"])
    def test_is_refused_with_entities_in_any_part(self, found, extension, doctype):
        begun = time.process_time()
        content, parts = made.valid()[extension], 0
        for name in ("word/document.xml", "word/styles.xml", "docProps/core.xml", "xl/workbook.xml", "meta.xml"):
            parts += self.is_refused(found, content, extension, name, doctype)
        for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "ppt/slides/slide1.xml", "content.xml"):
            parts += self.is_refused(found, content, extension, name, doctype)
        assert parts >= 2
        assert time.process_time() - begun < 5

    def is_refused(self, found, content, extension, name, doctype) -> bool:
        try:
            part = made.member(content, name).decode()
        except KeyError:
            return False
        begin = part.index("<", part.index("?>") if part.startswith("<?xml") else 0)
        changed = part[:begin] + doctype + part[begin:].replace("</", "&a11;</", 1)
        with pytest.raises(Damaged):
            found(made.rezipped(content, {name: changed}), extension)
        return True

    @pytest.mark.parametrize(
        ("extension", "name"),
        [("docx", "word/document.xml"), ("xlsx", "xl/worksheets/sheet1.xml"), ("pptx", "ppt/slides/slide1.xml"),
         ("odt", "content.xml"), ("odt", "meta.xml"), ("docx", "docProps/app.xml")],
    )  # fmt: skip
    def test_is_refused_when_a_part_unpacks_to_a_mountain(self, found, extension, name):
        content = made.rezipped(made.valid()[extension], {name: "<x>" + " " * 40 * MB + "</x>"})
        assert len(content) < MB
        with pytest.raises(TooLarge, match="far larger"):
            found(content, extension)

    @pytest.mark.parametrize("extension", ["docx", "odt"])
    def test_is_refused_when_a_part_claims_little_and_holds_much(self, found, extension):
        name = {"docx": "word/document.xml", "odt": "content.xml"}[extension]
        content = bytearray(made.rezipped(made.valid()[extension], {name: "<x>" + " " * 40 * MB + "</x>"}))
        place = content.rindex(name.encode()) - 46
        assert content[place : place + 4] == b"PK\x01\x02"
        struct.pack_into("<I", content, place + 24, 100)
        with pytest.raises(Damaged):
            found(bytes(content), extension)

    @pytest.mark.parametrize("extension", ["docx", "pptx", "odt"])
    def test_does_not_read_more_words_than_are_kept(self, found, extension, monkeypatch):
        monkeypatch.setattr("files.words.MOST_CHARACTERS", 10)
        findings = found(made.valid()[extension], extension)
        assert sum(len(passage.text) for passage in findings.passages) <= 10
        assert ("partly_read" in findings.faults) == (extension != "pdf")


class TestAWordDocument:
    def test_has_its_words_under_their_headings(self, found):
        content = made.word(
            "Before.", ("Who to ring", "Heading 1"), "The duty desk.", "At night.", ("When", "Heading 2")
        )
        assert [(p.place, p.text) for p in found(content, "docx").passages] == [
            ("", "Before."),
            ("Who to ring", "Who to ring The duty desk. At night."),
            ("When", "When"),
        ]

    def test_has_long_words_of_one_place_in_several_pieces_without_losing_any(self, found):
        content = made.word(*["Safeguarding is for all. " * 400] * 9, "word " * 30_000)
        passages = found(content, "docx").passages
        assert all(0 < len(passage.text) <= 20_000 for passage in passages)
        words = " ".join(passage.text for passage in passages).split()
        assert (words.count("Safeguarding"), words.count("word")) == (3600, 30_000)

    def test_without_headings_is_reported_when_it_is_long(self, found):
        assert "no_headings" in found(made.word("Words. " * 600), "docx").faults
        assert "no_headings" not in found(made.word("Words. " * 60), "docx").faults
        assert "no_headings" not in found(made.word(("A", "Heading 2"), "Words. " * 600), "docx").faults

    def test_without_a_title_or_words_is_reported(self, found):
        faults = found(made.word("", title=""), "docx").faults
        assert {"no_title", "no_text"} <= set(faults)

    def test_with_a_picture_is_reported_unless_that_is_described(self, found):
        def undescribed(document):
            document.add_picture(png())

        def described(document):
            document.add_picture(png())
            document.inline_shapes[0]._inline.docPr.set("descr", "A ladder of help")

        assert "undescribed_pictures" in found(made.word(build=undescribed), "docx").faults
        assert "undescribed_pictures" not in found(made.word(build=described), "docx").faults

    def test_with_a_table_is_reported_unless_that_has_a_header(self, found):
        def table(document, *, rows=2, header=False):
            row = document.add_table(rows, 2).rows[0]
            if header:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

        def faults(**how):
            return found(made.word(build=lambda document: table(document, **how)), "docx").faults

        assert "table_without_header" in faults()
        assert "table_without_header" not in faults(header=True)
        assert "table_without_header" not in faults(rows=1)

    @pytest.mark.parametrize(
        "change",
        ["<w:ins><w:r><w:t>New</w:t></w:r></w:ins>", "<w:del><w:r><w:delText>Old secret</w:delText></w:r></w:del>"],
    )
    def test_with_tracked_changes_is_reported_and_shows_its_newest_words(self, found, change):
        content = made.word("Here.")
        body = made.member(content, "word/document.xml").decode().replace("<w:r>", f"{change}<w:r>", 1)
        findings = found(made.rezipped(content, {"word/document.xml": body}), "docx")
        assert "tracked_changes" in findings.faults
        assert "secret" not in findings.passages[0].text
        assert ("New" in findings.passages[0].text) == ("New" in change)

    def test_with_text_boxes_has_their_words_once(self, found):
        box = (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
            "{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
        )
        box = box.format("<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>")
        content = made.word("Here.")
        body = made.member(content, "word/document.xml").decode().replace("<w:r>", f"<w:r>{box}", 1)
        text = found(made.rezipped(content, {"word/document.xml": body}), "docx").passages[0].text
        assert sorted(text.split()) == ["Here.", "In", "a", "box"]

    def test_nested_a_hundred_thousand_deep_is_read_or_refused(self, found):
        body = f"<w:document {W}>{'<w:p>' * 100_000}<w:r><w:t>Deep</w:t></w:r>{'</w:p>' * 100_000}</w:document>"
        content = made.rezipped(made.valid()["docx"], {"word/document.xml": body})
        assert "Deep" in found(content, "docx").passages[0].text


class TestASpreadsheet:
    def test_has_its_words_sheet_by_sheet_as_people_read_them(self, found):
        def build(book):
            sheet = book.create_sheet("Dates & more")
            sheet.append(
                [datetime.date(2026, 3, 4), datetime.datetime(2026, 3, 4, 9, 30), 0.1 + 0.2, 7, True, None, "=1+1"]
            )

        assert (
            texts(found(made.sheets(build), "xlsx"))["sheet Dates & more"] == "2026-03-04 2026-03-04 09:30 0.3 7 True"
        )

    def test_has_the_words_that_excel_keeps_in_a_part_of_their_own(self, found):
        row = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
        content = made.shared_strings("<si><t>One</t></si><si><r><t>Tw</t></r><r><t>o</t></r></si>", sheet=row)
        assert texts(found(content, "xlsx")) == {"sheet Costs": "Two One"}

    def test_with_merged_cells_or_hidden_sheets_is_reported(self, found):
        def build(book):
            book.active.merge_cells("A1:B1")
            hidden = book.create_sheet("Names")
            hidden.append(["Secret"])
            hidden.sheet_state = "veryHidden"

        findings = found(made.sheets(build), "xlsx")
        assert set(findings.faults) == {"merged_cells", "hidden_sheets"}
        assert "Secret" not in repr(findings.passages)
        assert found(made.sheets(), "xlsx").faults == ()

    def test_that_claims_all_cells_there_can_be_is_read_at_once(self, found):
        content = made.sheets()
        sheet = made.member(content, "xl/worksheets/sheet1.xml")
        sheet = sheet.replace(b"A1:B2", b"A1:XFD1048576")
        last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        begun = time.process_time()
        findings = found(
            made.rezipped(content, {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", last)}), "xlsx"
        )
        assert texts(findings) == {"sheet Costs": "Placement Pounds Foster care 1200.5"}
        assert "partly_read" in findings.faults
        assert time.process_time() - begun < 5

    def test_whose_sheet_is_called_something_else_is_still_guarded(self, found):
        content = made.sheets()
        names = {"xl/_rels/workbook.xml.rels": b"worksheets/sheet1.xml"}
        parts = {name: made.member(content, name).replace(old, b"media/x.png") for name, old in names.items()}
        sheet = made.member(content, "xl/worksheets/sheet1.xml").decode()
        parts["xl/media/x.png"] = BOMB + sheet.replace("</", "&a11;</", 1)
        with pytest.raises(Damaged):
            found(made.rezipped(content, parts), "xlsx")


class TestAPresentation:
    def test_has_its_words_in_the_order_of_its_slides(self, found):
        content = made.slides(
            made.slide(made.shape("One", kind="ctrTitle")),
            made.slide(made.shape("Two", kind="title"), made.shape("x")),
        )
        findings = found(content, "pptx")
        assert [(p.page, p.place, p.text) for p in findings.passages] == [
            (1, "slide 1", "One"),
            (2, "slide 2", "Two x"),
        ]
        assert (findings.pages, findings.faults) == (2, ())

    def test_with_slides_without_a_title_is_reported(self, found):
        for bad in (made.shape("x"), made.shape(" ", kind="title"), ""):
            content = made.slides(made.slide(made.shape("One", kind="title")), made.slide(bad))
            assert "untitled_slides" in found(content, "pptx").faults

    def test_with_a_picture_is_reported_unless_that_is_described(self, found):
        title = made.shape("One", kind="title")
        bare = made.slides(made.slide(title, made.slide_picture(description=" ")))
        described = made.slides(made.slide(title, made.slide_picture(description="A ladder")))
        assert "undescribed_pictures" in found(bare, "pptx").faults
        assert "undescribed_pictures" not in found(described, "pptx").faults

    def test_that_lacks_a_slide_is_refused(self, found):
        with pytest.raises(Damaged):
            found(made.rezipped(made.slides(), {}, without=["ppt/slides/slide1.xml"]), "pptx")


class TestAnOpenDocument:
    def test_with_pictures_is_reported_unless_they_are_described(self, found):
        frame = "<text:p><draw:frame><draw:image/>{}</draw:frame></text:p>"
        assert "undescribed_pictures" in found(made.open_document("odt", frame.format("")), "odt").faults
        described = frame.format("<svg:desc>A ladder</svg:desc>")
        assert "undescribed_pictures" not in found(made.open_document("odt", described), "odt").faults

    def test_leaves_out_comments_and_what_was_deleted(self, found):
        body = (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>Old secret</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>New<office:annotation><text:p>A secret</text:p>"
            "</office:annotation><text:s/>words</text:p>"
        )
        findings = found(made.open_document("odt", body), "odt")
        assert findings.passages[0].text == "New words"
        assert "tracked_changes" in findings.faults

    def test_with_slides_without_titles_or_merged_cells_is_reported(self, found):
        slides = "<draw:page><draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></draw:page>"
        assert "untitled_slides" in found(made.open_document("odp", slides), "odp").faults
        cells = '<table:table table:name="A"><table:table-row><table:table-cell table:number-columns-spanned="2"/>'
        cells += "</table:table-row></table:table>"
        assert "merged_cells" in found(made.open_document("ods", cells), "ods").faults

    def test_that_claims_millions_of_repeated_cells_is_read_at_once(self, found):
        cells = (
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384"><text:p>Once</text:p></table:table-cell></table:table-row></table:table>'
        )
        assert texts(found(made.open_document("ods", cells), "ods")) == {"sheet A": "Once"}

    def test_that_calls_macros_is_refused(self, found):
        body = '<text:p><script:event-listener xlink:href="vnd.sun.star.script:x$y?location=share"/></text:p>'
        with pytest.raises(HasMacros):
            found(made.open_document("odt", body), "odt")


class TestRichText:
    def test_has_its_words_without_its_pictures(self, found):
        picture = b"{\\pict\\pngblip " + b"0123456789abcdef\n" * 400_000 + b"}"
        begun = time.process_time()
        findings = found(made.RTF.replace(b"\\par Second", picture + b"\\par Second"), "rtf")
        assert texts(findings) == {"": "Children’s services Second line"}
        assert time.process_time() - begun < 3

    def test_that_is_too_long_is_refused(self, found):
        with pytest.raises(TooLarge):
            found(b"{\\rtf1 " + b"many words " * 1_600_000 + b"}", "rtf")

    def test_with_many_links_that_never_end_is_read_at_once(self, found):
        begun = time.process_time()
        found(b"{\\rtf1 " + b"{\\field{\\*\\fldinst{ HYPERLINK " * 20_000 + b"}", "rtf")
        assert time.process_time() - begun < 5

    def test_keeps_where_a_link_leads(self, found):
        link = b'{\\field{\\*\\fldinst{HYPERLINK "https://board.example/"}}{\\fldrslt{\\ul the board}}}'
        assert "the board" in found(made.RTF.replace(b"Second line", link), "rtf").passages[0].text

    def test_without_an_end_is_read(self, found):
        assert "Second" in found(made.RTF[:-5], "rtf").passages[0].text


class TestPlainText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    def test_is_read_in_any_encoding(self, found, encoding):
        assert found("It’s naïve – £5\r\n".encode(encoding), "txt").passages[0].text == "It’s naïve – £5"

    def test_loses_what_nobody_sees_and_what_the_database_refuses(self, found):
        text = "sa\u00adfe\u200b \x0c a\x1a" + "x" * 400 + "\ufb01 \ufdd0\u202eabc 👩‍👧"
        assert found(text.encode(), "txt").passages[0].text == "safe a" + "x" * 400 + "fi abc 👩‍👧"

    def test_that_turns_into_something_else_after_its_head_is_refused(self, found):
        with pytest.raises(WrongContent):
            found(b"words " * 20_000 + bytes(range(256)) * 4000, "txt")

    def test_longer_than_what_is_kept_is_reported(self, found):
        findings = found(b"word " * 2_000_000, "csv")
        assert 1_900_000 < sum(len(passage.text) for passage in findings.passages) <= 2_000_000
        assert findings.faults == ("partly_read",)


def test_every_refusal_is_a_sentence_for_people():
    for content in (made.valid()["docx"], b"", b"x"):
        with pytest.raises(Refused, match=r"^[A-Z][^{}<>]+\.$"):
            check_upload(io.BytesIO(content), name="a.pdf", most_bytes=10**9)
