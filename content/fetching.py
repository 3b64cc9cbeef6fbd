"""Everything that a page refers to, fetched together.

Stock Wagtail asks the database again for every chooser of every kind of block and for the links of every paragraph:
a bulletin of twelve items cost up to a hundred queries. Here the raw content of a page is read once for what it refers
to, each model is asked once, and blocks and links take their object from what was fetched.

Only while a page is being shown: in the editor nothing is filtered and nothing is kept.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain

from django.db.models import Model
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ChooserBlock, ListBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.rich_text import extract_references_from_rich_text

from pages.models import BasePage

_fetched: ContextVar["Fetched | None"] = ContextVar("fetched", default=None)

# The sizes in which a picture may be shown; see templates/blocks/image.html. With a limit to the height, because WebP
# ends at 16,383 pixels and a picture taken of a long page would be an error page.
PICTURE_SIZES = ("max-400x4000|format-webp", "max-800x8000|format-webp", "max-800x8000")


class Fetched:
    """Objects by model and primary key, for the length of one rendering."""

    def __init__(self, *, as_it_was: bool = False):
        self._objects = defaultdict(dict)
        # Whether an old state of a page is being shown: what it refers to is then marked as being as it is today.
        self.as_it_was = as_it_was

    def get_many(self, model: type[Model], keys) -> dict:
        """Return {key: object} for the keys that readers may see; asks the database only for what is not known."""
        known = self._objects[model]
        if unknown := {key for key in keys if key is not None} - known.keys():
            known.update(dict.fromkeys(unknown))
            known.update(_ask(model, unknown))
        return known


def fetched() -> Fetched | None:
    """Return what has been fetched for the page being shown, or None when no page is being shown."""
    return _fetched.get()


@contextmanager
def fetched_together(*pages, as_it_was: bool = False):
    """Fetch what the pages refer to, and let blocks and links find it while the block runs."""
    store = Fetched(as_it_was=as_it_was)
    wanted = defaultdict(set)
    for model, key in chain.from_iterable(map(references_of, pages)):
        wanted[base_model(model)].add(key)
    for model, keys in wanted.items():
        store.get_many(model, keys)
    for page in pages:
        _give_relations(page, store)
    token = _fetched.set(store)
    try:
        yield store
    finally:
        _fetched.reset(token)


def _give_relations(page, store: Fetched):
    for name in page.shown_relations:
        model = base_model(page._meta.get_field(name).related_model)
        setattr(page, name, store.get_many(model, []).get(getattr(page, f"{name}_id")))


def references_of(page) -> Iterator[tuple[type[Model], int]]:
    """Yield (model, primary key) for everything that the page's rich text and stream fields refer to."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            yield from _in_block(value.stream_block, value.raw_data)
        elif isinstance(field, RichTextField):
            yield from _in_rich_text(getattr(page, field.name))
    # A page type that does not fetch together names none.
    for name in getattr(page, "shown_relations", ()):
        if key := getattr(page, f"{name}_id"):
            yield page._meta.get_field(name).related_model, key


def _in_block(block, raw) -> Iterator[tuple[type[Model], int]]:
    """Yield what the raw value of a block refers to, without making any object of it."""
    for leaf, value in choices_and_texts(block, raw):
        if isinstance(leaf, ChooserBlock):
            yield leaf.model_class, value
        elif isinstance(leaf, RichTextBlock):
            yield from _in_rich_text(value)


def choices_and_texts(block, raw) -> Iterator[tuple]:
    """Yield (block, raw value) for every choice and every rich text in the raw value of a block."""
    if raw in (None, "", [], {}):
        return
    if isinstance(block, ChooserBlock | RichTextBlock):
        yield block, raw
    else:
        for child_block, child in children_of(block, raw):
            yield from choices_and_texts(child_block, child)


def children_of(block, raw) -> Iterator[tuple]:
    """Yield (block, raw value) for what is directly inside; nothing for a plain field."""
    if isinstance(block, BaseStreamBlock):
        known = block.child_blocks
        yield from ((known[child["type"]], child["value"]) for child in raw if child["type"] in known)
    elif isinstance(block, BaseStructBlock):
        yield from ((child_block, raw.get(name)) for name, child_block in block.child_blocks.items())
    elif isinstance(block, ListBlock):
        yield from ((block.child_block, child["value"] if _is_list_item(child) else child) for child in raw)
    elif isinstance(block, BaseTypedTableBlock):
        columns = [block.child_blocks.get(column["type"]) for column in raw.get("columns", [])]
        for row in raw.get("rows", []):
            yield from ((column, cell) for column, cell in zip(columns, row["values"], strict=False) if column)


def _is_list_item(child) -> bool:
    return isinstance(child, dict) and child.get("type") == "item" and "value" in child


def _in_rich_text(source: str):
    for model, key, _model_path, _content_path in extract_references_from_rich_text(str(source or "")):
        if str(key).isdigit():
            yield model, int(key)


def base_model(model: type[Model]) -> type[Model]:
    """Ask for pages of every type in one query; their address and title are all that a link needs."""
    return BasePage if issubclass(model, BasePage) else model


def _ask(model: type[Model], keys) -> dict:
    if model is get_image_model():
        return model.objects.prefetch_renditions(*PICTURE_SIZES).in_bulk(keys)
    found = model._default_manager.all()
    # Pages, files: what knows itself whether readers may have it.
    return (found.visible() if hasattr(found, "visible") else found).in_bulk(keys)


class FetchesTogether:
    """Mixin for page types with stream or rich text fields: shown with everything they refer to fetched together."""

    # Names of foreign keys whose object the page's template shows.
    shown_relations: tuple[str, ...] = ()

    def serve(self, request, *args, **kwargs):
        """Answer the request; rendered here, while what was fetched is at hand."""
        with fetched_together(self):
            return rendered(super().serve(request, *args, **kwargs))

    def serve_preview(self, request, mode_name):
        """Show a preview in the same way."""
        with fetched_together(self):
            return rendered(super().serve_preview(request, mode_name))


def rendered(response):
    """Return the response, its template rendered now: while what was fetched is at hand."""
    if hasattr(response, "render"):
        response.render()
    return response
