"""The guide for editors in the admin: a page a task, searchable, with pictures that are there; the menu around it."""

import json
from datetime import date

import pytest
import wagtail
from bs4 import BeautifulSoup
from django.urls import reverse

from guide import checks
from guide.tasks import find, folder, tasks
from tests.enquiries.factories import make_staff
from tests.factories import add_home, make_manager

TODAY = date(2026, 11, 25)


class TestTasks:
    def test_are_the_headings_of_the_file_each_with_an_address_of_its_own(self):
        titles = [line[3:] for line in (folder() / "editors.md").read_text().splitlines() if line.startswith("## ")]
        assert [task.title for task in tasks()] == titles
        assert len({task.slug for task in tasks()}) == len(titles) > 20

    def test_show_pictures_that_are_there_and_links_that_lead_somewhere(self):
        for task in tasks():
            soup = BeautifulSoup(task.html, "html.parser")
            assert all(
                picture["src"].startswith("/admin/guide/pictures/") and picture["alt"] for picture in soup("img")
            )
            assert all((folder() / "pictures" / picture["src"].split("/")[-1]).is_file() for picture in soup("img"))
            assert all(picture.parent["href"] == picture["src"] for picture in soup("img"))
            assert not [link["href"] for link in soup("a") if not link["href"].startswith(("/", "#", "https://"))]

    def test_use_each_picture_and_all_of_them_weigh_little(self):
        words = "".join((folder().parent / name).read_text() for name in ("README.md", "docs/editors.md"))
        pictures = list((folder() / "pictures").glob("*.png"))
        assert [picture.name for picture in pictures if f"pictures/{picture.name}" not in words] == []
        assert sum(picture.stat().st_size for picture in pictures) < 1_250_000

    def test_are_found_by_words_those_with_them_in_the_title_first(self):
        assert find("publish several")[0].title == "Publish several pages together"
        assert find("GRADED nonsense") == []
        assert find("") == list(tasks())


@pytest.mark.django_db
class TestScreens:
    @pytest.fixture(autouse=True)
    def _staff(self, client):
        add_home()
        client.force_login(make_staff())

    def test_show_all_tasks_and_each_of_them(self, client):
        content = client.get(reverse("guide:tasks")).content.decode()
        assert all(task.title in content for task in tasks())
        for task in tasks():
            assert client.get(reverse("guide:task", args=[task.slug])).status_code == 200
        assert client.get(reverse("guide:task", args=["nothing"])).status_code == 404

    @pytest.mark.parametrize("query", ["bulletin", "<script>", "x" * 5000, "%_", "🙂"])
    def test_answer_any_search(self, client, query):
        content = client.get(reverse("guide:tasks"), {"q": query}).content.decode()
        assert "<script>" not in content.split('role="status"')[1].split("</p>")[0]

    def test_give_out_pictures_and_nothing_else(self, client):
        answer = client.get(reverse("guide:picture", args=["first-page.png"]))
        assert answer["Content-Type"] == "image/png"
        for name in ("nothing.png", "..png", "taken.json", "FIRST-PAGE.PNG"):
            assert client.get(f"/admin/guide/pictures/{name}").status_code == 404
        assert client.get("/admin/guide/pictures/..%2f..%2fmanage.py", follow=True).status_code == 404

    def test_are_for_staff(self, client):
        client.logout()
        for address in ("", "sign-in/", "pictures/first-page.png"):
            assert client.get(f"/admin/guide/{address}").status_code == 302


@pytest.mark.django_db
class TestTheAdmin:
    def test_has_the_name_of_the_board_and_leads_nobody_away(self, client):
        add_home()
        client.force_login(make_manager())
        content = client.get("/admin/").content.decode()
        title = BeautifulSoup(content, "html.parser").title.get_text()
        assert "Wagtail" not in title
        assert "Guide for editors" in content
        assert "guide.wagtail.org" not in content
        assert "releases.wagtail" not in content

    def test_has_the_menu_in_the_order_of_the_work(self, client):
        add_home()
        client.force_login(make_manager())
        content = client.get("/admin/").content.decode()
        places = [
            content.index(f'"label": "{label}"') for label in ("Pages", "Bundles", "Documents", "Reports", "Help")
        ]
        assert places == sorted(places)


class TestPicturesThatAreOld:
    @pytest.fixture
    def note(self, tmp_path, monkeypatch):
        (tmp_path / "pictures").mkdir()
        monkeypatch.setattr(checks, "folder", lambda: tmp_path)
        return tmp_path / "pictures" / checks.NOTE

    def said(self, note, *, on, version=wagtail.__version__) -> str:
        note.write_text(json.dumps({"on": on, "wagtail": version}))
        return checks.why_outdated(today=TODAY)

    def test_are_those_of_more_than_a_year_ago(self, note):
        assert self.said(note, on="2025-11-25") == ""
        assert self.said(note, on="2025-11-24") == "are of 24 November 2025"

    def test_are_those_of_another_version(self, note):
        assert self.said(note, on="2026-11-25", version="7.0") == "are of Wagtail 7.0"

    @pytest.mark.parametrize("content", ["", "{}", "[]", '{"on": "soon", "wagtail": "8"}', "\x00"])
    def test_are_those_that_do_not_say(self, note, content):
        note.write_text(content)
        assert checks.why_outdated(today=TODAY) == "do not say when they were taken"

    def test_are_said_and_stop_nothing(self, note):
        (found,) = checks.check_pictures(None)
        assert not found.is_serious()
