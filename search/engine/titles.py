"""Questions for the titles that somebody may be typing: a few milliseconds each, however common the words."""

from collections.abc import Sequence
from datetime import datetime

from tantivy import Occur, Query

from search.engine.queries import OTHER_FORM, SCHEMA, Form, Narrowing, Unit, asking, not_gone
from search.engine.words import stem_of

# How much it counts that a title begins with the first word that was typed, and that it has the last one whole; that
# it has it begun counts one.
FIRST_WORD, WHOLE_WORD = 1.0, 0.5


def asking_titles(
    earlier: Sequence[Unit], typed: Form, others: Sequence[Form], *, left_out, now: datetime | None
) -> Query:
    """Return the question for places that have a title of their own, and in it what is being typed.

    Of each unit in `earlier` one form stands in the title, or in that of the page around it. The title itself has the
    words in `typed`, of which the last may be only begun, or one of the `others`, which mean the same.
    """
    forms = [_typed(typed), *(Query.boost_query(_run("title", form), OTHER_FORM) for form in others)]
    first = (earlier[0].forms[0] if earlier else typed)[0]
    opens = Query.term_query(SCHEMA, "opening", first) if earlier or len(typed) > 1 else _begins("opening", first)
    parts = [
        (Occur.Must, _named()),
        *((Occur.Must, _in_names(unit)) for unit in earlier),
        (Occur.Must, Query.disjunction_max_query(forms)),
        (Occur.Should, Query.const_score_query(opens, FIRST_WORD)),
    ]
    return Query.boolean_query(parts + not_gone(left_out=left_out, now=now))


def asking_places(units: Sequence[Unit], *, left_out, now: datetime | None) -> Query:
    """Return the question whether there are places with a title of their own that have all of this."""
    asked = asking(units, least=len(units), narrowing=Narrowing(), left_out=left_out, now=now)
    return Query.boolean_query([(Occur.Must, asked), (Occur.Must, _named())])


def _named() -> Query:
    return Query.const_score_query(Query.exists_query("standing"), 0.0)


def _typed(form: Form) -> Query:
    *whole, last = ((Occur.Must, _run("title", (each,))) for each in form)
    # Begun as it is written, or whole in another form: a plural.
    whole_last = Query.const_score_query(last[1], WHOLE_WORD)
    last = Query.boolean_query([(Occur.Should, _begins("names", form[-1])), (Occur.Should, whole_last)])
    return Query.boolean_query([*whole, (Occur.Must, last)])


def _in_names(unit: Unit) -> Query:
    return Query.disjunction_max_query([_run(name, form) for form in unit.forms for name in ("title", "heading")])


def _begins(name: str, typed: str) -> Query:
    # A word is made of letters and digits alone, none of which means anything else in a pattern.
    return Query.regex_query(SCHEMA, name, f"{typed}.*")


def _run(name: str, form: Form) -> Query:
    stems = [stem_of(each) for each in form]
    return Query.phrase_query(SCHEMA, name, stems) if len(stems) > 1 else Query.term_query(SCHEMA, name, stems[0])
