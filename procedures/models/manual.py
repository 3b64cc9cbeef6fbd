"""The manual and its parts."""

from datetime import date

from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from content.rich_text import SENTENCE_FEATURES
from gathering.declared import AlertTopic
from pages.models import BasePage
from pages.panels import introduction_panel
from pages.passages import PassageKind
from procedures.contents import contents_of
from procedures.listing import Listing, listed_now, listed_on, scheduled_in
from procedures.print_views import PrintsManual, PrintsPart
from updates.days import NotADay, day_in_address, day_in_form
from updates.history import format_day

BELOW = ["procedures.PartPage", "procedures.ChapterPage", "procedures.AmendmentsPage", "content.GlossaryPage"]


class ManualPage(PrintsManual, RoutablePageMixin, BasePage):
    """A procedures manual: its list of contents, now and on any day, and what holds for all of its chapters."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)
    notice = models.CharField(
        "notice on every chapter",
        max_length=300,
        blank=True,
        help_text="One or two sentences, for example that a chapter is not yet agreed. Usually empty.",
    )
    first_number = models.PositiveSmallIntegerField(
        "number of the first part",
        choices=[(0, "0 – the first part is an introduction"), (1, "1")],
        default=1,
        help_text="Parts and chapters are counted from here.",
    )
    state_days = models.PositiveSmallIntegerField(
        "days for which a chapter is called new or updated", default=60, help_text="Afterwards the word goes by itself."
    )
    next_update_due = models.DateField(
        null=True, blank=True, help_text="Shown on the amendments page, and on what people print as “valid until”."
    )
    suggestions_until = models.DateField(
        "suggestions for the next update until", null=True, blank=True, help_text="Later ones wait for the one after."
    )
    escalation_page = models.ForeignKey(
        BasePage,
        verbose_name="escalation policy",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What to do when agencies disagree. Every chapter leads there in one step.",
    )

    template = "procedures/manual_page.html"
    passage_kind = PassageKind.PROCEDURES
    parent_page_types = ["home.HomePage"]
    subpage_types = BELOW
    content_panels = [
        *BasePage.content_panels,
        introduction_panel,
        FieldPanel("notice"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("next_update_due"), FieldPanel("suggestions_until")])],
            heading="When is the next update?",
        ),
        FieldPanel("escalation_page"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("first_number"), FieldPanel("state_days")])], heading="How is it shown?"
        ),
    ]

    class Meta:
        verbose_name = "procedures manual"

    @classmethod
    def alert_topics(cls) -> list[AlertTopic]:
        """Return every manual that is public."""
        return [manual.alert_topic() for manual in cls.objects.visible().only("title").order_by("path")]

    def alert_topic(self) -> AlertTopic:
        """Return what its readers can hear of: every change of a chapter."""
        invitation = "Get an e-mail when a chapter changes"
        return AlertTopic(f"manual:{self.pk}", "Procedures", f"Every change in “{self.title}”", invitation)

    @classmethod
    def topics_alerted_by(cls, page) -> list[AlertTopic]:
        """Return the manual that a chapter stands in."""
        return [manual.alert_topic() for manual in cls.objects.ancestor_of(page).visible().only("title")]

    def get_context(self, request, *args, **kwargs):
        """Add the list of contents as it is now."""
        return super().get_context(request, *args, **kwargs) | {
            "listing": listed_now(manual=self, now=timezone.now()),
            "manual": contents_of(self.pk).manual,
            "today": timezone.localdate(),
        }

    @path("on/", name="on")
    def on_chosen_day(self, request):
        """Lead from the date box to the address of that day."""
        typed = request.GET.get("date", "")[:40]
        try:
            day = day_in_form(typed)
        except NotADay as error:
            return self._answer(request, message=str(error), typed=typed)
        return redirect(self.get_url(request) + self.reverse_subpage("on_day", args=[day.isoformat()]))

    @path("on/<str:day>/", name="on_day")
    def on_day(self, request, day: str):
        """Answer the list of contents as it stood when a day ended."""
        try:
            chosen = day_in_address(day)
        except NotADay as error:
            raise Http404 from error
        if chosen > timezone.localdate():
            return self._answer_day_to_come(request, chosen)
        return self._answer(request, listing=listed_on(manual=self, day=chosen), day=chosen)

    def _answer_day_to_come(self, request, day: date):
        """Answer for a day to come: staff see what is scheduled until then, nobody else does."""
        message = f"{format_day(day)} is still to come. Nobody can say yet what the manual will hold then."
        may_see = self.permissions_for_user(request.user).can_edit()
        scheduled = scheduled_in(manual=self, until=day) if may_see else []
        return self._answer(request, message=message, typed=day.isoformat(), scheduled=scheduled)

    def _answer(self, request, *, listing: Listing | None = None, day: date | None = None, **words):
        context = self.get_context(request) | {"day": day} | words
        if listing is not None:
            context["listing"] = listing
        context |= {"noindex": True, "canonical_url": self.full_url}
        return TemplateResponse(request, self.get_template(request), context)


class PartPage(PrintsPart, BasePage):
    """A part of the manual: a title with chapters and smaller parts below it."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)

    template = "procedures/part_page.html"
    passage_kind = PassageKind.PROCEDURES
    parent_page_types = ["procedures.ManualPage", "procedures.PartPage"]
    subpage_types = BELOW
    content_panels = [*BasePage.content_panels, introduction_panel]

    class Meta:
        verbose_name = "part of a manual"

    def get_context(self, request, *args, **kwargs):
        """Add what stands below the part, and its number."""
        context = super().get_context(request, *args, **kwargs)
        manual = next((page for page in reversed(self.trail()) if page.specific_class is ManualPage), None)
        if manual is None:
            return context | {"listing": None, "line": None}
        manual = manual.specific
        return context | {
            "listing": listed_now(manual=manual, now=timezone.now(), below=self.pk),
            "line": contents_of(manual.pk).line(self.pk),
            "manual": contents_of(manual.pk).manual,
        }
