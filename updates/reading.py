"""The fields of a page read as passages: plain text, rich text and streams of blocks, from their raw values.

No object is fetched for the text of blocks; what is chosen is known by its key and named afterwards, all together.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model
from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
    StaticBlock,
)
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model

from content.blocks import CalloutBlock
from content.fetching import base_model
from content.topics import TopicsBlock
from organisation.models import Contact
from pages.models import BasePage
from updates.plain_values import said, words_in
from updates.rich_passages import RichText
from updates.wording import (
    CALLOUT_TITLE,
    CAPTION,
    CHOSEN,
    COLUMNS,
    CONTACT,
    HEADING,
    PAGE_LINK,
    PARAGRAPH,
    PICTURE,
    PLAIN,
    ROW,
    Line,
    Passage,
    Section,
    Target,
    line_of,
)

# Names of the parts of a block that mean themselves and need no label before their words.
_SELF_EVIDENT = {"heading", "title", "text", "body"}


class Reader:
    """Reads pages; `names` is filled by the caller with the names of what was chosen."""

    def __init__(self, names: dict):
        self._names = names
        self._section = Section("", "", "")
        self._under = ""

    def read(self, page, fields=None) -> list[Passage]:
        """Return the passages of fields, each (name, label): of those in `page.compared_fields` if none are given."""
        fields = page.compared_fields if fields is None else fields
        return [passage for name, label in fields for passage in self._field(page, name, label)]

    def _field(self, page, name: str, label: str) -> Iterator[Passage]:
        self._section, self._under = Section(name, "", label), ""
        field = _field_of(page, name)
        if isinstance(field, ForeignKey):
            if key := getattr(page, field.attname):
                yield self._chosen(field.related_model, key, "")
            return
        value = getattr(page, name, None)
        if isinstance(field, StreamField):
            yield from self._stream(value.stream_block, list(value.raw_data), 2, "")
        elif isinstance(field, RichTextField):
            yield from self._rich(value, "")
        else:
            yield from self._plain(value, "", "", field)

    def _block(self, block, raw, level: int, label: str, within: str) -> Iterator[Passage]:
        """Yield the passages of a raw value; of a value that is not what its block should have, the words in it."""
        # Topics sort a passage and are no part of what it says.
        if raw in (None, "", [], {}) or isinstance(block, StaticBlock | TopicsBlock):
            return
        if isinstance(block, ChooserBlock) and isinstance(raw, int | str):
            yield self._chosen(block.model_class, raw, within)
        elif isinstance(block, RichTextBlock) and isinstance(raw, str):
            yield from self._rich(raw, within)
        elif isinstance(block, BaseStreamBlock) and isinstance(raw, list):
            yield from self._stream(block, raw, level, within)
        elif isinstance(block, BaseStructBlock) and isinstance(raw, dict):
            yield from self._struct(block, raw, level, within)
        elif isinstance(block, ListBlock) and isinstance(raw, list):
            for child in raw:
                is_item = isinstance(child, dict) and child.get("type") == "item" and "value" in child
                yield from self._block(block.child_block, child["value"] if is_item else child, level, label, within)
        elif isinstance(block, BaseTypedTableBlock) and isinstance(raw, dict):
            yield from self._table(block, raw, within)
        else:
            yield from self._plain(raw, label, within, block)

    def _stream(self, block, raw: list, level: int, within: str) -> Iterator[Passage]:
        at_top = level == 2 and not within
        whole = self._section if at_top else None
        for child in raw:
            if not isinstance(child, dict):
                continue
            child_block, value = block.child_blocks.get(child.get("type")), child.get("value")
            heading = value.get("heading") if isinstance(value, dict) else None
            if at_top and isinstance(child_block, BaseStructBlock) and isinstance(heading, str):
                section_heading = line_of(heading).text
                self._section, self._under = Section(whole.field, str(child.get("id") or ""), section_heading), ""
            elif at_top and self._section.id:
                self._section, self._under = whole, ""
            named = child_block is not None and child.get("type") not in _SELF_EVIDENT
            block_id = str(child.get("id") or "")
            for passage in self._block(child_block, value, level, str(child_block.label) if named else "", within):
                # Of streams inside each other, the innermost says where it is.
                yield passage if passage.block or not block_id else replace(passage, block=block_id)

    def _struct(self, block, raw: dict, level: int, within: str) -> Iterator[Passage]:
        headed = "heading" in block.child_blocks
        if not headed:
            within = str(block.label)
        for name, child_block in block.child_blocks.items():
            value = raw.get(name)
            if name == "heading" and isinstance(value, str):
                yield from self._heading(line_of(value), level)
            elif name == "title" and isinstance(block, CalloutBlock) and isinstance(value, str):
                yield from self._made(CALLOUT_TITLE, line_of(value), within)
            else:
                label = "" if name in _SELF_EVIDENT else str(child_block.label)
                yield from self._block(child_block, value, level + headed, label, within)

    def _heading(self, line: Line, level: int) -> Iterator[Passage]:
        if level > 2 and line.tokens:
            self._under = line.text
        for passage in self._made(HEADING, line, ""):
            yield replace(passage, level=min(level, 6))

    def _table(self, block, raw: dict, within: str) -> Iterator[Passage]:
        columns = [column for column in _list(raw.get("columns")) if isinstance(column, dict)]
        headings = tuple(line_of(str(column.get("heading") or "")) for column in columns)
        names = tuple(line.text for line in headings)
        yield from self._made(CAPTION, line_of(str(raw.get("caption") or "")), within)
        if any(names):
            yield Passage(COLUMNS, headings, self._section, self._under, within=within, columns=names)
        for row in _list(raw.get("rows")):
            values = _list(row.get("values")) if isinstance(row, dict) else []
            blocks = [block.child_blocks.get(column.get("type")) for column in columns[: len(values)]]
            blocks += [None] * (len(values) - len(blocks))
            cells = tuple(self._cell(cell_block, value) for cell_block, value in zip(blocks, values, strict=True))
            if any(cell.tokens for cell in cells):
                yield Passage(ROW, cells, self._section, self._under, within=within, columns=names)

    def _cell(self, block, raw) -> Line:
        """Return the words of a cell as one line, its paragraphs on lines of their own."""
        under = self._under
        lines = [line for passage in self._block(block, raw, 6, "", "") for line in passage.lines if line.tokens]
        self._under = under
        if len(lines) < 2:
            return lines[0] if lines else Line()
        tokens, marks = [], []
        for line in lines:
            tokens += ["\n" + line.tokens[0], *line.tokens[1:]]
            marks += line.marks or [PLAIN] * len(line.tokens)
        tokens[0] = tokens[0].lstrip()
        return Line(tuple(tokens), tuple(marks) if any(line.marks for line in lines) else ())

    def _rich(self, source, within: str) -> Iterator[Passage]:
        for (kind, level, number, ordered), line, chosen in RichText(str(source), self._names).passages():
            if kind == HEADING:
                yield from self._heading(line, level)
            elif chosen:
                yield Passage(kind, (), self._section, self._under, within=within, chosen=chosen)
            else:
                yield Passage(kind, (line,), self._section, self._under, level, number, ordered, within=within)

    def _plain(self, value, label: str, within: str, field) -> Iterator[Passage]:
        """Yield paragraphs of anything that is neither rich text nor blocks."""
        if isinstance(value, dict | list | tuple):
            for text in words_in(value):
                yield from self._rich(text, within)
            return
        for paragraph in said(value, field).split("\n\n"):
            for passage in self._made(PARAGRAPH, line_of(paragraph), within):
                yield replace(passage, label=label)

    def _made(self, kind: str, line: Line, within: str) -> Iterator[Passage]:
        if line.tokens:
            yield Passage(kind, (line,), self._section, self._under, within=within)

    def _chosen(self, model: type[Model], key, within: str) -> Passage:
        model = base_model(model)
        kind = {BasePage: PAGE_LINK, get_image_model(): PICTURE, Contact: CONTACT}.get(model, CHOSEN)
        label = str(model._meta.verbose_name).capitalize() if kind == CHOSEN else ""
        target = Target(model, str(key), self._names)
        return Passage(kind, (), self._section, self._under, label=label, within=within, chosen=target)


def _field_of(page, name: str) -> Field | None:
    with suppress(FieldDoesNotExist):
        return page._meta.get_field(name)
    return None


def _list(value) -> list:
    return value if isinstance(value, list) else []
