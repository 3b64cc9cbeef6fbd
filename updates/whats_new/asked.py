"""What an address of "What's new" asks for: which updates, and from which place of the list on."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from django.utils.text import slugify
from wagtail.models import get_page_models

from pages.caching import remember
from pages.models import Audience, BasePage, Topic

REMEMBERED_SECONDS = 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A moment in microseconds, and which update of that moment.
WRITTEN_PLACE = re.compile(r"([0-9]{1,17})\.([ew])([0-9]{1,18})")
EDITION, WITHDRAWAL = "e", "w"


class NoSuchFilter(Exception):
    """The address names a topic, audience or kind that there is not."""


@dataclass(frozen=True)
class Asked:
    """What a reader chose: {"topic", "audience", "kind": a value of it}; empty for everything. All of it exists."""

    chosen: dict[str, str] = field(default_factory=dict)

    def pages(self):
        """Return the pages of any state whose updates are asked for."""
        pages = BasePage.objects.filter(content_type__in=_types(self.chosen.get("kind")))
        for name, through in (("topic", BasePage.topics.through), ("audience", BasePage.audiences.through)):
            if name in self.chosen:
                of_it = through.objects.filter(**{f"{name}__slug": self.chosen[name]})
                pages = pages.filter(pk__in=of_it.values("basepage"))
        return pages

    def titled(self, title: str) -> str:
        """Return the title of the list: that of the page, with what was chosen."""
        labels = [filters()[name][value] for name, value in self.chosen.items()]
        return ": ".join(filter(None, [title, ", ".join(labels)]))

    @property
    def query(self) -> str:
        """The query of its address; always in one order, and nothing for everything."""
        return self.address() if self.chosen else ""

    def address(self, **changes) -> str:
        """Return the query of the address that asks for the same with something else chosen ("" takes it away)."""
        asked = {name: value for name, value in (self.chosen | changes).items() if value}
        return "?" + urlencode(asked)


@dataclass(frozen=True)
class Place:
    """A place in the list: after the update `kind` (edition, withdrawal) `pk` of a moment, or before that moment.

    A place, not the number of a page: a list of a hundred thousand costs the same at its end as at its beginning, and
    nothing is told twice when something is published between two pages.
    """

    moment: datetime
    kind: str = ""
    pk: int = 0

    def __str__(self):
        return f"{(self.moment - EPOCH) // timedelta(microseconds=1)}.{self.kind}{self.pk}"


def asked_by(query, *, strictly: bool = False) -> Asked:
    """Return what the query of an address (a QueryDict) asks for. What means nothing here is left out.

    Raises NoSuchFilter instead where `strictly`: who follows a feed should not get everything for a slip in it.
    """
    given = {name: query[name] for name in filters() if query.get(name)}
    chosen = {name: value for name, value in given.items() if value in filters()[name]}
    if strictly and chosen != given:
        raise NoSuchFilter(given.keys() - chosen.keys())
    return Asked(chosen)


def place_in(query) -> Place | None:
    """Return from where on the list is asked for; None for its beginning, and for what means nothing."""
    written = WRITTEN_PLACE.fullmatch(query.get("before", ""))
    if written:
        return Place(EPOCH + timedelta(microseconds=int(written[1])), written[2], int(written[3]))
    year = query.get("until", "")
    if re.fullmatch("[12][0-9]{3}", year):
        return Place(datetime.combine(date(int(year) + 1, 1, 1), time.min, ZoneInfo(settings.TIME_ZONE)))
    return None


def filters() -> dict[str, dict[str, str]]:
    """Return {filter: {value: what readers call it}}; topics and audiences are remembered until one changes."""
    return remember("whats-new:terms", _terms, timeout=REMEMBERED_SECONDS) | {"kind": _kinds()}


def _terms() -> dict[str, dict[str, str]]:
    topics = Topic.objects.order_by().values_list(Value("topic"), "slug", "name")
    both = topics.union(Audience.objects.order_by().values_list(Value("audience"), "slug", "name"), all=True)
    found = {"topic": {}, "audience": {}}
    for name, slug, label in sorted(both, key=lambda row: row[2].casefold()):
        found[name][slug] = label
    return found


def _kinds() -> dict[str, str]:
    """Return {value: word} of the kinds of pages whose updates are told."""
    return {slugify(word): word for word in sorted(model.update_kind for model in _tracked())}


def kinds_by_type() -> dict[int, str]:
    """Return {key of the content type: value of its kind}."""
    types = ContentType.objects.get_for_models(*_tracked())
    return {found.pk: slugify(model.update_kind) for model, found in types.items()}


def _types(kind: str | None) -> list[int]:
    return [key for key, value in kinds_by_type().items() if kind in (None, value)]


def _tracked() -> list:
    return [model for model in get_page_models() if model.is_tracked]
