"""One file becomes one chapter: its title, scope, guidance, related chapters and sections, links still as they were."""

from dataclasses import dataclass

from content.reading import plain_text
from content.reading.checks import say_how_it_was_read
from content.reading.headings import settle
from content.reading.html_outline import outline_of_tree, report_lost
from content.reading.html_tree import title_of, tree_of
from content.reading.outline import Block, Box, Heading, Paragraph
from content.reading.outlining import with_pictures
from content.reading.refusals import NothingToRead
from content.reading.sources import Source, read
from content.reading.typed_numbers import Number, without_number
from procedures.importing.links import kept_address, old_address_in, resolved_path
from procedures.importing.pages import chapter_in
from procedures.importing.report import ManualReport, quoted
from procedures.importing.sections import ChapterSection, sections_of
from procedures.importing.special import Special, without_special
from procedures.importing.titles import name_of_file

LONGEST_TITLE = 255
SITE_NAMES = (" | ", " – ", " — ", " - ", " :: ", " » ")


@dataclass
class ImportedChapter:
    """A chapter as its file says. `path`: the file; `number`: the one typed in its title or file name."""

    path: str
    title: str
    number: Number
    special: Special
    sections: list[ChapterSection]
    words: str
    report: ManualReport
    # The address at which the file says it stood.
    address: str = ""
    # Whether it has words of its own besides links to other chapters.
    is_contents: bool = False


def read_chapter(path: str, content: bytes, *, pictures: dict[str, bytes]) -> ImportedChapter:
    """Return the chapter in a file. `pictures`: those beside it, by path. Raises CannotImport with the reason."""
    report = ManualReport()
    source = read(content, filename=path, what="a chapter")
    say_how_it_was_read(source, report)
    for group, sentence in source.said:
        report.add(group, sentence)
    blocks, words = _outline(source, report)
    if not blocks:
        raise NothingToRead
    blocks = with_pictures(blocks, source.pictures | _beside(path, blocks, pictures))
    title, number, blocks = _title(
        settle(_titled_by_first_line(_opened(blocks), path, report), report), source, path, report
    )
    special, blocks = without_special(blocks, report)
    return ImportedChapter(
        path=path,
        title=title,
        number=number,
        special=special,
        sections=sections_of(blocks, title=title, report=report),
        words=words,
        report=report,
        address=old_address_in(source.text) if source.is_html else "",
        is_contents=_is_contents(blocks, path),
    )


def _outline(source: Source, report: ManualReport) -> tuple[list[Block], str]:
    if not source.is_html:
        return plain_text.outline_of(source.text), source.text
    root, lost = tree_of(source.text)
    report_lost(lost, report)
    return outline_of_tree(chapter_in(root, report), report, links=kept_address)


def _titled_by_first_line(blocks: list[Block], path: str, report: ManualReport) -> list[Block]:
    """Return the blocks with a first line that looks like a title made one, where nothing is marked as a title."""
    is_plain = path.lower().endswith((".txt", ".docx"))
    is_marked = any(isinstance(block, Heading) and block.certain and block.level == 1 for block in blocks)
    first = blocks[0]
    if is_plain and not is_marked and isinstance(first, Heading) and not first.certain:
        report.guess(f"The first line was taken as the title: {quoted(first.text)}.")
        return [Heading(first.runs, 1), *blocks[1:]]
    return blocks


def _opened(blocks: list[Block]) -> list[Block]:
    """Return the blocks; a box that is the only thing there is opened, since it only frames the page."""
    if len(blocks) == 1 and isinstance(blocks[0], Box):
        return blocks[0].blocks
    return blocks


def _beside(path: str, blocks: list[Block], pictures: dict[str, bytes]) -> dict[str, bytes]:
    """Return the pictures that lie beside the chapter, by the addresses that it gives them."""
    known = {name.casefold(): data for name, data in pictures.items()}
    found = {}
    for source in {block.source for block in blocks if getattr(block, "source", "")}:
        data = known.get((resolved_path(source, base=path) or "").casefold())
        if data is not None:
            found[source] = data
    return found


def _title(blocks: list[Block], source: Source, path: str, report: ManualReport):
    """Return title, number and the blocks without the title."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    first = next((block for block in headings if block.level == 1), None)
    is_only_one = first is not None and sum(block.level == 1 for block in headings) == 1
    named, number_of_file = name_of_file(path)
    if first is not None and (is_only_one or blocks[0] is first):
        blocks = [block for block in blocks if block is not first]
        chosen = first.text
    elif source.is_html and (document := _document_title(source.text)):
        chosen = document
        report.guess(f"There is no main heading; the title is what the page calls itself: {quoted(chosen)}.")
    else:
        chosen = named or path
        report.guess(f"There is no main heading; the title is the name of the file: {quoted(chosen)}.")
    title, number = without_number(chosen)
    if number:
        report.guess(f"The number was taken off the title {quoted(chosen)}: numbers come by themselves.")
    if len(title) > LONGEST_TITLE:
        blocks = [Paragraph(first.runs if first else []), *blocks]
        report.check("The title was too long. It was shortened, and stands in full above the text.")
        title = title[: LONGEST_TITLE - 1].rstrip() + "…"
    return title or named or path, number or number_of_file, blocks


def _document_title(html: str) -> str:
    """Return what a page calls itself, without the name of its site behind a dash or bar."""
    title = title_of(html)
    for mark in SITE_NAMES:
        title = title.partition(mark)[0]
    return title.strip()


def _is_contents(blocks: list[Block], path: str) -> bool:
    """Tell whether a page is a list of contents: called so, and nearly all of its words are links."""
    if name_of_file(path)[0].casefold() not in {"index", "contents", "default", "home", "toc"}:
        return False
    runs = [run for block in blocks for run in _runs_in(block)]
    linked = sum(len(run.text) for run in runs if run.href)
    return linked > 0.6 * sum(len(run.text) for run in runs)


def _runs_in(block) -> list:
    if hasattr(block, "runs"):
        return block.runs
    if hasattr(block, "items"):
        below = [run for item in block.items for nested in item.lists for run in _runs_in(nested)]
        return [run for item in block.items for run in item.runs] + below
    return []
