"""Makes the mail of an issue."""

from copy import copy
from datetime import datetime
from enum import StrEnum
from secrets import token_hex

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.text import Truncator

from bulletins.mailing.message import IssueMail
from bulletins.mailing.plain_lines import SECTION, tidied
from bulletins.mailing.rich_text import as_line
from bulletins.mailing.styling import document_with_styles
from bulletins.models import BulletinPage
from content.fetching import fetched_together
from organisation.gather import gather

# Gmail shows 102 KB of a mail and hides the rest, the way out of the list with it.
LARGEST = 90_000
LONGEST_SUBJECT, LONGEST_PREHEADER = 200, 140
# A list of two items helps nobody, and one of thousands would be too large by itself.
FEWEST_LISTED, MOST_LISTED = 3, 200


class Extent(StrEnum):
    """How much of each item is in the mail."""

    WHOLE = "whole"
    FIRST_PART = "first part"
    HEADINGS = "headings"


def render_issue(*, page: BulletinPage, now: datetime, note: str = "") -> IssueMail:
    """Return the mail of an issue, from the page as it is in memory: of a draft, that is the draft.

    Where the whole would be too large, only the beginning of each item is in it, with a link to the rest; where even
    that would be, only the headings. `note` stands above everything else, for a mail that is only tried out.
    """
    issue = copy(page)
    # Read anew, while what readers may see is at hand: the editor's screen shows more.
    issue.items = list(page.items.raw_data)
    slot = token_hex(16)
    with fetched_together(issue):
        context = _context(issue, now=now, note=note, slot=slot)
        for extent in Extent:
            html = document_with_styles(_rendered("html", context | {"extent": extent.value}))
            if len(html.encode()) <= LARGEST:
                break
        text = tidied(_rendered("txt", context | {"extent": extent.value}))
    return IssueMail(
        subject=context["subject"],
        preheader=context["preheader"],
        html=_pieces(html, slot),
        text=_pieces(text, slot),
        reply_to=(issue.contact and issue.contact.email) or "",
        extent=extent.value,
    )


def address_of(page) -> str:
    """Return the whole address of a page."""
    return page.full_url or f"{settings.SITE_URL}/"


def subject_of(page: BulletinPage) -> str:
    """Return the subject: one line, which names the quarter first."""
    title, quarter = _one_line(page.title), _one_line(page.quarter_label)
    subject = title if not quarter or quarter in title else f"Bulletin, {quarter}: {title}"
    return Truncator(subject or "Bulletin").chars(LONGEST_SUBJECT)


def _context(issue, *, now, note, slot) -> dict:
    """Return what the templates are given, whatever their form."""
    entries = issue.entries()
    summary = _one_line(issue.summary) or as_line(issue.introduction)
    return {
        "page": issue,
        "organisation": gather(issue.get_site()),
        "site_url": settings.SITE_URL,
        "address": address_of(issue),
        "entries": entries,
        "listed": entries[:MOST_LISTED] if len(entries) >= FEWEST_LISTED else [],
        "not_listed": max(0, len(entries) - MOST_LISTED),
        "deadline_passed": issue.next_deadline is not None and issue.next_deadline < timezone.localdate(now),
        "subject": subject_of(issue),
        "preheader": Truncator(summary or "; ".join(entry.title for entry in entries)).chars(LONGEST_PREHEADER),
        "note": note,
        "slot": slot,
        "section": SECTION,
    }


def _rendered(form: str, context: dict) -> str:
    """Return one form, "html" or "txt". In plain text nothing is escaped, in no template."""
    template = get_template(f"emails/bulletin/issue.{form}").template
    return template.render(Context(context | {"form": form}, autoescape=form == "html"))


def _pieces(finished: str, slot: str) -> tuple[str, str]:
    before, found, after = finished.partition(slot)
    if not found:
        raise RuntimeError("The template of the mail has no place for what is personal.")
    return before, after


def _one_line(words: str) -> str:
    """Return words without line breaks or anything else that is not seen; a header cannot be begun with them."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
