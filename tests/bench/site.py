"""The site that is measured: the demonstration, and then one that has been kept for 75 years."""

import json
from datetime import date
from uuid import uuid4

from django.core.management import call_command

from bulletins.models import BulletinIndexPage, BulletinPage
from demo.building import build_demonstration
from home.models import HomePage
from organisation.models import ContactsPage
from tests.factories import add_bulletin

TODAY = date(2026, 5, 4)


def build() -> None:
    """Make database, content and static files as `make run` does."""
    call_command("migrate", verbosity=0)
    build_demonstration(today=TODAY, hostname="127.0.0.1", port=80)
    _let_one_issue_have_twelve_items()
    call_command("collectstatic", interactive=False, verbosity=0)


def _let_one_issue_have_twelve_items():
    """Add items of the other issues to the longest one: the bar for processor time is set for twelve."""
    issue = _bulletin()
    others = [item for page in BulletinPage.objects.visible().exclude(pk=issue.pk) for item in page.items.raw_data]
    issue.items = json.dumps([*issue.items.raw_data, *({**item, "id": str(uuid4())} for item in others)][:12])
    issue.save_revision().publish()


def _bulletin() -> BulletinPage:
    """Return the issue with the most items."""
    return max(BulletinPage.objects.visible(), key=lambda page: len(page.items))


def addresses() -> dict[str, str]:
    """Return the pages to measure, by name."""
    pages = {
        "home": HomePage.objects.visible().first(),
        "bulletin": _bulletin(),
        "archive": BulletinIndexPage.objects.visible().first(),
        "contacts": ContactsPage.objects.visible().first(),
    }
    return {name: page.get_url() for name, page in pages.items()}


def items_of_the_bulletin() -> int:
    """Return how many items the measured issue has."""
    return len(_bulletin().items)


def number_of_bulletins() -> int:
    """Return how many issues readers can see."""
    return BulletinPage.objects.visible().count()


def add_bulletins(*, up_to: int) -> int:
    """Publish issues of past quarters until there are so many; return how many there are."""
    archive = BulletinIndexPage.objects.visible().first()
    for number in range(number_of_bulletins(), up_to):
        quarter = date(1940 + number // 4, 3 * (number % 4) + 1, 1)
        add_bulletin(archive, issue_date=quarter, slug=f"past-{number}", title=f"Past issue {number}")
    return number_of_bulletins()
