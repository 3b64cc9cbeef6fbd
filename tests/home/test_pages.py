"""The home page and information pages."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests.factories import add_archive, add_bulletin, add_home, add_information, forget_stored_pages, news
from tests.once import once

pytestmark = pytest.mark.django_db


@once
def home():
    return add_home(introduction="For everyone.")


def soup_of(client, address):
    forget_stored_pages()
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class TestHome:
    def test_stands_without_any_content(self, client, home):
        assert soup_of(client, "/").find("h1").get_text(strip=True) == "Keeping children safe"

    def test_shows_the_latest_visible_bulletin_and_its_deadline(self, client, home):
        archive = add_archive(home)
        add_bulletin(archive, title="Older", issue_date=date(2030, 1, 1))
        latest = add_bulletin(
            archive, title="Latest", issue_date=date(2030, 4, 1), next_deadline=date(2030, 7, 1), items=[news("A law")]
        )
        add_bulletin(archive, title="Next one, a draft", issue_date=date(2030, 7, 1), publish=False)
        soup = soup_of(client, "/")
        assert soup.find("a", href=latest.url)
        assert "A law" in soup.get_text()
        assert "1 July" in soup.get_text()
        assert "a draft" not in soup.get_text()

    def test_lists_what_changed_and_leaves_out_minor_edits(self, client, home):
        issue = add_bulletin(add_archive(home), title="The issue")
        issue.title = "The issue, with a comma"
        issue.change_significance, issue.change_note = "minor", "A comma."
        issue.save_revision().publish()
        assert "A comma." not in soup_of(client, "/").get_text()
        issue.title = "The issue, corrected"
        issue.change_significance, issue.change_note = "major", "The date was wrong."
        issue.save_revision().publish()
        text = soup_of(client, "/").get_text()
        assert "The date was wrong." in text

    def test_shows_only_tasks_that_lead_somewhere(self, client, home):
        draft = add_information(home, publish=False)
        home.tasks = [
            {"type": "link", "id": "1", "value": {"title": "Hidden", "page": draft.pk, "address": ""}},
            {"type": "link", "id": "2", "value": {"title": "Evil", "page": None, "address": "javascript:alert(1)"}},
            {"type": "link", "id": "3", "value": {"title": "Good", "page": None, "address": "/contacts/"}},
        ]
        home.save_revision().publish()
        soup = soup_of(client, "/")
        assert soup.find("a", string="Good")["href"] == "/contacts/"
        assert not soup.find("a", string="Hidden")
        assert not soup.find("a", string="Evil")

    @pytest.mark.parametrize("issues", [3, 30])
    def test_costs_as_many_queries_for_three_bulletins_as_for_thirty(
        self, client, django_assert_num_queries, home, issues
    ):
        archive = add_archive(home)
        for number in range(issues):
            add_bulletin(archive, issue_date=date(2000 + number, 1, 1))
        client.get(archive.url)
        forget_stored_pages()
        # Among them where everything that has changed is listed, which is remembered.
        with django_assert_num_queries(6):
            client.get("/")
        forget_stored_pages()
        with django_assert_num_queries(5):
            client.get("/")


class TestInformationPage:
    def test_gives_headings_anchors_and_lists_them(self, client, home):
        page = add_information(
            home, body=[{"type": "text", "id": "1", "value": "<h2>First</h2><p>…</p><h2>Second</h2>"}]
        )
        soup = soup_of(client, page.url)
        assert [link["href"] for link in soup.select("nav.contents a")] == ["#first", "#second"]
        assert soup.find(id="second").get_text() == "Second"

    def test_says_when_it_was_last_reviewed(self, client, home):
        page = add_information(home, reviewed_on=date(2026, 3, 4))
        assert "4 March 2026" in soup_of(client, page.url).get_text()
