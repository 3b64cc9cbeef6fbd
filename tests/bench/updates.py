"""A site with a thousand editions, and then a hundred thousand: what "What's new", its filters and its feeds cost."""

import random
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import HomePage
from pages.caching import forget_public_pages
from pages.models import Audience, BasePage, Topic
from tests.bench import library, measuring
from tests.factories import add_page
from updates.models import Edition, WhatsNewPage

SMALL, LARGE = 1_000, 100_000
EDITIONS_A_PAGE = 20
YEARS = 15
REPEATS = 15
# A topic that few pages have, however many there are; the newest of their editions is as old as the others'.
RARE, RARE_PAGES = "what-is-rare", 3


@dataclass(frozen=True)
class Measured:
    """What a list costs: queries, and least processor milliseconds; for the first reader after an edit, and others."""

    queries: int
    least: float
    queries_edited: int
    least_edited: float


def grow(*, up_to: int) -> int:
    """Publish resources, each many times over, until there are so many editions; return how many there are."""
    chance = random.Random(13)
    topics, audiences = library.terms(Topic, 20), library.terms(Audience, 10)
    rare, _ = Topic.objects.get_or_create(slug=RARE, defaults={"name": "What is rare"})
    topics = [topic for topic in topics if topic != rare.pk]
    many = up_to - Edition.objects.count()
    with transaction.atomic():
        shelf = library.library(HomePage.objects.first())
        made = library.add_resources(shelf, max(many, 0) // EDITIONS_A_PAGE, chance)
        library.sort_in(made, BasePage.topics.through, "topic_id", topics, chance)
        library.sort_in(made, BasePage.audiences.through, "audience_id", audiences, chance)
        missing = RARE_PAGES - rare.pages.count()
        library.sort_in(made[: max(missing, 0)], BasePage.topics.through, "topic_id", [rare.pk], chance)
        _publish(made, shelf.latest_revision, chance)
    forget_public_pages()
    library.let_the_database_look()
    return Edition.objects.count()


def _publish(pages, revision, chance):
    now = timezone.now()
    editions = []
    for page in pages:
        days = sorted(chance.sample(range(YEARS * 365), k=EDITIONS_A_PAGE), reverse=True)
        moments = [now - timedelta(days=day, seconds=chance.randrange(86_400)) for day in days]
        for number, (moment, end) in enumerate(zip(moments, [*moments[1:], None], strict=True), start=1):
            editions.append(
                Edition(
                    page_id=page.pk,
                    revision=revision,
                    number=number,
                    in_force_from=moment,
                    superseded_at=end,
                    significance="major" if number == 1 or chance.random() < 0.8 else "minor",
                    note="What readers have to know of this, in a sentence or two. " * 2,
                    title=page.sort_title,
                )
            )
    Edition.objects.bulk_create(editions, batch_size=1000)


def whats_new() -> WhatsNewPage:
    """Return the page of what is new; makes one where there is none."""
    page = WhatsNewPage.objects.first()
    return page or add_page(HomePage.objects.first(), WhatsNewPage(title="What’s new", slug="whats-new"))


def addresses() -> dict[str, str]:
    """Return the lists to measure, by name."""
    url = whats_new().url
    middle = timezone.localdate().year - YEARS // 2
    return {
        "all": url,
        "from the middle on": f"{url}?until={middle}",
        "a common topic": f"{url}?topic=topic-3",
        "a topic, a kind and an audience": f"{url}?topic=topic-3&audience=audience-1&kind=resource",
        "a rare topic": f"{url}?topic={RARE}",
        "a rare topic from the middle on": f"{url}?topic={RARE}&until={middle}",
        "feed of all": f"{url}feed/",
        "feed of a rare topic": f"{url}feed/?topic={RARE}",
    }


def measured() -> dict[str, Measured]:
    """Measure each list, not stored. What filters leave is counted once after an edit, then remembered."""
    return {name: _measured(address) for name, address in addresses().items()}


def _measured(address: str) -> Measured:
    def after_edit():
        forget_public_pages()
        # What header and footer show is remembered; this is about the list.
        measuring.ask(measuring.application, "/")
        measuring.forget("pages")

    found = []
    for before, repeats in ((lambda: measuring.forget("pages"), REPEATS), (after_edit, REPEATS // 3)):
        measuring.ask(measuring.application, address)
        before()
        with CaptureQueriesContext(connection) as captured:
            measuring.ask(measuring.application, address)
        # Now: the next request empties the list of queries.
        queries, spent = len(captured), []
        for _ in range(repeats):
            before()
            begun = time.process_time()
            measuring.ask(measuring.application, address)
            spent.append(1000 * (time.process_time() - begun))
        found += [queries, min(spent)]
    return Measured(*found)
