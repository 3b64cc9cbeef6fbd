"""`manage.py publish_scheduled`: our own, one transaction for each page."""

from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from tests.pagetypes.models import LeafletPage, Notice
from tests.updates.factories import change, make_chapter, make_plain
from updates.scheduling import publish_when_due, take_down_when_expired

pytestmark = pytest.mark.django_db

PAST = timezone.now() - timedelta(hours=2)
LESS_PAST = PAST + timedelta(hours=1)


def schedule(page, at=PAST, expire_at=None, **answer):
    """Schedule the page to go live at a time that has passed."""
    revision = change(page, title="Scheduled", go_live_at=at, expire_at=expire_at, **answer)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
    return revision


def run(**options) -> str:
    out = StringIO()
    call_command("publish_scheduled", stdout=out, stderr=out, **options)
    return out.getvalue()


def actions(page) -> list[str]:
    entries = PageLogEntry.objects.filter(page=page.pk, action__contains="scheduled")
    return list(entries.order_by("pk").values_list("action", flat=True))


class TestPublishScheduled:
    def test_is_ours_and_not_wagtails(self):
        assert get_commands()["publish_scheduled"] == "updates"

    def test_publishes_what_is_due_once(self):
        page = make_chapter(published=True)
        schedule(page, significance="major", note="Now.")
        assert "Done: publish" in run()
        assert run() == ""
        page.refresh_from_db()
        assert page.title == "Scheduled"
        assert list(page.editions.order_by("number").values_list("note", flat=True)) == ["", "Now."]
        assert actions(page) == ["wagtail.publish.scheduled"]

    def test_leaves_what_is_not_due(self):
        page = make_chapter()
        schedule(page, at=timezone.now() + timedelta(minutes=5))
        assert run() == ""
        page.refresh_from_db()
        assert not page.live

    def test_takes_down_what_has_expired_once(self):
        page = make_chapter(published=True)
        LeafletPage.objects.filter(pk=page.pk).update(expire_at=PAST)
        assert "Done: take down" in run()
        assert run() == ""
        page.refresh_from_db()
        assert not page.live
        assert page.expired
        assert page.current_edition() is None
        assert actions(page) == ["wagtail.unpublish.scheduled"]

    def test_publishes_and_takes_down_at_once_what_should_have_been_public_in_between(self):
        page = make_chapter()
        schedule(page, expire_at=LESS_PAST)
        run()
        page.refresh_from_db()
        assert not page.live
        assert page.editions.get().superseded_at is not None
        assert actions(page) == ["wagtail.publish.scheduled", "wagtail.unpublish.scheduled"]

    def test_does_so_for_pages_that_are_not_tracked_and_for_snippets(self):
        page = make_plain()
        schedule(page)
        notice = Notice.objects.create(text="Draft", live=False)
        notice.text, notice.go_live_at = "Scheduled", PAST
        notice.save_revision(approved_go_live_at=PAST)
        old = Notice.objects.create(text="Old", live=True, expire_at=PAST)
        run()
        for found in (page, notice, old):
            found.refresh_from_db()
        assert page.live
        assert (notice.live, notice.text) == (True, "Scheduled")
        assert (old.live, old.expired) == (False, True)

    def test_says_what_it_would_do_and_does_nothing_in_a_dry_run(self):
        page, other = make_chapter(), make_chapter(published=True, title="Old one")
        schedule(page)
        LeafletPage.objects.filter(pk=other.pk).update(expire_at=PAST)
        said = run(dryrun=True)
        assert 'Would publish "Scheduled"' in said
        assert 'Would take down page "Old one"' in said
        page.refresh_from_db()
        other.refresh_from_db()
        assert (page.live, other.live) == (False, True)
        assert page.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_reports_what_fails_keeps_it_scheduled_and_does_the_rest(self):
        broken, fine = make_chapter(), make_chapter()
        schedule(broken, at=PAST)
        schedule(fine, at=LESS_PAST)
        real = LeafletPage.publish

        def publish(page, *args, **kwargs):
            real(page, *args, **kwargs)
            if page.pk == broken.pk:
                raise ValueError("A block cannot be read.")

        with patch.object(LeafletPage, "publish", publish), pytest.raises(CommandError, match="1 of 2 failed"):
            run()
        for page in (broken, fine):
            page.refresh_from_db()
        assert (broken.live, fine.live) == (False, True)
        assert broken.revisions.filter(approved_go_live_at__isnull=False).exists()
        assert not broken.editions.exists()
        assert actions(broken) == []
        run()
        broken.refresh_from_db()
        assert broken.live

    def test_asks_again_whether_it_is_due_once_it_holds_the_lock(self):
        page = make_chapter()
        revision = schedule(page)
        now = timezone.now()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        assert not publish_when_due(revision_id=revision.pk, now=now)
        page.refresh_from_db()
        assert not page.live
        public = make_chapter(published=True)
        assert not take_down_when_expired(model=LeafletPage, pk=public.pk, now=now)
