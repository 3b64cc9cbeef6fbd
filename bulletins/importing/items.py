"""Sections become the raw data of items (`bulletins.blocks`)."""

from dataclasses import dataclass, field
from datetime import date
from html import escape
from uuid import uuid4

from bulletins.importing.dates import in_words
from bulletins.importing.facts import deadline_in, first_day_in, law_in, meeting_in, place_in, theme_in
from bulletins.importing.findings import findings_in
from bulletins.importing.kinds import NAMES, kind_of, priorities_in
from bulletins.importing.sections import UNTITLED, Issue, Section
from content.reading.outline import Block, BulletList, Heading, ListItem, Paragraph, Picture, Run, Table, text_of
from content.reading.report import Report, quoted
from content.reading.rich_text import as_paragraphs, html_of, inline

LONGEST_HEADING = 200
LONGEST_FIELDS = {"act": 200, "section": 60, "maximum_penalty": 200, "theme": 200, "place": 200}
DEFAULT_GOOD, DEFAULT_DEVELOPMENT = "Examples of good practice", "Areas for further development"


@dataclass
class Maker:
    """Makes the items of one issue. `pictures` takes a picture and returns its number, or None when it cannot."""

    issue: Issue
    report: Report
    pictures: object
    deadline: date | None = None
    priorities: set[str] = field(default_factory=set)

    def items(self) -> list[dict]:
        """Return the items in order; sets `deadline` to the one for the next issue where an item gives it."""
        self.priorities = priorities_in(self.issue.sections)
        return [self._item(section) for section in self.issue.sections]

    def _item(self, section: Section) -> dict:
        heading, blocks = self._heading(section)
        kind, reason = kind_of(section, priorities=self.priorities)
        if reason:
            self.report.guess(f"Read as: {NAMES[kind]}, {reason}.", heading)
        if not blocks:
            self.report.check("There is no text below this heading.", heading)
        make = getattr(self, f"_{kind}", None)
        value = make(heading, blocks) if make else {"body": self.body(blocks, heading)}
        return {"type": kind, "id": str(uuid4()), "value": {"heading": heading, **value}}

    def _heading(self, section: Section) -> tuple[str, list[Block]]:
        """Return the heading of an item and its blocks; a heading that is too long is kept whole in the text."""
        heading, blocks = section.heading.text, list(section.blocks)
        if not heading:
            self.report.check(f"No heading was found above this text; it is called {quoted(UNTITLED)}.", UNTITLED)
            return UNTITLED, blocks
        if len(heading) > LONGEST_HEADING:
            blocks.insert(0, Paragraph([Run(heading)]))
            heading = heading[: LONGEST_HEADING - 1].rstrip() + "…"
            self.report.check("The heading was too long. It was shortened, and stands in full above the text.", heading)
        if links := [run for run in section.heading.runs if run.href]:
            blocks.append(Paragraph(links))
            self.report.guess("The heading was a link. The link now stands at the end of the item.", heading)
        return heading, blocks

    def body(self, blocks: list[Block], heading: str) -> list[dict]:
        """Return blocks as the body of an item: text runs on until a table or a picture comes."""
        body: list[dict] = []
        text: list[str] = []
        for block in [*blocks, None]:
            if isinstance(block, Paragraph | Heading | BulletList):
                text.append(html_of(block, split_level=self.issue.level))
                continue
            if "".join(text):
                body.append(_raw("text", "".join(text)))
                text = []
            if isinstance(block, Table):
                body.append(_raw("table", _table(block)))
            elif isinstance(block, Picture):
                made, text = self._picture(block, heading)
                body += made
        return body

    def _picture(self, picture: Picture, heading: str) -> tuple[list[dict], list[str]]:
        """Return a picture as a block, or what is left of it as text."""
        key = self.pictures.take(picture, heading) if picture.data else None
        if key is not None:
            if not picture.alt:
                self.report.check("A picture has no description. Say what it tells, or that it is decoration.", heading)
            alt = picture.alt[:250]
            value = {"image": key, "alt_text": alt, "decorative": False, "caption": ""}
            return [_raw("image", value)], []
        if picture.data is None and picture.source:
            what = f"{quoted(picture.alt)} " if picture.alt else ""
            self.report.left_out(
                f"The picture {what}is not in the file, only its address {quoted(picture.source)}. Add it by hand.",
                heading,
            )
        return [], [f"<p><i>{escape(picture.alt, quote=False)}</i></p>"] if picture.alt else []

    def _new_law(self, heading: str, blocks: list[Block]) -> dict:
        facts = law_in(_words(blocks), near=self.issue.day)
        for name, label in (("act", "act"), ("section", "section"), ("in_force_from", "day it comes into force"),
                            ("maximum_penalty", "maximum penalty")):  # fmt: skip
            if facts[name]:
                said = in_words(date.fromisoformat(facts[name])) if name == "in_force_from" else quoted(facts[name])
                self.report.guess(f"The {label} was found in the text: {said}.", heading)
            else:
                self.report.check(f"The {label} was not found in the text.", heading)
        in_force = facts.pop("in_force_from") or None
        fields = {name: facts[name][: LONGEST_FIELDS[name]] for name in facts}
        return {
            "body": self.body(blocks, heading),
            **fields,
            "in_force_from": in_force,
            "what_to_do": "",
            "chapters": [],
        }

    def _inspection(self, heading: str, blocks: list[Block]) -> dict:
        found = findings_in(blocks)
        if found.moved:
            words = quoted(text_of(found.moved[0]))
            self.report.check(f"The order changed: what begins with {words} now stands above the two lists.", heading)
        if not found.good and not found.development:
            self.report.check("No list of good practice or of areas for development was found.", heading)
        elif found.next_steps:
            self.report.guess(f"Next steps begin with {quoted(text_of(found.next_steps[0]))}.", heading)
        theme = theme_in(_words(found.body))[: LONGEST_FIELDS["theme"]]
        if theme:
            self.report.guess(f"The theme was found in the text: {quoted(theme)}.", heading)
        return {
            "body": self.body([*found.body, *found.moved], heading),
            "theme": theme,
            "good_practice_heading": found.good_heading or DEFAULT_GOOD,
            "good_practice": _points(found.good),
            "development_heading": found.development_heading or DEFAULT_DEVELOPMENT,
            "areas_for_development": _points(found.development),
            "next_steps": as_paragraphs(found.next_steps),
        }

    def _priority_update(self, heading: str, blocks: list[Block]) -> dict:
        return {"body": self.body(blocks, heading), "priority": None}

    def _highlight(self, heading: str, blocks: list[Block]) -> dict:
        return {"body": self.body(blocks, heading), "page": None}

    def _procedures_update(self, heading: str, blocks: list[Block]) -> dict:
        self.report.check("Choose the chapters that changed, so that readers can go to them.", heading)
        return {"body": self.body(blocks, heading), "chapters": []}

    def _decision(self, heading: str, blocks: list[Block]) -> dict:
        met = self._day(meeting_in(_words(blocks), near=self.issue.day), "day of the meeting", heading)
        return {"body": self.body(blocks, heading), "meeting_date": met, "decision": "", "document": None}

    def _training(self, heading: str, blocks: list[Block]) -> dict:
        day = self._day(first_day_in(_words(blocks), near=self.issue.day), "day of the training", heading)
        place = place_in(_words(blocks))[: LONGEST_FIELDS["place"]]
        return {"body": self.body(blocks, heading), "date": day, "place": place, "link": ""}

    def _call_for_information(self, heading: str, blocks: list[Block]) -> dict:
        found = deadline_in(_words(blocks), near=self.issue.day)
        deadline = self._day(found, "deadline", heading)
        if found and "next" in f"{heading} {_words(blocks)}".lower():
            self.deadline = found.day
        return {"body": self.body(blocks, heading), "deadline": deadline}

    def _day(self, found, label: str, heading: str) -> str | None:
        """Return a date as it is stored, and say where it came from."""
        if found is None:
            self.report.check(f"The {label} was not found in the text.", heading)
            return None
        if found.doubt:
            self.report.check(f"The {label} is doubtful: {found.doubt}.", heading)
        self.report.guess(f"The {label} was found in the text: {in_words(found.day)}.", heading)
        return found.day.isoformat()


def _raw(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _words(blocks: list[Block]) -> str:
    return "\n".join(text_of(block) for block in blocks)


def _points(found: BulletList | None) -> list[dict]:
    """Return the points of a list as rich text each; a list below a point becomes lines of it."""
    if found is None:
        return []
    return [
        {"type": "item", "value": f"<p>{inline(_with_lists(item))}</p>", "id": str(uuid4())} for item in found.items
    ]


def _with_lists(item: ListItem) -> list[Run]:
    lines = [line for nested in item.lists for line in text_of(nested).split("\n")]
    return [*item.runs, *(Run(f"\n{line}") for line in lines)]


def _table(table: Table) -> dict:
    return {
        "columns": [{"type": "text", "heading": heading} for heading in table.headings],
        "rows": [
            {"values": [f"<p>{cell}</p>" if (cell := inline(runs)) else "" for runs in row]} for row in table.rows
        ],
        "caption": table.caption,
    }
