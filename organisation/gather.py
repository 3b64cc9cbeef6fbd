"""Collects what any page may show of the organisation: three queries, then none until something changes.

The first finds the site, the second its settings, the third everything that settings point to: areas, banners,
emergency lines and pages, each row as JSON, so that one statement brings them all.
"""

import json
import logging
from collections import defaultdict
from datetime import UTC, datetime

from django.conf import settings as django_settings
from django.core.exceptions import DisallowedHost
from django.db.models import CharField, F, FilteredRelation, Q, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from organisation.facts import Banner, Emergency, EmergencyContact, Link, Organisation
from organisation.hours import OpeningHours, read_periods
from organisation.links import is_safe_address
from organisation.models import AlertBanner, Area, EmergencyLine, OrganisationSettings
from organisation.models.contacts import display_of, href_of
from organisation.models.settings import DEFAULT_EXIT
from organisation.styles import chosen_colours, plain_stylesheet_url, stylesheet_url
from pages.caching import remember
from pages.models import BasePage

logger = logging.getLogger(__name__)

STORED_SECONDS = 60 * 60
MARK_SIZE = "max-480x120"
PAGE_FIELDS = ("staying_safe_page_id", "contacts_page_id", "practitioner_page_id")
LEVELS = list(reversed(AlertBanner.Level.values))


def organisation_for(request) -> Organisation:
    """Return the facts of the site that the request is for; never fails for want of settings."""
    try:
        host = f"{request.get_host()}:{request.get_port()}"
    except DisallowedHost:
        return Organisation(**_without_settings(None))
    # The style sheet's address is part of the name, because a new release changes it without anything being edited.
    name = f"organisation:{host}:{plain_stylesheet_url()}"
    return remember(name, lambda: gather(Site.find_for_request(request)), timeout=STORED_SECONDS)


def gather(site: Site | None) -> Organisation:
    """Ask the database for the facts of one site."""
    facts = _without_settings(site)
    if site is None:
        return Organisation(**facts)
    chosen = _settings_of(site)
    rows = _rows(chosen)
    addresses = _Addresses(site, rows["page"])
    facts |= {
        "areas": tuple(row["name"] for row in sorted(rows["area"], key=lambda row: (row["place"] or 0, row["name"]))),
        "banners": _banners(rows["banner"], addresses),
    }
    if chosen is None:
        return Organisation(**facts)
    facts |= _who(chosen, facts) | _where(chosen, rows, addresses)
    return Organisation(**facts)


def _without_settings(site) -> dict:
    name = (site and site.site_name) or django_settings.WAGTAIL_SITE_NAME
    return {
        "name": name,
        "short_name": name,
        "logo_text": name,
        "noun": "board",
        "stylesheet_url": plain_stylesheet_url(),
        "exit_url": DEFAULT_EXIT,
        "search_url": _search_url(),
    }


def _search_url() -> str | None:
    """Return the address of the search, which a room above this one names in the settings; None without one."""
    name = getattr(django_settings, "SEARCH_URL_NAME", None)
    return reverse(name) if name else None


def _who(chosen: OrganisationSettings, defaults: dict) -> dict:
    name = chosen.name or defaults["name"]
    colours = chosen_colours(chosen)
    return {
        "name": name,
        "short_name": chosen.short_name or name,
        "logo_text": chosen.logo_text or name,
        "noun": chosen.noun,
        "address": chosen.address,
        "mark_url": _mark_url(chosen),
        "colours": colours,
        "stylesheet_url": stylesheet_url(colours),
        "exit_url": chosen.exit_url if is_safe_address(chosen.exit_url) else DEFAULT_EXIT,
    }


def _where(chosen: OrganisationSettings, rows: dict, addresses: "_Addresses") -> dict:
    contacts = addresses.link(page=chosen.contacts_page_id)
    staying_safe = addresses.link(page=chosen.staying_safe_page_id)
    return {
        "header_menu": _menu(chosen.header_menu, addresses),
        "footer_menu": _menu(chosen.footer_menu, addresses),
        "contacts_url": contacts and contacts.url,
        "staying_safe_url": staying_safe and staying_safe.url,
        "emergency": Emergency(
            lines=tuple(_line(row) for row in sorted(rows["line"], key=lambda row: (row["place"] or 0, row["pk"]))),
            practitioner_link=addresses.link(
                page=chosen.practitioner_page_id,
                address=chosen.practitioner_address,
                title=chosen.practitioner_title,
            ),
            all_contacts_url=contacts and contacts.url,
        ),
    }


def _settings_of(site: Site) -> OrganisationSettings | None:
    """Return the site's settings with their mark; unlike Wagtail's own way, reading makes no row."""
    ready_made = FilteredRelation("mark__renditions", condition=Q(mark__renditions__filter_spec=MARK_SIZE))
    return (
        OrganisationSettings.objects.select_related("mark")
        .annotate(mark_rendition=ready_made, mark_file=F("mark_rendition__file"))
        .filter(site=site)
        .first()
    )


def _rows(chosen: OrganisationSettings | None) -> dict[str, list[dict]]:
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


class _Addresses:
    """Knows the title and the address of the pages that were found, as seen from one site."""

    def __init__(self, site: Site, rows: list[dict]):
        self._root = site.root_page.url_path
        self._pages = {row["pk"]: row for row in rows}

    def link(self, *, page=None, address="", title="") -> Link | None:
        """Return a link to a page that readers may see, or to a safe address; else None."""
        if found := self._pages.get(page):
            url = self.of_path(found["url_path"])
            return Link(title or found["title"], url) if url else None
        return Link(title or address, address) if address and is_safe_address(address) else None

    def of_path(self, url_path: str) -> str | None:
        """Return the address of a place in the page tree; None for one outside this site."""
        if url_path.startswith(self._root):
            return reverse("wagtail_serve", args=[url_path.removeprefix(self._root)])
        # A site's front page is below what was asked for: from here, that is everything.
        return reverse("wagtail_serve", args=[""]) if self._root.startswith(url_path) else None


def _menu(menu, addresses: _Addresses) -> tuple[Link, ...]:
    values = (child["value"] for child in menu.raw_data)
    links = (
        addresses.link(page=value.get("page"), address=value.get("address") or "", title=value.get("title") or "")
        for value in values
    )
    return tuple(link for link in links if link)


def _banners(rows: list[dict], addresses: _Addresses) -> tuple[Banner, ...]:
    rows.sort(key=lambda row: (LEVELS.index(row["level"]), -row["pk"]))
    return tuple(banner for row in rows if (banner := _banner(row, addresses)))


def _banner(row: dict, addresses: _Addresses) -> Banner | None:
    section = addresses.of_path(row["section_path"]) if row["section"] else ""
    if section is None:
        return None
    link = addresses.link(page=row["link_page"], address=row["link_address"], title=row["link_text"])
    return Banner(
        title=row["title"],
        message=expand_db_html(row["message"]),
        level=row["level"],
        link_url=link.url if link else "",
        link_text=link.title if link else "",
        section=section,
        starts_at=_moment(row["starts_at"]),
        ends_at=_moment(row["ends_at"]),
    )


def _moment(text: str) -> datetime:
    """Return a moment from JSON: PostgreSQL writes it with its offset, SQLite in UTC without one."""
    moment = parse_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line(row: dict) -> EmergencyContact:
    # SQLite gives a JSON column inside JSON as text, PostgreSQL as what it holds.
    hours = json.loads(row["hours"]) if isinstance(row["hours"], str) else row["hours"]
    return EmergencyContact(
        pk=row["pk"],
        area_label=row["area_label"],
        agency=row["agency"],
        team=row["team"],
        email=row["email"],
        phone_display=display_of(row["phone"]),
        phone_href=href_of(row["phone"]),
        out_of_hours_phone_display=display_of(row["out_of_hours_phone"]),
        out_of_hours_phone_href=href_of(row["out_of_hours_phone"]),
        out_of_hours_note=row["out_of_hours_note"],
        opening_hours=OpeningHours(
            periods=tuple(read_periods(child["value"] for child in hours or [])),
            # SQLite has no booleans.
            always=bool(row["always_open"]),
            on_bank_holidays=row["bank_holidays"],
        ),
    )


def _mark_url(chosen: OrganisationSettings) -> str | None:
    """Return the address of the mark, made to measure the first time it is needed; None without one."""
    if chosen.mark is None:
        return None
    if chosen.mark_file:
        return chosen.mark.file.storage.url(chosen.mark_file)
    try:
        return chosen.mark.get_rendition(MARK_SIZE).url
    except OSError:
        logger.warning("The file of the organisation's mark cannot be read.", exc_info=True)
        return None
