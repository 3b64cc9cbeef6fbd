"""What a factory wrote is written again row by row: the same rows, only where all is as it was, and without Wagtail."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bulletins.models import BulletinIndexPage
from home.models import HomePage
from pages.models import BasePage, Topic
from tests import factories
from tests.documents.factories import add_library, add_resource, make_document
from tests.factories import add_information
from tests.written_once import written_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def add_home():
    """A factory of its own for each test, so that nothing has been noted."""
    return written_once(factories.add_home.__wrapped__)


@pytest.fixture
def add_archive():
    return written_once(factories.add_archive.__wrapped__)


def undone(make, *args, **fields):
    """Make something, look at all there is, and undo it as the end of a test does; returns what there was."""
    with transaction.atomic():
        make(*args, **fields)
        there = everything()
        transaction.set_rollback(True)
    return there


def everything() -> dict[str, list[str]]:
    """Return the rows of all tables."""
    there = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            there[table] = sorted(map(str, cursor.fetchall()))
    return there


def statements(make, *args, **fields) -> int:
    with CaptureQueriesContext(connection) as queries:
        make(*args, **fields)
    return len(queries)


class TestTheSecondTime:
    def test_leaves_the_very_rows_of_the_first(self, add_home, add_archive):
        first = undone(add_home)
        home = add_home()
        assert everything() == first
        assert sum(map(len, first.values())) > 100
        first = undone(add_archive, home)
        archive = add_archive(home)
        assert everything() == first
        assert (type(home), type(archive)) == (HomePage, BulletinIndexPage)

    def test_leaves_what_belongs_to_a_page_and_its_file(self, client, tmp_path, settings):
        @written_once
        def add_tool(home):
            topic = Topic.objects.create(name="Neglect", slug="neglect")
            return add_resource(add_library.__wrapped__(home), make_document(words="What to do."), topics=[topic])

        home = factories.add_home()
        first = undone(add_tool, home)
        settings.MEDIA_ROOT = str(tmp_path / "of another test")
        tool = add_tool(home)
        assert everything() == first
        assert [topic.name for topic in tool.topics.all()] == ["Neglect"]
        file = client.get(tool.files.get().document.url)
        assert b"".join(file.streaming_content) == b"What to do."

    def test_asks_little_of_the_database(self, add_home):
        with transaction.atomic():
            first = statements(add_home)
            transaction.set_rollback(True)
        assert statements(add_home) < first / 3

    def test_gives_pages_to_build_on(self, add_home, add_archive):
        undone(add_home)
        home = add_home()
        undone(add_archive, home)
        archive = add_archive(home)
        page = add_information(home)
        assert [child.pk for child in home.get_children()] == [archive.pk, page.pk]
        assert BasePage.find_problems() == ([], [], [], [], [])
        assert Client().get(page.url).status_code == 200


class TestItIsMadeAnew:
    def test_where_there_is_something_already(self, add_home):
        undone(add_home)
        taken = add_information(BasePage.get_first_root_node())
        home = add_home()
        assert not BasePage.objects.filter(pk=taken.pk).exists()
        assert HomePage.objects.get() == home

    def test_with_other_words(self, add_home):
        undone(add_home)
        assert add_home(search_description="Other words").search_description == "Other words"

    def test_with_what_cannot_be_compared(self, add_home):
        topic = Topic.objects.create(name="Neglect", slug="neglect")
        undone(add_home, topics=[])
        assert list(add_home(topics=[topic]).topics.all()) == [topic]

    @pytest.mark.django_db(transaction=True)
    def test_where_it_is_there_for_everybody(self, add_home):
        undone(add_home)
        assert statements(add_home) > 100
