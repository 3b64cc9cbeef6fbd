"""Finding pages by title and summary, items of bulletins and files by their text, until the search room exists.

Plain on purpose: every word must occur, in any order. It stays fast because the database first leaves out whatever
cannot match and reading stops when enough has been found; it never fails, because no query syntax is involved.
"""

import re
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import F, Min, Q, QuerySet

from bulletins.blocks import ItemBlock
from bulletins.models import BulletinPage
from content.excerpts import text_of
from documents.models import FilePassage, LibraryDocument, ResourceFile, ResourcePage
from pages.models import BasePage

MOST_WORDS = 8
MOST_ITEMS = 10
MOST_FILES = 10
EXCERPT_CHARACTERS = 200
ISSUES_READ_AT_ONCE = 20
# The heading is told apart: PostgreSQL does not keep it in its place before the text.
NOT_TEXT = {"heading", *ItemBlock.SETTINGS}


@dataclass(frozen=True)
class FoundItem:
    """An item of a bulletin that holds every word that was asked for."""

    title: str
    url: str
    issue: str
    excerpt: str


def words_of(query: str) -> list[str]:
    """Return the words of a query, in lower case; at most eight count."""
    return query.casefold().split()[:MOST_WORDS]


def pages_with(words: list[str]) -> QuerySet:
    """Return the pages readers may see that hold every word in title or summary; none for no word."""
    if not words:
        return BasePage.objects.none()
    every_word = Q(depth__gt=1)
    for word in words:
        every_word &= Q(title__icontains=word) | Q(search_description__icontains=word)
    return BasePage.objects.visible().filter(every_word).order_by("title", "pk")


def items_with(words: list[str]) -> list[FoundItem]:
    """Return the latest items of visible bulletins that hold every word in their heading or text."""
    return list(islice(_items_with(words), MOST_ITEMS)) if words else []


@dataclass(frozen=True)
class FoundFile:
    """A file that holds every word on one of its pages; `url` is the resource that offers it."""

    title: str
    url: str
    resource: str
    place: str
    excerpt: str


def files_with(words: list[str]) -> list[FoundFile]:
    """Return files that visible resources offer and that hold every word on one page, each file once."""
    if not words:
        return []
    passages = FilePassage.objects.filter(version__document__current=F("version"))
    for word in words:
        passages = passages.filter(text__icontains=word)
    # What readers may not see, and a long file, must not take the places of others.
    offered = ResourceFile.objects.filter(
        page__in=ResourcePage.objects.visible(), document__in=LibraryDocument.objects.visible()
    )
    passages = passages.filter(version__document__in=offered.values("document"))
    begins = passages.order_by("-version_id").values_list("version_id").annotate(Min("position"))[:MOST_FILES]
    places = reduce(or_, (Q(version=key, position=position) for key, position in begins), Q(pk=None))
    found = FilePassage.objects.filter(places).order_by("-version_id").select_related("version")
    first = {passage.version.document_id: passage for passage in found}
    rows = {row.document_id: row for row in offered.filter(document__in=first).select_related("page", "document")}
    return [_found(passage, rows[key], words[0]) for key, passage in first.items() if key in rows]


def _found(passage: FilePassage, offered: ResourceFile, word: str) -> FoundFile:
    # From the beginning of a word, some words before the one that was asked for.
    begin = max(0, passage.text.casefold().find(word) - EXCERPT_CHARACTERS // 4)
    begin = passage.text.find(" ", begin) + 1 if begin else 0
    excerpt = passage.text[begin : begin + EXCERPT_CHARACTERS]
    return FoundFile(
        title=offered.title or offered.document.title,
        url=offered.page.url,
        resource=offered.page.title,
        place=passage.place,
        excerpt=f"… {excerpt}" if begin else excerpt,
    )


def _items_with(words):
    issues = BulletinPage.objects.visible().newest_first()
    for part in filter(None, map(_ascii_part, words)):
        issues = issues.filter(items__icontains=part)
    for issue in issues.iterator(chunk_size=ISSUES_READ_AT_ONCE):
        for anchor, raw in issue.raw_items():
            title = raw.get("heading", "")
            text = text_of({key: value for key, value in raw.items() if key not in NOT_TEXT})
            if all(word in f"{title} {text}".casefold() for word in words):
                yield FoundItem(title, f"{issue.url}#{anchor}", issue.quarter_label, text[:EXCERPT_CHARACTERS])


def _ascii_part(word: str) -> str:
    """Return the longest part of the word that the database stores as it is written; SQLite's JSON escapes the rest."""
    return max(re.findall(r"[a-z0-9.@-]+", word), key=len, default="")
