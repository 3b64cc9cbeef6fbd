"""Passages that hold for one area only."""

from wagtail.blocks import StreamBlock, StructBlock, StructValue

from content.blocks import CalloutBlock, ContactBlock, PictureBlock, TableBlock, TextBlock
from content.choosers import AreaChooserBlock
from content.fetching import fetched, references_of
from content.rich_text import BODY_FEATURES
from organisation.models import Area
from pages.caching import remember

# As long as pages are stored.
SECONDS = 60


def areas_to_choose(page) -> list[Area]:
    """Return all areas, for templates/components/area_choice.html; none where no passage of the page is for one area.

    All, not only those that occur: to a reader of one area a passage for another is in the way, whether or not the page
    has anything for their own. No query while the areas are remembered.
    """
    if (store := fetched()) is None:
        occurring = {key for model, key in references_of(page) if model is Area}
    else:
        occurring = {key for key, area in store.get_many(Area, []).items() if area}
    areas = remember("areas", lambda: list(Area.objects.all()), timeout=SECONDS) if occurring else []
    return areas if len(areas) > 1 and any(area.pk in occurring for area in areas) else []


class LocalVariantValue(StructValue):
    """A passage and the area it is for."""

    def label(self) -> str:
        """Return the words that stand above the passage, also when its area has been deleted since."""
        area = self["area"]
        return f"For {area} only" if area else "For one area only"


class LocalVariantBlock(StructBlock):
    """A passage for one area; `features` says what its rich text may hold."""

    def __init__(self, local_blocks=None, features=BODY_FEATURES, **kwargs):
        body = StreamBlock(
            [
                ("text", TextBlock(features=features)),
                ("callout", CalloutBlock()),
                ("table", TableBlock()),
                ("image", PictureBlock()),
                ("contact", ContactBlock()),
            ],
            template="blocks/stream.html",
            help_text="What holds in this area only.",
        )
        super().__init__([("area", AreaChooserBlock()), ("body", body), *(local_blocks or [])], **kwargs)
        self._short_form = kwargs | {"features": list(features)}

    def deconstruct(self):
        """Refer to this class in migrations, so that a change of what may stand in a passage needs none."""
        return ("content.local.LocalVariantBlock", [], self._short_form)

    def deconstruct_with_lookup(self, lookup):
        """Do the same where migrations share definitions."""
        return self.deconstruct()

    @classmethod
    def construct_from_lookup(cls, lookup, *args, **kwargs):
        """Build the block again from a migration."""
        return cls(**kwargs)

    class Meta:
        icon = "site"
        label = "For one area"
        template = "blocks/local.html"
        value_class = LocalVariantValue
        description = (
            "A passage that holds in one area only. Readers can choose their area; the others are folded away."
        )
        preview_value = {
            "area": None,
            "body": [{"type": "text", "value": "<p>Ring the team of this area, on working days until 5pm.</p>"}],
        }
