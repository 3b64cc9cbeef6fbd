"""What the drills compare with: Wagtail as it comes."""

import os

from django.conf import settings
from django.core import management

from pages.tree import WRITING, TreeSafePage
from tests.pagetypes.models import LeafletPage, PlainPage

IS_STOCK = bool(os.environ.get("DRILL_STOCK"))


def page_type():
    """Return the page type to drill with: a tracked one, or for Wagtail by itself one that is not."""
    return PlainPage if IS_STOCK else LeafletPage


def take_our_care_away():
    """Make pages of this process write to the tree as Wagtail's own do, with Wagtail's own command and no lock."""
    for name in WRITING:
        delattr(TreeSafePage, name)
    settings.MIDDLEWARE.remove("pages.middleware.LockTreeWrites")
    management.get_commands()["publish_scheduled"] = "wagtail"
