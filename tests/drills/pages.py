"""The pages that the drills begin with."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Revision

from tests.drills.stock import IS_STOCK, page_type
from tests.updates.factories import change, make_chapter, make_plain


def schedule(count: int):
    """Make pages whose scheduled time has come: every second one is public already and gets a change."""
    due = timezone.now() - timedelta(minutes=1)
    parent = make_plain(title="Scheduled pages", slug="scheduled")
    for number in range(count):
        page = make_chapter(parent, title=f"Before {number}", model=page_type(), published=number % 2 == 0)
        answer = {} if IS_STOCK else {"significance": "major", "note": f"Note {number}"}
        revision = change(page, title=f"After {number}", go_live_at=due, **answer)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due)


def prepare_crowd():
    """Make the folders that pages are moved between, and some pages."""
    for name in ("one", "two", "three"):
        folder = make_plain(title=f"Folder {name}", slug=f"folder-{name}", published=True)
        inner = make_plain(folder, title=f"Inner {name}", slug=f"inner-{name}", published=True)
        for number in range(8):
            parent = (folder, inner)[number % 2]
            make_chapter(parent, published=True, title=f"Start {number}", slug=f"{name}-{number}", model=page_type())
