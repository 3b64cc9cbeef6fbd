"""A screen of Wagtail that would name what somebody may not see; at its own address (`board_site.urls`)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import BrowseView
from wagtail.permissions import policy_registry

from pages.models import BasePage


def offered_to(user, pages):
    """Keep of some pages what is public and what somebody works on; of other people's drafts not even the title."""
    theirs = policy_registry.get_by_type(BasePage).explorable_instances(user)
    return pages.filter(live=True) | pages.filter(pk__in=theirs.values("pk"))


class Browse(BrowseView):
    """The chooser of pages, which names the page that it lists what is below of."""

    def get(self, request, parent_page_id):
        """Turn away who may not see that page."""
        page = get_object_or_404(BasePage, pk=parent_page_id)
        # The root is public nowhere, and above everything.
        if page.depth > 1 and not offered_to(request.user, BasePage.objects.filter(pk=page.pk)).exists():
            raise PermissionDenied
        return super().get(request, parent_page_id)


browse = require_admin_access(Browse.as_view())
