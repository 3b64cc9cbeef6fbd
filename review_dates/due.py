"""Which pages are to be reviewed, for whoever may edit them."""

from datetime import date

from wagtail.permissions import policy_registry

from pages.models import BasePage
from review_dates.steps import FIRST

# Name in the address → words. The first is what is shown without a choice.
CHOICES = {"soon": "Overdue or due within 8 weeks", "overdue": "Overdue", "all": "All", "none": "Without a date"}


def pages_to_review(user, *, which: str, today: date):
    """Return the public pages that somebody may edit, those due first; `which`: a key of CHOICES."""
    pages = policy_registry.get_by_type(BasePage).instances_user_has_permission_for(user, "change")
    pages = pages.filter(live=True, withdrawn_as="", depth__gt=1)
    if which == "none":
        return pages.filter(review_due=None).order_by("title", "pk")
    pages = pages.exclude(review_due=None)
    if which == "overdue":
        pages = pages.filter(review_due__lt=today)
    elif which == "soon":
        pages = pages.due_for_review(on=today + FIRST)
    return pages.order_by("review_due", "title", "pk")
