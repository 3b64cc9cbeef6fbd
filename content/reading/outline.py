"""The neutral structure between a file and a page: what was written, not yet what it means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style. A line break inside a paragraph is "\\n"."""

    text: str
    href: str = ""
    bold: bool = False
    italic: bool = False


Runs = list[Run]


@dataclass
class Paragraph:
    """Running text."""

    runs: Runs

    @property
    def text(self) -> str:
        """The words alone."""
        return plain(self.runs)


@dataclass
class Heading:
    """A heading; `certain` where the file says so, not where it only looks like one. Level 1 is the highest.

    One that is not certain has no level yet, but may have a `depth` among those like it: 1 stands out most, 0 is not
    known.
    """

    runs: Runs
    level: int = 2
    certain: bool = True
    depth: int = 0

    @property
    def text(self) -> str:
        """The words alone, on one line."""
        return " ".join(plain(self.runs).split())


@dataclass
class ListItem:
    """One point, with the lists below it."""

    runs: Runs
    lists: list["BulletList"] = field(default_factory=list)


@dataclass
class BulletList:
    """A list, numbered from 1 where `ordered`."""

    ordered: bool = False
    items: list[ListItem] = field(default_factory=list)


@dataclass
class Table:
    """Rows of cells, all of the same length as `headings`."""

    headings: list[str]
    rows: list[list[Runs]]
    caption: str = ""


@dataclass
class Picture:
    """A picture; `data` is None where the file only says where it would be found."""

    alt: str
    source: str
    data: bytes | None = None


@dataclass
class Box:
    """Blocks with a line around them. Only made where the caller has marked an element of the tree as one."""

    blocks: list["Block"]


Block = Paragraph | Heading | BulletList | Table | Picture | Box


def plain(runs: Iterable[Run]) -> str:
    """Return the words of the runs."""
    return "".join(run.text for run in runs)


def text_of(block: Block) -> str:
    """Return all words of a block, one line for each of its parts."""
    return "\n".join(_parts(block))


def _parts(block: Block) -> Iterator[str]:
    if isinstance(block, BulletList):
        for item in block.items:
            yield plain(item.runs)
            for nested in item.lists:
                yield from _parts(nested)
    elif isinstance(block, Table):
        yield block.caption
        yield from block.headings
        for row in block.rows:
            yield from (plain(cell) for cell in row)
    elif isinstance(block, Picture):
        yield block.alt
    elif isinstance(block, Box):
        for inner in block.blocks:
            yield from _parts(inner)
    else:
        yield block.text
