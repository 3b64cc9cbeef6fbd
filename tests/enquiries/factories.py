"""Pages, forms and enquiries for tests of what people send in."""

from datetime import timedelta
from itertools import count
from unittest import mock
from uuid import uuid4

from django.contrib.auth.models import Group, Permission
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from enquiries.guards import new_key
from enquiries.models import AmendmentSuggestion
from tests.factories import add_home
from tests.updates.factories import make_chapter

_numbers = count(1)


def add_chapter(**fields):
    """Return a public page that keeps editions, on a site with a home page."""
    return make_chapter(add_home(), published=True, **{"title": "Neglect", "slug": "neglect"} | fields)


def form_url(page, section="") -> str:
    """Return the address of the form about a page."""
    address = reverse("enquiries:suggest_amendment", args=[page.pk])
    return f"{address}?section={section}" if section else address


def aged_key(seconds=60) -> str:
    """Return the key of a form that was shown so many seconds ago."""
    with mock.patch.object(signing.time, "time", return_value=signing.time.time() - seconds):
        return new_key()


def filled_in(**fields) -> dict:
    """Return what a person sends who took a minute."""
    return {
        "change": "Say five days, not seven.",
        "reason": "",
        "sender_name": "Ash",
        "sender_agency": "A school",
        "sender_email": "ash@agency.example",
        "website": "",
        "warned": "",
        "key": aged_key(),
    } | fields


def make_suggestion(page=None, **fields) -> AmendmentSuggestion:
    """Make a suggestion that was received now."""
    values = {
        "page": page,
        "page_title": page.title if page else "A page of long ago",
        "edition_number": 1,
        "change": f"Change {next(_numbers)}",
        "received_at": timezone.now(),
        "sender_email": "ash@agency.example",
        "form_key": uuid4(),
    } | fields
    return AmendmentSuggestion.objects.create(**values)


def make_closed(*, days_ago=0, **fields) -> AmendmentSuggestion:
    """Make a suggestion that was accepted so many days ago."""
    closed_at = timezone.now() - timedelta(days=days_ago)
    return make_suggestion(state="accepted", closed_at=closed_at, received_at=closed_at - timedelta(days=1), **fields)


def make_staff(*codenames, email=None) -> User:
    """Make a member of staff with these permissions, who may open the admin."""
    user = User.objects.create_user(email or f"staff{next(_numbers)}@board.example", "a long enough password")
    group = Group.objects.create(name=f"Group {next(_numbers)}")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user.groups.add(group)
    return user


HANDLES = "change_amendmentsuggestion"
