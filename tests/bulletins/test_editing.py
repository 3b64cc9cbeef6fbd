"""Writing an issue in the admin."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site

from accounts.models import User
from bulletins.forms import next_issue
from bulletins.models import BulletinPage, BulletinSettings, Weekday
from tests.factories import add_archive, add_bulletin, add_home, make_contact, make_manager, news
from tests.once import once

pytestmark = pytest.mark.django_db


@once
def archive():
    return add_archive(add_home())


@pytest.fixture
def staff(client):
    client.force_login(make_manager())
    return client


def editing_screen(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


class TestNewIssue:
    def test_starts_with_the_quarter_after_the_latest_issue(self, archive):
        add_bulletin(archive, issue_date=date(2017, 4, 1))
        start = next_issue(archive)
        assert start["issue_date"] == date(2017, 7, 1)
        assert start["quarter_label"] == "July 2017"
        assert start["slug"] == "july-2017"
        assert start["next_deadline"] == date(2017, 10, 2)

    def test_counts_drafts_too_so_that_no_quarter_is_written_twice(self, archive):
        add_bulletin(archive, issue_date=date(2017, 4, 1))
        add_bulletin(archive, issue_date=date(2017, 7, 1), publish=False)
        assert next_issue(archive)["quarter_label"] == "October 2017"

    def test_follows_the_settings(self, archive):
        contact = make_contact()
        BulletinSettings.objects.create(
            site=Site.objects.get(is_default_site=True), deadline_weekday=Weekday.FRIDAY, contact=contact
        )
        add_bulletin(archive, issue_date=date(2017, 4, 1))
        start = next_issue(archive)
        assert start["contact"] == contact.pk
        assert start["next_deadline"] == date(2017, 10, 6)

    def test_form_is_filled_in(self, staff, archive):
        add_bulletin(archive, issue_date=date(2017, 4, 1))
        soup = editing_screen(staff, reverse("wagtailadmin_pages:add", args=["bulletins", "bulletinpage", archive.pk]))
        assert soup.find("input", id="id_title")["value"] == "July 2017 bulletin"
        assert soup.find("input", id="id_issue_date")["value"] == "01/07/2017"
        assert soup.find("input", id="id_next_deadline")["value"] == "02/10/2017"

    def test_editing_an_issue_changes_none_of_its_values(self, staff, archive):
        issue = add_bulletin(archive, title="My own title", issue_date=date(2016, 1, 1))
        soup = editing_screen(staff, reverse("wagtailadmin_pages:edit", args=[issue.pk]))
        assert soup.find("input", id="id_title")["value"] == "My own title"
        assert soup.find("input", id="id_issue_date")["value"] == "01/01/2016"


class TestPreview:
    def test_shows_the_issue_as_on_the_site_and_as_printed(self, archive):
        issue = add_bulletin(archive, items=[news("A thing")])
        on_site = issue.make_preview_request(preview_mode="").content.decode()
        printed = issue.make_preview_request(preview_mode="print").content.decode()
        assert "A thing" in on_site
        assert 'class="masthead"' in on_site
        assert "A thing" in printed
        assert 'class="masthead"' not in printed

    def test_works_before_anything_has_been_filled_in(self, archive):
        empty = BulletinPage(title="", slug="x")
        archive.add_child(instance=BulletinPage(title="Draft", slug="draft", issue_date=date(2017, 1, 1), live=False))
        draft = BulletinPage.objects.get(slug="draft")
        assert draft.make_preview_request(preview_mode="").status_code == 200
        assert empty.highlights() == []


class TestFirstPage:
    def test_says_how_long_news_can_be_sent_and_leads_to_the_next_issue(self, staff, archive):
        add_bulletin(archive, next_deadline=date(2030, 1, 7))
        draft = add_bulletin(archive, title="Half written", publish=False)
        soup = editing_screen(staff, reverse("wagtailadmin_home"))
        assert "Monday 7 January 2030" in soup.get_text()
        assert soup.find("a", href=reverse("wagtailadmin_pages:edit", args=[draft.pk]))
        assert soup.find("a", href=reverse("wagtailadmin_pages:add", args=["bulletins", "bulletinpage", archive.pk]))

    def test_says_what_is_in_the_next_issue_so_far(self, staff, archive):
        """As last saved: an item that was added since the draft was begun is there, one that was taken out is not."""
        draft = add_bulletin(archive, publish=False, items=[news(heading="A first <b>thing</b>"), news(heading="Gone")])
        add_bulletin(archive, title="Empty", publish=False, items=[])
        draft.items = [draft.items.get_prep_value()[0], news(heading="Added since"), *[news(heading="More")] * 14]
        draft.save_revision()
        public = add_bulletin(archive, title="Out", items=[news(heading="Read by everybody")])
        public.save_revision()
        found = editing_screen(staff, reverse("wagtailadmin_home")).main.get_text(" ", strip=True)
        assert "with 16 items so far: A first <b>thing</b> Added since More" in found
        assert "and 1 more" in found
        assert "with nothing in it yet" in found
        assert "changes to a published issue" in found
        assert "Gone" not in found
        assert "Read by everybody" not in found

    def test_offers_nothing_to_somebody_who_may_not_write_an_issue(self, client, archive):
        user = User.objects.create_user("other@board.example", "a long enough password")
        group = Group.objects.create(name="Contacts only")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
        client.force_login(user)
        assert "Start an empty issue" not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_offers_it_to_an_editor_of_the_archive(self, client, archive):
        user = User.objects.create_user("editor@board.example", "a long enough password")
        group = Group.objects.create(name="Bulletin editors")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        GroupPagePermission.objects.create(group=group, page=archive.get_base_page(), permission_type="add")
        user.groups.add(group)
        client.force_login(user)
        assert "Start an empty issue" in client.get(reverse("wagtailadmin_home")).content.decode()
