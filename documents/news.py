"""What a bulletin tells of a resource."""

from django.utils import timezone
from django.utils.html import format_html

from gathering.declared import Newsworthy


def news_of(resource, editions) -> list[Newsworthy]:
    """Return one entry for each edition, the oldest first, all in one item: that it is new, or what changed."""
    topics = tuple(resource.topics.values_list("slug", flat=True))
    return [_news(resource, edition, topics) for edition in reversed(editions)]


def _news(resource, edition, topics) -> Newsworthy:
    day, is_new = timezone.localdate(edition.in_force_from), edition.number == 1
    said = resource.summary if is_new else edition.note
    return Newsworthy(
        key=f"edition:{edition.pk}",
        kind="highlight",
        heading=resource.title,
        reason=f"{'New in the library' if is_new else 'Changed'} on {day.day} {day:%B %Y}",
        moment=edition.in_force_from,
        page_id=resource.pk,
        text=format_html("<p>{}</p>", said) if said else "",
        values={"page": resource.pk},
        joins=f"resource:{resource.pk}",
        joined_heading=resource.title,
        topics=topics,
    )
