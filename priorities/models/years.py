"""The index of plan years, and a plan year with its priority areas."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager

from content.fetching import FetchesTogether
from content.rich_text import SENTENCE_FEATURES
from pages.models import BasePage
from pages.panels import introduction_panel
from pages.passages import PassageKind
from priorities.querysets import PlanYearQuerySet


class PrioritiesPage(FetchesTogether, BasePage):
    """All plan years: the present one with its priorities, and those before, which stay."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)

    template = "priorities/priorities_page.html"
    passage_kind = PassageKind.PRIORITIES
    parent_page_types = ["home.HomePage"]
    subpage_types = ["priorities.PlanYearPage"]
    max_count_per_parent = 1
    content_panels = BasePage.content_panels + [introduction_panel]

    class Meta:
        verbose_name = "priorities"

    def get_context(self, request, *args, **kwargs):
        """Add the years that readers may see, each with its areas: as many queries for two as for twenty."""
        years = list(PlanYearPage.objects.child_of(self).visible().newest_first())
        return super().get_context(request, *args, **kwargs) | {"years": years_with_areas(years)}


class PlanYearPage(FetchesTogether, BasePage):
    """One plan year: what the board concentrates on from one day to another."""

    starts_on = models.DateField(help_text="The first day of the plan year, for example 1 April.")
    ends_on = models.DateField(help_text="The last day.")
    introduction = RichTextField(
        blank=True, features=SENTENCE_FEATURES, help_text="How these priorities were chosen. One short paragraph."
    )

    objects = PageManager.from_queryset(PlanYearQuerySet)()

    template = "priorities/plan_year_page.html"
    passage_kind = PassageKind.PRIORITIES
    parent_page_types = ["priorities.PrioritiesPage"]
    subpage_types = ["priorities.PriorityAreaPage"]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])], heading="Which year?"),
        FieldPanel("introduction"),
    ]

    class Meta:
        verbose_name = "plan year"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="plan_year_ends_after_it_starts"
            )
        ]

    def clean(self):
        """Insist on a year that ends after it begins."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValidationError({"ends_on": "The last day must come after the first one."})

    def is_over(self, *, on: date) -> bool:
        """Tell whether its last day is past, on a day."""
        return self.ends_on < on

    def is_to_come(self, *, on: date) -> bool:
        """Tell whether it has not begun yet, on a day."""
        return on < self.starts_on

    def get_context(self, request, *args, **kwargs):
        """Add the areas that readers may see."""
        (year,) = years_with_areas([self])
        return super().get_context(request, *args, **kwargs) | {"year": year}


@dataclass(frozen=True)
class Year:
    """A plan year as lists show it, with its areas."""

    page: PlanYearPage
    areas: list
    is_over: bool
    is_to_come: bool

    @property
    def words(self) -> str:
        """How it stands to today."""
        if self.is_to_come:
            return "To come"
        return "Over" if self.is_over else "This year"


def years_with_areas(years: list[PlanYearPage]) -> list[Year]:
    """Return the years with the priority areas below them that readers may see: one query for all years."""
    area_pages = apps.get_model("priorities.PriorityAreaPage").objects
    below = models.Q()
    for year in years:
        below |= models.Q(path__startswith=year.path, depth=year.depth + 1)
    areas = area_pages.visible().filter(below).order_by("path") if years else []
    by_year: dict[str, list] = {}
    for area in areas:
        by_year.setdefault(area.path[: -BasePage.steplen], []).append(area)
    today = timezone.localdate()
    return [Year(year, by_year.get(year.path, []), year.is_over(on=today), year.is_to_come(on=today)) for year in years]
