"""A chart of how often something was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from counting.periods import Period


@dataclass(frozen=True)
class Bar:
    """A part of the chart. `height`: per cent of the highest; what is there at all can be seen."""

    period: Period
    number: int
    height: float


class Chart:
    """How often on each day of a period; `by_day` has the days on which there was anything."""

    def __init__(self, *, period: Period, by_day: Mapping[date, int]):
        self.period, self.by_day = period, by_day

    @property
    def total(self) -> int:
        """How often in all."""
        return sum(self.by_day.values())

    @cached_property
    def bars(self) -> list[Bar]:
        """The bars, the first day at the left."""
        sums = [(part, self._sum(part)) for part in self.period.parts()]
        most = max(number for _, number in sums) or 1
        return [Bar(part, number, round(max(100 * number / most, bool(number)), 1)) for part, number in sums]

    @property
    def highest(self) -> Bar:
        """The highest bar, the latest of several."""
        return max(reversed(self.bars), key=lambda bar: bar.number)

    def _sum(self, part: Period) -> int:
        return sum(number for day, number in self.by_day.items() if part.first <= day <= part.last)
