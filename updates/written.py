"""Which fields of a page are read: those in which editors write what readers see."""

from collections.abc import Iterator

from django.db.models import CharField, TextField
from django.utils.text import capfirst
from wagtail.fields import RichTextField, StreamField

from updates.passages import Passage, passages_of


def passages_written(page) -> list[Passage]:
    """Return what editors wrote on a page, as it is in this object, in the order of the editing screen."""
    return passages_of(page, list(written_fields(type(page))))


def written_fields(page_type) -> Iterator[tuple[str, str]]:
    """Yield (name, heading) for the fields with text among the panels of the page type's content.

    The answer to "What changed?" is no part of the page.
    """
    answer = getattr(page_type, "answer_fields", {})
    for panel in _panels_in(page_type.content_panels):
        name = getattr(panel, "field_name", None)
        if name and name not in answer and _is_text(page_type._meta.get_field(name)):
            yield name, capfirst(str(panel.heading or page_type._meta.get_field(name).verbose_name))


def _panels_in(panels) -> Iterator:
    for panel in panels:
        yield panel
        yield from _panels_in(getattr(panel, "children", ()))


def _is_text(field) -> bool:
    return isinstance(field, RichTextField | StreamField | TextField | CharField) and not field.choices
