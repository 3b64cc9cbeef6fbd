"""The pieces of text that pages of every kind are made of."""

from django.core.exceptions import ValidationError
from wagtail.blocks import BooleanBlock, CharBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from content.choosers import ContactChooserBlock, PictureChooserBlock
from content.rich_text import BODY_FEATURES, PAGE_FEATURES, SENTENCE_FEATURES


class TextBlock(RichTextBlock):
    """Running text with headings, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "blocks/text.html"
        description = "Paragraphs, lists, links and smaller headings."
        preview_value = "<p>Share what you know <b>early</b>. A small worry may complete a picture.</p>"


class CalloutBlock(StructBlock):
    """What a reader in a hurry must not miss."""

    title = CharBlock(required=False, max_length=120, help_text="A few words, for example: You must")
    text = RichTextBlock(features=[*SENTENCE_FEATURES, "ul"])

    class Meta:
        icon = "warning"
        label = "Callout"
        template = "blocks/callout.html"
        description = "A tinted box for the one thing that must not be missed. Use it sparingly."
        preview_value = {
            "title": "You must",
            "text": "<p>Share your report with the family two working days before the conference.</p>",
        }


class PictureBlock(StructBlock):
    """A picture with its description."""

    image = PictureChooserBlock(label="Picture")
    alt_text = CharBlock(
        required=False,
        label="Description",
        max_length=250,
        help_text="What the picture tells, for people who cannot see it.",
    )
    decorative = BooleanBlock(
        required=False, label="Only decoration", help_text="Tick this when nothing is lost without the picture."
    )
    caption = CharBlock(required=False, max_length=250, help_text="Shown under the picture.")

    def clean(self, value):
        """Insist on a description or on the tick, never both."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["alt_text"]) == bool(cleaned["decorative"]):
            raise StructBlockValidationError(
                block_errors={
                    "alt_text": ValidationError("Describe the picture, or tick “Only decoration” (one of the two).")
                }
            )
        return cleaned

    class Meta:
        icon = "image"
        label = "Picture"
        template = "blocks/image.html"
        description = "A picture with a description for people who cannot see it."
        preview_value = {"image": None, "alt_text": "", "decorative": True, "caption": "Your picture appears here."}


class TableBlock(TypedTableBlock):
    """A table with headed columns."""

    def __init__(self, **kwargs):
        super().__init__([("text", RichTextBlock(features=SENTENCE_FEATURES, required=False, label="Text"))], **kwargs)

    def deconstruct(self):
        """Refer to this class in migrations, so that a change of its columns needs none."""
        return ("content.blocks.TableBlock", [], self._constructor_kwargs)

    def deconstruct_with_lookup(self, lookup):
        """Do the same where migrations share definitions."""
        return self.deconstruct()

    @classmethod
    def construct_from_lookup(cls, lookup, *args, **kwargs):
        """Build the block again from a migration."""
        return cls(**kwargs)

    class Meta:
        icon = "table"
        label = "Table"
        template = "blocks/table.html"
        description = "Rows and columns. Give every column a heading."

    def get_preview_value(self):
        """Return a small table."""
        return self.to_python(
            {
                "caption": "When to ring",
                "columns": [{"type": "text", "heading": "Worry"}, {"type": "text", "heading": "Ring"}],
                "rows": [
                    {"values": ["<p>In danger now</p>", "<p>999</p>"]},
                    {"values": ["<p>Any other</p>", "<p>101</p>"]},
                ],
            }
        )


class ContactBlock(ContactChooserBlock):
    """One entry of the contacts directory."""

    def __init__(self, **kwargs):
        super().__init__("organisation.Contact", **kwargs)

    def deconstruct(self):
        """Refer to this class in migrations."""
        return ("content.blocks.ContactBlock", [], self._constructor_args[1])

    class Meta:
        icon = "user"
        label = "Contact"
        template = "blocks/contact.html"
        description = "A team from the contacts directory. When its number changes there, it changes here."

    def get_preview_value(self):
        """Return the first entry of the directory, if there is one."""
        return self.model_class.objects.first()

    is_previewable = True


class BodyBlock(StreamBlock):
    """The body of an item: text, and what may stand between it."""

    text = TextBlock(features=BODY_FEATURES)
    callout = CalloutBlock()
    table = TableBlock()
    image = PictureBlock()
    contact = ContactBlock()

    class Meta:
        template = "blocks/stream.html"


class PageBodyBlock(BodyBlock):
    """The body of a whole page: headings begin one level higher."""

    text = TextBlock(features=PAGE_FEATURES)

    class Meta:
        template = "blocks/stream.html"
