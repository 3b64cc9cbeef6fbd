"""The guide for editors, read from docs/editors.md: one page for each of its tasks.

The file is what we look after; it reads as well beside the code. Its pictures are made by `make pictures`.
"""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_PICTURE = re.compile(r'<img src="pictures/([a-z-]+\.png)"([^>]*)>')
# Links to files beside it lead nowhere from the admin.
_FILE_BESIDE = re.compile(r'<a href="[^":#]+\.md(?:#[^"]*)?">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Task:
    """How one thing is done. `html`: our own file, made into HTML; `words`: the same, plain, in small letters."""

    slug: str
    title: str
    html: SafeString
    words: str


def folder() -> Path:
    """Return the folder with the guide and its pictures."""
    return Path(settings.BASE_DIR) / "docs"


@cache
def tasks() -> tuple[Task, ...]:
    """Return the tasks in the order of the guide."""
    parts = _HEADING.split((folder() / "editors.md").read_text())
    # What stands before the first heading tells who it is for.
    return tuple(_task(title, text) for title, text in zip(parts[1::2], parts[2::2], strict=True))


def find(query: str) -> list[Task]:
    """Return the tasks that have all of the words, those first that have them in their title; all for no words."""
    wanted = query.lower().split()
    found = [task for task in tasks() if all(word in task.words for word in wanted)]
    return sorted(found, key=lambda task: not all(word in task.title.lower() for word in wanted))


def _task(title: str, text: str) -> Task:
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    html = _PICTURE.sub(_shown, html)
    html = _FILE_BESIDE.sub(r"\1", html)
    words = f"{title} {unescape(strip_tags(html))}".lower()
    # Our own file, in which HTML is switched off.
    return Task(slugify(title), title, mark_safe(html), words)  # noqa: S308


def _shown(match: re.Match) -> str:
    """Show a picture, which leads to itself: on a phone there is no reading it in the page."""
    address = reverse("guide:picture", args=[match[1]])
    return f'<a href="{address}"><img loading="lazy" src="{address}"{match[2]}></a>'
