"""A documents library of fifty resources, and then of twenty thousand: what its list costs."""

import random
import statistics
import time
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection

from documents.models import FileVersion, LibraryDocument, LibraryPage, ResourceFile, ResourcePage, ResourceType
from pages.caching import forget_public_pages
from pages.models import Audience, BasePage, Topic
from tests.bench import measuring
from tests.documents.factories import add_library, add_resource, make_document

SMALL, LARGE = 50, 20_000
TOPICS, AUDIENCES = 20, 10
REPEATS = 200
WORDS = ["care", "neglect", "profile", "school", "audit", "review", "template", "meeting", "plan", "referral", "safety"]


@dataclass(frozen=True)
class Measured:
    """What a list costs: queries, and processor milliseconds at the median and the 95th percentile."""

    queries: int
    median: float
    p95: float


def library(home) -> LibraryPage:
    """Return the library of the site; makes one where there is none."""
    return LibraryPage.objects.first() or add_library(home)


def grow(page: LibraryPage, *, up_to: int) -> int:
    """Add resources until there are so many; return how many there are. Each has a file, topics and audiences."""
    chance = random.Random(5)
    topics = terms(Topic, TOPICS)
    audiences = terms(Audience, AUDIENCES)
    with transaction.atomic():
        made = add_resources(page, up_to - ResourcePage.objects.count() - 1, chance)
        sort_in(made, BasePage.topics.through, "topic_id", topics, chance)
        sort_in(made, BasePage.audiences.through, "audience_id", audiences, chance)
    forget_public_pages()
    let_the_database_look()
    return ResourcePage.objects.visible().count()


def add_resources(page: LibraryPage, many: int, chance) -> list[ResourcePage]:
    """Add so many resources, each with a file, and one more that they were copied from; return them without that."""
    number = ResourcePage.objects.count()
    filler = add_resource(page, make_document(), title=f"Filler {number}", slug=f"filler-{number}")
    made = _pages(LibraryPage.objects.get(pk=page.pk), ResourcePage.objects.get(pk=filler.pk), many, chance)
    _give_files(made)
    return made


def terms(model, many: int) -> list[int]:
    """Make so many topics or audiences; return the keys of all there are."""
    model.objects.bulk_create(
        [model(name=f"{model.__name__} {n}", slug=f"{model.__name__.lower()}-{n}") for n in range(many)],
        ignore_conflicts=True,
    )
    return list(model.objects.values_list("pk", flat=True))


def _pages(library_page, filler, many: int, chance) -> list[ResourcePage]:
    model, start = BasePage.objects.get(pk=filler.pk), library_page.get_children().count()
    rows = []
    for number in range(start + 1, start + 1 + max(many, 0)):
        row = copy(model)
        row.pk, row.translation_key, row.latest_revision, row.live_revision = None, uuid4(), None, None
        row.path = BasePage._get_path(library_page.path, library_page.depth + 1, number)
        row.title = row.draft_title = f"{' '.join(chance.choices(WORDS, k=3))} {number}"
        row.search_description = " ".join(chance.choices(WORDS, k=15))
        row.slug = f"resource-number-{number}"
        row.url_path = f"{library_page.url_path}{row.slug}/"
        rows.append(row)
    resources = []
    # As boards have them: a third guidance, few strategies.
    types = chance.choices(ResourceType.values, weights=[2, 6, 2, 2, 2, 1, 2, 1], k=len(rows))
    for row, resource_type in zip(BasePage.objects.bulk_create(rows, batch_size=500), types, strict=True):
        resource = copy(filler)
        resource.basepage_ptr_id = resource.pk = row.pk
        resource.resource_type, resource.sort_title = resource_type, row.title.casefold()
        resource.changed_at = timezone.now() - timedelta(minutes=chance.randrange(5_000_000))
        resource.downloads = int(chance.paretovariate(1)) % 100_000
        resources.append(resource)
    if resources:
        # `bulk_create` refuses models with a parent; the parents' rows are there already.
        for begin in range(0, len(resources), 1000):
            batch = resources[begin : begin + 1000]
            ResourcePage._base_manager._insert(batch, fields=ResourcePage._meta.local_concrete_fields, using="default")
    BasePage.objects.filter(pk=library_page.pk).update(numchild=start + len(rows))
    return resources


def sort_in(pages, through, field: str, terms: list[int], chance):
    """Give each page one or two of them."""
    through.objects.bulk_create(
        [through(basepage_id=page.pk, **{field: term}) for page in pages for term in set(chance.choices(terms, k=2))],
        batch_size=5000,
    )


def _give_files(pages):
    collection = Collection.get_first_root_node()
    now = timezone.now()
    documents = LibraryDocument.objects.bulk_create(
        [
            LibraryDocument(
                title=f"File of {page.sort_title}", file=f"documents/{page.pk}/a.pdf", collection=collection
            )
            for page in pages
        ],
        batch_size=1000,
    )
    facts = {"name": "a.pdf", "size": 240_000, "sha256": "0" * 64, "uploaded_at": now, "passed_at": now}
    FileVersion.objects.bulk_create(
        [
            FileVersion(document=document, number=1, file=document.file.name, state="passed", **facts)
            for document in documents
        ],
        batch_size=1000,
    )
    newest = FileVersion.objects.filter(document=OuterRef("pk")).values("pk")[:1]
    LibraryDocument.objects.filter(current=None).update(current=Subquery(newest))
    ResourceFile.objects.bulk_create(
        [
            ResourceFile(page=page, document=document, sort_order=0)
            for page, document in zip(pages, documents, strict=True)
        ],
        batch_size=1000,
    )


def let_the_database_look():
    """Let the database count its rows, as it does by itself while a site grows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def addresses(page: LibraryPage) -> dict[str, list[str]]:
    """Return the lists to measure: one address each, but for the filtered one, of which each is asked for once."""
    chance = random.Random(11)
    topics = list(Topic.objects.values_list("slug", flat=True))
    audiences = list(Audience.objects.values_list("slug", flat=True))
    filtered = []
    for _ in range(REPEATS):
        chosen = {
            "type": chance.choice(ResourceType.values),
            "topic": chance.choice(topics),
            "audience": chance.choice(audiences),
        }
        kept = chance.sample(sorted(chosen), k=chance.choice([1, 1, 2, 3]))
        sort = chance.choice(["", "&sort=changed", "&sort=downloads"])
        filtered.append(page.url + "?" + "&".join(f"{name}={chosen[name]}" for name in kept) + sort)
    return {
        "library": [page.url] * 40,
        "library, by downloads": [f"{page.url}?sort=downloads"] * 40,
        "filtered": filtered,
        "filtered, words": [f"{page.url}?q={word}&type=tool" for word in WORDS * 3],
    }


def measured(page: LibraryPage, *, after_edit: bool = False) -> dict[str, Measured]:
    """Measure each list, not stored. What a filter leaves is counted when it is first asked for, then remembered.

    `after_edit`: it is counted anew each time, as by the first reader after something public has changed.
    """
    found = {}
    for name, asked in addresses(page).items():
        queries = _queries(page, asked[:20])
        forget_public_pages()
        spent = []
        for address in asked:
            if after_edit:
                forget_public_pages()
            measuring.forget("pages")
            begun = time.process_time()
            measuring.ask(measuring.application, address)
            spent.append((time.process_time() - begun) * 1000)
        quantiles = statistics.quantiles(spent, n=20)
        found[name] = Measured(queries, statistics.median(spent), quantiles[18])
    return found


def _queries(page: LibraryPage, asked: list[str]) -> int:
    """Return the most queries for a list that nobody has asked for yet; header and footer are remembered."""
    most = 0
    for address in asked:
        forget_public_pages()
        measuring.ask(measuring.application, f"{page.url}?sort=changed")
        measuring.forget("pages")
        with CaptureQueriesContext(connection) as captured:
            measuring.ask(measuring.application, address)
        most = max(most, len(captured))
    return most
