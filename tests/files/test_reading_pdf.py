"""What is found in PDFs, also in those that were made to hurt."""

import io
import os
import struct
import time
import zlib
from contextlib import suppress

import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from files import reading_pdf
from files.examining import examine
from files.findings import MOST_PREVIEW
from files.refusals import Damaged, HasMacros, Protected, Refused, WrongContent
from procedures.pdf import is_switched_on
from tests.files import made


@pytest.fixture
def found(tmp_path):
    """Return a function that examines the bytes of a PDF."""

    def examined(content):
        path = tmp_path / "stored"
        path.write_bytes(content)
        return examine(path, name="a.pdf")

    return examined


def rewritten(content=None, *, change=None, **protection) -> bytes:
    """A PDF written again by pypdf, with something changed in it or protected."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content or made.pdf("Words on a page")))
    if change:
        change(writer)
    if protection:
        writer.encrypt(**protection)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def opening_with(kind: str, **entries):
    """Return a change that has a PDF do something when it is opened."""

    def change(writer):
        action = DictionaryObject({NameObject("/S"): NameObject(kind)})
        action.update({NameObject(f"/{key}"): TextStringObject(value) for key, value in entries.items()})
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return change


class TestWords:
    def test_are_found_page_by_page(self, found):
        findings = found(made.pdf("First page", "", "Third page"))
        assert findings.pages == 3
        assert [(p.page, p.place, p.text) for p in findings.passages] == [
            (1, "page 1", "First page"),
            (3, "page 3", "Third page"),
        ]
        assert findings.media_type == "application/pdf"

    def test_of_5000_pages_are_all_found(self, found):
        begun = time.process_time()
        findings = found(made.pdf(*(f"Number {number}" for number in range(5000))))
        assert (findings.pages, len(findings.passages)) == (5000, 5000)
        assert findings.passages[-1].text == "Number 4999"
        assert time.process_time() - begun < 20

    def test_end_where_enough_is_kept(self, found, monkeypatch):
        monkeypatch.setattr("files.words.MOST_CHARACTERS", 30)
        findings = found(made.pdf(*(["Ten letters"] * 9)))
        assert sum(len(passage.text) for passage in findings.passages) == 30
        assert "partly_read" in findings.faults
        assert findings.pages == 9

    def test_that_are_missing_are_noticed(self, found):
        assert "no_text" in found(made.pdf("", picture=made.picture_of(50))).faults
        assert "no_text" not in found(made.pdf("Words")).faults


class TestWhatHelpsAScreenReader:
    def test_is_found(self, found):
        catalogue = b"/MarkInfo<</Marked true>>/Lang(en-gb)"
        findings = found(made.pdf("x", catalogue=catalogue, title="Thresholds for help"))
        assert (findings.is_tagged, findings.language, findings.title) == (True, "en-GB", "Thresholds for help")
        assert findings.faults == ()

    def test_is_missed(self, found):
        findings = found(made.pdf("x"))
        assert (findings.is_tagged, findings.language, findings.title) == (False, "", "")
        assert findings.faults == ("untagged", "no_title", "no_language")

    @pytest.mark.parametrize(
        "title", ["Microsoft Word - plan.docx", "plan.indd", "Untitled", "Document1", "  ", "x.pdf"]
    )
    def test_is_not_a_title_that_a_program_left(self, found, title):
        assert "no_title" in found(made.pdf("x", title=title)).faults

    @pytest.mark.pdf
    @pytest.mark.skipif(not is_switched_on(), reason="WeasyPrint or Pango is not installed")
    def test_is_found_in_what_this_site_makes(self, found):
        from weasyprint import HTML

        html = '<html lang="en-GB"><title>Neglect</title><h1>Neglect</h1><p>What to look for: efficient help.'
        findings = found(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))
        assert (findings.is_tagged, findings.language, findings.title) == (True, "en-GB", "Neglect")
        assert "efficient help" in findings.passages[0].text
        assert findings.faults == ()


class TestAProtectedPdf:
    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
    def test_is_refused_when_it_needs_a_password(self, found, algorithm):
        with pytest.raises(Protected, match="password"):
            found(rewritten(user_password="secret", algorithm=algorithm))

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
    def test_is_read_and_reported_when_only_copying_is_forbidden(self, found, algorithm):
        permissions = pypdf.constants.UserAccessPermissions.PRINT
        content = rewritten(user_password="", owner_password="x", algorithm=algorithm, permissions_flag=permissions)
        findings = found(content)
        assert "copy_protected" in findings.faults
        assert findings.passages[0].text == "Words on a page"

    def test_is_not_reported_when_everything_is_allowed(self, found):
        assert "copy_protected" not in found(rewritten(user_password="", owner_password="x")).faults


class TestAPdfThatDoesSomething:
    LAUNCH = staticmethod(opening_with("/Launch", F="cmd.exe"))

    def test_is_refused_when_it_starts_a_program(self, found):
        with pytest.raises(HasMacros, match="starts programs"):
            found(rewritten(change=self.LAUNCH))

    def test_is_refused_however_it_is_spelled(self, found):
        content = rewritten(change=self.LAUNCH)
        assert b"/Launch" in content
        with pytest.raises(HasMacros):
            # pypdf writes offsets that are off by two then; PDFium looks for the objects itself.
            found(content.replace(b"/Launch", b"/L#61unch"))

    def test_is_refused_when_that_is_encrypted(self, found):
        content = rewritten(change=self.LAUNCH, user_password="", owner_password="x", algorithm="AES-256")
        assert b"cmd.exe" not in content
        with pytest.raises(HasMacros):
            found(content)

    def test_is_refused_when_that_is_packed(self, found):
        packed = _packed_in_object_stream(b"<</S/Launch/F(cmd.exe)>>")
        assert b"Launch" not in packed
        with pytest.raises(HasMacros):
            found(packed)

    def test_is_reported_when_it_holds_scripts(self, found):
        findings = found(rewritten(change=opening_with("/JavaScript", JS="app.alert(1)")))
        assert "script" in findings.faults

    def test_is_not_reported_when_words_in_it_are_about_that(self, found):
        assert "script" not in found(made.pdf("How JavaScript and Launch are used")).faults

    @pytest.mark.parametrize("name", ["virus.exe", "form.docm", "page.html", "nothing"])
    def test_is_refused_with_a_file_attached_that_we_do_not_take(self, found, name):
        with pytest.raises(WrongContent, match="attached"):
            found(rewritten(change=lambda writer: writer.add_attachment(name, b"x")))

    def test_is_taken_with_its_original_attached(self, found):
        assert found(rewritten(change=lambda writer: writer.add_attachment("original.odt", b"x"))).pages == 1


def _packed_in_object_stream(action: bytes) -> bytes:
    """A PDF of today's form: catalogue, pages and an action in a packed stream, and a table that is a stream too."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: action,
    }
    offsets, body = [], b""
    for number, data in objects.items():
        offsets.append(b"%d %d" % (number, len(body)))
        body += data + b" "
    head = b" ".join(offsets) + b" "
    entries = b"/Type/ObjStm/N 4/First %d/Filter/FlateDecode" % len(head)
    out = b"%PDF-1.7\n"
    first = len(out)
    out += b"5 0 obj\n" + made.stream(zlib.compress(head + body), entries) + b"\nendobj\n"
    second = len(out)
    rows = [(0, 0, 65535), *((2, 5, index) for index in range(4)), (1, first, 0), (1, second, 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    out += b"6 0 obj\n" + made.stream(table, b"/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Filter/FlateDecode")
    return out + b"\nendobj\nstartxref\n%d\n%%%%EOF" % second


class TestADamagedPdf:
    def test_is_refused_wherever_it_is_cut(self, found):
        content = made.pdf(*(f"Page {number}" for number in range(30)))
        for cut in range(10, len(content) - 10, len(content) // 40):
            with pytest.raises(Damaged):
                found(content[:cut])

    def test_is_refused_when_its_middle_is_missing(self, found):
        content = made.pdf(*(f"Page {number}" for number in range(30)))
        with pytest.raises(Damaged):
            found(content[:1200] + content[-3000:])

    def test_is_refused_without_pages(self, found):
        with pytest.raises(Damaged):
            found(made.pdf())

    @pytest.mark.parametrize("claimed", [2, 5000, 2_000_000_000, -1])
    def test_that_claims_other_pages_than_it_has_is_read_or_refused_at_once(self, found, claimed):
        begun = time.monotonic()
        with suppress(Refused):
            assert found(made.pdf("Only one", pages_claimed=claimed)).passages[0].text == "Only one"
        assert time.monotonic() - begun < 5

    def test_that_claims_two_gigabytes_for_a_stream_is_read_or_refused(self, found):
        content = made.pdf("Only one")
        place = content.rindex(b"/Length ")
        claimed = content[:place] + b"/Length 2147483648" + content[content.index(b">>", place) :]
        with suppress(Refused):
            assert found(claimed).pages == 1


class TestThePreview:
    def opened(self, preview):
        assert len(preview) <= MOST_PREVIEW
        picture = Image.open(io.BytesIO(preview))
        assert picture.format == "WEBP"
        return picture

    def test_is_a_small_picture_of_the_first_page(self, found):
        picture = self.opened(found(made.pdf("Words", "x")).preview)
        assert picture.size == (480, 680)
        low, high = picture.convert("L").getextrema()
        assert low < 100
        assert high == 255

    @pytest.mark.parametrize("size", [(200_000, 200_000), (200_000, 3), (3, 200_000), (1, 1), (2_000_000_000, 7)])
    def test_of_a_page_of_enormous_size_is_small_too(self, found, size):
        findings = found(made.pdf("Words", size=size))
        if findings.preview:
            width, height = self.opened(findings.preview).size
            assert 1 <= width <= 480
            assert 1 <= height <= 960

    @pytest.mark.parametrize("size", [(0, 0), (-5, 9), (0, 100)])
    def test_of_a_page_without_a_size_does_not_hurt(self, found, size):
        assert found(made.pdf("Words", size=size)).pages == 1

    def test_of_a_page_with_a_huge_picture_is_small_too(self, found):
        content = made.pdf("Words", picture=made.picture_of(6000))
        assert len(content) < 500_000
        self.opened(found(content).preview)

    def test_that_cannot_be_made_is_left_out(self, found, monkeypatch):
        monkeypatch.setattr(reading_pdf.pypdfium2.PdfPage, "render", lambda *args, **kwargs: 1 / 0)
        findings = found(made.pdf("Words"))
        assert findings.preview == b""
        assert findings.passages

    def test_is_made_worse_until_it_is_small_enough(self, found):
        noise = made.stream(
            os.urandom(480 * 680 * 3),
            b"/Type/XObject/Subtype/Image/Width 480/Height 680/ColorSpace/DeviceRGB/BitsPerComponent 8",
        )
        self.opened(found(made.pdf("", picture=noise)).preview)
