"""Which file belongs to which line of the outline: by title, by the name of the file, by number, by likeness."""

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from content.reading.typed_numbers import without_number
from procedures.importing.chapters import ImportedChapter
from procedures.importing.outline_file import Line
from procedures.importing.report import ManualReport, quoted
from procedures.importing.titles import in_order, name_of_file, plain_title

# Of 100: "Working with sexually active children" and "Sexually active children, working with".
LIKE_ENOUGH = 86


@dataclass
class Planned:
    """A place in the manual: a part where something stands below it, a chapter where not."""

    title: str
    chapter: ImportedChapter | None = None
    state: str = ""
    children: list["Planned"] = field(default_factory=list)


def planned(lines: list[Line], chapters: list[ImportedChapter], report: ManualReport) -> list[Planned]:
    """Return what stands directly in the manual, in order, with all that stands below it."""
    chapters = sorted(chapters, key=lambda chapter: in_order(chapter.path))
    found = matched(lines, chapters, report)
    plan = [_planned(line, found, report) for line in lines]
    used = {id(chapter) for chapter in found.values()}
    rest = [chapter for chapter in chapters if id(chapter) not in used]
    if lines and rest:
        named = ", ".join(quoted(chapter.title) for chapter in rest[:20]) + (" and others" if len(rest) > 20 else "")
        report.check(f"No line of the outline names these chapters; they stand at the end: {named}.")
    plan += [Planned(chapter.title, chapter) for chapter in rest]
    _say_twice(plan, report)
    return plan


def matched(lines: list[Line], chapters: list[ImportedChapter], report: ManualReport) -> dict[int, ImportedChapter]:
    """Return the chapter of each line that has one, by the identity of the line."""
    found: dict[int, ImportedChapter] = {}
    open_lines = [line for top in lines for line in top.walk()]
    free = list(chapters)
    for key_of_line, key_of_chapter, said in WAYS:
        by_key = defaultdict(list)
        for chapter in free:
            by_key[key_of_chapter(chapter)].append(chapter)
        for line in open_lines:
            candidates = by_key.get(key_of_line(line)) or []
            if not key_of_line(line) or not candidates:
                continue
            chapter = next((one for one in candidates if line.number and one.number == line.number), candidates[0])
            candidates.remove(chapter)
            _take(line, chapter, found, free)
            if said:
                report.guess(f"The file {quoted(chapter.path)} was taken for {quoted(line.title)}, by its {said}.")
        open_lines = [line for line in open_lines if id(line) not in found]
    _by_likeness(open_lines, free, found, report)
    return found


def _title_of_line(line: Line) -> str:
    return plain_title(without_number(line.title)[0])


WAYS = (
    (_title_of_line, lambda chapter: plain_title(chapter.title), ""),
    (_title_of_line, lambda chapter: plain_title(name_of_file(chapter.path)[0]), "name"),
    (lambda line: line.number, lambda chapter: chapter.number, "number"),
)


def _by_likeness(lines: list[Line], free: list[ImportedChapter], found: dict, report: ManualReport) -> None:
    pairs = sorted(
        (
            (fuzz.token_sort_ratio(_title_of_line(line), plain_title(chapter.title)), index, at)
            for index, line in enumerate(lines)
            for at, chapter in enumerate(free)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    candidates = list(free)
    for likeness, index, at in pairs:
        line, chapter = lines[index], candidates[at]
        if likeness < LIKE_ENOUGH:
            break
        if id(line) in found or not any(chapter is one for one in free):
            continue
        _take(line, chapter, found, free)
        report.guess(f"{quoted(chapter.title)} was taken for {quoted(line.title)}: their titles are alike.")


def _take(line: Line, chapter: ImportedChapter, found: dict, free: list[ImportedChapter]) -> None:
    found[id(line)] = chapter
    free[:] = [one for one in free if one is not chapter]


def _planned(line: Line, found: dict[int, ImportedChapter], report: ManualReport) -> Planned:
    chapter = found.get(id(line))
    title = without_number(line.title)[0] or line.title
    place = Planned(title, chapter, line.state, [_planned(child, found, report) for child in line.children])
    if place.children and chapter is not None:
        place.chapter = None
        place.children.insert(0, Planned(chapter.title, chapter, line.state))
        report.check(f"{quoted(title)} is a part and has a text of its own: this is now the first chapter in it.")
    elif chapter is None and not place.children:
        report.check(f"There is no file for {quoted(title)}: the draft has a title and nothing else.")
    if chapter is not None and plain_title(chapter.title) != plain_title(title) and not place.children:
        report.guess(f"The title is that of the outline, {quoted(title)}; the file says {quoted(chapter.title)}.")
    return place


def _say_twice(places: list[Planned], report: ManualReport) -> None:
    """Name titles that stand twice in the same place."""
    seen: dict[str, int] = defaultdict(int)
    for place in places:
        seen[plain_title(place.title)] += 1
        if seen[plain_title(place.title)] == 2:
            report.check(f"Two chapters are called {quoted(place.title)}. Rename one, or delete it.")
        _say_twice(place.children, report)
