"""What staff see of bundles when they sign in."""

from django.db.models import Count, Q
from django.urls import reverse

from bundles.models import Bundle, State
from bundles.rights import may_bundle, may_see
from pages.numbers import NumbersPanel, in_one_row

MOST_SHOWN = 5


class BundlesPanel(NumbersPanel):
    """Bundles that wait for approval or could not be published."""

    name = "bundles"
    order = 40
    template_name = "bundles/dashboard.html"

    def counted(self, user):
        """Count those of everybody, for whoever may put bundles together."""
        return [in_one_row(_waiting(), bundles=Count("pk"))] if may_bundle(user) else []

    def get_context_data(self, parent_context):
        """Ask for those that the person signed in may see."""
        user = parent_context["request"].user
        shown = [bundle for bundle in _waiting().prefetch_related("bundled__page") if may_see(bundle, user)]
        return {"bundles": [(bundle, reverse("bundles:screen", args=[bundle.pk])) for bundle in shown[:MOST_SHOWN]]}


def _waiting():
    return Bundle.objects.filter(Q(state=State.WAITING) | Q(state=State.APPROVED) & ~Q(fault=""))
