"""A site of 2,000, 20,000 and 100,000 passages: what a search costs, and what its index takes to make and to follow."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone

from documents.models import ResourcePage
from home.models import HomePage
from pages.caching import forget_public_pages
from pages.models import Audience, BasePage, Topic
from pages.passages import PassageKind
from search.asked import Asked
from search.engine import folder, following
from search.models import Passage
from search.places import places_of
from search.recording import note_changes
from search.results import results
from search.suggesting import MOST, suggestions
from tests.bench import library

SIZES = (2_000, 20_000, 100_000)
PASSAGES_A_PAGE = 20
WORDS_A_PASSAGE = 120
REPEATS = 60
COMMON, IN_MOST = "children", 0.9
_INTO_WAGTAILS_INDEX = """
    INSERT INTO wagtailsearch_indexentry
        (content_type_id, object_id, title_norm, autocomplete, title, title_text, body_text, body)
    SELECT %s, page_id::text, 1, '', '', '', '', to_tsvector('english', string_agg(text, ' '))
    FROM search_passage GROUP BY page_id
    ON CONFLICT (content_type_id, object_id) DO UPDATE SET body = excluded.body
"""
SYLLABLES = [first + vowel for first in "bcdfghklmnprstvw" for vowel in "aeiou"]


@dataclass(frozen=True)
class Measured:
    """What was measured at one size: processor milliseconds {question: (median, 95th percentile)}, and the index.

    `suggested` is the same for suggestions while somebody types. `waited` is the time that passes until they are there,
    and until the database has said by itself which titles begin so, at the median: PostgreSQL works elsewhere.
    """

    passages: int
    times: dict[str, tuple[float, float]] = field(default_factory=dict)
    suggested: dict[str, tuple[float, float]] = field(default_factory=dict)
    waited: dict[str, tuple[float, float]] = field(default_factory=dict)
    rebuilt_per_second: float = 0
    megabytes_used: float = 0
    megabytes_on_disk: float = 0
    update: float = 0


def vocabulary(chance) -> list[str]:
    """Return 30,000 invented words, the commonest first."""
    words: dict[str, None] = {}
    while len(words) < 30_000:
        words["".join(chance.choices(SYLLABLES, k=chance.choice([2, 3, 3, 4])))] = None
    return list(words)


def grow(*, up_to: int, passages_a_page: int = PASSAGES_A_PAGE) -> None:
    """Add pages with passages until there are so many; how often words come follows Zipf's law."""
    chance = random.Random(7)
    words = vocabulary(chance)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    topics, audiences = library.terms(Topic, 20), library.terms(Audience, 10)
    missing = up_to - Passage.objects.count()
    with transaction.atomic():
        shelf = library.library(HomePage.objects.first())
        made = library.add_resources(shelf, missing // passages_a_page, chance)
        rows = [
            _passage(
                page, number, chance, chance.choices(words, cum_weights=weights, k=WORDS_A_PASSAGE), topics, audiences
            )
            for page in made
            for number in range(passages_a_page)
        ]
        Passage.objects.bulk_create(rows, batch_size=1_000)
        note_changes(page_keys=[made[0].pk])
    forget_public_pages()
    library.let_the_database_look()


def _passage(page, number, chance, words, topics, audiences) -> Passage:
    if chance.random() < IN_MOST:
        words.insert(chance.randrange(len(words)), COMMON)
    return Passage(
        page_id=page.pk,
        key=f"p-{number}",
        anchor=f"p-{number}",
        order=number,
        kind=chance.choice(PassageKind.values),
        label=f"Section {number}",
        title=" ".join(words[:5]),
        heading=" ".join(words[5:9]),
        text=" ".join(words),
        day=date(2020, 1, 1) + timedelta(days=chance.randrange(2_300)),
        topics=chance.sample(topics, k=2),
        audiences=chance.sample(audiences, k=2),
        fingerprint=f"{number}",
    )


def questions() -> dict[str, list[str]]:
    """Return {what is measured: queries of that kind}."""
    chance = random.Random(11)
    words = vocabulary(random.Random(7))
    rare, middling = words[-2_000:], words[100:2_000]
    return {
        "a word in 90 %": [COMMON],
        "a rare word": chance.sample(rare, k=20),
        "three words": [" ".join([COMMON, *chance.sample(middling, k=2)]) for _ in range(20)],
        "a misspelt word": [_misspelt(word) for word in chance.sample([one for one in middling if len(one) > 7], k=20)],
        "nothing found": [f"zq{word}xx" for word in chance.sample(middling, k=20)],
    }


def beginnings() -> dict[str, list[str]]:
    """Return {what is measured: what somebody has typed of titles}."""
    words = vocabulary(random.Random(7))
    rank = {word: number for number, word in enumerate(words)}
    titles = Passage.objects.filter(label__startswith="Section").order_by("pk").values_list("title", flat=True)[:20]
    rare = [max(title.split(), key=lambda word: rank.get(word, 0)) for title in titles]
    return {
        "two letters": [word[:2] for word in words[:20]],
        "a word in very many titles": words[:20],
        "the beginning of a rare word": [word[:-1] for word in rare],
        "after another word": [f"{title.split()[0]} {title.split()[1][:3]}" for title in titles],
        "no title": [f"zq{word}" for word in words[:20]],
    }


def _misspelt(word: str) -> str:
    return f"{word[:3]}{word[4]}{word[3]}{word[5:]}q"


def measured() -> Measured:
    """Make the index, and measure."""
    with Path("/proc/self/clear_refs").open("w") as reset:
        reset.write("5")
    before = _peak()
    begun = time.perf_counter()
    written = following.build(wait=10)
    rate, used = written / (time.perf_counter() - begun), _peak() - before
    size = sum(path.stat().st_size for path in folder.root().rglob("*") if path.is_file()) / 1e6
    times = {name: _times(_results, asked) for name, asked in questions().items()}
    suggested = {name: _times(_suggestions, asked) for name, asked in beginnings().items()}
    waited = {
        name: tuple(_times(answer, asked, clock=time.perf_counter)[0] for answer in (_suggestions, _titles_that_begin))
        for name, asked in beginnings().items()
    }
    return Measured(written, times, suggested, waited, rate, used, size, _update())


def beside_wagtail(*, pages: int) -> tuple[float, float]:
    """Let there be so many pages, one passage each, and return how long the first page of the common word takes.

    Milliseconds by the clock, the database's work included: (ours, Wagtail's own search of PostgreSQL). Both have the
    same texts, and as many documents as there are pages.
    """
    grow(up_to=pages, passages_a_page=1)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        resources = ContentType.objects.get_for_model(ResourcePage).pk
        cursor.execute(_INTO_WAGTAILS_INDEX, [resources])
        cursor.execute("ANALYZE wagtailsearch_indexentry")
    following.build(wait=10)
    return _by_the_clock(_first_page, _wagtail)


def _results(asked: str) -> None:
    if results(asked=Asked(asked), now=timezone.now()).is_plain:
        raise RuntimeError("The database answered: there is no index.")


def _suggestions(typed: str) -> None:
    if bool(suggestions(typed, now=timezone.now())) == typed.startswith("zq"):
        raise RuntimeError(f"Nothing was suggested for “{typed}”, or something for no word.")


def _titles_that_begin(typed: str) -> None:
    """Do what a site without an index does."""
    places_of(Passage.objects.visible().filter(title__istartswith=typed).order_by("title")[:MOST])


def _times(answer: Callable[[str], None], asked: list[str], *, clock=time.process_time) -> tuple[float, float]:
    answer(asked[0])
    spent = []
    for number in range(REPEATS):
        begun = clock()
        answer(asked[number % len(asked)])
        spent.append(1000 * (clock() - begun))
    spent.sort()
    return spent[len(spent) // 2], spent[int(len(spent) * 0.95)]


def _by_the_clock(*answers) -> tuple[float, ...]:
    """Return the milliseconds each of them takes, at the median; in turns, so that a busy machine is so for all."""
    spent = [[] for _ in answers]
    for _ in range(11):
        for answer, each in zip(answers, spent, strict=True):
            # Once before: what the others did has driven it from the processor's own memory.
            answer()
            begun = time.perf_counter()
            answer()
            each.append(1000 * (time.perf_counter() - begun))
    return tuple(sorted(each)[len(each) // 2] for each in spent)


def _first_page() -> None:
    results(asked=Asked(COMMON), now=timezone.now())


def _wagtail() -> None:
    """Ask Wagtail for a first page and how many there are.

    Without what decides who may see a page: it refuses such a condition, so this is less than it would have to do.
    """
    found = BasePage.objects.live().search(COMMON)
    list(found[:10])
    found.count()


def _update() -> float:
    """Return the milliseconds in which the index reads one changed page again, at the median."""
    keys = BasePage.objects.filter(passages__isnull=False).distinct().values_list("pk", flat=True)[:9]
    spent = []
    for key in keys:
        note_changes(page_keys=[key])
        begun = time.perf_counter()
        following.catch_up(wait=5)
        spent.append(1000 * (time.perf_counter() - begun))
    return sorted(spent)[len(spent) // 2]


def _peak() -> float:
    """Return the most memory that the process has used since it was reset, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))
