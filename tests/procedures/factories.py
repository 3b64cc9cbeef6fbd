"""Manuals and chapters for tests."""

import json
from datetime import datetime
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from procedures.models import AmendmentsPage, ChapterPage, ContentsEntry, ManualPage, PartPage
from tests.factories import add_home, add_page
from tests.written_once import written_once
from updates.models import Edition

LONDON = ZoneInfo("Europe/London")
_numbers = count(1)


def london(*when: int) -> datetime:
    """Return a moment as clocks here show it: london(2017, 3, 28, 9, 30)."""
    return datetime(*when, tzinfo=LONDON)


def block(kind: str, value, block_id: str = "") -> dict:
    """Return the raw form of a block."""
    return {"type": kind, "id": block_id or str(uuid4()), "value": value}


def text(words: str = "Words.") -> dict:
    """Return a paragraph."""
    return block("text", f"<p>{words}</p>")


def section(heading="Heading", *body, kind="section", block_id="") -> dict:
    """Return a section, or a subsection, with what stands in it."""
    return block(kind, {"heading": heading, "body": list(body or [text()])}, block_id)


def subsection(heading="Smaller heading", *body, block_id="") -> dict:
    """Return a subsection."""
    return section(heading, *body, kind="subsection", block_id=block_id)


def code(of: dict) -> str:
    """Return the code of a section."""
    return of["id"][:8]


@written_once
def add_manual(home=None, **fields) -> ManualPage:
    """Make a manual."""
    return add_page(home or add_home(), ManualPage(**({"title": "Procedures manual", "slug": "procedures"} | fields)))


def add_part(parent, *, publish=True, **fields) -> PartPage:
    """Make a part of a manual."""
    number = next(_numbers)
    return add_page(
        parent, PartPage(**({"title": f"Part {number}", "slug": f"part-{number}"} | fields)), publish=publish
    )


def add_chapter(parent, *, publish=True, sections=None, **fields) -> ChapterPage:
    """Make a chapter."""
    number = next(_numbers)
    values = {
        "title": f"Chapter {number}",
        "slug": f"chapter-{number}",
        "search_description": f"Summary {number}.",
        "sections": json.dumps([section()] if sections is None else sections),
    } | fields
    return add_page(parent, ChapterPage(**values), publish=publish)


def add_amendments(parent) -> AmendmentsPage:
    """Make a manual's page of amendments."""
    return add_page(parent, AmendmentsPage(title="Amendments", slug="amendments"))


def change(
    chapter, *, note="Something changed.", significance="major", at: datetime | None = None, **fields
) -> Edition:
    """Publish a change of a chapter, and return its edition; `at`: since when it is in force."""
    draft = ChapterPage.objects.get(pk=chapter.pk).get_latest_revision_as_object()
    if "sections" in fields:
        fields["sections"] = json.dumps(fields["sections"])
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.change_significance, draft.change_note = significance, note
    draft.save_revision().publish()
    edition = chapter.history().first()
    if at:
        date_edition(edition, at)
    chapter.refresh_from_db()
    return edition


def date_edition(edition: Edition, at: datetime) -> None:
    """Let an edition have come into force at another time, and the one before it end then."""
    Edition.objects.filter(pk=edition.pk).update(in_force_from=at)
    Edition.objects.filter(page_id=edition.page_id, number=edition.number - 1).update(superseded_at=at)
    edition.refresh_from_db()


def date_first(chapter, at: datetime) -> None:
    """Let a chapter have come into force, and into the list of contents, at another time."""
    Edition.objects.filter(page_id=chapter.pk, number=1).update(in_force_from=at)
    ContentsEntry.objects.filter(page_id=chapter.pk).update(since=at)


def listed(manual) -> list[str]:
    """Return the current list of contents: "1.2 Title"."""
    return [str(entry) for entry in ContentsEntry.objects.current().filter(manual_id=manual.pk)]
