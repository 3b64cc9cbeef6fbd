"""The jobs of the rooms: they do what the commands do, and say what has to wait."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from alerts import jobs as alerts_jobs
from clock.declared import Unfinished
from documents import jobs as documents_jobs
from documents.spool import DOWNLOADS
from enquiries import jobs as enquiries_jobs
from enquiries.letters import MailServerAway, send_or_wait
from enquiries.models import AmendmentSuggestion
from pages.models import BasePage
from tests.enquiries.factories import add_chapter, filled_in, form_url, make_closed
from tests.pagetypes.models import LeafletPage
from tests.updates.factories import make_chapter
from updates import jobs as updates_jobs

pytestmark = pytest.mark.django_db

NOW = timezone.now()


class TestMail:
    def test_about_enquiries_is_sent(self, client):
        client.post(form_url(add_chapter()), filled_in())
        enquiries_jobs.send_mail(now=timezone.now())
        assert [message.to for message in mail.outbox] == [["ash@agency.example"]]

    def test_waits_and_says_so_while_the_server_is_away(self):
        def away(*, now):
            raise MailServerAway("ConnectionRefusedError")

        with pytest.raises(Unfinished, match=r"^The mail server cannot be reached \(ConnectionRefusedError\)"):
            send_or_wait(away, now=NOW)

    def test_that_the_server_takes_none_of_is_said(self):
        with pytest.raises(Unfinished, match="took none of 3 mails"):
            send_or_wait(lambda now: (0, 3), now=NOW)

    def test_of_which_one_fails_is_no_fault_of_the_job(self):
        send_or_wait(lambda now: (5, 1), now=NOW)

    def test_of_alerts_is_asked_for_with_the_time(self, monkeypatch):
        asked = []
        monkeypatch.setattr(alerts_jobs, "send_owed", lambda now: asked.append(now) or (0, 0))
        alerts_jobs.send_links(now=NOW)
        assert asked == [NOW]


class TestErasing:
    def test_erases_old_enquiries(self):
        make_closed(days_ago=3650)
        kept = make_closed()
        enquiries_jobs.erase(now=timezone.now())
        assert AmendmentSuggestion.objects.get() == kept


class TestPublishing:
    def test_takes_down_what_has_expired(self):
        page = make_chapter(published=True)
        LeafletPage.objects.filter(pk=page.pk).update(expire_at=NOW - timedelta(hours=1))
        updates_jobs.publish_scheduled(now=NOW)
        page.refresh_from_db()
        assert not page.live

    def test_says_how_many_failed_and_goes_on_with_the_others(self, monkeypatch):
        pages = [make_chapter(published=True, title=title) for title in ("One", "Two")]
        LeafletPage.objects.update(expire_at=NOW - timedelta(hours=1))
        whole = BasePage.unpublish

        def unpublish(page, **options):
            if page.pk == pages[0].pk:
                raise ValueError("broken")
            whole(page, **options)

        monkeypatch.setattr(BasePage, "unpublish", unpublish)
        with pytest.raises(Unfinished, match="^1 could not be published or taken down in time"):
            updates_jobs.publish_scheduled(now=NOW)
        assert [LeafletPage.objects.get(pk=page.pk).live for page in pages] == [True, False]


class TestCountingDownloads:
    def test_says_that_the_folder_cannot_be_used(self, monkeypatch):
        def refuse():
            raise PermissionError("denied")

        monkeypatch.setattr(DOWNLOADS, "close_open", refuse)
        with pytest.raises(Unfinished, match=r"cannot be used \(PermissionError\)"):
            documents_jobs.count_downloads(now=NOW)
