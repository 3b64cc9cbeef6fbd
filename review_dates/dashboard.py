"""What staff see of reviews when they sign in."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from review_dates.due import pages_to_review


class ReviewsPanel(Component):
    """How many pages that somebody may edit are overdue or due soon, and how many of them are their own: one query."""

    name = "reviews"
    order = 45
    template_name = "review_dates/dashboard.html"

    def get_context_data(self, parent_context):
        """Count."""
        user, today = parent_context["request"].user, timezone.localdate()
        overdue, mine = Q(review_due__lt=today), Q(owner=user)
        counts = (
            pages_to_review(user, which="soon", today=today)
            .order_by()
            .aggregate(
                overdue=Count("pk", filter=overdue),
                my_overdue=Count("pk", filter=overdue & mine),
                soon=Count("pk", filter=~overdue),
                my_soon=Count("pk", filter=~overdue & mine),
            )
        )
        return counts | {"url": reverse("review_dates:report")}
