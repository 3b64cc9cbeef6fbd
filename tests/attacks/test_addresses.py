"""Addresses that nobody would type."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import add_archive, add_home, add_information

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return add_home()


class TestEndlessAddresses:
    """Before: 60,000 levels, which fit into one request, kept a process busy for minutes and took 4 GB of memory."""

    def test_thousands_of_levels_are_answered_at_once(self, home, client):
        begun = time.process_time()
        response = client.get("/" + "a/" * 8000)
        assert response.status_code == 404
        assert time.process_time() - begun < 1

    def test_the_database_is_asked_for_no_more_levels_than_a_tree_can_have(self, home, client):
        with CaptureQueriesContext(connection) as asked:
            client.get("/" + "".join(f"level-{number}/" for number in range(200)))
        (lookup,) = [query["sql"] for query in asked if "/home/level-0/" in query["sql"]]
        assert "level-62" in lookup
        assert "level-63" not in lookup

    def test_a_part_that_is_no_slug_for_its_length_is_not_looked_for(self, home, client):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/{'a' * 256}/b/")
        assert response.status_code == 404
        assert not any(f"/home/{'a' * 256}/" in query["sql"] for query in asked)

    def test_deep_pages_and_addresses_below_pages_are_still_found(self, home, client):
        page = add_information(add_information(add_information(home)))
        add_archive(home)
        assert client.get(page.url).status_code == 200
        assert client.get("/bulletins/feed/").status_code == 200
        assert client.get("/bulletins/feed/" + "a/" * 100).status_code == 404
