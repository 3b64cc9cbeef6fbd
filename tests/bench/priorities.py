"""A priority area with ten related things, and then with five thousand: what its page costs."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulletins.models import BulletinPage
from gathering.models import Group, Piece
from home.models import HomePage
from pages.caching import forget_public_pages
from pages.models import BasePage, Topic
from priorities.models import PlanYearPage, PriorityAreaPage
from tests.bench import library, measuring
from tests.factories import add_page
from updates.models import Edition

SMALL, LARGE = 10, 5_000


@dataclass(frozen=True)
class Measured:
    """What the page costs: queries that are not remembered, and processor milliseconds beside a minimal view's."""

    related: int
    queries: int
    page: float
    minimal: float


def area() -> PriorityAreaPage:
    """Make a priority of this year about a topic that nothing else has."""
    topic = Topic.objects.create(name="What is measured", slug="what-is-measured")
    page = PriorityAreaPage(title="What is measured", slug="what-is-measured", search_description="For measuring.")
    page.topics = [topic]
    return add_page(PlanYearPage.objects.order_by("starts_on").last(), page)


def grow(page: PriorityAreaPage, *, up_to: int) -> int:
    """Relate things to it until there are so many, and return how many: resources, items, and updates of resources."""
    topic = page.topics.get()
    related = BasePage.objects.filter(topics=topic).exclude(pk=page.pk).count() + topic.pieces.count()
    many = up_to - related
    made = library.add_resources(library.library(HomePage.objects.first()), many // 2, random.Random(7))
    through = BasePage.topics.through
    through.objects.bulk_create([through(basepage_id=one.pk, topic_id=topic.pk) for one in made], batch_size=5000)
    _publish(made, page)
    _add_items(many - many // 2, topic)
    forget_public_pages()
    library.let_the_database_look()
    return BasePage.objects.filter(topics=topic).exclude(pk=page.pk).count() + topic.pieces.count()


def _publish(resources, page):
    """Give each an edition that readers have to know about."""
    revision, now = page.latest_revision, timezone.now()
    Edition.objects.bulk_create(
        [
            Edition(
                page_id=resource.pk,
                revision=revision,
                number=1,
                in_force_from=now - timedelta(minutes=number),
                significance="major",
                title=resource.title,
            )
            for number, resource in enumerate(resources)
        ],
        batch_size=1000,
    )


def _add_items(many: int, topic):
    issue, begin = BulletinPage.objects.visible().newest_first().first(), Piece.objects.count()
    pieces = Piece.objects.bulk_create(
        [
            Piece(
                page=issue,
                anchor=f"item-{begin + number}",
                group=Group.TRAINING if number % 10 == 0 else Group.NEWS,
                kind="News",
                title=f"Item {begin + number}",
                summary="What it says. " * 10,
                day=timezone.localdate() + timedelta(days=number % 50 if number % 10 == 0 else -(number % 2000)),
            )
            for number in range(many)
        ],
        batch_size=1000,
    )
    through = Piece.topics.through
    through.objects.bulk_create([through(piece_id=piece.pk, topic_id=topic.pk) for piece in pieces], batch_size=5000)


def measured(page: PriorityAreaPage, related: int) -> Measured:
    """Measure the page, not stored."""
    measuring.ask(measuring.application, page.url)
    measuring.forget("pages")
    with CaptureQueriesContext(connection) as captured:
        measuring.ask(measuring.application, page.url)
    own, minimal = measuring.processor_time(page.url, before=lambda: measuring.forget("pages"), repeats=40)
    return Measured(related, len(captured), own.median, minimal.median)
