"""Rich text read as passages.

Read tag by tag in one pass and without a tree: whatever an old revision or an import left behind, broken or nested ten
thousand deep, costs time in proportion to its length and still gives its words.
"""

import re
from collections.abc import Iterator
from html import unescape

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from pages.models import BasePage
from updates.wording import HEADING, ITEM, PARAGRAPH, PICTURE, PLAIN, Line, LineBuilder, Mark, Target

# No `<` inside a tag: editors' text has it escaped, and so no tag is ever looked for further than the next one begins.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:"[^"<]*+"|'[^'<]*+'|[^"'<>])*+)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]++)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_UNREAD = {"script", "style"}
_INLINE = {
    *_UNREAD,
    "br",
    "a",
    "b",
    "strong",
    "i",
    "em",
    "span",
    "sub",
    "sup",
    "u",
    "s",
    "small",
    "code",
    "mark",
    "abbr",
    "font",
}
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}


class RichText:
    """One rich text, read into (kind, line, level, number, ordered, chosen) for each passage."""

    def __init__(self, source: str, names: dict):
        self._source = source
        self._names = names
        self._line = LineBuilder()
        self._lists: list[list] = []
        self._shape = (PARAGRAPH, 0, 0, False)
        self._bold = self._italic = 0
        self._link: Target | None = None
        self._mark = PLAIN
        self._unread = ""

    def passages(self) -> Iterator[tuple[tuple, Line, Target | None]]:
        """Yield (kind, level, number, ordered), line, and the picture chosen if it is one."""
        for tag, text in _pieces(self._source):
            if tag is None:
                if not self._unread:
                    self._line.add(unescape(text) if "&" in text else text, self._mark)
            elif chosen := self._heed(*tag):
                yield from self._end()
                yield (PICTURE, 0, 0, False), Line(), chosen
            elif tag[1] not in _INLINE:
                yield from self._end()
                self._begin(tag[0], tag[1])
        yield from self._end()

    def _end(self):
        if self._line:
            yield self._shape, self._line.take(), None
            kind, level, _, ordered = self._shape
            # What comes after this in the same item has no number of its own.
            self._shape = (ITEM, level, 0, ordered) if kind == ITEM else (PARAGRAPH, 0, 0, False)

    def _heed(self, closing: bool, name: str, attributes: str) -> Target | None:
        """Follow what a tag does to the words after it; return the picture that it stands for."""
        step = -1 if closing else 1
        if name in _UNREAD:
            self._unread = "" if closing else name
        elif name in _BOLD:
            self._bold = max(0, self._bold + step)
        elif name in _ITALIC:
            self._italic = max(0, self._italic + step)
        elif name == "a":
            self._link = None if closing else self._target(_attributes(attributes))
        elif name == "br":
            self._line.new_line()
            return None
        elif name in ("embed", "img"):
            return self._picture(_attributes(attributes))
        else:
            return None
        self._mark = Mark(self._bold > 0, self._italic > 0, self._link)
        if self._mark == PLAIN:
            self._mark = PLAIN
        return None

    def _begin(self, closing: bool, name: str):
        """Set the shape of the passage that a tag begins or goes back to."""
        if name in ("ul", "ol"):
            if not closing:
                self._lists.append([name == "ol", 0])
            elif self._lists:
                self._lists.pop()
            self._shape = self._in_list(0)
        elif name == "li" and not closing:
            if not self._lists:
                self._lists.append([False, 0])
            self._lists[-1][1] += 1
            self._shape = self._in_list(self._lists[-1][1])
        elif len(name) == 2 and name[0] == "h" and name[1] in "123456" and not closing:
            self._shape = (HEADING, int(name[1]), 0, False)
        elif closing or self._shape[0] != ITEM:
            self._shape = self._in_list(0)

    def _in_list(self, number: int) -> tuple:
        if not self._lists:
            return (PARAGRAPH, 0, 0, False)
        ordered = self._lists[-1][0]
        return (ITEM, len(self._lists), number if ordered else 0, ordered)

    def _target(self, attributes: dict) -> Target:
        model = {"page": BasePage, "document": get_document_model()}.get(attributes.get("linktype"))
        if model:
            return Target(model, attributes.get("id", ""), self._names)
        return Target(None, attributes.get("href", ""))

    def _picture(self, attributes: dict) -> Target:
        if attributes.get("embedtype") == "image":
            return Target(get_image_model(), attributes.get("id", ""), self._names)
        return Target(None, attributes.get("url") or attributes.get("alt") or attributes.get("src") or "")


def _pieces(source: str):
    """Yield ((closing, name, attributes), "") for a tag and (None, text) for what is between tags."""
    for part in _without_comments(source):
        position = 0
        for match in _TAG.finditer(part):
            if match.start() > position:
                yield None, part[position : match.start()]
            yield (match[1] == "/", match[2].lower(), match[3]), ""
            position = match.end()
        if position < len(part):
            yield None, part[position:]


def _without_comments(source: str):
    first, *others = source.split("<!--")
    yield first
    yield from (other.partition("-->")[2] for other in others)


def _attributes(source: str) -> dict[str, str]:
    return {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(source)}
