"""Plan years and priority areas for tests."""

from datetime import date
from itertools import count
from uuid import uuid4

from pages.models import Topic
from priorities.models import PlanYearPage, PrioritiesPage, PriorityAreaPage
from tests.factories import add_page

_numbers = count(1)


def add_priorities(home) -> PrioritiesPage:
    """Make the index of plan years."""
    return add_page(home, PrioritiesPage(title="Priorities", slug="priorities"))


def add_year(index, first=2020, **fields) -> PlanYearPage:
    """Make a plan year that begins in April."""
    values = {"title": f"{first} to {first + 1}", "slug": str(first)} | fields
    return add_page(index, PlanYearPage(starts_on=date(first, 4, 1), ends_on=date(first + 1, 3, 31), **values))


def add_area(year, *, topics=(), publish=True, **fields) -> PriorityAreaPage:
    """Make a priority area about some topics."""
    number = next(_numbers)
    page = PriorityAreaPage(**({"title": f"Priority {number}", "slug": f"priority-{number}"} | fields))
    page.topics = list(topics)
    return add_page(year, page, publish=publish)


def make_topic(name) -> Topic:
    """Make a topic."""
    return Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"))


def progress(day: date, text="<p>Done.</p>", standing="on_track") -> dict:
    """Return the raw form of an entry on progress."""
    return {
        "type": "progress",
        "id": str(uuid4()),
        "value": {"day": day.isoformat(), "standing": standing, "text": text},
    }
