"""What keeps the manual's list of contents in step with the page tree."""

from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from pages.models import BasePage
from pages.tree import tree_lock
from procedures.models.contents import ContentsEntry
from procedures.numbering import Place, places_in


def manual_above(page) -> BasePage | None:
    """Return the manual that the page stands in, or is; None for a page elsewhere."""
    manual_type = ContentType.objects.get_for_model(apps.get_model("procedures.ManualPage"))
    above = BasePage.objects.ancestor_of(page, inclusive=True)
    return above.filter(content_type=manual_type).order_by("-depth").first()


def record_contents(*, manual: BasePage, now: datetime) -> int:
    """Bring the manual's list of contents into step with the page tree; return how many lines begin or end.

    Lines that hold on are not touched, so that the list of any past moment can be told.
    """
    with tree_lock():
        places = {place.page_id: place for place in _places_in_tree(manual)}
        current = list(ContentsEntry.objects.current().filter(manual_id=manual.pk))
        # A page that came from another manual ends its line there.
        current += ContentsEntry.objects.current().filter(page_id__in=places).exclude(manual_id=manual.pk)
        ended = [entry for entry in current if not _holds(entry, places.get(entry.page_id), manual)]
        for entry in ended:
            entry.until = max(now, entry.since)
        ContentsEntry.objects.bulk_update(ended, ["until"], batch_size=200)
        kept = {entry.page_id for entry in current} - {entry.page_id for entry in ended}
        begun = [_entry(manual, place, now) for place in places.values() if place.page_id not in kept]
        ContentsEntry.objects.bulk_create(begun, batch_size=200)
        return len(ended) + len(begun)


def _places_in_tree(manual):
    rows = (
        BasePage.objects.descendant_of(manual)
        .order_by("path")
        .values("pk", "depth", "live", "title", "content_type_id")
    )
    settings = apps.get_model("procedures.ManualPage").objects.only("first_number", "depth").get(pk=manual.pk)
    part_type = ContentType.objects.get_for_model(apps.get_model("procedures.PartPage"))
    return places_in(rows, manual_depth=settings.depth, first_number=settings.first_number, part_type_id=part_type.pk)


def _holds(entry: ContentsEntry, place: Place | None, manual) -> bool:
    """Tell whether a line still says where the page stands."""
    return (
        place is not None
        and entry.manual_id == manual.pk
        and (entry.number, entry.depth, entry.title, entry.is_chapter)
        == (place.number, place.depth, place.title, place.is_chapter)
    )


def _entry(manual, place: Place, now) -> ContentsEntry:
    return ContentsEntry(
        manual_id=manual.pk,
        page_id=place.page_id,
        number=place.number,
        sort_key=place.sort_key,
        depth=place.depth,
        title=place.title,
        is_chapter=place.is_chapter,
        since=now,
    )
