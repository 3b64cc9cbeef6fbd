"""Chooser blocks that take their object from what was fetched for the page being shown."""

from wagtail.blocks import PageChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from content.fetching import base_model, fetched


class FetchedTogether:
    """Mixin for chooser blocks: no query of their own while a page is shown, Wagtail's own way everywhere else."""

    def to_python(self, value):
        """Return the chosen object, or None."""
        if fetched() is None:
            return super().to_python(value)
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values):
        """Return the chosen objects in the order of the keys; None for what is gone or not for readers."""
        values = list(values)
        if (store := fetched()) is None:
            return super().bulk_to_python(values)
        found = store.get_many(base_model(self.model_class), values)
        return [found.get(value) for value in values]


class PageLinkBlock(FetchedTogether, PageChooserBlock):
    """A link to a page of this site; it follows the page when that is renamed or moved."""


class ContactChooserBlock(FetchedTogether, SnippetChooserBlock):
    """A contact of the directory; pages refer to contacts and never copy them."""


class PictureChooserBlock(FetchedTogether, ImageChooserBlock):
    """A picture of the image library."""


class AreaChooserBlock(FetchedTogether, SnippetChooserBlock):
    """A part of the board's area."""

    def __init__(self, **kwargs):
        super().__init__("organisation.Area", **kwargs)

    def deconstruct(self):
        """Refer to this class in migrations."""
        return ("content.choosers.AreaChooserBlock", [], self._constructor_args[1])
