"""What a draft lacks before it can be public: Wagtail lets half of one be saved, and asks in the editor alone."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField


def what_is_missing(draft) -> list[str]:
    """Return the names of the fields that cannot be published as they are, in the words of the editor."""
    wrong = {*_wrong_fields(draft), *_wrong_streams(draft), *_wrong_rows(draft)}
    fields = [field for field in draft._meta.get_fields() if field.name in wrong]
    names = [str(getattr(field, "verbose_name", field.name)) for field in fields]
    return [*names, "something that belongs together"] if NON_FIELD_ERRORS in wrong else names


def _wrong_fields(draft) -> Iterator[str]:
    try:
        draft.full_clean()
    except ValidationError as error:
        yield from error.error_dict


def _wrong_streams(draft) -> Iterator[str]:
    for field in draft._meta.concrete_fields:
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(draft, field.name))
            except ValidationError:
                yield field.name


def _wrong_rows(draft) -> Iterator[str]:
    for relation in get_all_child_relations(draft):
        for row in getattr(draft, relation.get_accessor_name()).all():
            try:
                row.full_clean(exclude=[relation.field.name])
            except ValidationError:
                yield relation.name
