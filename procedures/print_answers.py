"""Answers with what was ordered: as a page for the printer, or as a PDF; and what is said where that cannot be."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify

from content.fetching import rendered
from pages.models import BasePage
from procedures import pdf
from procedures.contents import Contents
from procedures.printing import MOST_IN_PDF, Choice, Printout, printed

RETRY_SECONDS = 20
LONGEST_FILE_NAME = 120
# Whether a team can be reached at this moment: untrue on paper an hour later.
OPEN_STATE = re.compile(r'<span class="state[^"]*">[^<]*</span>')
OFF = "PDFs are not switched on here. Use “Print this page” and choose “Save as PDF”."
BUSY = "PDFs are being made now, perhaps yours too. Wait half a minute, then load this page again."
TOO_LONG = "This is too long for one PDF. Choose fewer chapters, or print the page and choose “Save as PDF”."
FAILED = "The PDF could not be made. We keep a record of it so that we can mend it. Print the page instead."


class CannotPrint(Exception):
    """What was asked for cannot be printed; the message tells the reader why."""

    def __init__(self, message: str, *, status: int = 400):
        super().__init__(message)
        self.status = status

    def answer(self, request, page, *, print_path: str = ""):
        """Return a plain page that says so."""
        context = {"page": page, "message": str(self), "print_path": print_path, "noindex": True}
        response = TemplateResponse(request, "procedures/print_refused.html", context, status=self.status)
        if self.status == 503:
            response["Retry-After"] = str(RETRY_SECONDS)
        return response


@dataclass(frozen=True)
class Order:
    """What a reader asked for. `is_single`: one chapter, without a cover; `file_name`: what its file is named after."""

    page: BasePage
    choice: Choice
    contents: Contents | None
    title: str
    file_name: str
    is_single: bool = False


def answer(request, order: Order, *, as_pdf: bool):
    """Answer an order with the page to print, or with the PDF or why there is none."""
    return _as_pdf(request, order) if as_pdf else _on_paper(request, order)


def _on_paper(request, order: Order):
    with printed(order.choice, contents=order.contents, today=timezone.localdate()) as printout:
        context = _context(request, order, printout)
        response = rendered(TemplateResponse(request, "procedures/print.html", context))
    response["X-Robots-Tag"] = "noindex"
    return response


def _context(request, order: Order, printout: Printout) -> dict:
    has_pdf = pdf.is_switched_on() and len(printout.chapters) <= MOST_IN_PDF
    return {
        "page": order.page,
        "printout": printout,
        "title": order.title,
        "is_single": order.is_single,
        "manual": order.contents.manual if order.contents else None,
        "site": _site(request),
        "address": f"{_site(request)}{_shared(request, '/pdf/', '/print/')}",
        "pdf_path": _shared(request, "/print/", "/pdf/") if has_pdf else "",
        "change_path": _form_path(request, order),
        "noindex": True,
    }


def _site(request) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _shared(request, this: str, other: str) -> str:
    """Return this address with another form of the document in its last part, and the choice in it."""
    asked = [(name, value) for name in ("c", "on") for value in request.GET.getlist(name) if value]
    head, _, tail = request.path.rpartition(this)
    path = f"{head}{other}{tail}" if head else request.path
    return f"{path}?{urlencode(asked)}" if asked else path


def _form_path(request, order: Order) -> str:
    """Return where the choice can be changed; only a set has been chosen in a form."""
    return "" if "/set/" not in request.path else _shared(request, "/print/set/", "/print/")


def _as_pdf(request, order: Order):
    print_path = _shared(request, "/pdf/", "/print/")
    if not pdf.is_switched_on():
        return CannotPrint(OFF, status=404).answer(request, order.page, print_path=print_path)
    chapters = len(order.choice.copies)
    if chapters > MOST_IN_PDF:
        message = f"These are {chapters} chapters. {MOST_IN_PDF} fit into one PDF: choose fewer, or print the page."
        return CannotPrint(message).answer(request, order.page, print_path=print_path)
    try:
        return _file(request, order, _text(request, order))
    except pdf.Busy:
        refusal = CannotPrint(BUSY, status=503)
    except pdf.TooLong:
        refusal = CannotPrint(TOO_LONG)
    except pdf.Failed:
        refusal = CannotPrint(FAILED, status=503)
    return refusal.answer(request, order.page, print_path=print_path)


def _text(request, order: Order) -> str:
    """Return the document that the PDF is made from."""
    with printed(order.choice, contents=order.contents, today=timezone.localdate()) as printout:
        text = render_to_string("procedures/print_pdf.html", _context(request, order, printout), request=request)
    return OPEN_STATE.sub("", text)


def _file(request, order: Order, text: str):
    """Answer the finished file; nothing is made for a browser that has it already, or only asks whether it is there."""
    site = f"{_site(request)}/"
    etag = f'"{pdf.fingerprint(text, base_url=site)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None and request.method == "HEAD":
        response = HttpResponse(content_type="application/pdf")
    if response is None:
        name = file_name(order.file_name, day=order.choice.day, is_single=order.is_single)
        response = FileResponse(pdf.pdf_of(text, base_url=site), content_type="application/pdf", filename=name)
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    return response


def file_name(words: str, *, day: date | None, is_single: bool) -> str:
    """Return a file name made of nothing but letters, digits, dots and hyphens."""
    number, _, rest = words.partition("-")
    numbered = bool(re.fullmatch(r"[0-9.]+", number))
    named = f"{number}-{slugify(rest)}" if numbered else slugify(words)
    # An edition never changes; a set does, so its name says when it was printed.
    dated = named[:LONGEST_FILE_NAME] if is_single else f"{named[:LONGEST_FILE_NAME]}-{day or timezone.localdate()}"
    return f"{dated.strip('-') or 'chapter'}.pdf"
