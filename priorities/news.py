"""What of a priority area belongs in the next bulletin."""

from django.utils import timezone
from django.utils.html import format_html

from content.excerpts import excerpt_of
from gathering.declared import Newsworthy


def news_of(area, editions) -> list[Newsworthy]:
    """Return an entry for a priority that is new, and one for each entry on progress that the editions added.

    `editions`: those of the period that readers have to know about, newest first. All go into one item. What a later
    edition added that nobody needs to know about is not among it.
    """
    first = editions[-1]
    common = {
        "kind": "priority_update",
        "heading": area.title,
        "page_id": area.pk,
        "values": {"priority": area.pk},
        "joins": f"priority:{area.pk}",
        "joined_heading": area.title,
        "topics": tuple(area.topics.values_list("slug", flat=True)),
    }
    is_new = first.number == 1
    begin = Newsworthy(
        key=f"priority:{area.pk}",
        reason=f"New priority, published on {_words(timezone.localdate(first.in_force_from))}",
        moment=first.in_force_from,
        text=f"{_paragraph(area.summary)}{area.why}",
        **common,
    )
    known = _entries(area, first if is_new else area.history().filter(number__lt=first.number).first())
    added = _entries(area, editions[0]) - known
    progress = [
        Newsworthy(
            key=f"progress:{area.pk}:{block.id}",
            reason=f"Progress of {_words(block.value['day'])}: {excerpt_of(str(block.value['text']), longest=80)}",
            moment=editions[0].in_force_from,
            text=str(block.value["text"]),
            **common,
        )
        for block in reversed(area.entries_of_progress())
        if block.id in added
    ]
    return [begin, *progress] if is_new else progress


def _entries(area, edition) -> set[str]:
    """Return the ids of the entries on progress that an edition has; none without one."""
    return {raw.get("id") for raw in area.state_in(edition).progress.raw_data} if edition else set()


def _paragraph(text: str) -> str:
    return format_html("<p>{}</p>", text) if text else ""


def _words(day) -> str:
    return f"{day.day} {day:%B %Y}"
