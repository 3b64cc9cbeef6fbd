"""A procedures manual that grows, beside the demonstration's: from 40 chapters with 5 editions to 1,000 with 100.

Pages, revisions and editions are written in bulk, because publishing 100,000 times takes hours. What is measured is
published as staff do it; of the other chapters one revision holds all editions.
"""

import json
from copy import copy, deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Revision

from home.models import HomePage
from pages.caching import forget_public_pages
from pages.models import BasePage
from procedures.models import AmendmentsPage, ChapterPage, ContentsEntry, ManualPage, PartPage
from procedures.services import record_contents
from tests.bench.copies import add_copies
from tests.factories import make_contact
from tests.organisation.factories import make_image
from tests.procedures.factories import (
    LONDON,
    add_amendments,
    add_chapter,
    add_manual,
    add_part,
    block,
    section,
    subsection,
    text,
)
from updates.models import Edition, Significance

YEARS = 12
LINKS, CONTACTS, PICTURES, DOCUMENTS = 100, 20, 10, 10
SECTIONS = 12
WORDS = "Talk to the child alone, write down their own words, and tell the designated lead on the same day. " * 6


class Size(NamedTuple):
    """How large the manual is."""

    parts: int
    chapters: int
    editions: int

    def __str__(self):
        return f"{self.chapters:,} × {self.editions}"


SMALL, LARGE = Size(4, 40, 5), Size(25, 1000, 100)


@dataclass
class GrowingManual:
    """The manual and what is measured of it. Dates begin on 1 January, twelve years before this one."""

    manual: ManualPage
    amendments: AmendmentsPage
    part: PartPage
    measured: ChapterPage
    heavy: ChapterPage
    filler: ChapterPage
    begin: datetime

    @property
    def day(self) -> date:
        """A day in the middle of its years."""
        return (self.begin + timedelta(days=365 * YEARS // 2)).date()

    @property
    def year(self) -> int:
        """A year in which each chapter was amended, also in the small manual."""
        return self.begin.year + 4


def build() -> GrowingManual:
    """Make the manual in its small size."""
    manual = add_manual(HomePage.objects.visible().first(), title="Growing manual", slug="growing-manual")
    part = add_part(manual, title="Responding to concerns")
    grown = GrowingManual(
        manual=manual,
        amendments=add_amendments(manual),
        part=part,
        measured=add_chapter(part, title="Children at risk", sections=twelve_sections()),
        heavy=add_chapter(part, title="Where to find help"),
        filler=add_chapter(part, title="Working together"),
        begin=datetime(timezone.localdate().year - YEARS, 1, 1, 10, tzinfo=LONDON),
    )
    _add_pages(grown, SMALL)
    grown.heavy.sections = json.dumps(heavy_sections())
    grown.heavy.save_revision().publish()
    _add_past(grown, SMALL)
    return grown


def grow(grown: GrowingManual, size: Size = LARGE) -> None:
    """Let the manual become as large as asked for; nothing that is measured changes but its number of editions."""
    _add_pages(grown, size)
    _add_past(grown, size)


def twelve_sections() -> list[dict]:
    """Return a long text with everything that sections may hold but references."""
    callout = block("callout", {"title": "Remember", "text": f"<p>{WORDS}</p>"})
    steps = block("text", f"<h4>Steps</h4><ol>{'<li>Ask, listen and write it down.</li>' * 5}</ol>")
    return [
        section(f"Section {number}", text(WORDS), steps, deepcopy(callout), subsection("In detail", text(WORDS)))
        for number in range(1, SECTIONS + 1)
    ]


def heavy_sections() -> list[dict]:
    """Return a text with 100 links to pages, 20 contacts, 10 pictures and 10 links to documents."""
    pages = BasePage.objects.visible().filter(depth__gt=2).order_by("pk").values_list("pk", flat=True)[:LINKS]
    links = [f'<p>Read <a linktype="page" id="{key}">this page</a>.</p>' for key in pages]
    for number in range(DOCUMENTS):
        file = ContentFile(b"A form.", name=f"form-{number}.txt")
        document = get_document_model().objects.create(title=f"Form {number}", file=file)
        links.append(f'<p>Fill in <a linktype="document" id="{document.pk}">the form</a>.</p>')
    contacts = [block("contact", make_contact().pk) for _ in range(CONTACTS)]
    pictures = [
        block("image", {"image": make_image(f"{number}.png").pk, "alt_text": "A map", "decorative": False})
        for number in range(PICTURES)
    ]
    rest = [*(block("text", link) for link in links), *contacts, *pictures]
    return [section(f"Section {number}", *rest[number::SECTIONS]) for number in range(SECTIONS)]


@transaction.atomic
def _add_pages(grown: GrowingManual, size: Size):
    """Add parts, and to each as many chapters as are missing."""
    for number in range(PartPage.objects.child_of(grown.manual).count() + 1, size.parts + 1):
        add_part(grown.manual, title=f"Part {number}", slug=f"part-{number}")
    for part in PartPage.objects.child_of(grown.manual):
        add_copies(part, grown.filler, up_to=size.chapters // size.parts)


@transaction.atomic
def _add_past(grown: GrowingManual, size: Size):
    """Give every chapter so many editions, and the list of contents a past."""
    chapters = ChapterPage.objects.descendant_of(grown.manual).order_by("path")
    Edition.objects.filter(page__in=chapters.values("pk")).delete()
    revisions = _one_revision_each(chapters, grown)
    editions = (
        edition
        for place, chapter in enumerate(chapters)
        for edition in _editions(grown, chapter, size, place / size.chapters, revisions[chapter.pk])
    )
    while batch := list(islice(editions, 5000)):
        Edition.objects.bulk_create(batch, batch_size=1000)
    record_contents(manual=grown.manual, now=timezone.now())
    _add_former_lines(grown, size)
    forget_public_pages()


def _one_revision_each(chapters, grown) -> dict[int, list[Revision]]:
    """Return {chapter: its revisions}; of the measured one as many as the text has been changed, of others one."""
    filler = grown.filler.latest_revision
    held = {}
    for revision in Revision.objects.filter(object_id__in=[str(page.pk) for page in chapters]).defer("content"):
        held.setdefault(int(revision.object_id), []).append(revision)
    missing = [_copy_of(filler, object_id=str(page.pk)) for page in chapters if page.pk not in held]
    for revision in Revision.objects.bulk_create(missing, batch_size=500):
        held[int(revision.object_id)] = [revision]
    return held


def _copy_of(revision: Revision, **fields) -> Revision:
    made = copy(revision)
    made.pk = None
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _editions(grown, chapter, size: Size, share: float, revisions: list[Revision]) -> list[Edition]:
    """Return the editions of a chapter, spread over the years; `share`: how far it lags behind the first chapter."""
    step = timedelta(days=365.25 * YEARS / (size.editions + 1))
    first = grown.begin + share * min(step, timedelta(days=300))
    if chapter.pk == grown.measured.pk:
        revisions = _differing_revisions(chapter, size.editions)
    changed = [{"code": "00000000", "number": "1", "title": "Heading", "change": "changed"}]
    return [
        Edition(
            page_id=chapter.pk,
            revision=revisions[min(number, len(revisions)) - 1],
            number=number,
            in_force_from=first + (number - 1) * step,
            superseded_at=first + number * step if number < size.editions else None,
            significance=Significance.MINOR if number % 10 in (2, 4, 7) else Significance.MAJOR,
            note=f"The steps were made clearer, time {number}." if number > 1 else "",
            title=chapter.title,
            sections=changed if number > 1 else [],
        )
        for number in range(1, size.editions + 1)
    ]


def _differing_revisions(chapter, editions: int) -> list[Revision]:
    """Return revisions of which each says something else in two sections; the last one is what the page says."""
    latest = Revision.objects.for_instance(chapter).order_by("pk").first()
    text_now = json.loads(latest.content["sections"])
    made = []
    for number in range(1, editions):
        sections = deepcopy(text_now)
        for place in (number % SECTIONS, number * 5 % SECTIONS):
            sections[place]["value"]["body"][0]["value"] = f"<p>{WORDS} This was said in edition {number}.</p>"
        made.append(_copy_of(latest, content=latest.content | {"sections": json.dumps(sections)}))
    return [*Revision.objects.bulk_create(made, batch_size=100), latest]


def _add_former_lines(grown: GrowingManual, size: Size):
    """Let each line have had other names before: once in the small manual, twenty times in the large one."""
    ContentsEntry.objects.filter(manual_id=grown.manual.pk).exclude(until=None).delete()
    current = ContentsEntry.objects.current().filter(manual_id=grown.manual.pk)
    times = size.editions // 5
    step = timedelta(days=365 * YEARS / (times + 1))
    former = [
        _former(entry, since=grown.begin + time * step, until=grown.begin + (time + 1) * step)
        for entry in current
        for time in range(times)
    ]
    ContentsEntry.objects.bulk_create(former, batch_size=1000)
    current.update(since=grown.begin + times * step)


def _former(entry: ContentsEntry, **when) -> ContentsEntry:
    made = copy(entry)
    made.pk, made.title = None, f"{entry.title} (as it was called)"
    made.since, made.until = when["since"], when["until"]
    return made
