"""The screen and the command that import a manual."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission

from accounts.models import User
from procedures.importing.models import ManualImport
from procedures.models import ChapterPage
from tests.factories import make_manager
from tests.once import once
from tests.procedures.factories import add_manual, add_part
from tests.procedures.imported_files import manual as files_of_manual
from tests.procedures.imported_files import zip_of

pytestmark = pytest.mark.django_db


manual = once(add_manual)


@pytest.fixture
def url(manual):
    return reverse("procedures_import:import")


def upload(name="manual.zip", content=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, zip_of(files_of_manual(b"x")) if content is None else content)


def writer_of(page=None) -> User:
    """Make a member of staff who may sign in, and add pages below `page` alone."""
    user = User.objects.create_user("writer@board.example", "Summer-rain-1", first_name="Wren", last_name="Writer")
    group = Group.objects.create(name="Writers of one part")
    group.permissions.add(_access())
    if page is not None:
        GroupPagePermission.objects.create(group=group, page=page, permission_type="add")
    user.groups.add(group)
    return user


def _access():
    from django.contrib.auth.models import Permission

    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")


class TestScreen:
    def test_makes_drafts_and_shows_the_report(self, manual, url, client):
        client.force_login(make_manager())
        given = {"file": upload(), "parent": manual.pk, "old_site": "https://old.example/manual/"}
        response = client.post(url, given, follow=True)
        html = response.content.decode()
        assert ChapterPage.objects.count() == 6
        for words in (
            "Drafts were made: 3 parts, 6 chapters",
            "Please check",
            "Dropped",
            "Old addresses",
            "Early help",
        ):
            assert words in html

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({}, "This field is required"),
            ({"file": ("a.zip", b"PK\x03\x04x")}, "damaged"),
            ({"file": ("a.html", b"<h1>x</h1>"), "old_site": "old site"}, "must begin with https"),
            ({"file": ("a.html", b"<h1>x</h1>"), "parent": "1"}, "Select a valid choice"),
            ({"file": ("a.html", b"<h1>x</h1>"), "outline": ("o.txt", b"x" * 600_000)}, "far longer than the outline"),
        ],
    )
    def test_says_what_is_wrong_and_makes_nothing(self, manual, url, client, fields, message):
        client.force_login(make_manager())
        given = {"parent": manual.pk} | {
            name: upload(*value) if isinstance(value, tuple) else value for name, value in fields.items()
        }
        response = client.post(url, given)
        assert response.status_code == 200
        assert message in response.content.decode()
        assert not ChapterPage.objects.exists()

    def test_does_not_double_chapters_unless_asked_to(self, manual, url, client):
        client.force_login(make_manager())
        client.post(url, {"file": upload(), "parent": manual.pk})
        response = client.post(url, {"file": upload(), "parent": manual.pk})
        assert "in the manual already" in response.content.decode()
        client.post(url, {"file": upload(), "parent": manual.pk, "again": "on"})
        assert ChapterPage.objects.count() == 12

    def test_is_offered_on_manuals_and_parts_and_comes_with_the_place_chosen(self, manual, url, client):
        part = add_part(manual, title="Appendices")
        client.force_login(make_manager())
        for page in (manual, part):
            explorer = client.get(reverse("wagtailadmin_explore", args=[page.pk])).content.decode()
            assert f"{url}?parent={page.pk}" in explorer
        html = client.get(f"{url}?parent={part.pk}").content.decode()
        assert f'<option value="{part.pk}" selected>' in html


class TestWhoMay:
    def test_only_those_who_may_add_pages_there(self, manual, url, client):
        part, other = add_part(manual), add_part(manual)
        client.force_login(writer_of(part))
        html = client.get(url).content.decode()
        assert f'value="{part.pk}"' in html
        assert f'value="{other.pk}"' not in html
        response = client.post(url, {"file": upload(), "parent": other.pk})
        assert "Select a valid choice" in response.content.decode()
        assert not ChapterPage.objects.exists()

    def test_nobody_else_sees_the_screen_the_menu_or_a_report(self, manual, url, client):
        made = _imported(manual)
        client.force_login(writer_of())
        for address in (url, reverse("procedures_import:report", args=[made.pk])):
            assert client.get(address, follow=True).redirect_chain[-1][0].startswith("/admin/")
        assert "Import a manual" not in client.get("/admin/").content.decode()
        client.logout()
        assert client.get(url).status_code == 302

    def test_reports_on_other_parts_are_not_shown(self, manual, client):
        part = add_part(manual)
        made = _imported(manual)
        client.force_login(writer_of(part))
        address = reverse("procedures_import:report", args=[made.pk])
        assert "Please check" not in client.get(address, follow=True).content.decode()
        assert made.source_name not in client.get(reverse("procedures_import:import")).content.decode()


def _imported(page) -> ManualImport:
    from django.utils import timezone

    return ManualImport.objects.create(page=page.basepage_ptr, source_name="secret.zip", imported_at=timezone.now())


class TestCommand:
    @pytest.fixture
    def folder(self, tmp_path):
        for name, data in files_of_manual(b"x").items():
            (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
            (tmp_path / name).write_bytes(data)
        return tmp_path

    def run(self, *arguments, **options) -> str:
        out = io.StringIO()
        call_command("import_manual", *map(str, arguments), stdout=out, no_color=True, **options)
        return out.getvalue()

    def test_makes_drafts_and_prints_the_report(self, manual, folder):
        printed = self.run(folder, old_site="https://old.example/manual/", user=make_manager().email)
        assert printed.startswith("Drafts made: 3 parts, 6 chapters")
        assert "\nDropped\n" in printed
        assert "  Early help\n  - " in printed
        assert f"/procedures/import/{ManualImport.objects.get().pk}/" in printed

    def test_takes_a_single_file_an_outline_and_a_part(self, manual, folder):
        part = add_part(manual, slug="help")
        (folder / "o.csv").write_text("1,Early Help\n2,Later\n")
        self.run(folder / "early-help.html", parent="help", outline=str(folder / "o.csv"))
        part.refresh_from_db()
        assert [page.title for page in part.get_children()] == ["Early Help", "Later"]

    def test_makes_second_drafts_only_when_told_to(self, manual, folder):
        self.run(folder)
        with pytest.raises(CommandError, match="--again"):
            self.run(folder)
        self.run(folder, again=True)
        assert ChapterPage.objects.count() == 12

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"parent": "nowhere"}, "Say where the chapters belong"),
            ({"user": "nobody@board.example"}, "Nobody signs in"),
            ({"outline": "missing.txt"}, "cannot be read"),
            ({"old_site": "x"}, "must begin with"),
        ],
    )
    def test_says_what_is_wrong(self, manual, folder, options, message):
        with pytest.raises(CommandError, match=message):
            self.run(folder, **options)
        assert not ChapterPage.objects.exists()
