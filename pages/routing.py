"""From an address to a page in two queries.

Wagtail walks down the tree and asks the database twice at every level. The full address of each page is stored, so the
page, or the deepest page above an address that a page answers itself, is found at once.
"""

from itertools import accumulate, takewhile

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin
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

    @classmethod
    def _slug_is_available(cls, slug, parent_page, page=None):
        """Return whether a page may have this slug here; Wagtail asks in its forms, at moving and at saving.

        Not one that the site, or the parent page itself, answers with something else: readers could never reach the
        page, or the archive would lose its feed. A page that has had it from before can still be saved.
        """
        if not super()._slug_is_available(slug, parent_page, page):
            return False
        if parent_page is None or not _is_taken(slug, parent_page):
            return True
        return page is not None and parent_page.get_children().filter(pk=page.pk, slug=slug).exists()

    def trail(self) -> list:
        """Return the pages above this one that are public, from the home page down; no query once routed."""
        if not hasattr(self, "_trail"):
            above = self.get_ancestors().filter(depth__gt=1).order_by("depth")
            self._trail = [ancestor for ancestor in above if _may_be_named(ancestor)]
        return self._trail


class PageAddresses:
    """Where pages are read, for many at once: which sites there are is looked up once, and no page has to be made.

    The same as `Page.url` of Wagtail says of pages that have no addresses of their own making.
    """

    def __init__(self):
        self.roots = Site.get_site_root_paths()
        self.is_one_site = len({root.site_id for root in self.roots}) == 1

    def of(self, url_path: str) -> str:
        """Return the address of the page with this path in the tree, with its host where there are several sites.

        Empty for a page that stands below no site.
        """
        root = next((root for root in self.roots if url_path.startswith(root.root_path)), None)
        if root is None:
            return ""
        address = reverse("wagtail_serve", args=[url_path[len(root.root_path) :]])
        return address if self.is_one_site else f"{root.root_url}{address}"


def _has_expired(page) -> bool:
    """Whether the page is past its expiry time: it is gone then, even when the scheduled job has not run yet."""
    return page.expire_at is not None and page.expire_at <= timezone.now()


def _is_over(page) -> bool:
    """Whether the page has expired; a withdrawn page was taken down already and goes on saying why."""
    return _has_expired(page) and not page.withdrawn_as


def _may_be_named(ancestor) -> bool:
    """Whether a page above the one shown is public; privacy is not asked, for it would hold for the page as well."""
    return ancestor.live and not _has_expired(ancestor)


def _route(base_page_model, request, path):
    site = Site.find_for_request(request)
    if site is None:
        return None
    components = [component for component in path.split("/") if component]
    may_be_slugs = _may_be_slugs(base_page_model, components)
    addresses = list(accumulate(may_be_slugs, "{}{}/".format, initial=site.root_page.url_path))
    rows = list(
        # By slug as well, because that column has an index; a whole address may be too long for one.
        # A draft must not stand in the way of what the page above it answers. A withdrawn page says that it is.
        base_page_model.objects.filter(~Q(withdrawn_as="") | Q(live=True))
        .filter(slug__in=[site.root_page.slug, *may_be_slugs], url_path__in=addresses)
        .with_restriction()
        .order_by("depth", "live")
    )
    if not rows or _is_over(rows[-1]):
        return None
    *above, found = rows
    page = found.specific
    page.is_restricted = found.is_restricted
    page._trail = [ancestor for ancestor in above if _may_be_named(ancestor)]
    try:
        return page.route(request, components[addresses.index(found.url_path) :])
    except Http404:
        return None


def _may_be_slugs(base_page_model, components):
    """Return the beginning of an address that can name pages: no deeper than a tree can be, no part longer than a slug.

    A request line has room for 60,000 levels; all their addresses together take gigabytes.
    """
    deepest = base_page_model._meta.get_field("path").max_length // base_page_model.steplen
    longest = base_page_model._meta.get_field("slug").max_length
    return list(takewhile(lambda part: len(part) <= longest, components[:deepest]))


def _is_taken(slug, parent_page) -> bool:
    """Return whether the address of a page with this slug is answered by something else."""
    if issubclass(parent_page.specific_class or object, RoutablePageMixin):
        try:
            parent_page.specific_class.get_resolver().resolve(f"/{slug}/")
        except Resolver404:
            pass
        else:
            return True
    parts = parent_page.get_url_parts()
    if parts is None or parts[2] is None:
        return False  # Beside a site's front page: in no address.
    address = f"{parts[2]}{slug}/"
    return address in (settings.STATIC_URL, settings.MEDIA_URL) or resolve(address).url_name != "wagtail_serve"
