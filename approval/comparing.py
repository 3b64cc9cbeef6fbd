"""What a draft changes for readers, in words as the history of a page shows it; and which draft somebody has seen."""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField

from pages.models import BasePage
from updates.differences import Comparison, compare
from updates.passages import passages_of_all
from updates.written import written_fields


@dataclass(frozen=True)
class Changes:
    """What differs between two states of a page.

    `words`: what is written, passage by passage. `others`: Wagtail's comparisons of fields that hold no text (dates,
    topics, choices). `unsaid`: headings of texts in which something differs that is no word, a picture's place or the
    kind of a box.
    """

    words: Comparison
    others: list
    unsaid: list[str]
    is_new: bool = False


def what_changes(request, *, before: BasePage | None, after: BasePage) -> Changes:
    """Return what differs between two states of a page; `before`: None where readers saw nothing."""
    is_new = before is None
    before = before or type(after)()
    fields = list(written_fields(type(after)))
    words = compare(*passages_of_all([before, after], fields))
    unsaid = [] if is_new else [heading for name, heading in fields if _differs_unsaid(name, heading, before, after)]
    return Changes(words, list(_others(request, before, after)), unsaid, is_new)


def public_state(page: BasePage) -> BasePage | None:
    """Return what readers see of a page now; None where it is not public."""
    return page if page.live else None


def state_before(page: BasePage, revision) -> BasePage | None:
    """Return what readers saw before a revision was published; None where they saw nothing."""
    edition = page.editions.filter(revision=revision).first()
    last = page.editions.filter(number__lt=edition.number).order_by("number").last() if edition else None
    earlier = last.revision if last else None if edition else revision.get_previous()
    return earlier.as_object() if earlier else None


def seen_as(revision) -> str:
    """Return a name for a draft just as it is: Wagtail saves what somebody goes on writing into the same one."""
    content = json.dumps(revision.content, sort_keys=True, cls=DjangoJSONEncoder)
    return f"{revision.pk}-{sha256(content.encode()).hexdigest()}"


def _others(request, before, after):
    """Yield what differs in the editor's other fields, in its order; the answer on what changed is said above."""
    said = {name for name, _ in written_fields(type(after))} | set(getattr(after, "answer_fields", ()))
    panel = after.get_edit_handler().get_bound_panel(instance=after, request=request, form=None)
    for comparing in panel.get_comparison():
        found = comparing(before, after)
        if found.field.name not in said and found.has_changed():
            yield found


def _differs_unsaid(name: str, heading: str, before, after) -> bool:
    if not isinstance(after._meta.get_field(name), StreamField):
        return False
    states = [_without_texts(getattr(page, name).get_prep_value()) for page in (before, after)]
    return states[0] != states[1] and not compare(*passages_of_all([before, after], [(name, heading)])).has_changes


def _without_texts(value):
    """Return raw blocks without their ids and rich texts: both differ when nothing has been changed."""
    if isinstance(value, dict):
        return {name: _without_texts(part) for name, part in value.items() if name != "id"}
    if isinstance(value, list):
        return [_without_texts(part) for part in value]
    return "" if isinstance(value, str) and "<" in value else value
