"""The figures of what readers look for, and which words find nothing to this moment."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Sum

from counting.charts import Chart
from counting.periods import Period
from search.answers import first_for
from search.finding import NoIndex, is_answered
from search.insight.masking import MASK
from search.models import LookedFor, WordsInHand

# Of so many words that found nothing, those looked for most, it is asked whether they find something now.
MOST_ASKED = 200


class Figures:
    """What was looked for in a period."""

    def __init__(self, *, period: Period):
        self.period = period
        self._rows = LookedFor.objects.within(first=period.first, last=period.last)

    def words(self):
        """Return {"words", "total", "without", "last_day"} of each words, without what was masked as a whole."""
        return self._rows.exclude(words=MASK).by_words()

    @cached_property
    def chart(self) -> Chart:
        """How many searches on each day."""
        return Chart(period=self.period, by_day=dict(self._rows.order_by().values_list("day").annotate(Sum("times"))))

    @cached_property
    def found_nothing(self) -> int:
        """How many searches found nothing."""
        return self._rows.aggregate(number=Sum("found_nothing"))["number"] or 0

    @cached_property
    def masked(self) -> int:
        """How many searches were of words that are not kept."""
        return self._rows.filter(words=MASK).aggregate(number=Sum("times"))["number"] or 0

    @property
    def share_without(self) -> int:
        """How many of a hundred searches found nothing."""
        return round(100 * self.found_nothing / self.chart.total) if self.chart.total else 0


@dataclass(frozen=True)
class FoundNothing:
    """Words that found nothing. `known`: without what was masked, to be put into a form."""

    words: str
    times: int
    last_day: date

    @property
    def known(self) -> str:
        """The words as they can be searched for."""
        return " ".join(self.words.replace(MASK, " ").split())


@dataclass(frozen=True)
class Gaps:
    """Words that find nothing still, and how many others find something by now."""

    still: tuple[FoundNothing, ...]
    mended: int


def gaps(*, period: Period, now: datetime) -> Gaps:
    """Return the words that found nothing in a period and find nothing now, those first that were looked for most.

    Left out: words that somebody sees to, and masked words alone.
    """
    rows = LookedFor.objects.within(first=period.first, last=period.last).without_results()
    rows = rows.exclude(words=MASK).exclude(words__in=WordsInHand.objects.values("words"))
    found = [
        FoundNothing(row["words"], row["without"], row["last_day"])
        for row in rows.by_words().order_by("-without", "words")[:MOST_ASKED]
    ]
    still = tuple(one for one in found if one.known and not _finds_something(one.known, now))
    return Gaps(still, mended=len(found) - len(still))


def _finds_something(words: str, now: datetime) -> bool:
    try:
        return is_answered(words, now=now) or bool(first_for(words, today=now.date()).answers)
    except NoIndex:
        # Nobody can say at the moment.
        return False
