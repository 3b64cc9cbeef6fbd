"""What the admin costs staff, beside a stock Wagtail on the same machine, in turns."""

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import connection
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from accounts.granting import keep_roles
from accounts.models import User
from accounts.roles import PROCEDURE_EDITORS
from approval.keeping import keep_workflows
from home.models import HomePage
from procedures.blocks import CHAPTER_FEATURES
from tests.bench import manual
from tests.bench.copies import add_copies
from tests.bench.desk import CHANGING, CHILDREN, Desk
from tests.drills import scratch
from tests.factories import make_manager
from tests.procedures.factories import add_chapter, add_manual, add_part

REPEATS = int(os.environ.get("BENCH_REPEATS", "40"))
WARMING = 5


@dataclass(frozen=True)
class Cost:
    """Of one thing that staff do: milliseconds of processor at the median and at least, and queries; (ours, stock)."""

    median: tuple[float, float]
    least: tuple[float, float]
    queries: tuple[int, int]

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.median[0] / self.median[1]


def sections() -> list[dict]:
    """Return twelve sections of some 350 words, as the editor writes them: with a key on each paragraph."""
    raw = json.dumps(manual.twelve_sections()).replace(manual.WORDS, f"{CHANGING} {manual.WORDS}", 1)
    return _as_the_editor_writes(json.loads(raw))


def _as_the_editor_writes(value):
    if isinstance(value, str) and value.startswith("<"):
        converter = ContentstateConverter(CHAPTER_FEATURES)
        return converter.to_database_format(converter.from_database_format(value))
    if isinstance(value, dict):
        return {name: _as_the_editor_writes(part) for name, part in value.items()}
    return [_as_the_editor_writes(part) for part in value] if isinstance(value, list) else value


def build(text: list[dict]) -> Desk:
    """Add to the demonstration what is measured. The chapter waits for approval as on a real site, `free` does not."""
    home = HomePage.objects.visible().first()
    part, free_part, full = (
        add_part(add_manual(home, title=title, slug=title), title="Part") for title in ("few", "free", "full")
    )
    chapter = add_chapter(part, title="Children at risk", sections=text)
    keep_roles()
    keep_workflows()
    chapter.refresh_from_db()
    free_part.get_parent().workflowpage.delete()
    free = add_chapter(free_part, title="Working together", sections=text)
    add_copies(full, free, up_to=CHILDREN)
    editor = User.objects.create_user("editor@board.example")
    editor.groups.set(Group.objects.filter(name=PROCEDURE_EDITORS.name))
    return Desk(
        editor=editor,
        manager=make_manager(),
        full=full,
        chapter=chapter,
        free=free,
        answers={"change_significance": "minor", "change_note": ""},
    )


class Stock:
    """The stock site in its own process."""

    def __init__(self, process: subprocess.Popen, text: list[dict]):
        self._process = process
        self._ask(sections=text)

    def do(self, name: str) -> float:
        """Let it do something once, and return the milliseconds."""
        return self._ask(do=name)["ms"]

    def queries(self, name: str) -> list[str]:
        """Let it do something once, and return the queries."""
        return self._ask(count=name)["queries"]

    def _ask(self, **question) -> dict:
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        if not (line := self._process.stdout.readline()):
            raise RuntimeError("The stock site has ended.")
        return json.loads(line)


@contextmanager
def stock(text: list[dict]) -> Iterator[Stock]:
    """Build a stock site, on a database of the same kind, and let it go again."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        on_sqlite = connection.vendor == "sqlite"
        address = stack.enter_context(
            scratch.sqlite(folder) if on_sqlite else scratch.postgresql(os.environ["DATABASE_URL"])
        )
        environment = os.environ | {"DATABASE_URL": address, "VAR_DIR": folder}
        command = [sys.executable, "-m", "tests.bench.stock.work"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        # Left when its standard input is closed, which the context does.
        yield Stock(stack.enter_context(subprocess.Popen(command, env=environment, text=True, **pipes)), text)


def measured() -> dict[str, Cost]:
    """Do everything on both sites, first one and then the other, and return what it cost."""
    text = sections()
    ours = build(text)
    with stock(text) as other:
        return {name: _cost(name, ours, other) for name in ours.names()}


def _cost(name: str, ours: Desk, other: Stock) -> Cost:
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(WARMING + REPEATS):
        gc.collect()
        for place, site in enumerate((ours, other)):
            took = site.do(name)
            if number >= WARMING:
                spent[place].append(took)
    return Cost(
        median=tuple(statistics.median(each) for each in spent),
        least=tuple(min(each) for each in spent),
        queries=tuple(len(site.queries(name)) for site in (ours, other)),
    )
