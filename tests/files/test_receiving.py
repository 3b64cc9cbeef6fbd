"""The quick check as a file arrives: what it is, and a sentence when it may not be here."""

import io
import struct
import zipfile

import pytest
from PIL import Image

from files.kinds import KINDS
from files.receiving import check_upload
from files.refusals import Damaged, Empty, HasMacros, NotAllowed, Protected, Refused, TooLarge, WrongContent
from tests.files import made

MB = 1024 * 1024
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


def check(name, content, *, most_bytes=20 * MB):
    """Check a file, and that it could be read again from its beginning afterwards."""
    file = io.BytesIO(content)
    file.seek(min(3, len(content)))
    try:
        return check_upload(file, name=name, most_bytes=most_bytes)
    finally:
        assert file.tell() == 0


def png() -> bytes:
    """A picture."""
    file = io.BytesIO()
    Image.new("L", (9, 9)).save(file, "PNG")
    return file.getvalue()


def content_types(**types) -> dict:
    """The part of a Word document that says what its parts are, with other types in it."""
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    main = made.member(made.valid()["docx"], "[Content_Types].xml").decode()
    return {"[Content_Types].xml": main.replace("</Types>", f"{overrides}</Types>")}


class TestAGoodFile:
    @pytest.mark.parametrize("extension", KINDS)
    def test_is_taken_by_its_kind(self, extension):
        assert check(f"Plan.{extension.upper()}", made.valid()[extension]) is KINDS[extension]

    @pytest.mark.parametrize(
        "content",
        ["It’s".encode("utf-16"), "It’s here".encode("utf-16-le"), "It’s".encode("cp1252"), "\ufeffIt’s".encode()]
        # The marks of pictures, programs, sounds and databases, which words begin with too.
        + [b"BMA guidance", b"MZ", b"GIFTS to staff", b"ID3 is a form", b"BZh", b"FWS", b"SQLite"],
    )
    def test_of_text_is_text_in_any_encoding_and_whatever_it_begins_with(self, content):
        assert check("a.txt", content).extension == "txt"

    def test_may_have_an_end_of_text_from_dos_and_a_letter_cut_by_the_look_at_its_head(self):
        assert check("a.txt", "سلامة الأطفال ".encode() * 5000 + b"\x1a")
        assert check("a.csv", b"x" + "ß".encode() * 64 * 1024)

    def test_may_be_a_pdf_with_a_byte_order_mark_and_a_line_end_too_many(self):
        assert check("a.pdf", b"\xef\xbb\xbf\r\n" + made.pdf("x") + b"\r\n\0")

    def test_may_be_a_word_document_whose_main_part_has_another_name(self):
        content = made.valid()["docx"]
        types = made.member(content, "[Content_Types].xml").replace(b"/word/document.xml", b"/word/document2.xml")
        other = {"[Content_Types].xml": types, "word/document2.xml": made.member(content, "word/document.xml")}
        assert check("a.docx", made.rezipped(content, other, without=["word/document.xml"]))

    def test_may_have_the_empty_list_of_macros_that_libreoffice_writes(self):
        content = made.rezipped(made.valid()["odt"], {"Basic/script-lc.xml": "x", "Basic/Standard/script-lb.xml": "x"})
        assert check("a.odt", content)

    def test_is_read_only_a_little(self):
        class Counting(io.BytesIO):
            was_read = 0

            def read(self, *args):
                data = super().read(*args)
                self.was_read += len(data)
                return data

        file = Counting(made.rezipped(made.valid()["docx"], {"word/media/x.png": bytes(range(256)) * 40_000}))
        check_upload(file, name="a.docx", most_bytes=20 * MB)
        assert file.was_read < 250_000


class TestAFileThatIsNotOnTheList:
    @pytest.mark.parametrize(
        "name", ["a.exe", "a.svg", "a.html", "a.doc", "a.docm", "a.zip", "a", "a.pdf.js", "", "a.png"]
    )
    def test_is_refused_with_the_list(self, name):
        with pytest.raises(NotAllowed, match=r"PDF \(.pdf\), Word \(.docx\).* or CSV \(.csv\)"):
            check(name, made.valid()["pdf"])

    def test_is_refused_when_it_is_a_drawing_with_a_script(self):
        with pytest.raises(NotAllowed):
            check("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')


class TestTheSize:
    def test_of_nothing_is_refused(self):
        for extension in KINDS:
            with pytest.raises(Empty, match="empty"):
                check(f"a.{extension}", b"")

    def test_above_what_is_allowed_is_refused_in_words(self):
        with pytest.raises(TooLarge, match="This file has 2.5 MB; we take at most 2 MB"):
            check("a.txt", b"a" * (2 * MB + MB // 2), most_bytes=2 * MB)

    def test_is_measured_and_not_believed(self):
        class Lying(io.BytesIO):
            size = 5

        with pytest.raises(TooLarge):
            check_upload(Lying(made.valid()["pdf"]), name="a.pdf", most_bytes=100)


class TestContentThatIsNotWhatTheNameSays:
    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (HTML, "a web page"),
            (b"\n\n <svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a web page"),
            (b"<!-- x --><p>Hello", "a web page"),
            (HTML.decode().encode("utf-16"), "a web page"),
            (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 9, "a program"),
            (b"\x7fELF\x02\x01\x01\x00\x00\x00" * 9, "a program"),
            (png(), "a picture"),
            (made.RTF, "a rich text document"),
            (b"Just words.", "plain text"),
            (bytes(range(256)) * 9, "something else"),
        ],
    )
    @pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.ods"])
    def test_is_named_and_refused(self, name, content, what):
        with pytest.raises(WrongContent, match=what):
            check(name, content)

    @pytest.mark.parametrize("name", ["a.txt", "a.csv"])
    @pytest.mark.parametrize(
        "content", [HTML, png(), made.RTF, b"%PDF-1.7 x", bytes(range(256)) * 9, HTML.decode().encode("utf-16")]
    )
    def test_is_refused_as_text(self, name, content):
        with pytest.raises(WrongContent):
            check(name, content)

    def test_is_refused_when_a_web_page_has_a_pdf_in_it(self):
        with pytest.raises(WrongContent, match="web page"):
            check("a.pdf", b"<html><script>alert(1)</script>" + made.pdf("x"))

    @pytest.mark.parametrize(
        ("name", "kind"),
        [("a.xlsx", "docx"), ("a.docx", "pptx"), ("a.odt", "ods"), ("a.odp", "odt"), ("a.docx", "odt")],
    )
    def test_is_refused_with_the_name_it_should_have(self, name, kind):
        with pytest.raises(WrongContent, match=rf"{KINDS[kind].named}\. Give it a name that ends in \.{kind}\."):
            check(name, made.valid()[kind])

    @pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.odt"])
    def test_is_refused_when_it_is_only_a_zip_file(self, name):
        with pytest.raises(WrongContent, match="zip file"):
            check(name, made.zipped({"holiday.jpg": b"x", "word/document.xml": "<x/>"}))

    def test_is_refused_when_it_is_a_template(self):
        types = made.member(made.valid()["docx"], "[Content_Types].xml").replace(b"document.main", b"template.main")
        with pytest.raises(WrongContent, match="template"):
            check("a.docx", made.rezipped(made.valid()["docx"], {"[Content_Types].xml": types}))

    @pytest.mark.parametrize(
        ("names", "sentence"),
        [
            (["WordDocument", "1Table"], "an old Word document .* save it as .docx"),
            (["a", "b", "c", "d", "Workbook"], "an old Excel spreadsheet"),
            (["PowerPoint Document"], "an old PowerPoint presentation"),
            (["Something"], "protected with a password, or comes from an old Office program"),
        ],
    )
    @pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
    def test_is_refused_when_it_is_of_an_old_office_program(self, name, names, sentence):
        with pytest.raises(WrongContent, match=sentence):
            check(name, made.old_office(*names, padding=3))


class TestAProtectedFile:
    @pytest.mark.parametrize("place", range(9))
    def test_of_office_is_told_wherever_its_directory_says_so(self, place):
        names = [f"Entry {number}" for number in range(place)]
        with pytest.raises(Protected, match="password"):
            check("a.docx", made.old_office(*names, "EncryptedPackage", padding=place))

    def test_of_open_document_is_told_by_its_manifest(self):
        manifest = f"<manifest:manifest {made.ODF_SPACES}><manifest:encryption-data/></manifest:manifest>"
        with pytest.raises(Protected):
            check("a.odt", made.rezipped(made.valid()["odt"], {"META-INF/manifest.xml": manifest}))

    def test_of_a_zip_program_is_told_by_its_list(self):
        content = bytearray(made.valid()["docx"])
        place = content.rfind(b"PK\x01\x02")
        content[place + 8] |= 1
        with pytest.raises(Protected):
            check("a.docx", bytes(content))

    @pytest.mark.parametrize("cut", [8, 100, 511, 512, 600, 1024, 1500])
    def test_of_office_that_is_cut_off_is_refused_too(self, cut):
        with pytest.raises(Refused):
            check("a.docx", made.old_office("EncryptedPackage")[:cut])

    @pytest.mark.parametrize("place", [30, 48, 76, 512])
    def test_whose_container_leads_nowhere_or_round_in_circles_is_refused_too(self, place):
        for number in (0, 1, 0xFFFFFFFE, 0x7FFFFFFF):
            content = bytearray(made.old_office("a", "b", "c", "d", "e"))
            struct.pack_into("<I", content, place, number)
            with pytest.raises(Refused):
                check("a.docx", bytes(content))


class TestAFileWithMacros:
    @pytest.mark.parametrize(
        "name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "x/vbaData.xml", "xl/macrosheets/s.xml"]
    )
    def test_of_office_is_told_by_its_parts(self, name):
        with pytest.raises(HasMacros, match="macros"):
            check("a.docx", made.rezipped(made.valid()["docx"], {name: b"x"}))

    @pytest.mark.parametrize(
        "kind",
        [
            "application/vnd.ms-office.vbaProject",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "application/vnd.ms-word.document.macro&#69;nabled.main+xml",
            "application/vnd.ms-excel.macrosheet+xml",
        ],
    )
    def test_of_office_is_told_by_what_it_says_of_its_parts(self, kind):
        with pytest.raises(HasMacros):
            check("a.docx", made.rezipped(made.valid()["docx"], content_types(harmless=kind)))

    def test_of_office_is_told_in_another_encoding(self):
        types = content_types(x="application/vnd.ms-office.vbaProject")["[Content_Types].xml"]
        types = types[types.index("<Types") :].encode("utf-16")
        with pytest.raises(HasMacros):
            check("a.docx", made.rezipped(made.valid()["docx"], {"[Content_Types].xml": types}))

    @pytest.mark.parametrize("name", ["Basic/Standard/Module1.xml", "Scripts/python/x.py", "basic/standard/x.xml"])
    def test_of_open_document_is_told_by_its_parts(self, name):
        with pytest.raises(HasMacros):
            check("a.ods", made.rezipped(made.valid()["ods"], {name: "x"}))


class TestADamagedFile:
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
    @pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "odt", "pdf"])
    def test_that_is_cut_off_is_refused(self, extension, share):
        content = made.valid()[extension]
        with pytest.raises(Damaged, match="damaged or cut off"):
            check(f"a.{extension}", content[: int(len(content) * share)])

    def test_is_a_pdf_cut_after_the_part_that_is_shown_first(self):
        with pytest.raises(Damaged):
            check("a.pdf", made.pdf("x").rpartition(b"startxref")[0] + b"startxref\n0\n%%EOF\n")

    def test_is_an_office_file_with_two_parts_of_one_name(self):
        with pytest.raises(Damaged):
            check("a.docx", made.rezipped(made.valid()["docx"], {"WORD/document.xml": "<x/>"}))

    def test_is_an_office_file_with_a_part_without_a_name(self):
        # zipfile raises IndexError when it is asked about one.
        name = b"docProps/app.xml"
        content = made.valid()["docx"].replace(name, b"\0" * len(name))
        with pytest.raises(Damaged):
            check("a.docx", content)

    def test_is_an_office_file_without_its_main_part(self):
        with pytest.raises(Damaged):
            check("a.docx", made.rezipped(made.valid()["docx"], {}, without=["word/document.xml"]))

    def test_is_an_office_file_packed_in_another_way(self):
        with pytest.raises(Damaged):
            check("a.docx", made.zipped({"[Content_Types].xml": "<x/>"}, method=zipfile.ZIP_LZMA))

    @pytest.mark.parametrize("doctype", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
    def test_is_an_office_file_with_a_document_type(self, doctype):
        types = content_types()["[Content_Types].xml"]
        types = types.replace("<Types", f"{doctype}<Types")
        with pytest.raises(Damaged):
            check("a.docx", made.rezipped(made.valid()["docx"], {"[Content_Types].xml": types}))


class TestAZipFileThatWouldFillTheMachine:
    def test_is_refused_for_what_it_claims(self):
        content = bytearray(made.valid()["docx"])
        place = content.rfind(b"PK\x01\x02")
        struct.pack_into("<I", content, place + 24, 2 * 1024**3)
        with pytest.raises(TooLarge, match="1 GB"):
            check("a.docx", bytes(content))

    def test_is_refused_for_its_number_of_parts(self):
        members = {f"{number}": b"" for number in range(10_001)}
        with pytest.raises(TooLarge, match="10,000 parts"):
            check("a.docx", made.zipped({"[Content_Types].xml": "<x/>"} | members))

    def test_is_refused_before_its_list_is_read_when_that_is_long(self):
        names = {f"{number:0200}": b"" for number in range(9_000)}
        with pytest.raises(Damaged):
            check("a.docx", made.zipped(names))

    def test_is_refused_when_the_part_that_is_read_is_a_bomb(self):
        bomb = "<Types>" + " " * 20 * MB + "</Types>"
        content = made.rezipped(made.valid()["docx"], {"[Content_Types].xml": bomb})
        assert len(content) < MB
        with pytest.raises(TooLarge):
            check("a.docx", content)
        with pytest.raises(TooLarge):
            check("a.odt", made.rezipped(made.valid()["odt"], {"mimetype": " " * 20 * MB}))
