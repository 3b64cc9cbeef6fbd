"""From an address to a page in two queries.

Wagtail walks down the tree and asks the database twice at every level. The full address of each page is stored, so the
page, or the deepest page above an address that a page answers itself, is found at once.
"""

from django.http import Http404
from django.utils import timezone
from wagtail.models import Site


class RoutedByAddress:
    """Mixin for the base page model."""

    @classmethod
    def route_for_request(cls, request, path):
        """Return Wagtail's route result for the address, or None; remembered on the request."""
        if not hasattr(request, "_wagtail_route_for_request"):
            request._wagtail_route_for_request = _route(cls.base_page_model, request, path)
        return request._wagtail_route_for_request

    def get_view_restrictions(self):
        """Return the privacy rules on this page; none without a query when the page was found to have none."""
        if getattr(self, "is_restricted", True) is False:
            return []
        return super().get_view_restrictions()

    def trail(self) -> list:
        """Return the pages above this one that are public, from the home page down; no query once routed."""
        if not hasattr(self, "_trail"):
            self._trail = list(self.get_ancestors().filter(depth__gt=1, live=True).order_by("depth"))
        return self._trail


def _route(base_page_model, request, path):
    site = Site.find_for_request(request)
    if site is None:
        return None
    components = [component for component in path.split("/") if component]
    root = site.root_page.url_path
    addresses = {root + "".join(f"{part}/" for part in components[:end]): end for end in range(len(components) + 1)}
    rows = list(
        # By slug as well, because that column has an index; a whole address may be too long for one.
        base_page_model.objects.filter(slug__in=[site.root_page.slug, *components], url_path__in=addresses)
        .with_restriction()
        .order_by("depth")
    )
    # Past its expiry time a page is gone, even when the scheduled job has not run yet.
    if not rows or (rows[-1].expire_at and rows[-1].expire_at <= timezone.now()):
        return None
    *above, found = rows
    page = found.specific
    page.is_restricted = found.is_restricted
    page._trail = [ancestor for ancestor in above if ancestor.live]
    try:
        return page.route(request, components[addresses[found.url_path] :])
    except Http404:
        return None
