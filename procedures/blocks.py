"""What a chapter is made of: sections, subsections, and the passages in them."""

from wagtail.blocks import CharBlock, StreamBlock, StructBlock

from content.blocks import BodyBlock, TextBlock
from content.choosers import PageLinkBlock
from content.local import LocalVariantBlock

# h2 is the section's heading and h3 the subsection's.
CHAPTER_FEATURES = ["h4", "bold", "italic", "ol", "ul", "link", "document-link"]
LONGEST_HEADING = 200


class PassagesBlock(BodyBlock):
    """What may stand below a heading."""

    text = TextBlock(features=CHAPTER_FEATURES)
    local = LocalVariantBlock(features=CHAPTER_FEATURES)


class SubsectionBlock(StructBlock):
    """A numbered heading inside a section, with what belongs to it."""

    heading = CharBlock(max_length=LONGEST_HEADING, help_text="Without a number: it comes by itself.")
    body = PassagesBlock(required=False, label="Text")

    class Meta:
        icon = "list-ol"
        label = "Subsection"
        label_format = "{heading}"
        description = "A smaller numbered heading, such as 2.1, with its text."
        preview_value = {"heading": "Parents and carers", "body": []}


class SectionBodyBlock(PassagesBlock):
    """What may stand in a section: text, then subsections."""

    subsection = SubsectionBlock()


class SectionBlock(StructBlock):
    """A numbered heading of a chapter, with what belongs to it."""

    heading = CharBlock(max_length=LONGEST_HEADING, help_text="Without a number: it comes by itself.")
    body = SectionBodyBlock(required=False, label="Text and subsections")

    class Meta:
        icon = "list-ol"
        label = "Section"
        label_format = "{heading}"
        description = "A numbered heading, such as 2, with its text and subsections. Links to it keep working."
        preview_value = {"heading": "Who attends", "body": []}


class SectionsBlock(StreamBlock):
    """The sections of a chapter, in order."""

    section = SectionBlock()


class RelatedBlock(StreamBlock):
    """Chapters, documents and other pages that are used together with this one."""

    page = PageLinkBlock(label="Chapter or page")
