"""What keeps the rows of passages as their pages say, and tells the indexes what to read again."""

from collections.abc import Iterable
from hashlib import blake2b
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from content.excerpts import text_of
from pages.models import BasePage, Topic
from pages.passages import DeclaredPassage
from search.models import Change, Passage
from search.models.passages import CONTINUED

# Any number will do that nothing else asks for.
LOG_LOCK_KEY = 7_031_997
# A longer text is kept in several rows, so that what is found is a passage and not a book.
LONGEST_TEXT = 8_000
# An index that is further behind than this is made anew.
LOG_LENGTH = 20_000
SHORTENED_EVERY = 1_000
COMPARED = ("order", "kind", "label", "title", "heading", "text", "also", "anchor", "day", "topics", "audiences")
WRITTEN = (*COMPARED, "on_its_own", "document", "fingerprint")
ROWS_AT_ONCE = 200


def record_passages(*, page, only_differences: bool = False) -> int:
    """Write the passages of a page as it is public now, and return how many there are.

    `page` is of its own type. A passage keeps its row while its key stays. The log is written even when no word has
    changed, because who may read the page may have (the day on which it ends), unless `only_differences`.
    """
    rows = rows_of(page) if page.live else []
    with transaction.atomic():
        held = dict(Passage.objects.filter(page_id=page.pk).values_list("key", "fingerprint"))
        changed = [row for row in rows if held.pop(row.key, None) != row.fingerprint]
        if held:
            Passage.objects.filter(page_id=page.pk, key__in=held).delete()
        Passage.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["page", "key"],
            update_fields=WRITTEN,
            batch_size=ROWS_AT_ONCE,
        )
        if held or changed or not only_differences:
            note_changes(page_keys=[page.pk])
    return len(rows)


def forget_passages(*, page_keys: Iterable[int]) -> None:
    """Remove the passages of pages that are not public any more."""
    keys = list(page_keys)
    with transaction.atomic():
        Passage.objects.filter(page_id__in=keys).delete()
        note_changes(page_keys=keys)


def note_branch(*, page) -> None:
    """Let the indexes ask again who may see a page and everything below it: it was moved, hidden or opened."""
    below = BasePage.objects.descendant_of(page, inclusive=True)
    keys = Passage.objects.filter(page__in=below).order_by().values_list("page_id", flat=True).distinct()
    note_changes(page_keys=list(keys))


def note_changes(*, page_keys: Iterable[int]) -> None:
    """Write into the log that indexes have to read these pages again.

    Whoever writes holds the log until the transaction ends: so numbers are committed in their order, and who has read
    up to one has missed none before it.
    """
    rows = [Change(page_key=key, stamp=uuid4()) for key in page_keys]
    with transaction.atomic():
        if rows and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK_KEY])
        Change.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        if rows and rows[-1].pk % SHORTENED_EVERY < len(rows):
            shorten_log()


def shorten_log() -> int:
    """Remove what no index has to know any more, and return how many lines; the newest ones always stay."""
    newest = Change.objects.order_by("pk").last()
    return Change.objects.filter(pk__lte=newest.pk - LOG_LENGTH).delete()[0] if newest else 0


def rows_of(page) -> list[Passage]:
    """Return the passages of a page as rows that are not stored yet, in order; of two with one key the first."""
    topics = {topic.slug: topic.pk for topic in Topic.objects.all()}
    about = _About(page, topics)
    rows: dict[str, Passage] = {}
    for declared in page.declared_passages():
        for row in _parts(declared, about):
            row.order = len(rows)
            row.fingerprint = _fingerprint(row)
            rows.setdefault(row.key, row)
    return list(rows.values())


class _About:
    """What the passages of a page have from the page."""

    def __init__(self, page, topics: dict[str, int]):
        self.page, self.slugs = page, topics
        self.topics = sorted(topic.pk for topic in page.topics.all())
        self.audiences = sorted(audience.pk for audience in page.audiences.all())
        published = page.last_published_at
        self.day = timezone.localdate(published) if published else None

    def topics_of(self, declared: DeclaredPassage) -> list[int]:
        own = sorted(self.slugs[slug] for slug in declared.topics if slug in self.slugs)
        return own or self.topics


def _parts(declared: DeclaredPassage, about: _About):
    """Yield a passage as a row, or as several where its text is long."""
    title = " ".join(declared.title.split())[:255]
    key = (declared.key or declared.anchor)[:70]
    for number, text in enumerate(pieces(text_of(list(_as_list(declared.text)))), start=1):
        yield Passage(
            page_id=about.page.pk,
            key=key if number == 1 else f"{key}{CONTINUED}{number}",
            kind=declared.kind,
            label=declared.label[:120],
            title=title,
            heading=about.page.title if (declared.anchor or declared.key) and title != about.page.title else "",
            text=text,
            also=declared.also if number == 1 else "",
            anchor=declared.anchor[:120],
            day=declared.day or (None if declared.on_its_own else about.day),
            topics=about.topics_of(declared),
            audiences=about.audiences,
            on_its_own=declared.on_its_own,
            document_id=declared.document_id,
        )


def _as_list(text):
    """Return raw content as a list; the raw value of a stream is one that only looks like it."""
    if isinstance(text, str | dict):
        return [text]
    return [list(part) if not isinstance(part, str | dict | list) else part for part in text]


def pieces(text: str) -> list[str]:
    """Return a text in parts of at most `LONGEST_TEXT` characters, which end after a word; one part for no text."""
    # PostgreSQL stores no NUL.
    rest, found = text.replace("\x00", " "), []
    while len(rest) > LONGEST_TEXT:
        end = rest.rfind(" ", LONGEST_TEXT // 2, LONGEST_TEXT)
        end = LONGEST_TEXT if end < 0 else end
        found.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*found, rest]


def _fingerprint(row: Passage) -> str:
    said = [getattr(row, name) for name in COMPARED] + [row.on_its_own, row.document_id]
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
