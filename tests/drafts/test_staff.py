"""What editors see of links and comments, and what others do not."""

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from drafts.models import DraftComment, DraftLink
from drafts.services import deal_with, revoke_link
from tests.drafts.factories import add_draft, comment_on, make_editor_of, path_of, share
from tests.factories import add_home, add_information, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db


@once
def home():
    return add_home()


@once
def page(home):
    return add_draft(home, title="A new policy", slug="new-policy")


@pytest.fixture
def editor(page):
    return make_editor_of(page)


@pytest.fixture
def staff(client, editor):
    client.force_login(editor)
    return client


def screen(page) -> str:
    return f"/admin/drafts/{page.pk}/"


class TestTheScreen:
    def test_makes_a_link_that_can_be_copied(self, staff, page, editor):
        text = staff.post(screen(page), {"days": "1", "about": "Head teachers"}, follow=True).content.decode()
        link = DraftLink.objects.get()
        assert (link.made_by, link.about, (link.ends_at - link.made_at).days) == (editor, "Head teachers", 1)
        assert f'value="{link.url()}"' in text
        assert "Works until" in text

    @pytest.mark.parametrize("days", ["", "0", "365", "x"])
    def test_makes_none_that_lasts_for_any_other_time(self, staff, page, days):
        assert staff.post(screen(page), {"days": days}).status_code == 200
        assert not DraftLink.objects.exists()

    def test_stops_a_link_and_does_not_show_it_any_more(self, staff, page):
        link = share(page)
        text = staff.post(f"{screen(page)}stop/{link.pk}/", follow=True).content.decode()
        assert "Stopped on" in text
        assert link.url() not in text
        assert staff.get(path_of(link)).status_code == 410

    def test_marks_comments_as_dealt_with_and_puts_them_back(self, staff, page, editor):
        comment = comment_on(share(page), page, text="<script>x</script> Seven days.")
        assert "&lt;script&gt;x&lt;/script&gt;" in staff.get(screen(page)).content.decode()
        address = f"{screen(page)}comments/{comment.pk}/"
        staff.post(address)
        comment.refresh_from_db()
        assert comment.dealt_with_by == editor
        staff.post(address, {"again": "yes"})
        comment.refresh_from_db()
        assert comment.dealt_with_at is None

    def test_says_that_a_page_is_private(self, staff, page):
        assert "This page is private" not in staff.get(screen(page)).content.decode()
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert "This page is private" in staff.get(screen(page)).content.decode()

    @pytest.mark.parametrize("number", [2, 20])
    def test_costs_as_many_queries_however_much_there_is(self, staff, page, number, django_assert_num_queries):
        for _ in range(number):
            link = share(page, user=make_manager(email=f"{DraftLink.objects.count()}@board.example"))
            comment_on(link, page)
        # What a process asks once: content types, and what the database can do.
        staff.get(screen(page))
        with django_assert_num_queries(20):
            staff.get(screen(page))


class TestSomebodyElse:
    def test_may_neither_see_nor_make_nor_stop_links_of_a_page_they_may_not_edit(self, client, home, page):
        link = share(page)
        comment = comment_on(link, page)
        other = add_information(home)
        client.force_login(make_editor_of(other))
        assert client.get(screen(page)).status_code == 302
        client.post(screen(page), {"days": "7"})
        # Neither by way of a page of their own.
        for address in (screen(page), screen(other)):
            client.post(f"{address}stop/{link.pk}/")
            client.post(f"{address}comments/{comment.pk}/")
        link.refresh_from_db()
        assert (DraftLink.objects.count(), link.revoked_at) == (1, None)
        assert DraftComment.objects.open().exists()
        assert screen(page) not in client.get(f"/admin/pages/{page.pk}/").content.decode()

    def test_without_an_account_is_asked_to_sign_in(self, client, page):
        assert client.get(screen(page))["Location"].startswith("/sign-in/")


class TestTheEditor:
    def test_tells_of_comments_that_wait_and_shows_them_beside_the_text(self, staff, page):
        edit = f"/admin/pages/{page.pk}/edit/"
        assert screen(page) in staff.get(edit).content.decode()
        link = share(page)
        comment = comment_on(link, page, section="The plan", text="Zebra")
        text = staff.get(edit).content.decode()
        assert "1 comment on this draft waits" in text
        assert "Ash, on “The plan”" in text
        assert "Zebra" in text
        deal_with(comment, user=None, now=timezone.now())
        assert "Zebra" not in staff.get(edit).content.decode()

    def test_says_in_the_history_that_a_link_was_made_and_stopped(self, staff, page, editor):
        revoke_link(share(page, user=editor), user=editor, now=timezone.now())
        text = staff.get(f"/admin/pages/{page.pk}/history/").content.decode()
        assert "Made a link to the draft" in text
        assert "Stopped a link to the draft" in text
