"""Drafts, links to them, and what is sent under them."""

from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4

from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission

from drafts.models import DraftComment, DraftLink
from drafts.services import add_comment, make_link
from tests.enquiries.factories import aged_key, make_staff
from tests.factories import add_information, make_manager

_numbers = count(1)


def add_draft(home, **fields):
    """Add a page that was never published, with one heading."""
    number = next(_numbers)
    body = [{"type": "text", "id": "1", "value": "<h2>The plan</h2><p>Five days.</p>"}]
    values = {"title": f"Draft {number}", "slug": f"draft-{number}", "body": body} | fields
    return add_information(home, publish=False, **values)


def make_editor_of(*pages):
    """Make a member of staff who may edit these pages and those below them, and nothing else."""
    user = make_staff()
    permission = Permission.objects.get(codename="change_basepage")
    for page in pages:
        GroupPagePermission.objects.create(group=user.groups.get(), page=page, permission=permission)
    return user


def share(*pages, user=None, days=7, now: datetime | None = None, **fields) -> DraftLink:
    """Make a link to the drafts of pages."""
    user = user or make_manager(email=f"editor{next(_numbers)}@board.example")
    return make_link(pages=pages, user=user, days=days, now=now or timezone.now(), **fields)


def path_of(link: DraftLink, page=None) -> str:
    """Return the path of a link, or of one of its drafts."""
    path = "/drafts/" + link.url().rpartition("/drafts/")[2]
    return f"{path}{page.pk}/" if page else path


def filled_in(**fields) -> dict:
    """Return a comment as a browser sends it a minute after the form was made."""
    return {"name": "Ash", "section": "", "text": "It is seven days.", "website": "", "key": aged_key()} | fields


def comment_on(link: DraftLink, page, **fields) -> DraftComment:
    """Make a comment that somebody sent."""
    values = {"name": "Ash", "text": "It is seven days.", "form_key": uuid4(), "now": timezone.now()} | fields
    return add_comment(link=link, page=page, **values)


WEEK = timedelta(days=7)
