"""What a bulletin tells of a chapter's amendments."""

from django.utils import timezone
from django.utils.html import format_html

from gathering.declared import Newsworthy

HEADING = "What changed in the procedures"


def news_of(chapter, editions) -> list[Newsworthy]:
    """Return one entry for each amendment, the oldest first; all chapters' go into one item, each under its title."""
    title = format_html('<h3><a linktype="page" id="{}">{}</a></h3>', chapter.pk, chapter.title)
    return [_news(chapter, edition, title) for edition in reversed(editions)]


def _news(chapter, edition, title: str) -> Newsworthy:
    day = timezone.localdate(edition.in_force_from)
    when = f"{day.day} {day:%B %Y}"
    said = (chapter.summary if edition.number == 1 else edition.note) or "New edition."
    names = ", ".join(f"{section['number']} {section['title']}" for section in edition.sections)
    sections = format_html(" (Sections: {}.)", names) if names else ""
    return Newsworthy(
        key=f"edition:{edition.pk}",
        kind="procedures_update",
        heading=chapter.title,
        reason=f"{'New' if edition.number == 1 else 'Amended'} on {when}",
        moment=edition.in_force_from,
        page_id=chapter.pk,
        text=format_html("<p><b>{}:</b> {}{}</p>", when, said, sections),
        joins="procedures",
        joined_heading=HEADING,
        under=title,
    )
