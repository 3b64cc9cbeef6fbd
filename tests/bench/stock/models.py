"""Pages with the fields and blocks of our chapter, written as Wagtail's own documentation writes them."""

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.blocks import BooleanBlock, CharBlock, PageChooserBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page  # noqa: TID251  (a stock site has Wagtail's own)
from wagtail.search import index
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.models import register_snippet

SENTENCE = ["bold", "italic", "link", "document-link"]
TEXT = ["h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class Topic(models.Model):
    """What a page is about."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self):
        return self.name


class Audience(models.Model):
    """Who a page is for."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self):
        return self.name


@register_snippet
class Contact(models.Model):
    """Whom to ring."""

    name = models.CharField(max_length=80)

    def __str__(self):
        return self.name


@register_snippet
class Area(models.Model):
    """A part of the board's area."""

    name = models.CharField(max_length=80)

    def __str__(self):
        return self.name


class CalloutBlock(StructBlock):
    """What must not be missed."""

    title = CharBlock(required=False, max_length=120)
    text = RichTextBlock(features=[*SENTENCE, "ul"])


class PictureBlock(StructBlock):
    """A picture with its description."""

    image = ImageChooserBlock()
    alt_text = CharBlock(required=False, max_length=250)
    decorative = BooleanBlock(required=False)
    caption = CharBlock(required=False, max_length=250)


class BodyBlock(StreamBlock):
    """Text, and what may stand between it."""

    text = RichTextBlock(features=TEXT)
    callout = CalloutBlock()
    table = TypedTableBlock([("text", RichTextBlock(features=SENTENCE, required=False))])
    image = PictureBlock()
    contact = SnippetChooserBlock(Contact)


class LocalBlock(StructBlock):
    """A passage that holds in one area."""

    area = SnippetChooserBlock(Area)
    body = BodyBlock()


class PassagesBlock(BodyBlock):
    """What may stand below a heading."""

    local = LocalBlock()


class SubsectionBlock(StructBlock):
    """A smaller heading, with what belongs to it."""

    heading = CharBlock(max_length=200)
    body = PassagesBlock(required=False)


class SectionBodyBlock(PassagesBlock):
    """What may stand in a section."""

    subsection = SubsectionBlock()


class SectionBlock(StructBlock):
    """A heading, with what belongs to it."""

    heading = CharBlock(max_length=200)
    body = SectionBodyBlock(required=False)


class ChapterPage(Page):
    """A chapter."""

    topics = ParentalManyToManyField(Topic, blank=True)
    audiences = ParentalManyToManyField(Audience, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    scope = RichTextField(blank=True, features=[*SENTENCE, "ul"])
    relevant_guidance = RichTextField(blank=True, features=[*SENTENCE, "ul"])
    related = StreamField([("page", PageChooserBlock())], blank=True)
    sections = StreamField([("section", SectionBlock())], blank=True)
    under_review_since = models.DateField(null=True, blank=True)
    under_review_reason = models.CharField(max_length=300, blank=True)

    search_fields = Page.search_fields + [
        index.SearchField("search_description"),
        index.SearchField("scope"),
        index.SearchField("sections"),
    ]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("scope"), FieldPanel("relevant_guidance"), FieldPanel("related")]),
        FieldPanel("sections"),
        MultiFieldPanel([FieldPanel("under_review_since"), FieldPanel("under_review_reason")]),
    ]
    promote_panels = [MultiFieldPanel([FieldPanel("topics"), FieldPanel("audiences")]), *Page.promote_panels]
    settings_panels = [
        PublishingPanel(),
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("reviewed_on"), FieldPanel("review_due")]),
    ]
