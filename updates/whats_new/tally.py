"""How many updates there are of each kind, topic and audience: counted once for all filters, when something changed."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Min, Value

from pages.caching import remember
from pages.models import BasePage
from updates.models.editions import Edition
from updates.whats_new.asked import REMEMBERED_SECONDS, Asked, kinds_by_type
from updates.withdrawing.models import Withdrawal

FILTERS = ("kind", "topic", "audience")
# How many updates one page of a list or a feed needs.
A_PAGE = 30


@dataclass(frozen=True)
class Tally:
    """All updates: how many have the same values of each filter, in the order of FILTERS, and of which pages they are.

    `first`: when the first of all was.
    """

    alike: list[tuple[tuple[tuple[str, ...], ...], int, list[int]]]
    first: datetime | None


@dataclass(frozen=True)
class Counts:
    """How many updates fit what was asked, and what each further choice would leave.

    `few_pages`: the keys of the pages that they are of, where it is quicker to begin with these; else None. Where many
    updates fit, the database goes along the newest until it has enough: for each that fits it looks at as many as there
    are for each. Where few fit, it would look at nearly all (400 ms for 100,000 editions, 20 ms the other way). Both
    ways cost about the same for each edition looked at, which says where to change over. Keys, because PostgreSQL
    guesses from a subquery that every topic is as common as the next.
    """

    fitting: int
    by_filter: dict[str, dict[str, int]]
    first: datetime | None
    few_pages: list[int] | None


def counts_of(asked: Asked) -> Counts:
    """Return the counts beside a list; remembered until something public changes, for a minute at most."""
    return remember(
        f"whats-new:counts:{urlencode(sorted(asked.chosen.items()))}",
        lambda: _counts(remember("whats-new:tally", tally, timeout=REMEMBERED_SECONDS), asked),
        timeout=REMEMBERED_SECONDS,
    )


def _counts(tallied: Tally, asked: Asked) -> Counts:
    by_filter: dict[str, Counter] = {name: Counter() for name in FILTERS}
    fitting, pages = 0, []
    for values, many, of_pages in tallied.alike:
        # The filters whose choice these updates do not have.
        misses = {
            name
            for name, having in zip(FILTERS, values, strict=True)
            if name in asked.chosen and asked.chosen[name] not in having
        }
        if not misses:
            fitting += many
            pages += of_pages
        for name, having in zip(FILTERS, values, strict=True):
            if misses <= {name}:
                by_filter[name].update(dict.fromkeys(having, many))
    is_few = fitting**2 < A_PAGE * sum(many for _, many, _ in tallied.alike)
    few_pages = pages if asked.chosen and is_few else None
    return Counts(fitting, {name: dict(counts) for name, counts in by_filter.items()}, tallied.first, few_pages)


def tally() -> Tally:
    """Count the updates that readers may see: three queries."""
    kinds, first = kinds_by_type(), []
    many, kind_of = Counter(), {}
    for page, content_type, count, earliest in (*_editions(), *_withdrawals()):
        many[page] += count
        kind_of[page] = kinds[content_type]
        first.append(earliest)
    terms = _terms_of_pages()
    alike = defaultdict(list)
    for page in many:
        alike[(kind_of[page],), terms["topic", page], terms["audience", page]].append(page)
    counted = [(values, sum(many[page] for page in pages), pages) for values, pages in alike.items()]
    return Tally(counted, min(first, default=None))


def _editions():
    by_page = Edition.objects.updates().order_by().values_list("page_id", "page__content_type_id")
    return by_page.annotate(Count("pk"), Min("in_force_from"))


def _withdrawals():
    removed = Withdrawal.objects.removed(of=Asked().pages()).order_by().prefetch_related(None)
    return removed.values_list("page_id", "page__content_type_id").annotate(Count("pk"), Min("withdrawn_at"))


def _terms_of_pages() -> defaultdict[tuple[str, int], tuple[str, ...]]:
    """Return {(topic or audience, key of the page): slugs}."""
    topics, audiences = BasePage.topics.through.objects, BasePage.audiences.through.objects
    rows = topics.values_list(Value("topic"), "basepage_id", "topic__slug").union(
        audiences.values_list(Value("audience"), "basepage_id", "audience__slug"), all=True
    )
    found = defaultdict(tuple)
    for name, page, slug in sorted(rows):
        found[name, page] += (slug,)
    return found
