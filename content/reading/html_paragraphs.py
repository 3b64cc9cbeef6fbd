"""One paragraph of HTML, gathered piece by piece: text, a likely heading, a point of a list, or several of them."""

from dataclasses import dataclass, field
from itertools import groupby

from content.reading.headings import is_in_capitals, looks_like_title
from content.reading.html_styles import Style
from content.reading.outline import Block, Heading, Paragraph, Picture, Run, Runs, plain
from content.reading.text_lists import Entry

INDENT = 4


@dataclass
class Gathered:
    """The inline content met since the last block ended, in lines that `<br>` parts."""

    lines: list[Runs] = field(default_factory=lambda: [[]])
    pictures: list[Picture] = field(default_factory=list)
    # Level in one of Word's lists; 0 for none.
    word_level: int = 0
    # How much it stands out in a Word document (`html_styles.title_depth`).
    title_depth: int = 0
    # Characters in large type, and in any.
    large: int = 0
    length: int = 0

    def add(self, text: str, style: Style) -> None:
        """Add text; spaces at the beginning of a line and double spaces are not content."""
        line = self.lines[-1]
        if not line or line[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            return
        self.large += len(text) if style.large else 0
        self.length += len(text)
        line.append(Run(text, style.href, style.bold, style.italic))

    def add_break(self) -> None:
        """End the line."""
        self.lines.append([])


def blocks_of(gathered: Gathered) -> list[Block | Entry]:
    """Return what was gathered: an empty line (two breaks) parts paragraphs; the pictures come after the words."""
    blocks: list[Block | Entry] = []
    paragraph: list[Runs] = []
    for line in [*gathered.lines, []]:
        if plain(line).strip():
            paragraph.append(line)
        elif paragraph:
            blocks += _paragraph(paragraph, gathered)
            paragraph = []
    return [*blocks, *gathered.pictures]


def _paragraph(lines: list[Runs], gathered: Gathered) -> list[Block | Entry]:
    """Return the blocks of lines that no empty line parts: text, and the lines that begin with a bullet as points."""
    blocks: list[Block | Entry] = []
    for are_points, group in groupby(lines, lambda line: _point(line, gathered.word_level) is not None):
        if are_points:
            blocks += [_point(line, gathered.word_level) for line in group]
        else:
            blocks += _text(list(group), gathered)
    return blocks


def _text(lines: list[Runs], gathered: Gathered) -> list[Block]:
    first = plain(lines[0]).strip()
    if gathered.title_depth < 0:
        return [Paragraph(_joined(lines))]
    if gathered.title_depth:
        return [Heading(_joined(lines), certain=False, depth=gathered.title_depth)]
    if len(lines) == 1:
        is_large = gathered.large > gathered.length / 2
        if (is_large or _is_bold(lines[0])) and looks_like_title(first):
            return [Heading(lines[0], certain=False)]
        if is_in_capitals(first):
            return [Heading(lines[0])]
    elif _is_bold(lines[0]) and not _is_bold(lines[1]) and looks_like_title(first):
        return [Heading(lines[0], certain=False), Paragraph(_joined(lines[1:]))]
    return [Paragraph(_joined(lines))]


def _point(line: Runs, word_level: int) -> Entry | None:
    """Return the point that a line is because it begins with a bullet, or because Word says that it is one.

    A number alone makes no point: it may be a numbered heading, and is kept as it is.
    """
    words = plain(line)
    # Word puts its bullet directly before the text.
    entry = Entry.begins(words) or (word_level and Entry.begins(f"{words[:1]} {words[1:]}")) or None
    if word_level and entry is None:
        entry = Entry(0, "•", words)
    if entry is None or (entry.is_number and not word_level):
        return None
    runs = without_mark(line, entry.marker)
    return Entry(max(word_level - 1, 0) * INDENT, entry.marker, plain(runs), tuple(runs))


def without_mark(line: Runs, marker: str) -> Runs:
    """Return the runs without the bullet or number at the beginning."""
    runs = list(line)
    if not plain(runs).lstrip().startswith(marker):
        return runs
    missing = len(marker)
    while missing and runs:
        text = runs[0].text.lstrip()
        taken = min(missing, len(text))
        runs[0] = Run(text[taken:], *_style(runs[0]))
        missing -= taken
        if not runs[0].text.strip():
            runs.pop(0)
    if runs:
        runs[0] = Run(runs[0].text.lstrip(), *_style(runs[0]))
    return runs


def _style(run: Run) -> tuple:
    return run.href, run.bold, run.italic


def _is_bold(line: Runs) -> bool:
    return all(run.bold for run in line if run.text.strip())


def _joined(lines: list[Runs]) -> Runs:
    result: Runs = []
    for line in lines:
        result += [*([Run("\n")] if result else []), *line]
    return result
