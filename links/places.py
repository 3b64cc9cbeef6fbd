"""Where links are used, for whoever looks at them: pages and contacts, with the way to each that they may change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from links.addresses import Kind
from links.models import Link, LinkUse
from links.rights import pages_of
from links.rows import ROWS
from pages.models import BasePage

# Of the places of one link in a list; its own screen has all.
SHOWN = 5


@dataclass(frozen=True)
class Place:
    """A place where a link is used. `url` leads to the editor, and is empty for who may not change it."""

    title: str
    url: str
    place: str
    words: str

    def __str__(self):
        return f"{self.title}: {self.place}" if self.place else self.title


@dataclass(frozen=True)
class Places:
    """The places of one link: those to show, and how many more there are."""

    shown: list[Place]
    more: int = 0

    def in_words(self) -> str:
        """Return all that is shown in one line."""
        return "; ".join([*map(str, self.shown), *([f"and {self.more} more"] if self.more else [])])


def give_places(links: Iterable[Link], *, user, at_most: int | None = SHOWN) -> None:
    """Give each link its `places` and its `leads_to` in words; the number of queries does not grow with the links.

    What somebody may change is named with the way there. Other pages are named where readers can see them, and counted
    where they cannot.
    """
    links = list(links)
    uses = list(
        LinkUse.objects.filter(link__in=links)
        .order_by("page__title", "page", "pk")
        .prefetch_related(GenericPrefetch("subject", [model.objects.all() for model in ROWS]))
    )
    found = defaultdict(list)
    for use, place in _places(uses, user):
        found[use.link_id].append(place)
    titles = _titles_of_targets(links)
    for link in links:
        known = sorted((place for place in found[link.pk] if place), key=lambda place: not place.url)
        shown = known[:at_most]
        link.places = Places(shown, len(found[link.pk]) - len(shown))
        link.leads_to = titles.get(link.address, link.address)


def _places(uses: list[LinkUse], user) -> Iterator[tuple[LinkUse, Place | None]]:
    keys = {use.page_id for use in uses if use.page_id}
    mine = dict(pages_of(user).filter(pk__in=keys).values_list("pk", "title")) if keys else {}
    others = keys - mine.keys()
    titles = dict(BasePage.objects.visible().filter(pk__in=others).values_list("pk", "title")) if others else {}
    finder = AdminURLFinder(user)
    for use in uses:
        if use.page_id in mine:
            url = reverse("wagtailadmin_pages:edit", args=[use.page_id])
            yield use, Place(mine[use.page_id], url, use.place, use.words)
        elif use.page_id in titles:
            yield use, Place(titles[use.page_id], "", use.place, use.words)
        elif use.subject is not None:
            yield use, Place(str(use.subject), finder.get_edit_url(use.subject) or "", use.place, use.words)
        else:
            yield use, None


def _titles_of_targets(links: list[Link]) -> dict[str, str]:
    """Return {address: what it leads to in words} for pages of this site that readers can see."""
    keys = [int(link.address.partition(":")[2]) for link in links if link.kind == Kind.PAGE]
    keys = [key for key in keys if key < 2**31]
    titles = BasePage.objects.filter(pk__in=keys).visible().values_list("pk", "title") if keys else ()
    found = {f"page:{key}": title for key, title in titles}
    for link in links:
        if link.kind == Kind.PAGE:
            found.setdefault(link.address, f"Page {link.address.partition(':')[2]} of this site")
        elif link.kind == Kind.FILE:
            found[link.address] = f"File {link.address.partition(':')[2]} of the library"
    return found
