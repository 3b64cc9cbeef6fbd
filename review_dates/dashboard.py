"""What staff see of reviews when they sign in."""

from django.db.models import Count, Q
from django.urls import reverse

from pages.numbers import NumbersPanel, in_one_row
from pages.prepared import Day
from review_dates.due import pages_to_review


class ReviewsPanel(NumbersPanel):
    """How many pages that somebody may edit are overdue or due soon, and how many of them are their own."""

    name = "reviews"
    order = 45
    template_name = "review_dates/dashboard.html"

    def counted(self, user):
        """Count them."""
        overdue, mine = Q(review_due__lt=Day()), Q(owner=user)
        return [
            in_one_row(
                pages_to_review(user, which="soon", today=Day()),
                overdue=Count("pk", filter=overdue),
                my_overdue=Count("pk", filter=overdue & mine),
                soon=Count("pk", filter=~overdue),
                my_soon=Count("pk", filter=~overdue & mine),
            )
        ]

    def get_context_data(self, parent_context):
        """Give the numbers."""
        return self.numbers[0] | {"url": reverse("review_dates:report")}
