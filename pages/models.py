"""The base page, and the two taxonomies that all content shares."""

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel, TitleFieldPanel
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageManager
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index

from pages.panels import EditTabs
from pages.querysets import BasePageQuerySet
from pages.routing import RoutedByAddress
from pages.tree import TreeSafePage


class Term(models.Model):
    """A word that content is sorted by."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Used in addresses and feeds. Do not change it later."
    )
    description = models.CharField(max_length=250, blank=True, help_text="What belongs here. Shown to staff only.")

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name


class Topic(Term):
    """What content is about: neglect, online safety, early help…"""


class Audience(Term):
    """Who content is for: social workers, schools, police…"""


class BasePage(TreeSafePage, RoutedByAddress, AbstractPage, DefaultBasePageMixin):
    """What every page of the site has: topics, audiences, an owner, review dates, and a summary.

    It takes the place of `wagtail.models.Page`; see docs/decisions/0001-base-page.md. Every page type extends it and
    states where it may stand (`parent_page_types`, `subpage_types`); a system check insists.
    """

    topics = ParentalManyToManyField(Topic, blank=True, related_name="pages")
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="pages")
    reviewed_on = models.DateField("last reviewed on", null=True, blank=True)
    review_due = models.DateField("review due by", null=True, blank=True)

    objects = PageManager.from_queryset(BasePageQuerySet)()

    # Whether readers must know when the page changes. Page types of the `updates` room say yes.
    is_tracked = False
    # False for a page with a form, or anything else that differs between readers.
    is_cacheable = True

    search_fields = (
        AbstractPage.search_fields
        + DefaultBasePageMixin.search_fields
        + [
            index.SearchField("search_description"),
        ]
    )

    summary_panel = FieldPanel(
        "search_description",
        heading="Summary",
        help_text="One or two plain sentences. Shown in lists, in search results and when someone shares the page.",
    )
    content_panels = [
        TitleFieldPanel("title", help_text="As readers should see it. Short and in plain words."),
        summary_panel,
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("topics"), FieldPanel("audiences")],
            heading="What is it about, and who is it for?",
            help_text="Lists, filters and alerts use these.",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug", help_text="The last part of the page's address. Changing it leaves a redirect behind."
                ),
                FieldPanel("seo_title", heading="Title for search engines", help_text="Leave empty to use the title."),
            ],
            heading="Address and search engines",
        ),
    ]
    settings_panels = [
        PublishingPanel(),
        MultiFieldPanel(
            [FieldPanel("owner"), FieldPanel("reviewed_on"), FieldPanel("review_due")],
            heading="Who looks after this page, and when is it looked at again?",
        ),
    ]

    edit_handler = EditTabs()

    class Meta(AbstractPageMeta):
        verbose_name = "page"

    @property
    def summary(self) -> str:
        """One or two sentences on the page, for lists and share cards."""
        return self.search_description
