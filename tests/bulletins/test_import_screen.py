"""The upload in the admin, and the report that can be read again."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission

from accounts.models import User
from bulletins.importing.models import BulletinImport
from bulletins.models import BulletinIndexPage, BulletinPage
from tests.bulletins.importing import DATA
from tests.factories import add_archive, add_home, add_page, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db


@once
def archive():
    return add_archive(add_home())


@pytest.fixture
def manager(client):
    user = make_manager()
    client.force_login(user)
    return user


@pytest.fixture
def url():
    return reverse("bulletins_import:import")


def upload(name="quarterly.txt", content=None):
    return SimpleUploadedFile(name, (DATA / "quarterly.txt").read_bytes() if content is None else content)


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def text_of(response):
    return " ".join(soup_of(response).find("main").get_text(" ").split())


def add_editor(*, below=None, permission="add_basepage"):
    """Make somebody who may use the admin, and one thing more below a page."""
    user = User.objects.create_user("editor@board.example", "a long enough password")
    group = Group.objects.create(name="Bulletin editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if below is not None:
        GroupPagePermission.objects.create(
            group=group, page=below, permission=Permission.objects.get(codename=permission)
        )
    user.groups.add(group)
    return user


class TestUpload:
    def test_makes_a_draft_and_shows_the_report(self, client, archive, manager, url):
        response = client.post(url, {"archive": archive.pk, "file": upload()}, follow=True)
        page = BulletinPage.objects.get()
        assert not page.live
        assert page.owner == manager
        text = text_of(response)
        assert "quarterly.txt became the draft July 2018 bulletin" in text
        assert "The deadline was found in the text: 1 October 2018." in text
        assert soup_of(response).find("a", href=reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def test_takes_pasted_text_instead(self, client, archive, manager, url):
        client.post(url, {"archive": archive.pk, "text": "One thing\r\n\r\nText of one.\r\n", "title": "Pasted"})
        assert BulletinPage.objects.get().title == "Pasted"
        assert BulletinImport.objects.get().source == "Pasted text"

    def test_the_draft_opens_in_the_editor_and_can_be_saved(self, client, archive, manager, url):
        client.post(url, {"archive": archive.pk, "file": upload()})
        page = BulletinPage.objects.get()
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        revision = page.save_revision(user=manager, clean=True)
        revision.publish()
        page.refresh_from_db()
        assert page.live

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({}, "Choose a file or paste the text."),
            ({"text": "  \n "}, "Choose a file or paste the text."),
            ({"file": ("a.txt", b"One"), "text": "Two"}, "one of the two"),
            ({"file": ("a.txt", b"")}, "empty"),
            ({"file": ("a.pdf", b"%PDF-1.7 x")}, "This is a PDF"),
            ({"file": ("a.docx", b"PK\x03\x04 x")}, "Word document"),
            ({"file": ("a.txt", bytes(range(256)) * 20)}, "not text"),
            ({"file": ("a.txt", b"a" * 6_000_000)}, "at most 5.0"),
            ({"text": "-----"}, "no words"),
        ],
    )
    def test_an_error_keeps_the_form_and_leaves_nothing(self, client, archive, manager, url, fields, message):
        if "file" in fields:
            fields = fields | {"file": upload(*fields["file"])}
        response = client.post(url, {"archive": archive.pk, "title": "Keep me", **fields})
        assert response.status_code == 200
        assert message in text_of(response).replace("\xa0", " ")
        assert soup_of(response).find("input", {"name": "title"})["value"] == "Keep me"
        assert not soup_of(response).find("input", {"name": "again", "type": "checkbox"})
        assert not BulletinPage.objects.exists()

    def test_the_same_text_again_must_be_ticked(self, client, archive, manager, url):
        fields = {"archive": archive.pk, "text": "One thing\n\nText of one."}
        client.post(url, fields)
        response = client.post(url, fields)
        assert "has been imported before" in text_of(response)
        assert soup_of(response).find("input", {"name": "again", "type": "checkbox"})
        edit_url = reverse("wagtailadmin_pages:edit", args=[BulletinPage.objects.get().pk])
        assert soup_of(response).find("a", href=edit_url, string="Open that draft")
        client.post(url, fields | {"again": "on"})
        assert BulletinPage.objects.count() == 2

    def test_asks_where_only_when_there_is_a_choice(self, client, archive, manager, url):
        assert soup_of(client.get(url)).find("input", {"name": "archive", "type": "hidden"})
        other = add_page(archive.get_parent(), BulletinIndexPage(title="Older", slug="older"))
        choices = soup_of(client.get(url)).find("select", {"name": "archive"}).find_all("option")
        assert [choice.get_text() for choice in choices] == ["Bulletins", "Older"]
        client.post(url, {"archive": other.pk, "file": upload()})
        assert BulletinPage.objects.child_of(other).exists()

    def test_lists_what_was_imported_before(self, client, archive, manager, url):
        client.post(url, {"archive": archive.pk, "file": upload()})
        report = reverse("bulletins_import:report", args=[BulletinImport.objects.get().pk])
        assert soup_of(client.get(url)).find("a", href=report).get_text() == "quarterly.txt"


class TestReport:
    def test_can_be_opened_again(self, client, archive, manager, url):
        client.post(url, {"archive": archive.pk, "file": upload()})
        report = reverse("bulletins_import:report", args=[BulletinImport.objects.get().pk])
        text = text_of(client.get(report))
        assert "Please check" in text
        assert "What was guessed" in text
        assert "6 items, 167 words" in text

    def test_escapes_what_the_file_says(self, client, archive, manager, url):
        content = b"<script>alert(1)</script> x\n\nText of <b>one</b>.\n\nAudit <img src=x>\n\nText of other.\n"
        response = client.post(url, {"archive": archive.pk, "file": upload("<i>.txt", content)}, follow=True)
        assert b"<script>alert(1)" not in response.content
        assert b"<img src=x>" not in response.content


class TestWhoMayImport:
    def test_a_visitor_must_sign_in(self, client, archive, url):
        assert client.get(url).url.startswith("/sign-in/")

    def test_somebody_who_may_not_add_pages_is_turned_away(self, client, archive, url):
        client.force_login(add_editor())
        assert client.get(url, follow=True).redirect_chain
        assert client.post(url, {"archive": archive.pk, "file": upload()}).status_code == 302
        assert not BulletinPage.objects.exists()

    def test_somebody_who_may_add_issues_may_import(self, client, archive, url):
        client.force_login(add_editor(below=archive))
        assert client.get(url).status_code == 200
        client.post(url, {"archive": archive.pk, "file": upload()})
        assert BulletinPage.objects.exists()

    def test_nobody_can_choose_an_archive_they_may_not_add_to(self, client, archive, url):
        other = add_page(archive.get_parent(), BulletinIndexPage(title="Older", slug="older"))
        client.force_login(add_editor(below=archive))
        response = client.post(url, {"archive": other.pk, "file": upload()})
        assert response.status_code == 200
        assert not BulletinPage.objects.exists()

    def test_the_report_is_for_those_who_may_edit_the_draft(self, client, archive, manager, url):
        client.post(url, {"archive": archive.pk, "file": upload()})
        report = reverse("bulletins_import:report", args=[BulletinImport.objects.get().pk])
        client.force_login(add_editor(below=archive))
        assert client.get(report).status_code == 302

    def test_the_menu_and_the_archive_lead_there_for_those_who_may(self, client, archive, manager, url):
        assert url in client.get(reverse("wagtailadmin_home")).content.decode()
        assert url in client.get(reverse("wagtailadmin_explore", args=[archive.pk])).content.decode()
        client.force_login(add_editor())
        assert url not in client.get(reverse("wagtailadmin_home")).content.decode()
