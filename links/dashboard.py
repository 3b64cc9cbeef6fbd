"""What staff see of links when they sign in."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from links.rights import links_of, may_see


class BrokenLinksPanel(Component):
    """How many links are broken on what somebody may change; nothing where all is well."""

    name = "broken-links"
    order = 60
    template_name = "links/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Count, for whoever may do something about them."""
        user = parent_context["request"].user
        count = links_of(user).broken().count() if may_see(user) else 0
        return {"count": count, "url": reverse("links:report")}
