"""Drafts with something to mend."""

from home.models import InformationPage
from proofreading.checks import CHECKS
from proofreading.known import Known
from updates.written import passages_written

KNOWN = Known(
    short_forms=frozenset({"LADO"}),
    phones={"tel:+441632960001": "Front door"},
    addresses={"door@council.example": "Front door"},
)


def text(html: str) -> dict:
    """Return the raw form of a block of text; its id is its words."""
    return {"type": "text", "id": html, "value": html}


def draft(*blocks: str | dict, title="A page", **fields) -> InformationPage:
    """Return a page that is in no database, made of blocks or of HTML for blocks of text."""
    body = [text(block) if isinstance(block, str) else block for block in blocks]
    return InformationPage(title=title, body=body, **fields)


def found(*blocks, kind="") -> list[str]:
    """Return the words that the checks object to, of one kind or of all."""
    passages = passages_written(draft(*blocks))
    faults = [fault for check in CHECKS for fault in check(passages, KNOWN)]
    return [fault.quote for fault in faults if kind in ("", fault.kind)]
