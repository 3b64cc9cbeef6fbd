"""A site with the demonstration content, served to a real browser. One for each module: building it takes time."""

import sqlite3
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase, override_settings
from django.test.testcases import LiveServerThread
from django.utils import timezone
from wagtail.models import Site

from demo.building import build_demonstration
from organisation.models import AlertBanner
from tests.e2e.browsing import Visit
from tests.e2e.desk import PASSWORD
from tests.factories import make_manager
from tests.once import drop_layers


def pytest_collection_modifyitems(items):
    """Everything in this folder needs a browser."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _live_server_helper():
    """Take the place of pytest-django's, which empties the database after each test that has a live server."""


@pytest.fixture
def django_db_serialized_rollback():
    """Take the place of pytest-django's for the same reason; its name still makes the first rows be kept."""


@pytest.fixture(scope="module")
def live_server(django_db_setup, chromium, django_db_blocker):
    """A running demonstration site. It has the name of pytest-django's, so that the database is made ready for it.

    When the module ends its rows go.
    """
    drop_layers(django_db_blocker)
    with django_db_blocker.unblock(), override_settings(ALLOWED_HOSTS=["localhost", "testserver"]):
        rows = _RowsOfAModule()
        rows._pre_setup()
        # Static files come from the site itself, as in production: with hashed names, compressed.
        server = LiveServerThread("localhost", static_handler=lambda site: site)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        try:
            _demonstration_on(server.port)
            yield server
        finally:
            server.terminate()
            rows._post_teardown()


def _demonstration_on(port: int) -> None:
    """Build the demonstration site once for each worker, and bring back a copy of it for every further module."""
    connection.ensure_connection()
    if _built:
        _built[0].backup(connection.connection)
        Site.objects.update(port=port)
        Site.clear_site_root_paths_cache()
        return
    build_demonstration(today=timezone.localdate(), hostname="localhost", port=port)
    if connection.vendor == "sqlite":
        _built.append(sqlite3.connect(":memory:", check_same_thread=False))
        connection.connection.backup(_built[0])


_built: list[sqlite3.Connection] = []


class _RowsOfAModule(TransactionTestCase):
    """Begins with the first rows of a site, and ends with none."""

    serialized_rollback = True

    def runTest(self):
        """Run nothing: what it does before and after a test is all that is wanted."""


@pytest.fixture(scope="module")
def demonstration(live_server) -> str:
    """The address of the demonstration site."""
    return f"http://localhost:{live_server.port}"


@pytest.fixture
def visit(chromium, demonstration):
    """Open the site in fresh browsers: `page = visit(width=320, javascript=False)`. All are closed after the test."""
    visits = []

    def start(**options) -> Visit:
        visits.append(Visit(chromium, demonstration, **options))
        return visits[-1]

    yield start
    for started in reversed(visits):
        started.close()


@pytest.fixture(scope="module")
def manager(demonstration):
    """A site manager, who may do everything."""
    return make_manager(password=PASSWORD)


@pytest.fixture
def banners(demonstration):
    """Three alert banners on every page, one of each level."""
    now = timezone.now()
    made = [
        AlertBanner.objects.create(
            title=f"A notice: {level.label.lower()}",
            message="<p>The office is closed on <b>Friday</b>. Numbers for children are answered as always.</p>",
            level=level,
            link_address="/contacts/",
            link_text="All contacts",
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(days=1),
        )
        for level in AlertBanner.Level
    ]
    yield made
    for banner in made:
        banner.delete()
    for cache in caches.all(initialized_only=True):
        cache.clear()
