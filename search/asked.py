"""What an address of the search asks for: the words, and what readers chose beside them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from pages.caching import remember
from pages.models import Audience, Topic
from pages.passages import PassageKind
from search.engine.queries import Narrowing
from search.engine.words import LONGEST_QUERY

REMEMBERED_SECONDS = 60
PERIODS = {"3-months": ("Last 3 months", 92), "year": ("Last 12 months", 366), "3-years": ("Last 3 years", 1096)}
MOST_PAGES = 1_000


@dataclass(frozen=True)
class Asked:
    """The words as they were typed, in one line, and {"kind", "topic", "audience", "since": a value that exists}."""

    query: str
    chosen: dict[str, str] = field(default_factory=dict)
    page: int = 1

    def narrowing(self, *, today: date) -> Narrowing:
        """Return what was chosen as the engine takes it."""
        since = self.chosen.get("since")
        known = terms() if {"topic", "audience"} & self.chosen.keys() else {}
        keys = {name: known[name].get(self.chosen.get(name), (None,))[0] for name in known}
        return Narrowing(
            kind=self.chosen.get("kind"),
            topic=keys.get("topic"),
            audience=keys.get("audience"),
            since=periods(today=today)[since] if since else None,
        )

    def address(self, **changes) -> str:
        """Return the query of the address that asks for the same with something else chosen ("" takes it away)."""
        asked = {"q": self.query} | self.chosen | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def asked_by(query) -> Asked:
    """Return what the query of an address asks for; what there is not is passed over."""
    page = query.get("page", "")
    chosen = {name: value for name, there_are in labels(terms()).items() if (value := query.get(name)) in there_are}
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Asked(typed_in(query), chosen, max(1, min(number, MOST_PAGES)))


def typed_in(query) -> str:
    """Return the words in the query of an address, in one line, as many as are read."""
    typed = query.get("q", "")[: 2 * LONGEST_QUERY].replace("\x00", " ")
    return " ".join(typed.split())[:LONGEST_QUERY]


def labels(known: dict) -> dict[str, dict[str, str]]:
    """Return {filter: {value in addresses: words}}, in the order in which readers see them; `known`: the `terms()`."""
    names = {name: {slug: label for slug, (_, label) in found.items()} for name, found in known.items()}
    return {
        "kind": dict(PassageKind.choices),
        "topic": names["topic"],
        "audience": names["audience"],
        "since": {name: label for name, (label, _) in PERIODS.items()},
    }


def terms() -> dict[str, dict[str, tuple[int, str]]]:
    """Return {"topic", "audience": {slug: (key, name)}}; two queries, none while they are remembered."""
    return remember("search:terms", _terms, timeout=REMEMBERED_SECONDS)


def periods(*, today: date) -> dict[str, date]:
    """Return {period: its first day}."""
    return {name: today - timedelta(days=days) for name, (_, days) in PERIODS.items()}


def _terms():
    models = {"topic": Topic, "audience": Audience}
    return {
        name: {slug: (key, label) for key, slug, label in model.objects.values_list("pk", "slug", "name")}
        for name, model in models.items()
    }
