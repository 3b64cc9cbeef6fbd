"""Members of staff who try what they were not given, and links that are not what they seem."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import GroupPagePermission, PageViewRestriction

from accounts.models import User
from bulletins.models import BulletinImport, BulletinPage
from organisation.links import validate_address
from tests.factories import add_archive, add_bulletin, add_home, add_information
from tests.once import once

pytestmark = pytest.mark.django_db


@once
def archive():
    return add_archive(add_home())


def sign_in_writer(archive, email="writer@board.example") -> Client:
    """Return the browser of somebody who may add issues to the archive and edit their own, and nothing else."""
    group = Group.objects.create(name=email)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    may_add = Permission.objects.get(codename="add_basepage")
    GroupPagePermission.objects.create(group=group, page=archive, permission=may_add)
    user = User.objects.create_user(email, "a long enough password")
    user.groups.add(group)
    browser = Client()
    browser.force_login(user)
    return browser


class TestAWriter:
    def test_reads_nothing_of_other_peoples_drafts_on_the_first_page(self, archive):
        """Before: with a link to the editor, which then turned them away."""
        add_bulletin(archive, publish=False, title="Not for everybody")
        writer = sign_in_writer(archive)
        writer.post("/admin/bulletins/import/", {"text": "Ours\n\nMay 2017\n\nNews\n\nText.", "archive": archive.pk})
        own = BulletinImport.objects.get().page
        shown = writer.get("/admin/").content.decode()
        assert "Not for everybody" not in shown
        assert f"/admin/pages/{own.pk}/edit/" in shown

    @pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
    def test_changes_nothing_with_actions_for_many_pages(self, archive, action):
        public, draft = add_bulletin(archive), add_bulletin(archive, publish=False)
        elsewhere = add_information(archive.get_parent())
        address = f"/admin/bulk/pages/basepage/{action}/?id={public.pk}&id={draft.pk}&next=/admin/"
        before = list(BulletinPage.objects.order_by("pk").values_list("pk", "live", "path"))
        sign_in_writer(archive).post(address, {"chooser": elsewhere.pk, "include_descendants": "on"})
        assert list(BulletinPage.objects.order_by("pk").values_list("pk", "live", "path")) == before

    def test_does_not_publish_by_naming_the_button(self, archive):
        form = {"title": "Mine", "slug": "mine", "issue_date": "2017-04-01", "quarter_label": "April 2017"}
        form |= {"search_description": "", "introduction": "null", "items-count": "0", "action-publish": "1"}
        form |= {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
        sign_in_writer(archive).post(f"/admin/pages/add/bulletins/bulletinpage/{archive.pk}/", form)
        assert not BulletinPage.objects.get(slug="mine").live

    def test_does_not_read_the_report_of_somebody_elses_import(self, archive):
        first = sign_in_writer(archive)
        first.post("/admin/bulletins/import/", {"text": "Ours\n\nMay 2017\n\nNews\n\nText.", "archive": archive.pk})
        address = f"/admin/bulletins/import/{BulletinImport.objects.get().pk}/"
        assert first.get(address).status_code == 200
        assert sign_in_writer(archive, "second@board.example").get(address).status_code == 302

    def test_imports_into_no_other_page(self, archive):
        home = archive.get_parent()
        sign_in_writer(archive).post("/admin/bulletins/import/", {"text": "News\n\nText.", "archive": home.pk})
        assert not BulletinImport.objects.exists()


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "https://good.example/\u202emoc.live",
            "https://good.example/\u2066x",
            "https://go\u200bod.example/",
            "/path\u200f/",
            "https://good.example/\x85",
        ],
        ids=ascii,
    )
    def test_what_hides_where_a_link_goes_is_refused(self, address):
        with pytest.raises(ValidationError):
            validate_address(address)

    @pytest.mark.parametrize(
        "address", ["https://board.example/neglect?a=1#b", "/contacts/", "https://bücher.example/é"]
    )
    def test_plain_ones_are_not(self, address):
        validate_address(address)


class TestPasswordsOfPages:
    @pytest.mark.parametrize(
        "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
    )
    def test_lead_nowhere_else(self, archive, client, target):
        page = add_information(archive.get_parent())
        rule = PageViewRestriction.objects.create(page=page, restriction_type="password", password="word")
        address = f"/_util/authenticate_with_password/{rule.pk}/{page.pk}/"
        response = client.post(address, {"password": "word", "return_url": target})
        assert response.status_code == 302
        assert "evil" not in response["Location"]
        assert response["Location"].startswith("/")

    def test_let_nobody_else_in(self, archive, client):
        page = add_information(archive.get_parent(), title="Behind a password")
        rule = PageViewRestriction.objects.create(page=page, restriction_type="password", password="word")
        address = f"/_util/authenticate_with_password/{rule.pk}/{page.pk}/"
        client.post(address, {"password": "word", "return_url": page.url})
        assert b"Behind a password" in client.get(page.url).content
        assert b"Behind a password" not in Client().get(page.url).content
