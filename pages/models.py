"""The base page, and the two taxonomies that all content shares."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel, TitleFieldPanel
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageManager
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index

from pages.held import is_held
from pages.panels import EditTabs
from pages.passages import DeclaredPassage, PassageKind
from pages.permissions import PagePermissions
from pages.querysets import BackupQuerySet, BasePageQuerySet
from pages.routing import RoutedByAddress
from pages.tree import TreeSafePage


class Term(models.Model):
    """A word that content is sorted by."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Used in addresses and feeds. Do not change it later."
    )
    description = models.CharField(max_length=250, blank=True, help_text="What belongs here. Shown to staff only.")
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name


class Topic(Term):
    """What content is about: neglect, online safety, early help…"""

    def save(self, *args, **kwargs):
        """Save it; a name or word that belonged to a topic that was merged belongs to this one now."""
        super().save(*args, **kwargs)
        FormerTopic.objects.filter(Q(slug=self.slug) | Q(name__iexact=self.name)).delete()

    def names(self) -> list[str]:
        """Return its name and those of topics that were merged into it; prefetch `former`."""
        return [self.name, *(former.name for former in self.former.all())]


class FormerTopic(models.Model):
    """A topic that was merged into another: titles still name it, and its word in addresses leads on."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former", help_text="The one that stayed.")
    merged_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} → {self.topic}"


class Audience(Term):
    """Who content is for: social workers, schools, police…"""


class WithdrawnAs(models.TextChoices):
    """How a page was withdrawn; the room `updates` keeps why, when and what takes its place."""

    ERROR = "error", "Published in error"
    CONSOLIDATED = "consolidated", "Consolidated"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Backup(models.Model):
    """A backup that was finished, or failed: written when it was over, on whichever machine that was.

    Its own row is never in it, so a site that was restored from it knows of the one before at most.
    """

    over_at = models.DateTimeField(db_index=True)
    place = models.CharField(max_length=500, help_text="The machine and folder, or whatever keeps it.")
    bytes = models.PositiveBigIntegerField(null=True, help_text="Of all that is in it; empty where nobody said.")
    fault = models.CharField(max_length=300, blank=True, help_text="Why there is none, in a sentence about no person.")

    objects = BackupQuerySet.as_manager()

    def __str__(self):
        return f"{self.over_at:%Y-%m-%d %H:%M} {self.fault or self.place}"


class BasePage(TreeSafePage, RoutedByAddress, AbstractPage, DefaultBasePageMixin):
    """What every page of the site has: topics, audiences, an owner, review dates, and a summary.

    It takes the place of `wagtail.models.Page`; see docs/decisions/0001-base-page.md. Every page type extends it and
    states where it may stand (`parent_page_types`, `subpage_types`); a system check insists.
    """

    topics = ParentalManyToManyField(Topic, blank=True, related_name="pages")
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="pages")
    reviewed_on = models.DateField("last reviewed on", null=True, blank=True)
    review_due = models.DateField("review due by", null=True, blank=True)
    # Set and emptied with the record of the withdrawal, by `updates.withdrawing.services` alone.
    withdrawn_as = models.CharField(
        max_length=12, choices=WithdrawnAs, blank=True, default="", db_default="", editable=False
    )

    objects = PageManager.from_queryset(BasePageQuerySet)()

    # Whether readers must know when the page changes. Page types of the `updates` room say yes.
    is_tracked = False
    # What readers find a page of this type under when they search.
    passage_kind = PassageKind.PAGES
    # False for a page with a form, or anything else that differs between readers.
    is_cacheable = True
    # False for a page to which people come in need: it asks nothing of them.
    asks_for_feedback = True
    default_exclude_fields_in_copy = AbstractPage.default_exclude_fields_in_copy + ["withdrawn_as"]

    # `pages.indexing` does it.
    search_auto_update = False
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
            [
                FieldPanel("topics", help_text="All that fit. Priority areas gather pages by them."),
                FieldPanel("audiences", help_text="Whom it is written for. Readers narrow lists by this."),
            ],
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
            [
                FieldPanel(
                    "owner",
                    help_text="Is reminded of reviews. When they have left, whoever approves the page is.",
                ),
                FieldPanel(
                    "reviewed_on",
                    help_text="When somebody last read it and found it right. “Reviewed, no change” in the menu “…” "
                    "fills this in.",
                ),
                FieldPanel(
                    "review_due", help_text="Reminders go out 8 weeks, 4 weeks and a day before, and weekly after that."
                ),
            ],
            heading="Who looks after this page, and when is it looked at again?",
        ),
    ]

    edit_handler = EditTabs()

    class Meta(AbstractPageMeta):
        verbose_name = "page"
        constraints = [
            models.CheckConstraint(condition=Q(live=False) | Q(withdrawn_as=""), name="public_page_is_not_withdrawn")
        ]

    @property
    def summary(self) -> str:
        """One or two sentences on the page, for lists and share cards."""
        return self.search_description

    def permissions_for_user(self, user) -> PagePermissions:
        """Return what somebody may do with the page."""
        return PagePermissions(user, self)

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return what the search finds of this page: its title and summary, and what its type adds to them."""
        return [self.passage_of_page()]

    def passage_of_page(self, *more, **fields) -> DeclaredPassage:
        """Return the passage for the page itself, with more text after its summary and introduction."""
        text = [self.search_description, getattr(self, "introduction", ""), *more]
        values = {"kind": self.passage_kind, "title": self.title, "text": text}
        return DeclaredPassage(**values | fields)

    def get_admin_display_title(self):
        """Return what lists of the admin call the page: the name that readers know, also while a draft has another.

        Choosers and reports show it to everybody who may open the admin. The page above the home page is a place, and
        is called what it holds.
        """
        if self.is_root():
            return "All pages"
        return self.title if self.live else super().get_admin_display_title()

    @property
    def status_string(self) -> str:
        """The word for the page's state in the admin."""
        if self.withdrawn_as:
            return self.get_withdrawn_as_display().lower()
        if self.workflow_in_progress and not (self.approved_schedule or self.expired):
            return "live + waiting for approval" if self.live else "waiting for approval"
        return super().status_string

    def before_saving(self, update_fields):
        """Take from the database whether the page is withdrawn, never from memory or an old draft.

        Except that a page made public is not withdrawn any more, and an alias never is.
        """
        super().before_saving(update_fields)
        if update_fields is None:
            may_be = self.pk is not None and not self.live and not self.alias_of_id
            self.withdrawn_as = self._stored_withdrawn_as() if may_be else ""

    def before_saving_draft(self, overwrite_revision):
        """Make a new draft instead of changing one that somebody goes by."""
        overwrite_revision = super().before_saving_draft(overwrite_revision)
        return None if overwrite_revision and is_held(overwrite_revision) else overwrite_revision

    def with_content_json(self, content):
        """Return the page as a revision has it; a revision from before the withdrawal does not undo it."""
        page = super().with_content_json(content)
        page.withdrawn_as = self.withdrawn_as
        return page

    def _stored_withdrawn_as(self) -> str:
        return BasePage.objects.filter(pk=self.pk).values_list("withdrawn_as", flat=True).first() or ""
