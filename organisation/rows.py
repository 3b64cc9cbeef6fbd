"""The two queries behind the facts of a site: its settings, and everything that settings point to."""

from collections import defaultdict

from django.db.models import CharField, F, FilteredRelation, Q, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from wagtail.models import Site

from organisation.models import AlertBanner, Area, EmergencyLine, OrganisationSettings
from pages.models import BasePage

MARK_SIZE = "max-480x120"
PAGE_FIELDS = ("staying_safe_page_id", "contacts_page_id", "practitioner_page_id")


def settings_of(site: Site) -> OrganisationSettings | None:
    """Return the site's settings with their mark; unlike Wagtail's own way, reading makes no row."""
    ready_made = FilteredRelation("mark__renditions", condition=Q(mark__renditions__filter_spec=MARK_SIZE))
    return (
        OrganisationSettings.objects.select_related("mark")
        .annotate(mark_rendition=ready_made, mark_file=F("mark_rendition__file"))
        .filter(site=site)
        .first()
    )


def rows_of(chosen: OrganisationSettings | None) -> dict[str, list[dict]]:
    """Return what belongs to the settings by kind, in one query."""
    now = timezone.now()
    banners = AlertBanner.objects.not_ended(now=now)
    wanted = Q(pk__in=banners.filter(link_page__isnull=False).values("link_page"))
    queries = [_as_json("area", Area.objects.all(), pk="pk", name="name", place="sort_order")]
    columns = _same("pk title message level link_page link_address link_text section starts_at ends_at")
    queries.append(_as_json("banner", banners, section_path="section__url_path", **columns))
    if chosen is not None:
        wanted |= Q(pk__in=_chosen_pages(chosen))
        names = "agency team email phone out_of_hours_phone out_of_hours_note hours always_open bank_holidays"
        contact = {name: f"contact__{name}" for name in names.split()}
        lines = EmergencyLine.objects.filter(settings=chosen)
        queries.append(_as_json("line", lines, pk="contact", place="sort_order", area_label="area_label", **contact))
    queries.append(_as_json("page", BasePage.objects.visible().filter(wanted), **_same("pk title url_path")))
    first, *others = queries
    rows = defaultdict(list)
    for kind, row in first.union(*others, all=True):
        rows[kind].append(row)
    return rows


def _same(columns: str) -> dict[str, str]:
    return {column: column for column in columns.split()}


def _as_json(kind: str, queryset, **columns):
    """Return the queryset as rows of (kind, {name: value}), without order, fit for a union."""
    return (
        queryset.order_by()
        .annotate(kind=Value(kind, output_field=CharField()), row=JSONObject(**columns))
        .values_list("kind", "row")
    )


def _chosen_pages(chosen: OrganisationSettings) -> set[int]:
    pages = {getattr(chosen, name) for name in PAGE_FIELDS}
    for menu in (chosen.header_menu, chosen.footer_menu):
        pages |= {child["value"].get("page") for child in menu.raw_data}
    return pages - {None}
