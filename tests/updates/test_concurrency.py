"""Several people at once: real threads, each with its own connection to the database."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from pages.models import BasePage
from pages.tree import TREE_LOCK_KEY
from tests.pages.tree_checks import tree_faults
from tests.pagetypes.models import LeafletPage
from tests.updates.factories import change, form_data, make_chapter, make_manager, make_plain

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*calls) -> list:
    """Run the calls at the same moment, each in a thread of its own, and return what they return."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


@contextmanager
def holding_the_tree():
    """Let another connection hold the tree lock."""
    other = connection.copy()
    other.connect()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            if other.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK_KEY])
            else:
                cursor.execute("UPDATE pages_basepage SET title = title")
        yield
        other.rollback()
    finally:
        other.close()


@contextmanager
def impatience():
    """Let this connection wait for a lock for no longer than a moment."""
    statement = "SET lock_timeout = {}" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = {}"
    with connection.cursor() as cursor:
        cursor.execute(statement.format(100))
    yield
    connection.close()


def signed_in() -> Client:
    client = Client()
    client.force_login(make_manager())
    return client


class TestTwoEditors:
    def test_publishing_one_page_at_the_same_moment_give_two_numbered_editions(self):
        page = make_chapter(published=True)
        editors = [signed_in() for _ in range(4)]

        def publish(client, title):
            answer = {"change_significance": "major", "change_note": title, "action-publish": "1"}
            return lambda: client.post(f"/admin/pages/{page.pk}/edit/", form_data(page, title=title, **answer))

        for round_ in range(3):
            saved = at_once(*[publish(editor, f"Round {round_} by {n}") for n, editor in enumerate(editors)])
            assert [response.status_code for response in saved] == [302] * 4
        editions = list(page.editions.order_by("number"))
        assert [edition.number for edition in editions] == list(range(1, 14))
        assert [edition.note for edition in editions[1:]] == [edition.title for edition in editions[1:]]
        for one, following in zip(editions, editions[1:], strict=False):
            assert one.superseded_at == following.in_force_from
        page.refresh_from_db()
        assert page.live_revision == page.latest_revision == editions[-1].revision

    def test_publishing_moving_and_adding_leave_the_tree_whole(self):
        here, there = make_plain(slug="here"), make_plain(slug="there")
        page = make_chapter(here, published=True, slug="page")
        editors = [signed_in() for _ in range(3)]
        answer = {"change_significance": "minor", "action-publish": "1"}
        for round_ in range(3):
            target = (there, here)[round_ % 2]
            new = {"title": f"New {round_}", "slug": f"new-{round_}"}
            saved = at_once(
                lambda r=round_: editors[0].post(
                    f"/admin/pages/{page.pk}/edit/", form_data(page, title=f"Title {r}", **answer)
                ),
                lambda t=target: editors[1].post(f"/admin/pages/{page.pk}/move/{t.pk}/confirm/"),
                lambda n=new: editors[2].post(
                    f"/admin/pages/add/pagetypes/leafletpage/{here.pk}/", form_data(LeafletPage(**n), **answer)
                ),
            )
            assert [response.status_code for response in saved] == [302] * 3
            assert tree_faults() == []
        assert BasePage.objects.get(pk=page.pk).url_path == "/there/page/"
        assert page.editions.count() == 4

    def test_one_of_whom_waits_too_long_is_told_and_loses_nothing(self):
        page = make_chapter(published=True)
        client = signed_in()
        with impatience(), holding_the_tree():
            response = client.post(f"/admin/pages/{page.pk}/edit/", form_data(page, title="Mine"))
        assert response.status_code == 503
        assert "Nothing of yours was saved" in response.content.decode()
        assert client.post(f"/admin/pages/{page.pk}/edit/", form_data(page, title="Mine")).status_code == 302


class TestTwoProcessesPublishingWhatIsScheduled:
    def test_do_nothing_twice(self):
        past = timezone.now() - timedelta(hours=1)
        pages = [make_chapter(published=True) for _ in range(8)]
        for page in pages:
            revision = change(page, title="Scheduled", go_live_at=past, significance="minor")
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
        at_once(*[lambda: call_command("publish_scheduled", stdout=StringIO())] * 3)
        for page in pages:
            assert list(page.editions.order_by("number").values_list("number", flat=True)) == [1, 2]
            assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").count() == 1
