"""A site that sends no mail asks nobody to register; links that were mailed before go on working."""

import pytest
from django.urls import reverse

from tests.factories import add_archive, add_home, forget_stored_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(settings):
    settings.ALERTS_OPEN = False


class TestClosed:
    def test_pages_do_not_lead_there(self, client, settings):
        archive = add_archive(add_home())
        assert "/alerts/" in client.get(archive.url).content.decode()
        settings.ALERTS_OPEN = False
        forget_stored_pages()
        assert "/alerts/" not in client.get(archive.url).content.decode()
        assert "/alerts/" not in client.get("/").content.decode()

    @pytest.mark.parametrize("name", ["alerts:choose", "alerts:link"])
    def test_the_forms_are_not_there(self, client, closed, name):
        assert client.get(reverse(name)).status_code == 404
        assert client.post(reverse(name), {"address": "someone@agency.example"}).status_code == 404
