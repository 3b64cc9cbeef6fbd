"""A site, contacts, banners and settings for tests."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count

from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Site

from home.models import HomePage, InformationPage
from organisation.models import AlertBanner, Contact, ContactsPage, EmergencyLine, OrganisationSettings
from pages.models import BasePage

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
_numbers = count(1)


def make_site(hostname="testserver", *, default=True, **fields) -> Site:
    """Return a site with a published home page of its own."""
    root = BasePage.get_first_root_node() or BasePage.add_root(title="Root", slug="root")
    home = HomePage(title="Welcome", slug=f"home-{next(_numbers)}")
    root.add_child(instance=home)
    if default:
        Site.objects.all().delete()
    return Site.objects.create(
        hostname=hostname, port=80, root_page=home, is_default_site=default, site_name=f"Site {hostname}", **fields
    )


def make_page(parent, title=None, **fields) -> InformationPage:
    """Return a published page below `parent`."""
    title = title or f"Page {next(_numbers)}"
    return parent.add_child(instance=InformationPage(title=title, **fields))


def make_contacts_page(site) -> ContactsPage:
    """Return the published directory of the site."""
    return site.root_page.add_child(instance=ContactsPage(title="Contacts", slug="contacts"))


def make_contact(**fields) -> Contact:
    """Return a saved contact that is open on weekdays from nine to five."""
    areas = fields.pop("areas", [])
    number = next(_numbers)
    defaults = {
        "agency": "Northshire Council",
        "team": f"Team {number}",
        "phone": f"01632 960{number % 1000:03}",
        "hours": [period("mon tue wed thu fri", "09:00:00", "17:00:00")],
        "bank_holidays": "closed",
    }
    contact = Contact(**defaults | fields)
    contact.areas = areas
    contact.full_clean()
    contact.save()
    return contact


def period(days: str, opens: str, closes: str) -> dict:
    """Return one row of opening hours as it is stored."""
    return {"type": "period", "value": {"days": days.split(), "opens": opens, "closes": closes}}


def make_banner(**fields) -> AlertBanner:
    """Return a saved banner that shows on every page for the two hours around NOW."""
    defaults = {"title": "Read this", "starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=1)}
    return AlertBanner.objects.create(**defaults | fields)


def make_settings(site, *, lines=(), **fields) -> OrganisationSettings:
    """Return the settings of the site; `lines` are (contact, area label)."""
    settings = OrganisationSettings(site=site, **fields)
    settings.emergency_lines = [
        EmergencyLine(contact=contact, area_label=label, sort_order=place)
        for place, (contact, label) in enumerate(lines)
    ]
    settings.full_clean()
    settings.save()
    return settings


def menu(*entries) -> list[dict]:
    """Return a menu as it is stored; an entry is a page, or (address, title)."""
    values = [
        {"page": None, "address": entry[0], "title": entry[1]}
        if isinstance(entry, tuple)
        else {"page": entry.pk, "address": "", "title": ""}
        for entry in entries
    ]
    return [{"type": "link", "value": value} for value in values]


def make_image(name="mark.png"):
    """Return an image of the library."""
    content = BytesIO()
    Picture.new("RGB", (600, 300), "teal").save(content, "PNG")
    return get_image_model().objects.create(title="Mark", file=ImageFile(BytesIO(content.getvalue()), name=name))
