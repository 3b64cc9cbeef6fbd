"""Two topics that are the same become one: whatever names the one that goes names the one that stays.

What is public is not published anew, nobody is told by e-mail, and no edition is made: as when a topic gets another
name, the same pages are sorted by another word. Drafts and editions name topics by their keys and words, so these
change in each revision; nothing else of it does.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Revision, get_page_models

from gathering.models import Piece
from pages.models import BasePage, FormerTopic, Topic
from pages.tree import tree_lock
from search.recording import record_passages

MERGED = "explorer.merge"
AT_ONCE = 200


class CannotMerge(Exception):
    """The two cannot become one, for the reason given in a sentence. Nothing was changed."""


@dataclass
class Moved:
    """What was moved: keys of public pages and pages with drafts, how many revisions, and rows of each other kind."""

    pages: set[int] = field(default_factory=set)
    revisions: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def merge_topics(*, gone: int, stays: int, user, now: datetime) -> Topic:
    """Merge the topic with one key into that with another, at once or not at all; return the one that stays.

    Raises CannotMerge, and `pages.tree.TreeBusy` while others publish.
    """
    try:
        with tree_lock():
            first, second = _both(gone, stays)
            moved = _move(first, second)
            _leave_the_way(first, second, now)
            _write_down(first, second, moved, user)
            first.delete()
            _record(moved.pages)
            return second
    except IntegrityError as error:
        raise CannotMerge("Something belongs to both, and may belong to one topic once only.") from error


def _both(gone: int, stays: int) -> tuple[Topic, Topic]:
    if gone == stays:
        raise CannotMerge("A topic cannot be merged into itself. Choose another.")
    found = Topic.objects.in_bulk([gone, stays])
    if len(found) < 2:
        raise CannotMerge("Somebody has deleted or merged one of the two meanwhile.")
    return found[gone], found[stays]


def _move(gone: Topic, stays: Topic) -> Moved:
    moved = Moved(pages=_pages_of(gone))
    moved.pages |= _in_streams(gone, stays)
    moved.revisions = _in_revisions(gone, stays)
    for relation in relations_of(gone):
        moved.rows[relation.field.model._meta.label] = _move_rows(relation.field, gone, stays)
    return moved


def relations_of(topic: Topic) -> list:
    """Return every way in which rows point to topics; of a choice of several topics, the rows between."""
    fields = type(topic)._meta.get_fields(include_hidden=True)
    return [found for found in fields if found.auto_created and (found.one_to_many or found.one_to_one)]


def _pages_of(topic: Topic) -> set[int]:
    return {
        *topic.pages.order_by().values_list("pk", flat=True),
        *Piece.objects.filter(topics=topic).order_by().values_list("page_id", flat=True),
    }


def _move_rows(foreign_key, gone: Topic, stays: Topic) -> int:
    model, name = foreign_key.model, foreign_key.name
    rows = model._base_manager.filter(**{name: gone})
    if model._meta.auto_created:
        # What has both keeps one.
        other = next(one.name for one in model._meta.fields if one.is_relation and one.name != name)
        rows.filter(**{f"{other}__in": model._base_manager.filter(**{name: stays}).values(other)}).delete()
    return rows.update(**{name: stays})


def _in_streams(gone: Topic, stays: Topic) -> set[int]:
    """Change public pages on which staff chose it for a block, and return their keys."""
    found = set()
    for model in get_page_models():
        for stream in (one for one in model._meta.local_fields if isinstance(one, StreamField)):
            rows = model._base_manager.annotate(as_text=Cast(stream.name, TextField()))
            likely = rows.filter(as_text__contains=f'"{gone.slug}"').order_by()
            for key, text in likely.values_list("pk", "as_text"):
                blocks = json.loads(text)
                if _replace(blocks, gone.slug, stays.slug):
                    model._base_manager.filter(pk=key).update(**{stream.name: blocks})
                    found.add(key)
    return found


def _in_revisions(gone: Topic, stays: Topic) -> int:
    """Change drafts, those that wait or are scheduled, and editions; return how many."""
    of_pages = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(BasePage)).order_by()
    by_key = {pk for pk, keys in of_pages.values_list("pk", "content__topics").iterator() if gone.pk in (keys or ())}
    # Streams are kept as text within the text.
    texts = of_pages.annotate(as_text=Cast("content", TextField())).filter(as_text__contains=f'\\"{gone.slug}\\"')
    keys, changed = sorted(by_key.union(texts.values_list("pk", flat=True))), 0
    for begin in range(0, len(keys), AT_ONCE):
        for pk, content in Revision.objects.filter(pk__in=keys[begin : begin + AT_ONCE]).values_list("pk", "content"):
            if _replace_in_revision(content, gone, stays):
                Revision.objects.filter(pk=pk).update(content=content)
                changed += 1
    return changed


def _replace_in_revision(content: dict, gone: Topic, stays: Topic) -> bool:
    """Name another topic in the content of a revision; tell whether it named the one that goes."""
    has_changed = False
    if gone.pk in (content.get("topics") or ()):
        content["topics"] = _replaced(content["topics"], gone.pk, stays.pk)
        has_changed = True
    for name, value in content.items():
        if isinstance(value, str) and value.startswith("[{") and f'"{gone.slug}"' in value:
            blocks = json.loads(value)
            if _replace(blocks, gone.slug, stays.slug):
                content[name] = json.dumps(blocks)
                has_changed = True
    return has_changed


def _replace(value, gone: str, stays: str) -> bool:
    """Name another topic in all blocks for which the one that goes was chosen; tell whether there were any."""
    if not isinstance(value, list | dict):
        return False
    # All of them, not as far as the first that says yes.
    has_changed = [_replace(item, gone, stays) for item in (value if isinstance(value, list) else value.values())]
    topics = value.get("topics") if isinstance(value, dict) else None
    if isinstance(topics, list) and gone in topics:
        value["topics"] = _replaced(topics, gone, stays)
        return True
    return any(has_changed)


def _replaced(names: list, gone, stays) -> list:
    return list(dict.fromkeys(stays if name == gone else name for name in names))


def _leave_the_way(gone: Topic, stays: Topic, now: datetime):
    """Let its word in addresses lead on, and titles that name it go on naming the topic."""
    row = {"name": gone.name, "topic": stays, "merged_at": now}
    FormerTopic.objects.update_or_create(slug=gone.slug, defaults=row)


def _write_down(gone: Topic, stays: Topic, moved: Moved, user):
    data = {
        "gone": gone.name,
        "word": gone.slug,
        "key": gone.pk,
        "into": stays.name,
        "revisions": moved.revisions,
        "rows": {label: count for label, count in moved.rows.items() if count},
    }
    log(instance=stays, action=MERGED, user=user, data=data)
    log(instance=gone, action="wagtail.delete", user=user, data={"into": stays.name}, deleted=True)


def _record(pages: set[int]):
    """Let the search find them by the topic that stays."""
    for page in BasePage.objects.filter(pk__in=pages, live=True).order_by("pk").specific().iterator(AT_ONCE):
        record_passages(page=page, only_differences=True)
