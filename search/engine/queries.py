"""Questions to the index, put together from words: no input ever reaches a query language."""

from dataclasses import dataclass
from datetime import date, datetime

from tantivy import FieldType, Occur, Query

from search.engine.schema import WEIGHTS, day_number, moment_number, schema
from search.engine.words import stem_of

Form = tuple[str, ...]
WITH_PLACES = ("title", "heading", "text")
# What stands for a word counts less than the word itself.
OTHER_FORM = 0.8
PHRASE = 2.0
SLOP = 2
SCHEMA = schema()


@dataclass(frozen=True)
class Unit:
    """One thing that is asked for, in all its forms: as it was typed, then what means the same or was meant."""

    forms: tuple[Form, ...]
    is_known: bool = True


@dataclass(frozen=True)
class Narrowing:
    """What readers chose beside their words; None and empty for everything."""

    kind: str | None = None
    topic: int | None = None
    audience: int | None = None
    since: date | None = None


def asking(units, *, least: int, narrowing: Narrowing, left_out, now: datetime | None) -> Query:
    """Return the question for passages with at least so many of the units, that fit and have not ended.

    `now` is None where nothing has ended: see `following.Ready.ended_by`.
    """
    wanted = Query.boolean_query([(Occur.Should, _unit(unit)) for unit in units], minimum_number_should_match=least)
    parts = [(Occur.Must, wanted)]
    parts += [(Occur.Should, phrase) for phrase in _phrases(units)]
    parts += [(Occur.Must, _without_score(fits)) for fits in _narrowed(narrowing)]
    return Query.boolean_query(parts + not_gone(left_out=left_out, now=now))


def not_gone(*, left_out, now: datetime | None) -> list[tuple[Occur, Query]]:
    """Return the parts of a question that keep out what has ended, and the pages that are left out."""
    parts = [(Occur.MustNot, ended(now=now))] if now else []
    if left_out:
        parts.append((Occur.MustNot, Query.term_set_query(SCHEMA, "page", list(left_out))))
    return parts


def ended(*, now: datetime) -> Query:
    """Return the question for what has ended."""
    return Query.range_query(SCHEMA, "until", FieldType.Unsigned, upper_bound=moment_number(now))


def word(text: str) -> Query:
    """Return the question for one word, wherever it stands."""
    stem = stem_of(text)
    return Query.boolean_query(
        [
            (Occur.Should, Query.boost_query(Query.term_query(SCHEMA, name, stem), weight))
            for name, weight in WEIGHTS.items()
        ]
    )


def _unit(unit: Unit) -> Query:
    typed, *others = unit.forms
    forms = [_all_words(typed)] if unit.is_known or not others else []
    forms += [Query.boost_query(_phrase(form) if len(form) > 1 else word(form[0]), OTHER_FORM) for form in others]
    return Query.disjunction_max_query(forms, 0.1) if len(forms) > 1 else forms[0]


def _all_words(form: Form) -> Query:
    if len(form) == 1:
        return word(form[0])
    return Query.boolean_query([(Occur.Must, word(each)) for each in form])


def _phrase(form: Form) -> Query:
    stems = [stem_of(each) for each in form]
    return Query.boolean_query(
        [
            (Occur.Should, Query.boost_query(Query.phrase_query(SCHEMA, name, stems), WEIGHTS[name] * len(form)))
            for name in WITH_PLACES
        ]
    )


def _phrases(units) -> list[Query]:
    """Return questions for all words together, near each other: such passages come first."""
    stems = [stem_of(each) for unit in units for each in unit.forms[0 if unit.is_known else -1]]
    if len(stems) < 2:
        return []
    return [
        Query.boost_query(Query.phrase_query(SCHEMA, name, stems, slop=SLOP), PHRASE * WEIGHTS[name])
        for name in ("title", "text")
    ]


def _narrowed(narrowing: Narrowing) -> list[Query]:
    found = []
    if narrowing.kind:
        found.append(Query.term_query(SCHEMA, "kind", narrowing.kind, index_option="basic"))
    keys = {"topic": narrowing.topic, "audience": narrowing.audience}
    found += [
        Query.term_query(SCHEMA, name, key, index_option="basic") for name, key in keys.items() if key is not None
    ]
    if narrowing.since:
        first = day_number(narrowing.since)
        found.append(Query.range_query(SCHEMA, "day", FieldType.Unsigned, lower_bound=first))
    return found


def _without_score(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
