"""Which files go together into one resource, and which lines of the table are about files that cannot be imported."""

import unicodedata
from collections import defaultdict
from pathlib import PurePosixPath

from documents.importing.details import merged
from documents.importing.items import Found, Group, Item, Row
from documents.importing.titles import LONGEST_TITLE, guessed_type, readable_title, shortened
from documents.importing.values import Values

NOT_THERE = "There is no such file in the folder."
OUTSIDE = "The table names a place outside of the folder. Only what lies in the folder is imported."
AMBIGUOUS = "Several files of the folder have this name. Say in which folder it lies."
UNLISTED = "The table has no line for this file. Add one, or import the folder without the table."


def planned_by_name(files: list[Found]) -> list[Group]:
    """Return a resource for each file, titled from its name."""
    groups = []
    for found in files:
        item = Item(name=found.shown, title=readable_title(found.path.name), found=found)
        groups.append(Group(item.title, [item]))
    return groups


def planned_by_table(files: list[Found], skipped: dict[str, str], rows: list[Row]) -> list[Group]:
    """Return the resources that a table asks for: in its order, new versions of files last.

    `skipped`: {path below the folder: why it cannot be imported}. What cannot be found is in a group of its own, with
    the reason. Files without a line come at the end: a list says what may be published, so they are not imported.
    """
    values, places = Values(), _Places(files, skipped)
    groups: dict[str, Group] = {}
    alone, versions, named = [], [], set()
    for row in rows:
        item = _item(row, places, values)
        if item.found:
            named.add(item.found)
        if item.result:
            alone.append(Group(item.title, [item]))
        elif row["replaces"]:
            versions.append(Group(item.title, [item], replaces=row["replaces"]))
        else:
            title = _title(row["resource"]) or item.title
            group = groups.setdefault(" ".join(title.split()).casefold(), Group(title, is_of_table=True))
            group.items.append(item)
    unlisted = [Item(name=found.shown, found=found) for found in files if found not in named]
    for item in unlisted:
        item.leave_out(UNLISTED)
    return [*groups.values(), *versions, *alone, *(Group(item.title, [item]) for item in unlisted)]


def settle(group: Group) -> None:
    """Settle what the resource of a group says of itself: the first line counts, and a type is guessed."""
    together, contradictions = merged([item.details for item in group.items])
    for item, columns in zip(group.items, contradictions, strict=True):
        for column in columns:
            item.check(f"It says something else of “{column}” than a line before it about the same resource.")
    if not together.resource_type:
        together.resource_type, group.is_guessed = guessed_type(group.title), True
    group.details = together
    for item in group.items:
        # What the report's table says of it.
        item.details.resource_type = item.details.resource_type or together.resource_type


def _item(row: Row, places: "_Places", values: Values) -> Item:
    found, problem = (None, row.problem) if row.problem else places.find(row["file"])
    name = found.shown if found else row["file"]
    item = Item(name=name, title=_title(row["title"]) or readable_title(name), found=found, row=row)
    if problem:
        item.leave_out(problem)
        return item
    if len(row["title"]) > LONGEST_TITLE or len(row["resource"]) > LONGEST_TITLE:
        item.check(f"Its title was cut to {LONGEST_TITLE} characters.")
    item.language = values.language(item)
    item.details = values.details(item)
    return item


def _title(cell: str) -> str:
    return shortened(" ".join(cell.split()), LONGEST_TITLE)


class _Places:
    """Finds the file that a line means, by its path or, where only one has it, by its name."""

    def __init__(self, files: list[Found], skipped: dict[str, str]):
        self.by_path = {_key(found.shown): found for found in files}
        self.exactly = {found.shown: found for found in files}
        self.by_name = defaultdict(list)
        for found in files:
            self.by_name[_key(found.path.name)].append(found)
        self.skipped = {_key(shown): reason for shown, reason in skipped.items()}

    def find(self, written: str) -> tuple[Found | None, str]:
        """Return the file, or None and why there is none."""
        path = written.replace("\\", "/").removeprefix("./")
        if found := self.exactly.get(path) or self.by_path.get(_key(path)):
            return found, ""
        parts = PurePosixPath(path).parts
        if path.startswith("/") or ".." in parts or path[1:2] == ":":
            return None, OUTSIDE
        same = self.by_name.get(_key(path), [])
        if len(same) == 1:
            return same[0], ""
        return None, AMBIGUOUS if same else self.skipped.get(_key(path), NOT_THERE)


def _key(path: str) -> str:
    # Two systems write an accented letter in two ways, and one of them does not tell capitals apart.
    return unicodedata.normalize("NFC", path).casefold()
