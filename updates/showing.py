"""Passages as HTML that says in words what it also says with lines and signs.

The words of a chapter are thousands of small pieces, so they are put together here and not in a template, each escaped
as it is taken up.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from updates.marking import ADDED, REMOVED, SAME, Cell, Segment
from updates.wording import CAPTION, COLUMNS, CONTACT, HEADING, ITEM, PAGE_LINK, PICTURE, Passage

_NAMED = {CAPTION, COLUMNS, CONTACT, PAGE_LINK, PICTURE}
_OPEN = {
    SAME: "",
    REMOVED: '<del><span class="visually-hidden">removed: </span>',
    ADDED: '<ins><span class="visually-hidden">added: </span>',
}
_CLOSE = {
    SAME: "",
    REMOVED: '<span class="visually-hidden">, end of removed </span></del>',
    ADDED: '<span class="visually-hidden">, end of added </span></ins>',
}
# How far lists are indented; deeper ones stay there.
_DEEPEST = 4
_BEGINNING = 12
BOTH = frozenset({SAME, REMOVED, ADDED})


def passage_html(passage: Passage, cells: Iterable[Cell] = (), kinds=BOTH, *, headings: bool = False) -> SafeString:
    """Return a passage as one paragraph (a heading, if asked), with the words of these kinds that changed marked.

    Without cells nothing in it has changed, or all of it.
    """
    lines = _lines(passage, cells, kinds)
    tag = f"h{min(max(passage.level, 2), 6)}" if headings and passage.kind == HEADING else "p"
    return mark_safe(f'<{tag}{_style(passage)} dir="auto">{_called(passage)}{lines}</{tag}>')  # noqa: S308 (escaped)


def beginning_of(passages: tuple[Passage, ...]) -> str:
    """Return the first words of passages that stand in full elsewhere."""
    words = passages[0].text.split()
    return " ".join(words[:_BEGINNING]) + ("…" if len(words) > _BEGINNING or len(passages) > 1 else "")


def _lines(passage: Passage, cells: Iterable[Cell], kinds) -> str:
    if cells:
        lines = [
            (cell.heading, f"{_mark_of(cell)}{_segments_html(cell.segments, kinds)}")
            for cell in cells
            if not cell.kind or cell.kind in kinds
        ]
    else:
        headings = passage.columns if len(passage.columns) == len(passage.lines) else [""] * len(passage.lines)
        texts = [_broken(escape(line.text)) for line in passage.lines]
        lines = list(zip(headings, texts, strict=True))
    if len(lines) == 1 and not lines[0][0]:
        return lines[0][1]
    named = passage.kind != COLUMNS
    return "".join(
        f'<span class="compared__cell">{f"<b>{escape(heading)}:</b> " if heading and named else ""}{text}</span>'
        for heading, text in lines
    )


def _mark_of(cell: Cell) -> str:
    return {REMOVED: "<i>Column removed:</i> ", ADDED: "<i>Column added:</i> "}.get(cell.kind, "")


def _style(passage: Passage) -> str:
    names = ["compared"]
    if passage.kind == HEADING:
        names.append("compared--heading")
    elif passage.kind == ITEM:
        names.append(f"compared--in-{min(passage.level, _DEEPEST)}")
    return f' class="{" ".join(names)}"'


def _called(passage: Passage) -> str:
    """Return what stands before the words: the mark of an item, and what the words alone do not tell."""
    names = [passage.within, passage.label or (passage.kind.capitalize() if passage.kind in _NAMED else "")]
    called = ", ".join(dict.fromkeys(name for name in names if name))
    mark = ""
    if passage.kind == ITEM:
        mark = f"{passage.number}. " if passage.number else "" if passage.ordered else "• "
    return (f"<b>{escape(called)}:</b> " if called else "") + mark


def _segments_html(segments: Iterable[Segment], kinds) -> str:
    parts, last = [], SAME
    for kind, text, note in segments:
        if kind not in kinds:
            continue
        space = " " if text[0] == " " or (kind != SAME and last != SAME) else "<br>" if text[0] == "\n" else ""
        said = f' <span class="compared__note">[{escape(note)}]</span>' if note and ADDED in kinds else ""
        parts.append(f"{space}{_OPEN[kind]}{_broken(escape(text.strip()))}{_CLOSE[kind]}{said}")
        last = kind
    return "".join(parts)


def _broken(text: str) -> str:
    return text.replace("\n", "<br>")
