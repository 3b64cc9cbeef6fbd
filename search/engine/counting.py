"""How many of the passages found each choice of a filter would leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tantivy import Occur, Query

from search.engine.folder import Seen
from search.engine.queries import Narrowing, Unit, asking, ended, not_gone
from search.engine.schema import day_number

Counts = dict[str, dict]
OF_TERMS = {name: {"terms": {"field": name, "size": 500}} for name in ("kind", "topic", "audience")}


@dataclass(frozen=True)
class Question:
    """A question to an index, so that it can be put again with other filters: see `queries.asking`."""

    seen: Seen
    units: tuple[Unit, ...]
    least: int
    left_out: tuple[int, ...]
    now: datetime | None

    @property
    def lacks_words(self) -> bool:
        """Whether it is content with fewer than all of the words."""
        return self.least < len(self.units)

    def narrowed(self, narrowing: Narrowing) -> Query:
        """Return it as the engine takes it, with these filters."""
        return asking(self.units, least=self.least, narrowing=narrowing, left_out=self.left_out, now=self.now)

    def counts(self, *, narrowing: Narrowing, periods: Mapping[str, date], found: int) -> Counts:
        """Return {filter: {value: how many passages it would leave}}, each with what was chosen in the other filters.

        `periods`: {name: its first day}; `found`: how many passages fit the question with all of the filters.
        """
        of_most = narrowing == Narrowing() and not self.left_out and 2 * found > self.seen.searcher.num_docs
        wanted = OF_TERMS | ({"since": _days(periods)} if periods else {})
        chosen = [name for name in wanted if getattr(narrowing, name) is not None]
        asked = [(narrowing, [name for name in wanted if name not in chosen])]
        asked += [(replace(narrowing, **{name: None}), [name]) for name in chosen]
        counts: Counts = {}
        for one, names in asked:
            if names:
                some = {name: wanted[name] for name in names}
                counts |= self._by_the_others(some) if of_most else self._counted(self.narrowed(one), some)
        return counts | ({"since": _since(counts["since"], periods)} if periods else {})

    def _by_the_others(self, wanted: dict) -> Counts:
        """Return the counts of what was found, of more than half of everything: counting the others takes less time."""
        everything = [(Occur.Must, Query.all_query()), *not_gone(left_out=(), now=self.now)]
        totals = self._totals(wanted, Query.boolean_query(everything))
        fits = (Occur.MustNot, self.narrowed(Narrowing()))
        others = self._counted(Query.boolean_query([*everything, fits]), wanted)
        return {name: {key: n - others[name].get(key, 0) for key, n in totals[name].items()} for name in wanted}

    def _totals(self, wanted: dict, everything: Query) -> Counts:
        """Return the counts of everything; worked out again when more of it has ended, or another day has begun."""
        gone = self.seen.searcher.search(ended(now=self.now), limit=1).count if self.now else 0
        asked = (wanted, gone)
        before, totals = self.seen.known.get("totals", (None, {}))
        if before != asked:
            totals = self._counted(everything, wanted)
            self.seen.known["totals"] = asked, totals
        return totals

    def _counted(self, query: Query, wanted: dict) -> Counts:
        answer = self.seen.searcher.aggregate(query, wanted)
        # The buckets of periods have no key but the day from which they are; the first of them not even this.
        return {
            name: {each.get("from") if name == "since" else each["key"]: each["doc_count"] for each in said["buckets"]}
            for name, said in answer.items()
        }


def _days(periods: Mapping[str, date]) -> dict:
    """Return the question how many are of the days between the first days of the periods, and after the last."""
    first = sorted({day_number(day) for day in periods.values()})
    ends = [{"to": day} for day in first[1:]] + [{}]
    return {"range": {"field": "day", "ranges": [{"from": day} | end for day, end in zip(first, ends, strict=True)]}}


def _since(counts: dict, periods: Mapping[str, date]) -> dict[str, int]:
    """Return {period: how many are of its first day or later}; one pass over what was found is enough for all."""
    days = [(day, n) for day, n in counts.items() if day is not None]
    return {name: sum(n for day, n in days if day >= day_number(first)) for name, first in periods.items()}
