"""What staff see of bundles when they sign in."""

from django.db.models import Q
from django.urls import reverse
from wagtail.admin.ui.components import Component

from bundles.models import Bundle, State
from bundles.rights import may_bundle, may_see

MOST_SHOWN = 5


class BundlesPanel(Component):
    """Bundles that wait for approval or could not be published."""

    name = "bundles"
    order = 40
    template_name = "bundles/dashboard.html"

    def get_context_data(self, parent_context):
        """Ask for those that the person signed in may see."""
        user = parent_context["request"].user
        if not may_bundle(user):
            return {"bundles": []}
        rows = Bundle.objects.filter(Q(state=State.WAITING) | Q(state=State.APPROVED) & ~Q(fault=""))
        shown = [bundle for bundle in rows.prefetch_related("bundled__page") if may_see(bundle, user)][:MOST_SHOWN]
        return {"bundles": [(bundle, reverse("bundles:screen", args=[bundle.pk])) for bundle in shown]}
