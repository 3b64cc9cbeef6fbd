"""Inspections, audits and reviews: what was found, what practitioners should do, and what agencies do about it."""

from django.db import models
from django.shortcuts import render
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from board_business.actions import Plan, plan_of
from board_business.blocks import LIST_FEATURES, ActionsBlock, DocumentsBlock, FindingsBlock
from board_business.findings import Finding, findings_of, places_of
from board_business.forms import ReviewPageForm
from board_business.models.records import BoardRecord
from board_business.news import news_of_review
from board_business.panels import OneSheetPanel
from board_business.passages import passages_of_review
from board_business.pieces import pieces_of_review
from board_business.querysets import ReviewQuerySet
from board_business.states import ReviewType
from content.fetching import fetched_together
from gathering.declared import DeclaredPiece, Newsworthy
from organisation.models import Contact
from pages.models import BasePage
from pages.passages import DeclaredPassage, PassageKind
from updates.models import TrackedPage
from updates.panels import change_question_panel

NO_NAMES = "Never the name of a child or of anybody in a family, nor what could tell who they are."


class ReviewPage(BoardRecord):
    """An inspection, audit or review, with its findings, its learning on one page, and its action plan."""

    review_type = models.CharField("type", max_length=24, choices=ReviewType)
    carried_out_by = models.CharField(
        max_length=120, blank=True, help_text="The inspectorate, agency or group. Not the name of a person."
    )
    theme = models.CharField(max_length=200, help_text="For example: children who live with domestic abuse")
    published_on = models.DateField(
        db_index=True, help_text="When it was finished or published. Lists go by this date."
    )
    period_from = models.DateField("looks at work from", null=True, blank=True)
    period_to = models.DateField("to", null=True, blank=True)
    content_warning = models.CharField(
        max_length=250,
        blank=True,
        help_text="One plain sentence, for example: This review describes the death of a child. Readers see it in "
        "lists and before the text. Empty: none is needed.",
    )
    methods = RichTextField(
        "how it was done", blank=True, features=LIST_FEATURES, help_text="In short: what was read, who was asked."
    )
    what_happened = RichTextField(
        "what it was about",
        blank=True,
        features=LIST_FEATURES,
        help_text=f"In general terms: what happened, or what was looked at. {NO_NAMES}",
    )
    good_practice = StreamField(FindingsBlock(), blank=True, verbose_name="what was good", help_text=NO_NAMES)
    areas_for_development = StreamField(
        FindingsBlock(), blank=True, verbose_name="what must get better", help_text=NO_NAMES
    )
    what_to_do = RichTextField(
        "what practitioners should do",
        blank=True,
        features=LIST_FEATURES,
        help_text="A short list, as you would say it to a colleague. It is the heart of the learning on one page.",
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name="whom to ask",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The team that answers questions about it.",
    )
    documents = StreamField(
        DocumentsBlock(), blank=True, verbose_name="what came of it", help_text="The full report, tools, chapters."
    )
    actions = StreamField(
        ActionsBlock(),
        blank=True,
        verbose_name="action plan",
        help_text="When an action moves on, change its state here and publish.",
    )

    objects = PageManager.from_queryset(ReviewQuerySet)()

    base_form_class = ReviewPageForm
    day_field = "published_on"
    passage_kind = PassageKind.BOARD
    update_kind = "Inspection, audit or review"
    gathered_under = "Inspections, audits and reviews"
    template = "board_business/review_page.html"
    parent_page_types = ["board_business.BoardBusinessPage"]
    subpage_types = []
    shown_relations = ("contact",)
    preview_modes = [("", "As on the site"), ("learning", "Learning on one page")]
    compared_fields = (
        *TrackedPage.compared_fields,
        ("review_type", "Type"),
        ("carried_out_by", "Carried out by"),
        ("theme", "Theme"),
        ("published_on", "Published on"),
        ("period_from", "Looks at work from"),
        ("period_to", "Looks at work to"),
        ("content_warning", "Content warning"),
        ("methods", "How it was done"),
        ("what_happened", "What it was about"),
        ("good_practice", "What was good"),
        ("areas_for_development", "What must get better"),
        ("what_to_do", "What you should do"),
        ("contact", "Whom to ask"),
        ("documents", "What came of it"),
        ("actions", "Action plan"),
    )

    search_fields = BasePage.search_fields + [
        index.SearchField("theme"),
        index.SearchField("what_happened"),
        index.SearchField("good_practice"),
        index.SearchField("areas_for_development"),
        index.SearchField("what_to_do"),
        index.SearchField("actions"),
        index.FilterField("review_type"),
        index.FilterField("published_on"),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("review_type"),
                        FieldPanel("carried_out_by"),
                    ]
                ),
                FieldPanel("theme"),
                FieldPanel("published_on"),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "period_from", help_text="The first day of the time that was looked at, if there is one."
                        ),
                        FieldPanel("period_to", help_text="The last day."),
                    ]
                ),
            ],
            heading="What was it, and when?",
        ),
        FieldPanel("content_warning", heading="Should readers be warned?"),
        MultiFieldPanel(
            [FieldPanel("what_happened"), FieldPanel("methods")], heading="What was it about, and how was it done?"
        ),
        MultiFieldPanel([FieldPanel("good_practice"), FieldPanel("areas_for_development")], heading="What was found?"),
        MultiFieldPanel(
            [FieldPanel("what_to_do"), FieldPanel("contact"), OneSheetPanel()],
            heading="What should practitioners do, and whom can they ask?",
        ),
        MultiFieldPanel([FieldPanel("documents"), FieldPanel("actions")], heading="What comes of it?"),
        change_question_panel,
    ]

    class Meta:
        verbose_name = "inspection, audit or review"
        verbose_name_plural = "inspections, audits and reviews"

    def plan(self) -> Plan:
        """Return the action plan as it stands on the day on which the page is looked at."""
        return plan_of(self.actions.raw_data, today=self.day_shown())

    def findings(self) -> dict[str, list[Finding]]:
        """Return the findings, ready to be shown, each with its anchor."""
        return {
            "good_practice": findings_of(self.good_practice),
            "development": findings_of(self.areas_for_development),
        }

    def linked_documents(self) -> list:
        """Return the pages that came of it and that readers may see."""
        return [block.value for block in self.documents if block.value and block.value.url]

    def declared_pieces(self) -> list[DeclaredPiece]:
        """Return the review, and findings with topics of their own, as other rooms gather them."""
        return pieces_of_review(self)

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the review, its parts and its findings."""
        label = self.get_review_type_display()
        return [self.passage_of_page(self.theme, label=label, day=self.published_on), *passages_of_review(self)]

    def newsworthy(self, editions) -> list[Newsworthy]:
        """Return what these editions found, or else what they tell of what was done since."""
        return news_of_review(self, editions, today=timezone.localdate())

    def get_context(self, request, *args, **kwargs):
        """Add the findings, the plan, and the places on the page."""
        plan, documents = self.plan(), self.linked_documents()
        return (
            super().get_context(request, *args, **kwargs)
            | self.findings()
            | {
                "plan": plan,
                "documents": documents,
                "entries": places_of(self, plan=plan, documents=documents),
            }
        )

    def serve_preview(self, request, mode_name):
        """Show the review as on the site, or its learning on one page."""
        return self.learning_view(request) if mode_name == "learning" else super().serve_preview(request, mode_name)

    @path("learning/", name="learning")
    def learning_view(self, request):
        """Answer what a team should know of it, made for one sheet of paper."""
        with fetched_together(self):
            context = {"page": self, "printed_on": timezone.localdate()} | self.findings()
            return render(request, "board_business/learning.html", context)
