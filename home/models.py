"""The home page, and the pages that explain."""

from django.db import models
from django.utils.html import escape
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.search import index

from bulletins.models import BulletinPage
from content.blocks import PageBodyBlock
from content.excerpts import text_of
from content.fetching import FetchesTogether
from content.glossary import with_words
from content.headings import anchored, by_heading
from home.blocks import DestinationBlock, PriorityCardBlock
from pages.caching import remember
from pages.models import BasePage
from pages.passages import DeclaredPassage
from updates.models import Edition, WhatsNewPage
from updates.whats_new.lines import Update

CHANGES_SHOWN = 5
REMEMBERED_SECONDS = 60


class TasksBlock(StreamBlock):
    """The things people come for."""

    link = DestinationBlock()


class PrioritiesBlock(StreamBlock):
    """The board's priorities of the year."""

    priority = PriorityCardBlock()


class HomePage(FetchesTogether, BasePage):
    """The front door: whom to call, what people came for, and what has changed."""

    introduction = models.CharField(max_length=250, blank=True, help_text="One sentence under the title.")
    tasks = StreamField(TasksBlock(max_num=6), blank=True, help_text="Up to six things people come for most.")
    priorities_heading = models.CharField(max_length=80, default="This year's priorities")
    priorities = StreamField(PrioritiesBlock(max_num=6), blank=True)
    news_page = models.ForeignKey(
        BasePage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Where people read how to send in news for the next bulletin.",
    )

    shown_relations = ("news_page",)
    parent_page_types = ["pages.BasePage"]
    subpage_types = [
        "board_business.BoardBusinessPage",
        "bulletins.BulletinIndexPage",
        "content.GlossaryPage",
        "documents.LibraryPage",
        "home.InformationPage",
        "organisation.ContactsPage",
        "priorities.PrioritiesPage",
        "procedures.ManualPage",
        "updates.WhatsNewPage",
    ]
    max_count = 1
    content_panels = BasePage.content_panels + [
        FieldPanel("introduction"),
        FieldPanel("tasks", heading="What do people come for?"),
        MultiFieldPanel(
            [
                FieldPanel("priorities_heading", heading="Heading", help_text="Stands above the cards."),
                FieldPanel(
                    "priorities",
                    help_text="Press + to add a card, at most six. Readers see them in this order. Without any, "
                    "nothing is shown here.",
                ),
            ],
            heading="What does the board concentrate on this year?",
        ),
        FieldPanel("news_page", heading="How is news sent in?"),
    ]

    class Meta:
        verbose_name = "home page"

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return nothing: every page leads here, and what it says is said elsewhere."""
        return []

    def shown_tasks(self) -> list:
        """Return the tasks that lead somewhere readers may go."""
        return [task for task in self.tasks if task.value.href()]

    def structured_data(self, *, publisher: str) -> dict:
        """Return what search engines are told: a website and who runs it (schema.org)."""
        return {
            "@type": "WebSite",
            "name": publisher or self.title,
            "description": self.summary,
            "url": self.full_url,
            "inLanguage": "en-GB",
            "publisher": {"@type": "GovernmentOrganization", "name": publisher, "url": self.full_url},
        }

    def get_context(self, request, *args, **kwargs):
        """Add the latest bulletin and what changed: two queries, however much there is."""
        latest = BulletinPage.objects.descendant_of(self).visible().newest_first().first()
        return super().get_context(request, *args, **kwargs) | {
            "latest_bulletin": latest,
            "next_deadline": latest.next_deadline if latest else None,
            "changes": [Update.of_edition(edition) for edition in Edition.objects.updates()[:CHANGES_SHOWN]],
            "all_changes_url": remember("home:all-changes", self._all_changes_url, timeout=REMEMBERED_SECONDS),
        }

    def _all_changes_url(self) -> str:
        page = WhatsNewPage.objects.descendant_of(self).visible().first()
        return page.url if page else ""


class InformationPage(FetchesTogether, BasePage):
    """A page that explains: about us, privacy, accessibility, staying safe online."""

    body = StreamField(PageBodyBlock(), blank=True)

    parent_page_types = ["home.HomePage", "home.InformationPage"]
    subpage_types = ["home.InformationPage"]
    search_fields = BasePage.search_fields + [index.SearchField("body")]
    content_panels = BasePage.content_panels + [
        FieldPanel(
            "body",
            heading="What do readers need to know?",
            help_text="Begin with what most people come for. Headings in the text become the list “On this page”.",
        )
    ]

    class Meta:
        verbose_name = "information page"

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the page with what comes first on it, and what stands below each of its headings."""
        html = "".join(_html_of(raw) for raw in self.body.raw_data)
        (_, first), *parts = by_heading(html)
        below = [
            DeclaredPassage(self.passage_kind, heading.title, text, anchor=heading.anchor) for heading, text in parts
        ]
        return [self.passage_of_page(first), *below]

    def get_context(self, request, *args, **kwargs):
        """Add the text with an anchor on each heading, the list of those headings, and the glossary's words in it."""
        context = super().get_context(request, *args, **kwargs)
        text, context["entries"] = anchored(self.body.render_as_block(context))
        [context["body_html"]], context["used_words"] = with_words(text)
        return context


def _html_of(raw: dict) -> str:
    """Return rich text as it is, and the words of any other block as a paragraph."""
    return raw["value"] if raw["type"] == "text" else f"<p>{escape(text_of(raw['value']))}</p>"
