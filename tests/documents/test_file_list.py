"""The admin's list of files: where each stands, and when it was replaced last."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.search.backends import get_search_backend

from documents.models import FileVersion
from tests.documents.factories import make_document
from tests.factories import make_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(client):
    """One file that passed in 2020, and one that was refused in 2026; a site manager is signed in."""
    client.force_login(make_manager())
    made = {}
    for title, state, year in [("Passed", "passed", 2020), ("Refused", "refused", 2026)]:
        made[title] = make_document(title=title)
        FileVersion.objects.filter(document=made[title]).update(
            state=state,
            problem="It is damaged.",
            passed_at=datetime(year, 5, 4, tzinfo=UTC),
            uploaded_at=datetime(year, 5, 4, 22, 59, tzinfo=UTC),
        )
    return made


def titles(client, **asked) -> list[str]:
    response = client.get(reverse("wagtaildocs:index"), asked)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return [row.select_one(".title-wrapper").get_text(strip=True) for row in soup.select("table.listing tbody tr")]


class TestList:
    def test_says_when_the_newest_version_was_uploaded(self, client, shelf):
        assert "4 May 2026" in client.get(reverse("wagtaildocs:index")).content.decode()

    def test_keeps_states_and_days(self, client, shelf):
        assert titles(client, state=["refused"]) == ["Refused"]
        assert titles(client, state=["refused", "passed"]) == ["Passed", "Refused"]
        assert titles(client, uploaded_to="2020-05-04") == ["Passed"]
        assert titles(client, uploaded_from="2020-05-05") == ["Refused"]
        assert titles(client, state=["waiting"]) == []

    def test_asks_for_the_newest_version_alone(self, client, shelf):
        old = FileVersion.objects.get(document=shelf["Passed"])
        FileVersion.objects.create(
            document=shelf["Passed"],
            number=2,
            file=old.file,
            name=old.name,
            size=1,
            sha256="0",
            uploaded_at=old.uploaded_at,
        )
        assert titles(client, state=["passed"]) == []
        assert titles(client, state=["waiting"]) == ["Passed"]

    def test_is_put_in_order_by_the_newest_version(self, client, shelf):
        assert titles(client, ordering="uploaded_at") == ["Passed", "Refused"]
        assert titles(client, ordering="-uploaded_at") == ["Refused", "Passed"]

    def test_is_searched_and_narrowed_together(self, client, shelf):
        for document in shelf.values():
            get_search_backend().add(document)
        assert titles(client, q="refused", state=["refused"]) == ["Refused"]
        assert titles(client, q="refused", state=["passed"], ordering="uploaded_at") == []

    @pytest.mark.parametrize("asked", [{"state": "x"}, {"uploaded_from": "x"}, {"ordering": "versions__sha256"}])
    def test_survives_nonsense(self, client, shelf, asked):
        assert titles(client, **asked) == ["Passed", "Refused"]
