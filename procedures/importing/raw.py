"""The sections of a chapter as the raw data of its field (`procedures.blocks`)."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from uuid import uuid4

from content.reading.outline import Block, Box, BulletList, Heading, Paragraph, Picture, Runs, Table, text_of
from content.reading.pictures import Pictures
from content.reading.report import Report, quoted
from content.reading.rich_text import PAGE, as_paragraphs, html_of, inline
from procedures.importing.links import with_links
from procedures.importing.sections import ChapterSection
from procedures.importing.special import Special

LONGEST_CALLOUT_TITLE = 120
LONGEST_CALLOUT = 1_500
LONGEST_ALT = 250
# As many fields as the editor can save, with room for the rest of a chapter.
MOST_CELLS = 3_000
TextBlocks = Paragraph | Heading | BulletList


@dataclass
class Maker:
    """Makes the raw data of one chapter. `resolved` returns runs with their links as they may be stored."""

    resolved: Callable[[Runs], Runs]
    report: Report
    pictures: Pictures

    def sections(self, sections: list[ChapterSection]) -> list[dict]:
        """Return the sections."""
        return [_raw("section", self._section(section)) for section in sections]

    def field(self, blocks: list[Block], name: str) -> str:
        """Return blocks for a field of paragraphs and bullets; what it cannot hold is reported."""
        blocks = [with_links(block, self.resolved) for block in _opened(blocks)]
        if held := [block for block in blocks if isinstance(block, Table | Picture)]:
            self.report.left_out(f"Tables or pictures in {name}, which holds only text: {len(held)}.")
        words = [_unnumbered(block) for block in blocks if isinstance(block, TextBlocks)]
        return as_paragraphs(words)

    def related(self, special: Special, find: Callable[[str], int | None]) -> list[dict]:
        """Return the related chapters; `find` finds one by its title. What is none of them is reported."""
        keys: list[int] = []
        for line in _lines(special.related):
            runs = self.resolved(line)
            linked = [int(run.href.removeprefix(PAGE)) for run in runs if run.href.startswith(PAGE)]
            words = "".join(run.text for run in runs).strip()
            if not linked and (key := find(words)):
                linked = [key]
            if words and not linked:
                self.report.left_out(f"{quoted(words)} among the related chapters: it is none of the chapters.")
            keys += [key for key in linked if key not in keys]
        return [_raw("page", key) for key in keys]

    def _section(self, section: ChapterSection) -> dict:
        body = self._body(section.blocks)
        body += [_raw("subsection", self._section(below)) for below in section.subsections]
        return {"heading": section.heading, "body": body}

    def _body(self, blocks: list[Block]) -> list[dict]:
        """Return blocks as they may stand below a heading: text runs on until something else comes."""
        body: list[dict] = []
        text: list[str] = []
        for block in [*blocks, None]:
            block = block and with_links(block, self.resolved)
            if isinstance(block, TextBlocks):
                text.append(_text(block))
                continue
            made = self._block(block) if block else []
            if isinstance(made, str):
                text.append(made)
                continue
            if "".join(text):
                body.append(_raw("text", "".join(text)))
            text = []
            body += made
        return body

    def _block(self, block: Block) -> list[dict] | str:
        """Return a block that is no running text; text where only that is left of it."""
        if isinstance(block, Table):
            return [_raw("table", self._table(block))]
        if isinstance(block, Picture):
            return self._picture(block)
        return self._callout(block)

    def _callout(self, box: Box) -> list[dict]:
        words = text_of(box)
        if len(words) > LONGEST_CALLOUT or not all(isinstance(block, TextBlocks) for block in box.blocks):
            self.report.guess(f"A box that begins with {quoted(words)} is ordinary text now: it is too much for one.")
            return self._body(box.blocks)
        blocks, title = list(box.blocks), ""
        if len(blocks) > 1 and isinstance(blocks[0], Heading) and len(blocks[0].text) <= LONGEST_CALLOUT_TITLE:
            title = blocks.pop(0).text
        if not blocks:
            return []
        self.report.counts["callouts"] += 1
        return [_raw("callout", {"title": title, "text": as_paragraphs([_unnumbered(block) for block in blocks])})]

    def _table(self, table: Table) -> dict:
        self.report.counts["tables"] += 1
        if len(table.rows) * len(table.headings) > MOST_CELLS:
            self.report.check(
                f"The table {quoted(table.caption or ' | '.join(table.headings))} has {len(table.rows):,} rows. "
                "The editor may refuse to save so many; split it, or make it a document."
            )
        return {
            "columns": [{"type": "text", "heading": heading} for heading in table.headings],
            "rows": [
                {"values": [f"<p>{cell}</p>" if (cell := inline(runs)) else "" for runs in row]} for row in table.rows
            ],
            "caption": table.caption,
        }

    def _picture(self, picture: Picture) -> list[dict] | str:
        key = self.pictures.take(picture, "") if picture.data else None
        if key is not None:
            self.report.counts["pictures"] += 1
            if not picture.alt:
                self.report.check("A picture has no description. Say what it tells, or that it is decoration.")
            value = {"image": key, "alt_text": picture.alt[:LONGEST_ALT], "decorative": False, "caption": ""}
            return [_raw("image", value)]
        if picture.data is None:
            what = f" {quoted(picture.alt)}" if picture.alt else ""
            self.report.left_out(f"The picture{what} is missing: {quoted(picture.source)} is none of the files.")
        return f"<p><i>{escape(picture.alt, quote=False)}</i></p>" if picture.alt else ""


def _text(block: TextBlocks) -> str:
    if isinstance(block, Heading):
        words = inline(block.runs).replace("<br/>", " ")
        return f"<h4>{words}</h4>" if words else ""
    return html_of(block)


def _opened(blocks: list[Block]) -> list[Block]:
    """Return the blocks with those in boxes beside them."""
    return [inner for block in blocks for inner in (_opened(block.blocks) if isinstance(block, Box) else [block])]


def _unnumbered(block: TextBlocks) -> TextBlocks:
    """Return a block with bullets in the place of numbers, for fields that have no numbered lists."""
    if not isinstance(block, BulletList):
        return block
    for item in block.items:
        item.lists = [_unnumbered(nested) for nested in item.lists]
    return BulletList(False, block.items)


def _lines(blocks: list[Block]) -> list[Runs]:
    """Return the lines that blocks are made of: paragraphs, points of lists."""
    lines: list[Runs] = []
    for block in _opened(blocks):
        if isinstance(block, BulletList):
            for item in block.items:
                lines += [item.runs, *_lines(item.lists)]
        elif isinstance(block, Paragraph | Heading):
            line: Runs = []
            for run in block.runs:
                if run.text == "\n":
                    lines.append(line)
                    line = []
                else:
                    line.append(run)
            lines.append(line)
    return lines


def _raw(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid4())}
