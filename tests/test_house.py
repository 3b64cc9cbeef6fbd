"""The rules of the house that no linter knows. See docs/architecture.md and CONTRIBUTING.md."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import get_page_models

from pages.models import BasePage

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    re.split(r"\s*\|\s*", floor)
    for floor in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
]
HEIGHT = {room: len(FLOORS) - number for number, floor in enumerate(FLOORS) for room in floor}
ROOMS = sorted(HEIGHT)


def tracked_files() -> list[Path]:
    """Return what would be committed: all files that git knows, or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


WRITTEN_HERE = {".py", ".md", ".html", ".txt", ".toml", ".css", ".js", ".mjs", ".sh", ".conf", ".in", ".service", ""}


def text_files():
    """Yield path and content of each file that is text and was written here."""
    for path in tracked_files():
        if path.suffix in WRITTEN_HERE and "vendor" not in path.parts and path.stat().st_size < 500_000:
            yield path, path.read_text(encoding="utf-8", errors="replace")


def room_of(path: Path) -> str:
    """Return the folder at the top that the path is in."""
    return path.relative_to(ROOT).parts[0]


class TestTheSecondDatabase:
    def test_is_spared_only_tests_that_are_refused_a_connection(self):
        """The rule behind `-m database` (scripts/check.py): this test is not marked, so it is refused one too."""
        with pytest.raises(RuntimeError, match="Database access not allowed"):
            connection.ensure_connection()

    def test_is_asked_by_every_test_with_a_mark_or_a_fixture_for_it(self, request):
        others = [item for item in request.session.items if not item.get_closest_marker("database")]
        assert request.node in others
        assert not [item.nodeid for item in others if item.get_closest_marker("django_db")]
        assert not [item.nodeid for item in others if {"db", "transactional_db"} & set(item.fixturenames)]


class TestFloors:
    def test_know_every_room(self):
        rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
        assert rooms == set(ROOMS)

    def test_hold_for_relations_between_models_too(self):
        crossing = [
            f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
            for room in ROOMS
            if apps.is_installed(room)
            for model in apps.get_app_config(room).get_models()
            for field in model._meta.get_fields(include_hidden=True)
            if field.is_relation and not field.auto_created and field.related_model
            if not _may_know(room, field.related_model._meta.app_label)
        ]
        assert crossing == []

    def test_hold_for_the_page_types_that_may_stand_below_a_page(self):
        # The other way round, `parent_page_types`, names what is above by its nature.
        crossing = [
            f"{model._meta.label}: {name}"
            for model in get_page_models()
            if model._meta.app_label in HEIGHT and model is not BasePage
            for name in model.subpage_types
            if isinstance(name, str) and not _may_know(model._meta.app_label, name.partition(".")[0])
        ]
        assert crossing == []

    def test_hold_for_migrations(self):
        crossing = [
            f"{room}.{name} → {other}"
            for (room, name), migration in MigrationLoader(None).disk_migrations.items()
            if room in HEIGHT
            for other, _ in migration.dependencies
            if not _may_know(room, other)
        ]
        assert crossing == []


def _may_know(room, other) -> bool:
    """Whether one room may know another: its own, a lower one, or a package that is not ours."""
    return other not in HEIGHT or other == room or HEIGHT[other] < HEIGHT[room]


class TestRooms:
    def test_are_named_for_the_work_not_for_leftovers(self):
        leftovers = {"utils", "helpers", "core", "common", "misc"}
        named = [path for path in tracked_files() if {part.removesuffix(".py") for part in path.parts} & leftovers]
        assert [str(path.relative_to(ROOT)) for path in named if room_of(path) in ROOMS] == []

    def test_have_a_file_that_makes_each_folder_a_package(self):
        folders = {path.parent for path in tracked_files() if path.suffix == ".py" and room_of(path) in ROOMS}
        assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []

    def test_have_one_last_migration_each(self):
        loader = MigrationLoader(None)
        assert loader.detect_conflicts() == {}


class TestPageTypes:
    def test_extend_the_base_page_and_state_the_tree(self):
        assert [fault for fault in run_checks(tags=["pages"]) if fault.is_serious()] == []

    def test_never_come_from_wagtails_own_page(self):
        # The lint rule bans the import; this finds other spellings.
        spelled = re.compile(
            r"from wagtail\.models(\.pages)? import[^\n]*\bPage\b|wagtail\.models\.Page\b|wagtailcore\.Page\b"
        )
        found = [
            str(path.relative_to(ROOT))
            for path, text in text_files()
            if path.suffix == ".py" and room_of(path) in ROOMS and spelled.search(_without_comments(text))
        ]
        assert found == []

    def test_are_all_asked_for_by_the_base_page(self):
        assert all(issubclass(model, BasePage) for model in get_page_models())


def _without_comments(text) -> str:
    return re.sub(r'""".*?"""|#[^\n]*', "", text, flags=re.DOTALL)


class TestWhatIsCommitted:
    # In two parts, so that this file does not hold them itself.
    PLACES = [f"/{place}/" for place in ("work", "tmp", "root")]

    def test_names_no_place_of_one_machine(self):
        pattern = re.compile(rf"(?<![\w.:/}}\]*-])({'|'.join(self.PLACES)})[\w.-]")
        found = [f"{path.relative_to(ROOT)}: {m[0]}" for path, text in text_files() if (m := pattern.search(text))]
        assert found == []

    def test_leaves_nothing_for_later(self):
        pattern = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
        found = [f"{path.relative_to(ROOT)}: {m[0]}" for path, text in text_files() if (m := pattern.search(text))]
        assert found == []

    def test_holds_no_real_address_of_a_package_registry(self):
        locks = [*ROOT.glob("requirements*.txt"), *ROOT.glob("requirements*.in")]
        assert [path.name for path in locks if re.search(r"https?://|--index|--find-links", path.read_text())] == []


LOCKS = [f"requirements{ending}" for ending in ("", "-pdf", "-dev", "-s3", "-mail")]


class TestRequirements:
    @pytest.mark.parametrize("name", LOCKS)
    def test_are_locked_with_hashes(self, name):
        locked = re.findall(
            r"^([\w.-]+)==[^\n]+((?:\n {4}--hash=sha256:[0-9a-f]{64}(?: \\)?)+)", _lock(name), re.MULTILINE
        )
        stated = re.findall(r"^[\w.-]+==", _lock(name), re.MULTILINE)
        assert len(locked) == len(stated) > 3

    @pytest.mark.parametrize("name", LOCKS)
    def test_are_all_in_the_lock(self, name):
        locked = set(re.findall(r"^([\w.-]+)==", _lock(name).lower(), re.MULTILINE))
        assert [asked for asked in _asked_for(name) if asked.lower() not in locked] == []

    @pytest.mark.parametrize("name", LOCKS[1:])
    def test_of_all_locks_agree(self, name):
        versions = dict(re.findall(r"^([\w.-]+)==(\S+)", _lock("requirements"), re.MULTILINE))
        others = dict(re.findall(r"^([\w.-]+)==(\S+)", _lock(name), re.MULTILINE))
        assert {
            package: others[package]
            for package in others.keys() & versions.keys()
            if others[package] != versions[package]
        } == {}

    @pytest.mark.parametrize("name", LOCKS)
    def test_are_each_explained(self, name):
        rows = "\n".join(
            line for line in (ROOT / "docs/dependencies.md").read_text().splitlines() if line.startswith("| ")
        )
        explained = {word for row in rows.splitlines() for word in re.split(r"[|,\s]+", row.split("|")[1])}
        assert [asked for asked in _asked_for(name) if asked not in explained] == []


def _lock(name) -> str:
    return (ROOT / f"{name}.txt").read_text()


def _asked_for(name) -> list[str]:
    """Return the packages that are asked for by name, without the parts of a package in brackets."""
    return re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
