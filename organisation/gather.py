"""Collects what any page may show of the organisation: three queries, then none until something changes.

The first finds the site, the second its settings, the third everything that settings point to: areas, banners,
emergency lines and pages, each row as JSON, so that one statement brings them all.
"""

import json
import logging
from datetime import UTC, datetime

from django.conf import settings as django_settings
from django.core.exceptions import DisallowedHost
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from organisation.addresses import Addresses, menu_of
from organisation.facts import Banner, Emergency, EmergencyContact, Organisation
from organisation.hours import OpeningHours, read_periods
from organisation.links import is_safe_address
from organisation.models import AlertBanner, OrganisationSettings
from organisation.models.contacts import display_of, href_of
from organisation.models.settings import DEFAULT_EXIT
from organisation.rows import MARK_SIZE, rows_of, settings_of
from organisation.styles import chosen_colours, plain_stylesheet_url, stylesheet_url
from pages.caching import remember

logger = logging.getLogger(__name__)

STORED_SECONDS = 60 * 60
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


def letterhead() -> Organisation:
    """Return the facts of the default site, for what is written without a request: mails."""
    return gather(Site.objects.filter(is_default_site=True).first())


def gather(site: Site | None) -> Organisation:
    """Ask the database for the facts of one site."""
    facts = _without_settings(site)
    if site is None:
        return Organisation(**facts)
    chosen = settings_of(site)
    rows = rows_of(chosen)
    addresses = Addresses(site, rows["page"])
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
        "shows_review_due": chosen.shows_review_due,
        "exit_url": chosen.exit_url if is_safe_address(chosen.exit_url) else DEFAULT_EXIT,
    }


def _where(chosen: OrganisationSettings, rows: dict, addresses: Addresses) -> dict:
    contacts = addresses.link(page=chosen.contacts_page_id)
    staying_safe = addresses.link(page=chosen.staying_safe_page_id)
    return {
        "header_menu": menu_of(chosen.header_menu, addresses),
        "footer_menu": menu_of(chosen.footer_menu, addresses),
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


def _banners(rows: list[dict], addresses: Addresses) -> tuple[Banner, ...]:
    rows.sort(key=lambda row: (LEVELS.index(row["level"]), -row["pk"]))
    return tuple(banner for row in rows if (banner := _banner(row, addresses)))


def _banner(row: dict, addresses: Addresses) -> Banner | None:
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
