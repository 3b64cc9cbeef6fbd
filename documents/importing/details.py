"""What a resource says of itself, as a table gives it; and how a page takes it over."""

from dataclasses import dataclass, field, fields
from datetime import date

# Field → how the table calls it.
COLUMNS = {
    "search_description": "summary",
    "resource_type": "type",
    "purpose": "purpose",
    "owner_contact": "owner",
    "approved_by": "approved by",
    "approved_on": "approved on",
    "review_due": "review due",
    "topics": "topics",
    "audiences": "audiences",
}


@dataclass
class Details:
    """Values for fields of a resource, by the fields' names; what is empty was not given."""

    search_description: str = ""
    resource_type: str = ""
    purpose: str = ""
    owner_contact: object = None
    approved_by: str = ""
    approved_on: date | None = None
    review_due: date | None = None
    topics: list = field(default_factory=list)
    audiences: list = field(default_factory=list)

    def given(self) -> dict[str, object]:
        """Return what was given, by the name of the field."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value}


def merged(all_details: list[Details]) -> tuple[Details, list[list[str]]]:
    """Return what lines about one resource give together, and for each the columns that contradict those before it."""
    together, contradictions = Details(), []
    for details in all_details:
        contradictions.append([])
        for name, value in details.given().items():
            if not getattr(together, name):
                setattr(together, name, value)
            elif getattr(together, name) != value:
                contradictions[-1].append(COLUMNS[name])
    return together, contradictions


def fill(page, details: Details) -> bool:
    """Give a page what it does not say yet, and tell whether that was anything. What staff wrote stays."""
    is_changed = False
    for name, value in details.given().items():
        now = getattr(page, name)
        if len(now.all()) if isinstance(value, list) else now:
            continue
        setattr(page, name, value)
        is_changed = True
    return is_changed
