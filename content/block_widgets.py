"""The editor of blocks, whose description for the browser is put together once and not at each opening of a page.

What may stand in a chapter is a hundred blocks in blocks, described to the browser in JSON. That description took an
eighth of the time of opening a chapter, and is the same for everybody who reads the admin in one language.
"""

from django.utils.translation import get_language
from wagtail.admin.forms.models import register_form_field_override
from wagtail.blocks import ChooserBlock, ListBlock
from wagtail.blocks.base import BlockField, BlockWidget
from wagtail.fields import StreamField


class RememberingBlockWidget(BlockWidget):
    """Describes its blocks once for each language, unless something in them can change while the site runs."""

    def _build_block_json(self):
        if not is_always_the_same(self.block_def):
            super()._build_block_json()
            return
        described = self.block_def.__dict__.setdefault("_described", {})
        language = get_language()
        if language not in described:
            super()._build_block_json()
            described[language] = (self._js_context, self._block_json)
        self._js_context, self._block_json = described[language]


class RememberingBlockField(BlockField):
    """A form field for blocks, with that widget."""

    def __init__(self, block=None, **kwargs):
        super().__init__(block, **({"widget": RememberingBlockWidget(block)} | kwargs))


def is_always_the_same(block) -> bool:
    """Tell whether a block and all in it are described alike for ever.

    Not where choices or what it begins with are found out each time; nor for a list, whose items begin with an id.
    """
    choices = getattr(block, "_constructor_kwargs", {}).get("choices")
    picks_from_rows = isinstance(block, ChooserBlock) and hasattr(block.widget, "choices")
    if isinstance(block, ListBlock) or picks_from_rows or callable(choices) or callable(block.meta.default):
        return False
    return all(is_always_the_same(child) for child in getattr(block, "child_blocks", {}).values())


def take_the_place_of_wagtails() -> None:
    """Let all forms of the admin edit blocks with this widget (for `AppConfig.ready`)."""
    register_form_field_override(StreamField, override={"form_class": RememberingBlockField})
