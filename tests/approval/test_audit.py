"""The audit: who did what and when, for those who may know, with a spreadsheet, and out of anybody's hands."""

import pytest
from django.urls import get_resolver, reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.receivers import SIGNED_IN
from accounts.roles import BULLETIN_EDITORS, PROCEDURE_EDITORS, SITE_MANAGERS
from approval.services import UNAPPROVED
from tests.factories import add_home
from tests.procedures.factories import add_chapter, add_manual
from tests.roles import given_roles, member

pytestmark = pytest.mark.django_db

REPORT = "/admin/audit/"


@pytest.fixture
def chapter():
    chapter = add_chapter(add_manual(add_home()), title="=1+1 Neglect")
    given_roles()
    return chapter


@pytest.fixture
def happened(chapter):
    """Let somebody sign in and publish without approval."""
    manager = member(SITE_MANAGERS, first_name="Morgan")
    log(instance=manager, action=SIGNED_IN, user=manager, data={"with": ["a passkey"]})
    log(instance=chapter, action=UNAPPROVED, user=manager, data={"reason": "It could not wait."})
    return manager


def content_for(client, user, **query) -> str:
    client.force_login(user)
    response = client.get(REPORT, query)
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


class TestTheAudit:
    def test_tells_site_managers_everything(self, client, happened):
        content = content_for(client, happened)
        assert "Signed in with a passkey" in content
        assert "Reason: It could not wait." in content

    def test_tells_others_of_what_they_work_on(self, client, happened):
        content = content_for(client, member(PROCEDURE_EDITORS))
        assert "Reason: It could not wait." in content
        assert "Signed in with a passkey" not in content
        assert "It could not wait" not in content_for(client, member(BULLETIN_EDITORS))

    def test_is_narrowed_by_who_and_what(self, client, happened):
        content = content_for(client, happened, action=SIGNED_IN)
        assert "Signed in with a passkey" in content
        assert "It could not wait" not in content

    def test_is_a_spreadsheet_that_says_why_and_runs_nothing(self, client, happened):
        content = content_for(client, happened, export="csv")
        assert content.splitlines()[0].endswith("What happened")
        assert "Reason: It could not wait." in content
        assert ",=1+1" not in content

    def test_is_where_wagtails_own_stands_in_the_menu(self, client, happened):
        content = content_for(client, happened) and client.get("/admin/").content.decode()
        assert '"label": "Audit"' in content
        assert "Site history" not in content

    def test_is_edited_nowhere(self):
        names = {str(pattern) for pattern in _all_patterns(get_resolver().url_patterns)}
        assert not [name for name in names if "logentry" in name.lower()]
        assert any("audit/" in name for name in names)

    def test_keeps_who_switched_accounts_off_among_many(self, client, happened):
        other = member()
        client.force_login(happened)
        address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
        client.post(f"{address}?next=/admin/&id={other.pk}", {"mark_as_active": "False", "next": "/admin/"})
        other.refresh_from_db()
        assert not other.is_active
        assert ModelLogEntry.objects.filter(object_id=str(other.pk), action="wagtail.edit", user=happened).exists()


def _all_patterns(patterns):
    for pattern in patterns:
        yield pattern.pattern
        yield from _all_patterns(getattr(pattern, "url_patterns", ()))
