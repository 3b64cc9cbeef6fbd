"""Builds the plan years with their priority areas, each through the editions that its progress made."""

from datetime import date, timedelta

from django.utils import timezone

from demo.building.past import morning_of, move_publication
from demo.building.references import References
from demo.content import priorities
from demo.content.priorities import Area, PlanYear
from demo.content.writing import block
from pages.models import BasePage, Topic
from priorities.models import PlanYearPage, PrioritiesPage, PriorityAreaPage

FIRST_MONTH = 4


def build_priorities(*, front: BasePage, references: References, today: date) -> dict[str, BasePage]:
    """Build the priorities below the home page; return the areas of the running plan year by their titles."""
    built_from = timezone.now()
    index = front.add_child(
        instance=PrioritiesPage(
            title=priorities.TITLE,
            slug="priorities",
            search_description=priorities.SUMMARY,
            introduction=priorities.INTRODUCTION,
            live=False,
        )
    )
    index.save_revision().publish()
    areas: dict[str, BasePage] = {}
    for written in priorities.YEARS:
        year = _year(index, written, today)
        areas = {area.title: _area(year, area, references, today, built_from) for area in written.areas}
    return areas


def _year(index, written: PlanYear, today: date) -> PlanYearPage:
    first = (today.year if today.month >= FIRST_MONTH else today.year - 1) - written.years_ago
    page = index.add_child(
        instance=PlanYearPage(
            title=f"{first} to {first + 1}",
            slug=f"{first}-{first + 1}",
            search_description=f"The board’s priorities from April {first} to March {first + 1}.",
            introduction=written.introduction,
            starts_on=date(first, FIRST_MONTH, 1),
            ends_on=date(first + 1, FIRST_MONTH, 1) - timedelta(days=1),
            live=False,
        )
    )
    page.save_revision().publish()
    return page


def _area(year, written: Area, references, today: date, built_from) -> PriorityAreaPage:
    """Publish an area first without progress, and again for each entry."""
    page = PriorityAreaPage(
        title=written.title,
        slug=written.slug,
        search_description=written.summary,
        why=written.why,
        strategy=written.strategy,
        asks=[block("ask", {"agency": agency, "ask": ask}) for agency, ask in written.asks],
        contact=references.contacts[written.team],
        live=False,
    )
    page.topics = Topic.objects.filter(name__in=written.topics)
    year.add_child(instance=page)
    entries: list[dict] = []
    first = max(days for days, _, _ in written.progress) + 20
    _publish(page, today - timedelta(days=first), built_from)
    for days, standing, text in written.progress:
        day = today - timedelta(days=days)
        page = PriorityAreaPage.objects.get(pk=page.pk)
        entries.append(block("progress", {"day": day.isoformat(), "standing": standing, "text": text}))
        page.progress = list(entries)
        page.change_significance, page.change_note = "major", "Progress was added."
        _publish(page, day, built_from)
    return page


def _publish(page, day: date, built_from):
    page.save_revision().publish()
    move_publication(page=page, built_from=built_from, to=morning_of(day))
