"""The quarterly bulletin: its archive, its issues, and how often it comes out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.db import models
from django.shortcuts import redirect, render
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from bulletins.assembling.models import Assembly, Offer
from bulletins.assembling.panel import OriginsPanel
from bulletins.blocks import ItemsBlock, anchor_for
from bulletins.feeds import BulletinFeed
from bulletins.forms import BulletinPageForm
from bulletins.importing.models import BulletinImport
from bulletins.news import NewsIssue, issue_for_news, issues_for, take
from bulletins.passages import passages_of
from bulletins.pieces import pieces_of
from bulletins.querysets import BulletinQuerySet
from content.fetching import FetchesTogether, fetched_together
from content.rich_text import SENTENCE_FEATURES
from gathering.declared import AlertTopic, DeclaredPiece
from pages.models import BasePage
from pages.panels import introduction_panel
from pages.passages import DeclaredPassage, PassageKind
from updates.models import TrackedPage
from updates.panels import change_question_panel

ISSUES_A_PAGE = 20

__all__ = ["Assembly", "BulletinImport", "BulletinIndexPage", "BulletinPage", "BulletinSettings", "Offer", "Weekday"]


class Weekday(models.IntegerChoices):
    """The day of the week by which news must be in."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"


@register_setting(icon="doc-full")
class BulletinSettings(BaseSiteSetting):
    """What a new issue starts with."""

    first_month = models.PositiveSmallIntegerField(
        "issues come out in",
        choices=[
            (1, "January, April, July and October"),
            (2, "February, May, August and November"),
            (3, "March, June, September and December"),
        ],
        default=1,
    )
    deadline_weekday = models.PositiveSmallIntegerField(
        "last day for news",
        choices=Weekday,
        default=Weekday.MONDAY,
        help_text="The first such day of the month in which the next issue comes out. On a bank holiday it is the next "
        "working day. You can change the date in each issue.",
    )
    contact = models.ForeignKey(
        "organisation.Contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whom readers ask about the bulletin. Each issue can name somebody else.",
    )

    panels = [FieldPanel("first_month"), FieldPanel("deadline_weekday"), FieldPanel("contact")]

    class Meta:
        verbose_name = "bulletin settings"


class BulletinIndexPage(RoutablePageMixin, BasePage):
    """The archive: all issues by year, never lost."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["bulletins.BulletinPage"]
    max_count_per_parent = 1
    passage_kind = PassageKind.BULLETINS
    content_panels = BasePage.content_panels + [introduction_panel]

    class Meta:
        verbose_name = "bulletin archive"

    @classmethod
    def alert_topics(cls) -> list[AlertTopic]:
        """Return the bulletin, once, while an archive is public."""
        return [archive.alert_topic() for archive in cls.objects.visible().only("title")[:1]]

    def alert_topic(self) -> AlertTopic:
        """Return what its readers can hear of: each new issue."""
        return AlertTopic("bulletins", "Bulletins", "Each new issue of the bulletin", "Get each issue by e-mail")

    @classmethod
    def topics_alerted_by(cls, page) -> list[AlertTopic]:
        """Return the bulletin, for an issue."""
        return cls.alert_topics() if isinstance(page, BulletinPage) else []

    def issues(self) -> BulletinQuerySet:
        """Return the issues that readers may see, the latest first."""
        return BulletinPage.objects.child_of(self).visible().newest_first()

    def get_context(self, request, *args, **kwargs):
        """Add the years and one page of issues; as many queries for three issues as for three hundred."""
        context = super().get_context(request, *args, **kwargs)
        years = self.issues().years()
        chosen = request.GET.get("year", "")
        year = int(chosen) if chosen in {str(year) for year, _ in years} else None
        issues = self.issues().of_year(year) if year else self.issues()
        paginator = Paginator(issues.defer("items", "introduction"), ISSUES_A_PAGE)
        # Known from the years already: one query less.
        paginator.count = dict(years)[year] if year else sum(count for _, count in years)
        context |= {
            "years": years,
            "chosen_year": year,
            "issues": paginator.get_page(request.GET.get("page")),
            "feed_url": self.reverse_subpage("feed"),
        }
        return context

    def news_issue(self, *, on: date) -> NewsIssue:
        """Return the issue that news of a day is for, with its last day."""
        return issue_for_news(self, on=on)

    def issues_for_news(self, user, *, on: date) -> list[tuple[str, str]]:
        """Return (key, words) of the issues that somebody may put news into."""
        return issues_for(self, user, on=on)

    def take_news(self, news, *, key: str, user, now: datetime):
        """Put news into the draft of an issue; return its page and label. Raises CannotTakeNews."""
        return take(self, news, key=key, user=user, now=now)

    @path("send-news/", name="send_news")
    def send_news(self, request):
        """Lead to the form for news: an address that can be read out and that every issue knows."""
        return redirect("enquiries:news", pk=self.pk)

    @path("feed/", name="feed")
    def feed(self, request):
        """Answer the Atom feed of issues."""
        return BulletinFeed(self)(request)


@dataclass(frozen=True)
class Entry:
    """An item of an issue, as the list "On this page" and the page itself name it."""

    anchor: str
    title: str
    kind: str
    block: object


class BulletinPage(FetchesTogether, RoutablePageMixin, TrackedPage):
    """One quarterly issue. The web page is the canonical form; print and e-mail come from it."""

    issue_date = models.DateField("date of the issue", help_text="The first day of the quarter it belongs to.")
    quarter_label = models.CharField(
        "quarter", max_length=60, help_text="How readers call this issue, for example: April 2017"
    )
    introduction = RichTextField(
        blank=True, features=SENTENCE_FEATURES, help_text="One short paragraph. What should nobody miss in this issue?"
    )
    items = StreamField(
        ItemsBlock(),
        blank=True,
        help_text="Add one item for each piece. Drag them into the order in which they should be read; links to an "
        "item keep working.",
    )
    contact = models.ForeignKey(
        "organisation.Contact",
        verbose_name="contact for this issue",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="bulletins",
        help_text="Whom readers ask about this issue.",
    )
    next_deadline = models.DateField(
        "deadline for the next issue", null=True, blank=True, help_text="The last day to send in news for the next one."
    )

    objects = PageManager.from_queryset(BulletinQuerySet)()

    base_form_class = BulletinPageForm
    update_kind = "Bulletin"
    passage_kind = PassageKind.BULLETINS
    shown_relations = ("contact",)
    parent_page_types = ["bulletins.BulletinIndexPage"]
    subpage_types = []
    preview_modes = [("", "As on the site"), ("print", "As printed")]

    search_fields = BasePage.search_fields + [
        index.SearchField("introduction"),
        index.SearchField("items"),
        index.FilterField("issue_date"),
    ]
    content_panels = [
        HelpPanel(template="bulletins/admin/how_to.html", heading="How an issue comes about"),
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("quarter_label"), FieldPanel("issue_date")])], heading="Which issue?"
        ),
        FieldPanel("introduction"),
        FieldPanel("items", heading="What is in it?"),
        OriginsPanel(heading="Where items came from"),
        MultiFieldPanel(
            [FieldPanel("contact"), FieldPanel("next_deadline")], heading="Who answers questions, and what comes next?"
        ),
        change_question_panel,
    ]

    class Meta:
        verbose_name = "bulletin"

    def entries(self) -> list[Entry]:
        """Return the items in order, each with its anchor."""
        return [
            Entry(anchor_for(block.id or ""), block.value["heading"], block.block.label, block) for block in self.items
        ]

    def raw_items(self) -> list[tuple[str, dict]]:
        """Return (anchor, raw value) of each item, without fetching what the items refer to."""
        return [(anchor_for(raw.get("id") or ""), raw["value"]) for raw in self.items.raw_data]

    def declared_pieces(self) -> list[DeclaredPiece]:
        """Return the items as other rooms gather them: each with its topics and the pages it leads to."""
        return pieces_of(self)

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the issue and each of its items."""
        return [self.passage_of_page(label=self.update_kind, day=self.issue_date), *passages_of(self)]

    def highlights(self, most: int = 3) -> list[str]:
        """Return the headings of the first items, without fetching what the items refer to."""
        return [raw.get("heading", "") for _, raw in self.raw_items()[:most]]

    def get_context(self, request, *args, **kwargs):
        """Add what the templates show."""
        return super().get_context(request, *args, **kwargs) | {
            "entries": self.entries(),
            "archive_url": self.archive_url(request),
            "print_url": self.reverse_subpage("print"),
            "deadline_passed": self.next_deadline is not None and self.next_deadline < timezone.localdate(),
        }

    def archive_url(self, request) -> str:
        """Return the address of the archive, which is this page's without the last part."""
        return self.get_url(request).removesuffix(f"{self.slug}/")

    def structured_data(self, *, publisher: str) -> dict:
        """Return what search engines are told: an issue of a periodical, and the pieces in it (schema.org)."""
        address = self.full_url
        return {
            "@type": "PublicationIssue",
            "name": self.title,
            "issueNumber": self.quarter_label,
            "description": self.summary,
            "url": address,
            "datePublished": self.issue_date,
            "dateModified": self.last_published_at,
            "inLanguage": "en-GB",
            "publisher": {"@type": "Organization", "name": publisher},
            "hasPart": [
                {"@type": "Article", "headline": entry.title, "url": f"{address}#{entry.anchor}"}
                for entry in self.entries()
            ],
        }

    def serve_preview(self, request, mode_name):
        """Show the issue as on the site, or as printed."""
        if mode_name == "print":
            with fetched_together(self):
                return self.print_view(request)
        return super().serve_preview(request, mode_name)

    @path("print/", name="print")
    def print_view(self, request):
        """Answer the whole issue on plain paper."""
        return render(request, "bulletins/bulletin_print.html", self.get_context(request))
