"""Staff's own search finds what is public as soon as it is, and saving a draft does not write the index again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.backends import get_search_backend

from home.models import InformationPage
from tests.factories import add_home, add_information

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index_that_is_kept(settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}


def found(words: str) -> list:
    return list(get_search_backend().search(words, InformationPage))


def writes(act) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured if "wagtailsearch_indexentry" in query["sql"]]


class TestAPage:
    def test_is_found_when_it_is_public_and_after_each_change(self):
        page = add_information(add_home(), title="Neglect")
        assert found("neglect") == [page]
        page.title = "Bruises"
        page.save_revision().publish()
        assert found("bruises") == [page]
        assert not found("neglect")

    def test_is_found_as_soon_as_a_field_of_it_is_saved_alone(self):
        page = add_information(add_home(), title="Neglect")
        page.title = "Bruises"
        page.save(update_fields=["title"])
        assert found("bruises") == [page]

    def test_that_is_deleted_is_gone(self):
        page = add_information(add_home(), title="Neglect", publish=False)
        assert found("neglect") == [page]
        page.delete()
        assert not found("neglect")

    def test_costs_the_index_nothing_while_it_is_a_draft(self):
        page = add_information(add_home(), title="Neglect")
        page.title = "Bruises"
        assert writes(page.save_revision) == []
        assert found("neglect") == [page]

    def test_is_written_for_a_draft_too_where_a_server_keeps_when_it_was_saved(self, settings):
        settings.SEARCH_SERVER = "https://search.example/board"
        page = add_information(add_home(), title="Neglect")
        assert writes(page.save_revision)
