"""Where links lead, as seen from one site."""

from django.urls import reverse
from wagtail.models import Site

from organisation.facts import Link
from organisation.links import is_safe_address


class Addresses:
    """Knows the title and the address of the pages that were found, as seen from one site."""

    def __init__(self, site: Site, rows: list[dict]):
        self._root = site.root_page.url_path
        self._pages = {row["pk"]: row for row in rows}

    def link(self, *, page=None, address="", title="") -> Link | None:
        """Return a link to a page that readers may see, or to a safe address; else None."""
        if found := self._pages.get(page):
            url = self.of_path(found["url_path"])
            return Link(title or found["title"], url) if url else None
        return Link(title or address, address) if address and is_safe_address(address) else None

    def of_path(self, url_path: str) -> str | None:
        """Return the address of a place in the page tree; None for one outside this site."""
        if url_path.startswith(self._root):
            return reverse("wagtail_serve", args=[url_path.removeprefix(self._root)])
        # A site's front page is below what was asked for: from here, that is everything.
        return reverse("wagtail_serve", args=[""]) if self._root.startswith(url_path) else None


def menu_of(menu, addresses: Addresses) -> tuple[Link, ...]:
    """Return the entries of a menu that lead somewhere, in order."""
    values = (child["value"] for child in menu.raw_data)
    links = (
        addresses.link(page=value.get("page"), address=value.get("address") or "", title=value.get("title") or "")
        for value in values
    )
    return tuple(link for link in links if link)
