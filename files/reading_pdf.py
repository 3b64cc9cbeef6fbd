"""PDFs, read by PDFium as browsers read them: words by page, tags, a picture of the first page."""

import io
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from files.findings import MOST_PREVIEW, Findings
from files.kinds import KINDS, kind_of
from files.refusals import Damaged, HasMacros, Protected, WrongContent
from files.words import Words, language_from, title_from

KIND = KINDS["pdf"]
# Copying, and reading aloud: PDF 1.7, table 22, bits 5 and 10.
MAY_COPY, MAY_READ_ALOUD = 1 << 4, 1 << 9
WIDTH, MOST_HEIGHT = 480, 960
QUALITIES = (70, 40, 10)
# The least that has letters in it. Without a table of its objects, as PDFium finds them by itself.
SMALLEST = b"""%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>
endobj
4 0 obj
<</Length 21>>stream
BT /F 9 Tf (a) Tj ET\n
endstream
endobj
5 0 obj
<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>
endobj
trailer
<</Root 1 0 R>>
"""
LAUNCHES, SCRIPTS = b"/S/Launch", b"/S/JavaScript"


def read_pdf(path: Path) -> Findings:
    """Return what is in a PDF, without its preview. Raises Protected, Damaged, HasMacros or WrongContent."""
    with _opened(path) as pdf:
        _refuse_attachments(pdf)
        actions = _actions(pdf)
        if LAUNCHES in actions:
            raise HasMacros(
                "This PDF starts programs on readers’ computers. Make it again from the original, without such links."
            )
        words = _words(pdf)
        title, language = title_from(pdf.get_metadata_value("Title")), language_from(_language(pdf))
        faults = {
            "untagged": not pdf.is_tagged(),
            "no_title": not title,
            "no_language": not language,
            "no_text": not words.passages,
            "copy_protected": _is_copy_protected(pdf),
            "script": SCRIPTS in actions,
            "adobe_form": pdf.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND),
            "partly_read": words.is_cut,
        }
        return Findings(
            media_type=KIND.media_type,
            pages=len(pdf),
            language=language,
            title=title,
            is_tagged=pdf.is_tagged(),
            passages=tuple(words.passages),
            faults=tuple(code for code, is_so in faults.items() if is_so),
        )


def preview_of_pdf(path: Path) -> bytes:
    """Return a picture of the first page: WebP, at most 480 by 960 pixels and MOST_PREVIEW bytes; b"" without one."""
    with _opened(path) as pdf:
        page = pdf[0]
        width, height = page.get_size()
        if min(width, height) <= 0:
            return b""
        picture = page.render(scale=min(WIDTH / width, MOST_HEIGHT / height)).to_pil().convert("RGB")
        # Pixels are counted up.
        picture.thumbnail((WIDTH, MOST_HEIGHT))
        return _packed(picture)


def warm_up():
    """Have PDFium look through the fonts of the machine, and Pillow load its formats: a tenth of a second, once."""
    with pypdfium2.PdfDocument(SMALLEST) as pdf:
        _packed(pdf[0].render().to_pil())


def _packed(picture: Image.Image) -> bytes:
    """Return a picture as WebP in at most MOST_PREVIEW bytes: less exact first, then smaller."""
    for reduction in (1, 2, 4):
        reduced = picture.reduce(reduction)
        for quality in QUALITIES:
            file = io.BytesIO()
            reduced.save(file, "WEBP", quality=quality)
            if len(file.getvalue()) <= MOST_PREVIEW:
                return file.getvalue()
    return b""


def _opened(path: Path) -> pypdfium2.PdfDocument:
    # PDFium remembers its last error; for a document without pages it would name that of the file before.
    with suppress(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(b"no PDF")
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Protected if error.err_code == pdfium.FPDF_ERR_PASSWORD else Damaged(KIND.label) from None
    if not len(pdf):
        pdf.close()
        raise Damaged(KIND.label)
    return pdf


def _words(pdf: pypdfium2.PdfDocument) -> Words:
    words = Words()
    for number in range(len(pdf)):
        if words.are_full:
            words.is_cut = True
            break
        try:
            page = pdf[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            # Of files that were cut off, and of those that claim more pages than they have.
            raise Damaged(KIND.label) from None
        words.add(text.get_text_range(), page=number + 1, place=f"page {number + 1}")
        text.close()
        page.close()
    return words


def _language(pdf: pypdfium2.PdfDocument) -> str:
    length = pdfium.FPDFCatalog_GetLanguage(pdf, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (length // 2 + 1))()
    pdfium.FPDFCatalog_GetLanguage(pdf, buffer, length)
    return bytes(buffer)[:length].decode("utf-16-le", errors="replace").strip("\x00")


def _is_copy_protected(pdf: pypdfium2.PdfDocument) -> bool:
    if pdfium.FPDF_GetSecurityHandlerRevision(pdf) < 0:
        return False
    may = pdfium.FPDF_GetDocPermissions(pdf)
    return not (may & MAY_COPY and may & MAY_READ_ALOUD)


def _refuse_attachments(pdf: pypdfium2.PdfDocument):
    """Refuse a PDF that carries a file of a kind that we would not take by itself."""
    for number in range(pdf.count_attachments()):
        if kind_of(pdf.get_attachment(number).get_name()) is None:
            raise WrongContent(
                "This PDF has a file attached to it that we do not take. Remove the attachment, and save the PDF again."
            )


def _actions(pdf: pypdfium2.PdfDocument) -> set[bytes]:
    """Return which of LAUNCHES and SCRIPTS are anywhere in the file.

    As written in the file they may be packed, encrypted or spelled otherwise; PDFium writes them out plainly. Scripts
    are only reported: every form made in Acrobat with a date in it has one, and readers run them locked up or never.
    Starting a program has no place in a document.
    """
    found = _Sought(LAUNCHES, SCRIPTS)
    try:
        pdf.save(found, flags=pdfium.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError:
        raise Damaged(KIND.label) from None
    return found.found


class _Sought:
    """Takes what is written to it, keeps nothing, and remembers which marks it saw."""

    def __init__(self, *marks: bytes):
        self._marks, self._end, self.found = marks, b"", set()

    def write(self, data):
        """Look at a piece, together with the end of the one before."""
        seen = self._end + bytes(data)
        self.found |= {mark for mark in self._marks if mark in seen}
        self._end = seen[-max(map(len, self._marks)) :]
