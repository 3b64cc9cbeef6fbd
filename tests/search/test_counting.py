"""What each choice of a filter would leave: counted one by one, and for words of most passages by the others."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from search.engine import folder
from search.engine.queries import Narrowing
from search.finding import find
from search.models import Passage
from search.recording import note_changes
from tests.factories import add_home, add_information
from tests.once import once

pytestmark = pytest.mark.django_db
PERIODS = {"quarter": date(2026, 3, 1), "year": date(2025, 6, 1)}
KINDS = ["procedures", "bulletins", "documents"]


@pytest.fixture(autouse=True)
def index_folder(settings, tmp_path):
    settings.SEARCH_INDEX_FOLDER = tmp_path / "index"


@once
def home():
    return add_home()


def add_passages(home, title: str, *, many=20, rare_every=10, **fields):
    """Add a page with so many passages; all but one in ten have the common word, and one in ten has the rare one."""
    page = add_information(home, title=title, **fields)
    rows = [
        Passage(
            page=page,
            key=f"k-{number}",
            title=f"Part {number}",
            text="stripes" if number % rare_every == 0 else "zebra zebra",
            kind=KINDS[number % 3],
            day=date(2025, 1, 1) + timedelta(days=40 * number) if number % 4 else None,
            topics=[number % 2 + 1, number % 5 + 10],
            audiences=[number % 7 + 1] if number % 3 else [],
            fingerprint="x",
        )
        for number in range(many)
    ]
    Passage.objects.bulk_create(rows)
    note_changes(page_keys=[page.pk])
    return page


def counted(query: str, *, now=None, **narrowing) -> dict:
    """Return what the filters say, without what would leave nothing."""
    asked = Narrowing(**narrowing)
    found = find(query, narrowing=asked, page=1, periods=PERIODS, now=now or timezone.now())
    return {name: {key: n for key, n in counts.items() if n} for name, counts in found.counts.items()}


def by_hand(word: str, *, page=None) -> dict:
    """Return the same, by looking at every row."""
    rows = [row for row in Passage.objects.exclude(page=page) if word in row.text.split()]
    values = {
        "kind": [[row.kind] for row in rows],
        "topic": [row.topics for row in rows],
        "audience": [row.audiences for row in rows],
        "since": [[name for name, day in PERIODS.items() if row.day and row.day >= day] for row in rows],
    }
    return {
        name: {value: sum(value in each for each in lists) for value in {value for each in lists for value in each}}
        for name, lists in values.items()
    }


def totals_are_remembered() -> bool:
    return "totals" in folder.opened().seen.known


class TestAWordOfMostPassages:
    def test_is_counted_by_the_others(self, home):
        add_passages(home, "First")
        assert counted("zebra") == by_hand("zebra")
        assert totals_are_remembered()

    def test_and_again_when_something_was_added(self, home):
        add_passages(home, "First")
        counted("zebra")
        add_passages(home, "Second", many=30)
        assert counted("zebra") == by_hand("zebra")

    def test_without_what_has_ended_meanwhile(self, home):
        ends = timezone.now() + timedelta(days=1)
        add_passages(home, "First")
        ending = add_passages(home, "Second", expire_at=ends)
        assert counted("zebra") == by_hand("zebra")
        assert counted("zebra", now=ends + timedelta(minutes=1)) == by_hand("zebra", page=ending)
        assert counted("zebra") == by_hand("zebra")

    def test_with_a_filter_chosen_the_others_are_narrowed_and_it_is_not(self, home):
        add_passages(home, "First")
        everything, narrowed = by_hand("zebra"), counted("zebra", kind="bulletins")
        assert narrowed["kind"] == everything["kind"]
        assert sum(narrowed["audience"].values()) < sum(everything["audience"].values())
        assert 0 < narrowed["since"]["year"] < everything["since"]["year"]


class TestARareWord:
    def test_is_counted_by_itself(self, home):
        add_passages(home, "First")
        assert counted("stripes") == by_hand("stripes")
        assert not totals_are_remembered()
