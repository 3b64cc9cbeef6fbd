"""What of a priority area belongs in the next bulletin."""

from django.utils import timezone
from django.utils.html import format_html

from content.excerpts import excerpt_of
from gathering.declared import Newsworthy


def news_of(area, editions) -> list[Newsworthy]:
    """Return an item for a priority that is new, and one for each entry on progress that the editions added.

    `editions`: those of the period that readers have to know about, newest first, with their revisions.
    """
    first = editions[-1]
    topics = tuple(area.topics.values_list("slug", flat=True))
    common = {"kind": "priority_update", "page_id": area.pk, "values": {"priority": area.pk}, "topics": topics}
    if first.number == 1:
        return [
            Newsworthy(
                key=f"priority:{area.pk}",
                heading=area.title,
                reason=f"New priority, published on {_day(first.in_force_from)}",
                moment=first.in_force_from,
                text=f"{_paragraph(area.summary)}{area.why}",
                **common,
            )
        ]
    known = _known_before(area, first)
    return [
        Newsworthy(
            key=f"progress:{area.pk}:{block.id}",
            heading=area.title,
            reason=f"Progress of {_date(block.value['day'])}: {excerpt_of(str(block.value['text']), longest=80)}",
            moment=editions[0].in_force_from,
            text=str(block.value["text"]),
            joins=f"priority:{area.pk}",
            joined_heading=area.title,
            **common,
        )
        for block in area.entries_of_progress()
        if block.id not in known
    ]


def _known_before(area, first) -> set[str]:
    """Return the ids of the entries that readers could see before the period."""
    earlier = area.history().filter(number__lt=first.number).select_related("revision").first()
    state = area.state_in(earlier) if earlier else None
    return {block.get("id") for block in state.progress.raw_data} if state else set()


def _paragraph(text: str) -> str:
    return str(format_html("<p>{}</p>", text)) if text else ""


def _day(moment) -> str:
    return _date(timezone.localdate(moment))


def _date(day) -> str:
    return f"{day.day} {day:%B %Y}"
