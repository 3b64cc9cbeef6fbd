"""Plain values of fields and blocks, as they are read."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import strip_tags
from wagtail.blocks import DateBlock, DateTimeBlock, RawHTMLBlock


def said(value, field) -> str:
    """Return a plain value as it is read."""
    if value is None or value is False:
        return ""
    if value is True:
        return "Yes"
    if hasattr(value, "all"):
        return "\n\n".join(sorted(map(str, value.all())))
    if isinstance(value, str) and isinstance(field, DateBlock | DateTimeBlock):
        parse = parse_date if isinstance(field, DateBlock) else parse_datetime
        with suppress(ValueError):
            value = parse(value) or value
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(field, RawHTMLBlock):
        return strip_tags(str(value))
    return _chosen_word(value, field)


def _chosen_word(value, field) -> str:
    """Return the word for one of several choices, else the value itself."""
    choices = getattr(field, "flatchoices", None) or getattr(getattr(field, "field", None), "choices", None) or ()
    return str(dict(choices).get(value, value)) if all(isinstance(word, str) for _, word in choices) else str(value)


def words_in(value) -> Iterator[str]:
    """Yield the texts in a raw value whose block is no longer known; keys and types are not for reading."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            value = [child for name, child in value.items() if name not in ("id", "type")]
        if isinstance(value, list | tuple):
            waiting += reversed(value)
        elif isinstance(value, str) and value:
            yield value
