"""The list of pages for search engines (sitemaps.org)."""

from wagtail.contrib.sitemaps import Sitemap

from pages.models import BasePage


class VisiblePages(Sitemap):
    """Every page that the public may read, with the time of its last change."""

    def items(self):
        """Return the visible pages of the site that was asked."""
        root = self.get_wagtail_site().root_page
        return BasePage.objects.descendant_of(root, inclusive=True).visible().order_by("path").specific(defer=True)
