"""What staff see of links when they sign in."""

from django.db.models import Count
from django.urls import reverse

from links.rights import links_of, may_see
from pages.numbers import NumbersPanel, in_one_row


class BrokenLinksPanel(NumbersPanel):
    """How many links are broken on what somebody may change; nothing where all is well."""

    name = "broken-links"
    order = 60
    template_name = "links/admin/dashboard.html"

    def counted(self, user):
        """Count, for whoever may do something about them."""
        return [in_one_row(links_of(user).broken(), count=Count("pk"))] if may_see(user) else []

    def get_context_data(self, parent_context):
        """Give the number."""
        return self.numbers[0] | {"url": reverse("links:report")}
