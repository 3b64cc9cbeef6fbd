"""Row E5: whoever has a link reads the latest draft, while the link works; nobody else, and nothing else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction

from drafts.models import DraftLink
from drafts.services import MayNotShare, make_link, revoke_link
from drafts.tokens import hash_of, token_for
from tests.drafts.factories import WEEK, add_draft, comment_on, make_editor_of, path_of, share
from tests.factories import add_home, add_information, forget_stored_pages, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

GONE = "This link does not work"


@once
def home():
    return add_home()


@once
def page(home):
    return add_draft(home, title="A new policy", slug="new-policy")


def is_gone(client, path) -> bool:
    answer = client.get(path, follow=True)
    return answer.status_code == 410 and GONE in answer.content.decode()


class TestALink:
    def test_shows_the_latest_draft_in_the_sites_look(self, client, page):
        link = share(page)
        draft = page.get_latest_revision_as_object()
        draft.title = "A newer policy"
        draft.save_revision()
        answer = client.get(path_of(link), follow=True)
        text = answer.content.decode()
        assert answer.redirect_chain == [(path_of(link, page), 302)]
        assert "<h1>A newer policy</h1>" in text
        assert "Draft, not published" in text
        assert client.get(page.url).status_code == 404

    def test_shows_what_may_replace_a_public_page_though_that_is_stored(self, client, home):
        public = add_information(home, title="As it is")
        public.title = "As it may be"
        public.save_revision()
        link = share(public)
        assert "As it is" in client.get(public.url).content.decode()
        assert "As it may be" in client.get(path_of(link, public)).content.decode()
        assert "As it may be" not in client.get(public.url).content.decode()
        forget_stored_pages()
        assert "As it may be" not in client.get(public.url).content.decode()

    def test_is_kept_by_nobody_and_passed_on_to_nobody(self, client, page):
        link = share(page)
        answer = client.get(path_of(link, page))
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies
        # The one form that works is the one for comments, and the secret stands nowhere but there.
        directives = [directive.strip() for directive in answer["Content-Security-Policy"].split(";")]
        assert f"form-action http://testserver{path_of(link)}" in directives
        text = answer.content.decode()
        assert text.count(path_of(link)) == text.count(f'action="{path_of(link, page)}#draft-comment"') == 1
        assert '<meta name="robots" content="noindex">' in text

    def test_to_several_pages_lists_them_and_shows_no_other(self, client, home, page):
        second, other = add_draft(home, title="Second"), add_draft(home)
        link = share(second, page)
        text = client.get(path_of(link)).content.decode()
        assert text.index("Second") < text.index("A new policy")
        assert path_of(link) in client.get(path_of(link, page)).content.decode()
        assert is_gone(client, path_of(link, other))

    def test_does_not_name_what_is_above_its_page_and_not_public(self, client, home):
        above = add_draft(home, title="Zebra")
        private = add_information(home, title="Okapi")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        below, behind = add_draft(above), add_draft(private)
        link = share(below, behind)
        assert "Zebra" not in client.get(path_of(link, below)).content.decode()
        assert "Okapi" not in client.get(path_of(link, behind)).content.decode()

    def test_shows_a_member_of_staff_nothing_but_what_everybody_with_it_sees(self, client, page):
        link = share(page)
        client.force_login(make_manager())
        answer = client.get(path_of(link, page)).content.decode()
        assert "Draft, not published" in answer
        assert "manager@board.example" not in answer
        link.refresh_from_db()
        assert link.last_opened_at is None

    def test_notes_that_it_was_opened(self, client, page):
        link = share(page)
        client.get(path_of(link, page))
        link.refresh_from_db()
        assert timezone.now() - link.last_opened_at < timedelta(minutes=1)


class TestALinkIsOver:
    def test_when_its_days_have_passed(self, client, page):
        assert is_gone(client, path_of(share(page, now=timezone.now() - WEEK)))
        assert not is_gone(client, path_of(share(page, now=timezone.now() - WEEK + timedelta(minutes=5))))

    def test_when_it_was_stopped_and_that_is_said_once(self, client, page):
        link, user = share(page), make_manager()
        assert revoke_link(link, user=user, now=timezone.now())
        assert not revoke_link(link, user=user, now=timezone.now())
        assert is_gone(client, path_of(link))
        assert is_gone(client, path_of(link, page))
        actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
        assert {"drafts.share", "drafts.revoke"} <= set(actions)

    def test_when_its_page_is_deleted(self, client, home):
        draft = add_draft(home)
        link = share(draft)
        draft.delete()
        assert is_gone(client, path_of(link))

    def test_when_who_made_it_has_left_or_may_not_edit_the_page_any_more(self, client, page):
        editor = make_editor_of(page)
        link = share(page, user=editor)
        assert not is_gone(client, path_of(link))
        editor.groups.clear()
        assert is_gone(client, path_of(link))
        assert is_gone(client, path_of(link, page))
        manager = make_manager()
        link = share(page, user=manager)
        manager.is_active = False
        manager.save()
        assert is_gone(client, path_of(link))

    @pytest.mark.parametrize("token", ["x", "a" * 3000, "ä", "..", "%20;script-src%20*", "A" * 43])
    def test_and_looks_the_same_where_there_never_was_one(self, client, home, token):
        answer = client.get(f"/drafts/{token}/")
        assert answer.status_code == 410
        assert GONE in answer.content.decode()
        assert "form-action 'none'" in answer["Content-Security-Policy"]


class TestTheSecret:
    def test_is_not_in_the_database(self, page):
        link = share(page)
        stored = str(DraftLink.objects.filter(pk=link.pk).values().get())
        assert token_for(link.number) not in stored
        assert hash_of(token_for(link.number)) in stored
        assert len(token_for(link.number)) == 43

    def test_goes_on_working_when_the_key_of_the_site_is_changed_but_cannot_be_copied_again(
        self, client, page, settings
    ):
        link = share(page)
        path = path_of(link, page)
        settings.SECRET_KEY = "another key altogether, long enough to be taken for one"
        assert client.get(path).status_code == 200
        assert link.url() == ""


class TestMakingALink:
    def test_needs_the_right_to_edit_every_page(self, home, page):
        editor = make_editor_of(page)
        with pytest.raises(MayNotShare):
            make_link(pages=[page, home], user=editor, days=7, now=timezone.now())
        with pytest.raises(MayNotShare):
            make_link(pages=[], user=editor, days=7, now=timezone.now())
        assert not DraftLink.objects.exists()

    def test_of_a_private_page_shows_its_draft_to_who_has_it(self, client, home):
        private = add_information(home, title="For members")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        assert "For members" in client.get(path_of(share(private), private)).content.decode()
        assert client.get(private.url).status_code == 302


@pytest.mark.parametrize("number", [2, 12])
def test_a_draft_costs_as_many_queries_however_much_was_said_of_it(client, page, number, django_assert_num_queries):
    link = share(page, add_draft(page.get_parent().specific))
    for _ in range(number):
        comment_on(link, page)
    client.get(path_of(link, page))
    with django_assert_num_queries(6):
        client.get(path_of(link, page))
    assert mail.outbox == []
