"""Where a topic or an audience is used: on pages, in drafts, on pieces of pages, and by readers who get alerts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Revision

from alerts.models import Subscriber
from gathering.models import Piece
from pages.models import BasePage, Term, Topic
from priorities.models import PriorityAreaPage


@dataclass(frozen=True)
class Use:
    """One line of where something is used; `pages` to look at, or an `address` that lists them."""

    words: str
    pages: tuple[BasePage, ...] = ()
    address: str = ""


def field_of(term: Term) -> str:
    """Return the field of pages that holds such a term."""
    return "topics" if isinstance(term, Topic) else "audiences"


def with_counts(model):
    """Return all terms of a model, each with `how_many`: the pages that carry it, public or not; one query."""
    return model.objects.annotate(how_many=Count("pages"))


def address_of_pages(term: Term) -> str:
    """Return the address of the list of pages that carry a term."""
    return f"{reverse('wagtailadmin_explore_root')}?{urlencode({term._meta.model_name: term.pk})}"


def uses_of(term: Term) -> list[Use]:
    """Return where a term is used; nothing for one that may be deleted without anybody noticing."""
    found = []
    if how_many := term.pages.count():
        words = "1 page carries it" if how_many == 1 else f"{how_many} pages carry it"
        found.append(Use(words, address=address_of_pages(term)))
    if drafts := drafts_with(term):
        many = "1 draft that is not" if len(drafts) == 1 else f"{len(drafts)} drafts that are not"
        found.append(Use(f"{many} published yet would lose it", drafts))
    if isinstance(term, Topic):
        found += [*_pieces(term), *_readers(term)]
    return found


def _pieces(topic: Topic) -> Iterator[Use]:
    if pages := pages_with_pieces(topic):
        yield Use("it was chosen for single items, decisions or findings on these pages", pages)


def _readers(topic: Topic) -> Iterator[Use]:
    """Yield the priority areas that gather by it, of which readers hear by e-mail."""
    areas = PriorityAreaPage.objects.filter(topics=topic).order_by("path")
    keys = {f"priority:{area.pk}": area for area in areas}
    active = Subscriber.objects.active().filter(subscriptions__topic__in=keys)
    if readers := active.distinct().count():
        who = "1 reader gets" if readers == 1 else f"{readers} readers get"
        yield Use(f"{who} e-mails about what priority areas gather by it", tuple(keys.values()))


def drafts_with(term: Term) -> tuple[BasePage, ...]:
    """Return the pages that carry a term in their draft alone."""
    key, field = term.pk, field_of(term)
    # Few: what was published has its terms in a table of its own.
    drafts = _latest().filter(pk__in=BasePage.objects.filter(has_unpublished_changes=True).values("latest_revision"))
    having = [int(page) for page, keys in drafts.values_list("object_id", f"content__{field}") if key in (keys or ())]
    return tuple(BasePage.objects.filter(pk__in=having).exclude(**{field: key}).order_by("path"))


def pages_with_pieces(topic: Topic) -> tuple[BasePage, ...]:
    """Return the pages on which staff chose a topic for a piece, as it is public or in the latest draft.

    Blocks keep topics by their slugs, so they would lose one whose slug changes.
    """
    public = Piece.objects.filter(has_chosen_topics=True, topics=topic).order_by().values_list("page", flat=True)
    # Streams are kept as text within the text; what else has these letters is left out by reading it.
    likely = _latest().annotate(text=Cast("content", TextField())).filter(text__contains=f'\\"{topic.slug}\\"')
    drafts = [int(page) for page, content in likely.values_list("object_id", "content") if _chosen(content, topic.slug)]
    return tuple(BasePage.objects.filter(pk__in={*public, *drafts}).order_by("path"))


def _latest():
    of_pages = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(BasePage))
    return of_pages.filter(pk__in=BasePage.objects.exclude(latest_revision=None).values("latest_revision"))


def _chosen(content: dict, slug: str) -> bool:
    """Tell whether a stream of a draft has a block for which the topic was chosen."""
    streams = (value for value in content.values() if isinstance(value, str) and value.startswith("[{"))
    return any(_chosen_in(json.loads(stream), slug) for stream in streams)


def _chosen_in(value, slug: str) -> bool:
    if isinstance(value, list):
        return any(_chosen_in(item, slug) for item in value)
    if not isinstance(value, dict):
        return False
    topics = value.get("topics")
    return (isinstance(topics, list) and slug in topics) or any(_chosen_in(item, slug) for item in value.values())
