"""The library's list: what a reader asked for, what there is of it, and how many each further choice would leave."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.core.paginator import Paginator

from documents.models.resources import ResourceFile, ResourcePage, ResourceType
from documents.offers import OfferedFile, offered_by_page
from pages.caching import remember
from pages.filters import Choice, Filter, filter_from
from pages.models import Audience, Topic

A_PAGE = 20
COUNTED_FOR_SECONDS = 60
FEW_HIDDEN = 500
MOST_WORDS = 8
LONGEST_QUERY = 200
# Name in the address → (label, order). The first is what a reader gets who did not choose.
ORDERS = {
    "title": ("Title", ("sort_title", "pk")),
    "changed": ("Last changed", ("-changed_at", "-pk")),
    "downloads": ("Most downloaded", ("-downloads", "sort_title", "pk")),
}
# Name in the address → what keeps the resources that were chosen by it, and what counts them.
CHOICES = {
    "type": (lambda found, value: found.of_type(value), lambda found: found.count_by_type()),
    "audience": (lambda found, value: found.for_audience(value), lambda found: found.count_by_audience()),
    "topic": (lambda found, value: found.on_topic(value), lambda found: found.count_by_topic()),
}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for. Whatever an address says that means nothing here is left out."""

    query: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    order: str = "title"

    @property
    def words(self) -> list[str]:
        """The words that count."""
        return self.query.casefold().split()[:MOST_WORDS]

    @property
    def is_everything(self) -> bool:
        """Whether nothing was left out."""
        return not self.query and not self.chosen

    def resources(self):
        """Return the resources that readers may see and that fit."""
        return self.chosen_from(ResourcePage.objects.visible().with_words(self.words))

    def chosen_from(self, found, *, without: str = ""):
        """Return what fits the choices, leaving one of them aside."""
        for name, value in self.chosen.items():
            if name != without:
                found = CHOICES[name][0](found, value)
        return found

    def address(self, **changes) -> str:
        """Return the query of the address that asks for the same with something else chosen ("" takes it away)."""
        asked = {"q": self.query, **self.chosen, "sort": self.order if self.order != "title" else ""} | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Line:
    """A resource in the list, with the files it offers."""

    page: ResourcePage
    files: list[OfferedFile]

    @property
    def preview(self) -> str:
        """The address of the picture of the first page of its first file that has one."""
        return next((file.version.preview_url for file in self.files if file.version.preview_url), "")


@dataclass(frozen=True)
class Listing:
    """One page of the list. `total` is how many fit altogether."""

    wanted: Wanted
    filters: list[Filter]
    page_obj: object
    lines: list[Line]
    orders: list[Choice]

    @property
    def total(self) -> int:
        """How many resources fit."""
        return self.page_obj.paginator.count

    @property
    def chosen(self) -> list[Choice]:
        """The choices that were made, each with the address that takes it back."""
        return [one.chosen for one in self.filters if one.chosen]


def wanted_from(query) -> Wanted:
    """Return what the query of an address (a QueryDict) asks for."""
    words = " ".join(query.get("q", "").split())[:LONGEST_QUERY]
    chosen = {name: query[name][:80] for name in CHOICES if query.get(name)}
    order = query.get("sort", "")
    return Wanted(words, chosen, order if order in ORDERS else "title")


def listing(*, wanted: Wanted, page: str | None) -> Listing:
    """Return one page of what was asked for: as many queries for fifty resources as for twenty thousand."""
    known = _names()
    # A topic that does not exist is no choice: everything is shown rather than nothing.
    wanted = replace(wanted, chosen={name: value for name, value in wanted.chosen.items() if value in known[name]})
    counts = {name: _counts(wanted, name) for name in CHOICES}
    paginator = Paginator(wanted.resources().order_by(*ORDERS[wanted.order][1]).defer("purpose"), A_PAGE)
    paginator.count = _total(wanted, counts)
    shown = paginator.get_page(page)
    offered = offered_by_page(ResourceFile.objects.filter(page__in=list(shown)).order_by("sort_order"))
    return Listing(
        wanted,
        filters=[_filter(wanted, name, known[name], counts[name]) for name in CHOICES],
        page_obj=shown,
        lines=[Line(resource, offered.get(resource.pk, [])) for resource in shown],
        orders=[
            Choice(label, 0, wanted.address(sort=name if name != "title" else ""), name == wanted.order)
            for name, (label, _) in ORDERS.items()
        ],
    )


def _names() -> dict[str, dict[str, str]]:
    """Return {filter: {value: label}}, remembered until something public changes."""
    return remember(
        "library:names",
        lambda: {
            "type": dict(ResourceType.choices),
            "audience": dict(Audience.objects.values_list("slug", "name")),
            "topic": dict(Topic.objects.values_list("slug", "name")),
        },
        timeout=COUNTED_FOR_SECONDS,
    )


def _counts(wanted: Wanted, name: str) -> dict[str, int]:
    """Return {value: how many resources there would be with it chosen}, the other choices as they are."""
    count = CHOICES[name][1]
    if wanted.words:
        # Anybody can make up words: what they find is not remembered.
        found = ResourcePage.objects.visible().with_words(wanted.words)
        return count(wanted.chosen_from(found, without=name))
    others = sorted((other, value) for other, value in wanted.chosen.items() if other != name)
    return remember(
        f"library:{name}:{urlencode(others)}",
        lambda: count(wanted.chosen_from(_all_visible(), without=name)),
        timeout=COUNTED_FOR_SECONDS,
    )


def _all_visible():
    """Return every resource that readers may see, for counting: quicker than asking each, while few are hidden.

    The few are remembered as long as the counts are. What is listed is always asked itself.
    """
    every = ResourcePage.objects.all()
    hidden = remember(
        "library:hidden",
        lambda: list(every.exclude(pk__in=every.visible().values("pk")).values_list("pk", flat=True)[: FEW_HIDDEN + 1]),
        timeout=COUNTED_FOR_SECONDS,
    )
    return every.exclude(pk__in=hidden) if len(hidden) <= FEW_HIDDEN else every.visible()


def _total(wanted: Wanted, counts: dict) -> int:
    """Return how many fit. Each resource has one type, so the counts of types say it."""
    by_type = counts["type"]
    return by_type.get(wanted.chosen["type"], 0) if "type" in wanted.chosen else sum(by_type.values())


_LABELS = {"type": "Type", "audience": "Who it is for", "topic": "Topic"}


def _filter(wanted: Wanted, name: str, labels: dict, counts: dict) -> Filter:
    return filter_from(
        _LABELS[name],
        labels,
        counts,
        chosen=wanted.chosen.get(name),
        address=lambda value: wanted.address(**{name: value}),
    )
