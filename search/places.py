"""Passages as results and suggestions show them, brought from the database with where they are read, in one query.

Values, not models, and a question that is put together once: most of what a search cost was making objects and SQL.
"""

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import DateTimeField, IntegerField
from django.utils import timezone

from documents.models.files import address_of_file
from pages.passages import PassageKind
from pages.prepared import Parameter, Prepared
from pages.routing import PageAddresses
from search.models import Passage
from search.models.passages import fold_of
from search.querysets import PassageQuerySet

# As many as a page of results brings.
MOST_AT_ONCE, NO_KEY = 40, -1
KINDS = dict(PassageKind.choices)
OF_PASSAGES = ("pk", "kind", "label", "title", "heading", "text", "anchor", "on_its_own", "page_id", "document_id")
OF_PAGES_AND_FILES = {"page__title": "page_title", "page__url_path": "path", "document__current__name": "file_name"}
COLUMNS = (*OF_PASSAGES, *OF_PAGES_AND_FILES)
_Row = namedtuple("_Row", (*OF_PASSAGES, *OF_PAGES_AND_FILES.values()))
_KEYS = tuple(f"key{number}" for number in range(MOST_AT_ONCE))


@dataclass(frozen=True)
class Place:
    """A passage, and where it is read: its place on the page, or in the file. `kind` in words; `fold`: its lines."""

    pk: int
    fold: int
    kind: str
    label: str
    title: str
    heading: str
    text: str
    page_title: str
    url: str


def visible_places(keys: list[int]) -> dict[int, Place]:
    """Return {key: place} of those of these passages that readers may see at this moment: one query.

    Raises ValueError for more than forty.
    """
    if not keys:
        return {}
    padded = [*keys, *[NO_KEY] * (MOST_AT_ONCE - len(keys))]
    rows = _visible.rows(now=timezone.now(), **dict(zip(_KEYS, padded, strict=True)))
    return {place.pk: place for place in _places(rows)}


def places_of(passages: PassageQuerySet) -> list[Place]:
    """Return the places of these passages, in their order: one query."""
    return _places(passages.values_list(*COLUMNS))


def _asking():
    keys = [Parameter(name, IntegerField()) for name in _KEYS]
    visible = Passage.objects.visible(now=Parameter("now", DateTimeField()))
    return visible.filter(pk__in=keys).order_by().values_list(*COLUMNS)


_visible = Prepared(_asking)


def _places(rows: Iterable[tuple]) -> list[Place]:
    addresses = PageAddresses()
    return [_place(_Row(*row), addresses) for row in rows]


def _place(row: _Row, addresses: PageAddresses) -> Place:
    if row.document_id and row.anchor:
        address = address_of_file(row.document_id, row.file_name)
    else:
        address = addresses.of(row.path)
    return Place(
        pk=row.pk,
        fold=fold_of(row.pk, page=row.page_id, on_its_own=row.on_its_own),
        kind=KINDS[row.kind],
        label=row.label,
        title=row.title,
        heading=row.heading,
        text=row.text,
        page_title=row.page_title,
        url=f"{address}#{row.anchor}" if address and row.anchor else address,
    )
