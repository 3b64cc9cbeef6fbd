"""What every test has: static files as in production, empty caches, and a Chromium when it asks for one."""

import os
import shutil

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.test import TransactionTestCase

from procedures import pdf
from tests import migrated_database, static_files
from tests.once import drop_layers, hold_layers

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these Chromium tries to reach its maker's servers at every start.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
# With the marks, all that pytest-django gives a connection for.
GIVES_A_CONNECTION = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what asks the database, and prepare what commits.

    Tests that commit find the site's first rows (root page, language), which the last such test has flushed.
    """
    for item in items:
        if asks_the_database(item):
            item.add_marker(pytest.mark.database)
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(**{**marker.kwargs, "serialized_rollback": True}), append=False)
        elif {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", [])):
            item.fixturenames.insert(0, "django_db_serialized_rollback")


def asks_the_database(item) -> bool:
    """Tell whether a test may have a connection; all others are refused one by pytest-django."""
    of_django = getattr(item, "cls", None) and issubclass(item.cls, TransactionTestCase)
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return bool(of_django or marked or GIVES_A_CONNECTION & set(getattr(item, "fixturenames", ())))


def pytest_runtest_setup(item):
    """Skip what this run cannot do; under CI a part that would be skipped fails instead."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")
    if item.get_closest_marker("browser") and chromium_path() is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, but no Chromium was found. Set CHROMIUM_PATH.", pytrace=False)
        pytest.skip("needs a Chromium: install one or set CHROMIUM_PATH")
    if item.get_closest_marker("pdf") and not pdf.is_switched_on():
        if os.environ.get("REQUIRE_PDF") == "1":
            pytest.fail("REQUIRE_PDF=1, but WeasyPrint or Pango is absent. See docs/operations.md.", pytrace=False)
        pytest.skip("needs WeasyPrint and Pango: see docs/operations.md")


def chromium_path() -> str | None:
    """Return the Chromium to use: CHROMIUM_PATH, or the first one found on this machine; None without one."""
    if given := os.environ.get("CHROMIUM_PATH"):
        return given
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin, on SQLite, with a copy of the migrated database of an earlier run."""
    if migrated_database.is_for(connection):
        migrated_database.copy_to(connection)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """Let Django bring that copy up to date; on SQLite it lies in a folder that goes with this run."""
    return django_db_keepdb or migrated_database.is_for(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep the first rows where every connection finds them: inside Playwright's loop Django opens one of its own."""
    if migrated_database.is_for(connection):
        with django_db_blocker.unblock():
            migrated_database.keep(connection)
    if first_rows := getattr(connections["default"], "_test_serialized_contents", None):
        type(connections["default"])._test_serialized_contents = first_rows
    yield
    drop_layers(django_db_blocker)


@pytest.fixture
def _rows_made_once(request, django_db_setup, django_db_blocker):
    """Have the rows ready that the test asks for."""
    hold_layers(request, django_db_blocker)


@pytest.fixture
def _django_db_helper(_rows_made_once, _django_db_helper):
    """Begin the test's own transaction above the rows that are made once."""


@pytest.fixture(scope="class", autouse=True)
def _nothing_below_classes_of_django(request):
    """Give Django's own classes of tests the database as they expect it."""
    if request.cls and issubclass(request.cls, TransactionTestCase):
        drop_layers(request.getfixturevalue("django_db_blocker"))


@pytest.fixture(scope="session", autouse=True)
def _static_files_looked_through_once():
    """Spare each client of each test a look through all static files."""
    with static_files.looked_through_once():
        yield


@pytest.fixture(autouse=True)
def _empty_caches():
    """Begin with nothing remembered: rows are rolled back after a test, cached answers are not."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def _uploads_of_this_test(settings, tmp_path):
    """Keep uploaded files apart, so that no test sees another's."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(scope="session")
def chromium(django_db_blocker):
    """A running Chromium, one for each worker. Playwright's own loop makes Django refuse database calls otherwise."""
    from playwright.sync_api import sync_playwright

    # Inside that loop Django opens another connection, from which what this one holds open could not be ended.
    drop_layers(django_db_blocker)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()
