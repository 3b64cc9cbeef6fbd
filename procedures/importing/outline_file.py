"""The outline of a manual: numbers, titles and states, a line for each part and chapter."""

import re
from dataclasses import dataclass, field

from content.reading.encodings import cleaned, decode
from content.reading.refusals import CannotImport
from content.reading.typed_numbers import Number
from procedures.importing.report import ManualReport, quoted

MOST_LINES = 1_000
MOST_BYTES = 500_000
DEEPEST = 6
NUMBERED = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3}){0,5})\.?[ \t,;:)]+\s*(\S.*)$")
BULLET = re.compile(r"^([ \t]*)(?:[-*•–]\s+)?(\S.*)$")
STATES = {"new", "updated", "under review", "current"}


@dataclass
class Line:
    """One line of an outline; `number` is () where the outline is only indented."""

    title: str
    number: Number = ()
    state: str = ""
    children: list["Line"] = field(default_factory=list)

    def walk(self):
        """Yield the line and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_outline(content: bytes, report: ManualReport) -> list[Line]:
    """Return the lines at the top, with the others below them. Raises CannotImport when it is no outline.

    A line is a number, a title and perhaps a state, parted by tabs, commas, semicolons or spaces; or only a title,
    indented below another. What follows `#` at the beginning of a line is a comment.
    """
    if len(content) > MOST_BYTES:
        raise CannotImport("The outline is far longer than that of a manual. Is it the right file?")
    text = cleaned(decode(content, may_declare=False)[0])
    lines = [line.rstrip() for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise CannotImport("The outline has no lines in it.")
    if len(lines) > MOST_LINES:
        raise CannotImport(f"The outline has more than {MOST_LINES:,} lines. Is it the right file?")
    numbered = [found for line in lines if (found := NUMBERED.match(line.replace('"', "")))]
    if len(numbered) * 2 >= len(lines):
        return _by_numbers(lines, report)
    return _by_indentation(lines)


def _by_numbers(lines: list[str], report: ManualReport) -> list[Line]:
    top: list[Line] = []
    known: dict[Number, Line] = {}
    for raw in lines:
        found = NUMBERED.match(raw.replace('"', ""))
        if not found:
            report.check(f"This line of the outline has no number and was passed over: {quoted(raw)}.")
            continue
        title, state = _title_and_state(found[2])
        number = tuple(map(int, found[1].split(".")))
        line = Line(title, number, state)
        if number in known:
            report.check(
                f"The outline has the number {found[1]} twice: {quoted(known[number].title)} and {quoted(title)}."
            )
        known.setdefault(number, line)
        above = next((known[number[:cut]] for cut in range(len(number) - 1, 0, -1) if number[:cut] in known), None)
        if above is None and len(number) > 1:
            report.check(f"The outline has no line above {found[1]} {quoted(title)}; it was put at the top.")
        (above.children if above else top).append(line)
    return top


def _by_indentation(lines: list[str]) -> list[Line]:
    top: list[Line] = []
    open_lines: list[tuple[int, Line]] = []
    for raw in lines:
        found = BULLET.match(raw.expandtabs(4))
        title, state = _title_and_state(found[2])
        indent, line = len(found[1]), Line(title, (), state)
        while open_lines and indent <= open_lines[-1][0]:
            open_lines.pop()
        (open_lines[-1][1].children if open_lines else top).append(line)
        if len(open_lines) < DEEPEST:
            open_lines.append((indent, line))
    return top


def _title_and_state(text: str) -> tuple[str, str]:
    """Return the title, and the state where the last of several cells is one."""
    cells = [cell.strip() for cell in re.split(r"\t|;|,(?=\s*(?:new|updated|under review|current)\s*$)", text)]
    cells = [cell for cell in cells if cell]
    if len(cells) > 1 and cells[-1].casefold() in STATES:
        return " ".join(cells[:-1])[:255], cells[-1].casefold()
    return " ".join(cells)[:255], ""
