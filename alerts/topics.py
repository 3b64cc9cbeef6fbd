"""What people can hear of: asked of the page types, which say it of themselves (`gathering.declared`).

Only what is public is offered or named. A subscription outlives that: who chose a page that is hidden now has it still,
and is not told its name.
"""

from collections.abc import Iterable

from wagtail.models import get_page_models

from gathering.declared import AlertTopic
from pages.models import BasePage


def offered() -> list[AlertTopic]:
    """Return everything that is offered to everybody, group by group; a query or none for each page type."""
    types = [model for model in get_page_models() if hasattr(model, "alert_topics")]
    return [topic for model in types for topic in model.alert_topics()]


def named(keys: Iterable[str], *, among: Iterable[AlertTopic]) -> dict[str, AlertTopic]:
    """Return those of the keys that may be named, with their topics, in the order of the keys.

    `among`: what is offered to everybody. Others are asked of their public pages, all together.
    """
    keys = list(keys)
    found = {topic.key: topic for topic in among}
    pages = {page for key in keys if key not in found and (page := _page_in(key))}
    found |= {topic.key: topic for topic in _of_pages(pages)} if pages else {}
    return {key: found[key] for key in keys if key in found}


def topics_for(page) -> list[AlertTopic]:
    """Return the topics whose subscribers hear of an update of a page: its own, and those it belongs to."""
    own = [page.alert_topic()] if hasattr(page, "alert_topic") else []
    types = [model for model in get_page_models() if hasattr(model, "topics_alerted_by")]
    topics = own + [topic for model in types for topic in model.topics_alerted_by(page)]
    return list({topic.key: topic for topic in topics}.values())


def _page_in(key: str) -> int | None:
    number = key.rpartition(":")[2]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def _of_pages(keys: set[int]) -> list[AlertTopic]:
    # Deferred: title and key are all that a topic needs, and a chapter is long.
    pages = BasePage.objects.visible().filter(pk__in=keys).specific(defer=True)
    return [page.alert_topic() for page in pages if hasattr(page, "alert_topic")]
