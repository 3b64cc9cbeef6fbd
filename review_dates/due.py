"""Which pages are to be reviewed, for whoever may edit them."""

from datetime import date

from wagtail.permissions import policy_registry

from pages.models import BasePage
from review_dates.steps import FIRST

# Name in the address → words. The first is what is shown without a choice.
CHOICES = {"soon": "Overdue or due within 8 weeks", "overdue": "Overdue", "all": "All", "none": "Without a date"}


def pages_to_review(user, *, which: str, today: date):
    """Return the public pages that somebody may edit, those due first; `which`: a key of CHOICES."""
    edits = policy_registry.get_by_type(BasePage).instances_user_has_permission_for(user, "change")
    # In this order: SQLite asks of each page first what stands first, and few are to be reviewed.
    pages = narrow(BasePage.objects.all(), which=which, today=today) & edits
    return pages.order_by("title", "pk") if which == "none" else pages.order_by("review_due", "title", "pk")


def narrow(pages, *, which: str, today: date):
    """Return those of some pages that are public and to be reviewed then; `which`: a key of CHOICES."""
    pages = pages.filter(live=True, withdrawn_as="", depth__gt=1)
    if which == "none":
        return pages.filter(review_due=None)
    pages = pages.exclude(review_due=None)
    if which == "overdue":
        return pages.filter(review_due__lt=today)
    return pages.due_for_review(on=today + FIRST) if which == "soon" else pages


def days_overdue(page, *, today: date) -> int:
    """Return how many days ago a public page should have been reviewed; 0 while that day has not passed."""
    if not (page.live and page.review_due):
        return 0
    return max((today - page.review_due).days, 0)
