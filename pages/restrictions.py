"""Privacy as a condition in questions to the database: Wagtail's rules, which hold for a place and all below it."""

from django.db.models import BooleanField, F, Func

# CROSS JOIN, because SQLite keeps to the order of one: beginning at the side of the pages, it would compare each page
# of a list of 20,000 with every other (39 s instead of 30 ms). To PostgreSQL it is a join like any other.
_SQL = (
    "EXISTS (SELECT 1 FROM {rules} rule CROSS JOIN {places} ruled"
    " WHERE ruled.{key} = rule.{place} AND ruled.path = SUBSTR({asked}, 1, LENGTH(ruled.path)))"
)


class IsRestricted(Func):
    """Whether a rule of who may see it is set on a place in a tree, given by its path, or on one above it.

    `rules` is the model of the rules; their field `place` names what each is set on. It is in nearly every question
    that readers' pages ask, and is written as SQL because Django took several times as long to put it together from
    parts as databases to answer it.
    """

    arity = 1
    output_field = BooleanField()

    def __init__(self, path: F | str, *, rules, place: str):
        super().__init__(path)
        self.rules, self.place = rules, place

    def as_sql(self, compiler, connection):
        """Return the condition as SQL, and its parameters."""
        (path,) = self.source_expressions
        asked, params = compiler.compile(path)
        place = self.rules._meta.get_field(self.place)
        above = place.related_model._meta
        name = connection.ops.quote_name
        known = {
            "rules": name(self.rules._meta.db_table),
            "place": name(place.column),
            "places": name(above.db_table),
            "key": name(above.pk.column),
            "asked": asked,
        }
        return _SQL.format(**known), params
