"""A priority area: why, what we ask of agencies, how the work goes, and what there is about it."""

from datetime import date

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from content.fetching import fetched_together, rendered
from gathering.declared import AlertTopic, Newsworthy
from organisation.models import Contact
from pages.models import BasePage
from pages.passages import DeclaredPassage, PassageKind
from priorities.blocks import LIST_FEATURES, AsksBlock, ProgressListBlock
from priorities.forms import PriorityAreaForm
from priorities.hub import Hub, hub_of
from priorities.lists import lists_of
from priorities.models.years import PlanYearPage
from priorities.news import news_of
from priorities.passages import passages_of
from updates.history import KeepsHistory
from updates.models import TrackedPage
from updates.panels import change_question_panel

LINES_A_PAGE = 30


class PriorityAreaPage(KeepsHistory, TrackedPage):
    """What the board concentrates on. Its topics decide what the page gathers, without anyone linking by hand."""

    why = RichTextField(blank=True, features=LIST_FEATURES, help_text="Why this, and why now. A few sentences.")
    strategy = RichTextField(
        "what we want to change",
        blank=True,
        features=LIST_FEATURES,
        help_text="In short. The strategy itself comes from the library by its topic.",
    )
    asks = StreamField(AsksBlock(), blank=True, verbose_name="what we ask of agencies")
    progress = StreamField(
        ProgressListBlock(),
        blank=True,
        help_text="Add an entry whenever there is something to say. The newest is shown first.",
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whom people ask about this priority.",
    )

    base_form_class = PriorityAreaForm
    update_kind = "Priority area"
    passage_kind = PassageKind.PRIORITIES
    template = "priorities/priority_area_page.html"
    parent_page_types = ["priorities.PlanYearPage"]
    subpage_types = []
    shown_relations = ("contact",)
    compared_fields = (
        *TrackedPage.compared_fields,
        ("why", "Why"),
        ("strategy", "What we want to change"),
        ("asks", "What we ask of agencies"),
        ("progress", "Progress"),
        ("contact", "Contact"),
    )
    search_fields = BasePage.search_fields + [
        index.SearchField("why"),
        index.SearchField("strategy"),
        index.SearchField("asks"),
        index.SearchField("progress"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel(
            "topics",
            widget=CheckboxSelectMultiple,
            heading="What is it about?",
            help_text="The page gathers everything that carries one of these topics: tools, chapters, items of "
            "bulletins, training and updates.",
        ),
        MultiFieldPanel([FieldPanel("why"), FieldPanel("strategy")], heading="Why, and what for?"),
        FieldPanel(
            "asks",
            help_text="What each agency should do now, one thing at a time. Say who is meant: schools, GPs, all.",
        ),
        FieldPanel("progress", heading="How is the work going?"),
        FieldPanel("contact", heading="Whom do people ask?"),
        change_question_panel,
    ]
    promote_panels = [
        MultiFieldPanel([FieldPanel("audiences")], heading="Who is it for?"),
        *BasePage.promote_panels[1:],
    ]

    class Meta:
        verbose_name = "priority area"

    @classmethod
    def alert_topics(cls) -> list[AlertTopic]:
        """Return the public areas of the plan year that is running."""
        years = PlanYearPage.objects.running(on=timezone.localdate()).visible()
        of_a_year = Exists(years.filter(path=Substr(OuterRef("path"), 1, Length("path"))))
        areas = cls.objects.visible().filter(of_a_year).only("title")
        return [area.alert_topic() for area in areas.order_by("path")]

    def alert_topic(self) -> AlertTopic:
        """Return what its readers can hear of: this area, and all that is about its topics."""
        invitation = "Get an e-mail when there is something new about this"
        return AlertTopic(f"priority:{self.pk}", "Priority areas", self.title, invitation)

    @classmethod
    def topics_alerted_by(cls, page) -> list[AlertTopic]:
        """Return the areas about a topic of a page that they gather; of past years too, while somebody has them."""
        if not getattr(page, "gathered_under", None):
            return []
        areas = cls.objects.visible().filter(topics__in=page.topics.all()).only("title")
        return [area.alert_topic() for area in areas.distinct().order_by("path")]

    @cached_property
    def plan_year(self) -> PlanYearPage | None:
        """The plan year it belongs to; a query, once."""
        above = self.path[: -self.steplen]
        return PlanYearPage.objects.filter(path=above).first()

    def entries_of_progress(self) -> list:
        """Return the entries on progress, the newest first."""
        return sorted(
            (block for block in self.progress), key=lambda block: block.value["day"] or date.min, reverse=True
        )

    def standing(self) -> str:
        """Return in words how the work stood when that was last said; empty where it never was."""
        said = (block.value.standing_words() for block in self.entries_of_progress())
        return next(filter(None, said), "")

    def newsworthy(self, editions) -> list[Newsworthy]:
        """Return what of this period belongs in the next bulletin: a new priority, or new progress."""
        return news_of(self, editions)

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the priority area and each of its parts."""
        return [self.passage_of_page(label=self.update_kind), *passages_of(self)]

    def hub(self) -> Hub:
        """Return what the page gathers now."""
        year = self.plan_year
        topics = list(self.topics.values_list("pk", flat=True))
        return hub_of(self, topics=topics, ends_on=year and year.ends_on, now=timezone.now())

    def get_context(self, request, *args, **kwargs):
        """Add the year, and what was gathered; an old edition shows only what it said itself."""
        # A year that was taken down is not named: its title may be a draft's.
        today, year = timezone.localdate(), self.plan_year if self.plan_year and self.plan_year.live else None
        is_over = bool(year and year.is_over(on=today))
        return super().get_context(request, *args, **kwargs) | {
            "year": year,
            "is_over": is_over,
            "follows": self._now() if is_over and not self.is_past else None,
            "hub": None if self.is_past or self.withdrawn_as else self.hub(),
        }

    def _now(self):
        """Return the priority area of the running year that shares a topic with this one of an earlier year."""
        running = PlanYearPage.objects.visible().running(on=timezone.localdate()).newest_first().first()
        if running is None:
            return None
        about = PriorityAreaPage.objects.child_of(running).visible()
        return about.filter(topics__in=self.topics.all()).order_by("path").first()

    @path("", name="index")
    def index_view(self, request):
        """Answer the priority area as it is now."""
        with fetched_together(self):
            return rendered(TemplateResponse(request, self.get_template(request), self.get_context(request)))

    @path("everything/<slug:name>/", name="everything")
    def everything_view(self, request, name: str):
        """Answer the whole list under one heading, page by page."""
        chosen = lists_of(self, now=timezone.now()).get(name)
        if chosen is None:
            raise Http404
        paginator = Paginator(chosen.rows, LINES_A_PAGE)
        page_obj = paginator.get_page(request.GET.get("page"))
        context = {
            "page": self,
            "heading": chosen.heading,
            "page_obj": page_obj,
            "lines": [chosen.line(row) for row in page_obj],
            "canonical_url": f"{self.full_url}everything/{name}/",
        }
        return TemplateResponse(request, "priorities/everything.html", context)
