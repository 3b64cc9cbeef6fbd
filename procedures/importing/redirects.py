"""Old addresses lead to the new chapters; what leads somewhere already is left alone."""

from posixpath import normpath
from urllib.parse import quote, urlsplit

from wagtail.contrib.redirects.models import Redirect

from content.reading.refusals import CannotImport
from pages.models import BasePage
from procedures.importing.report import ManualReport, quoted

LONGEST = 255


class NotAnAddress(CannotImport):
    """The address of the old site is none."""


def checked_site(address: str) -> str:
    """Return the address of the folder in which a manual stood, ending in "/"; "" for none. Raises NotAnAddress."""
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_site = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_site = False
    if not is_site:
        raise NotAnAddress("The address of the old site must begin with https:// or http://.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def old_path_of(path: str, *, address: str, old_site: str) -> str:
    """Return the path at which a file stood: as its page says, or below the old site; "" when nobody knows."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if address and (not old_site or parts.hostname == urlsplit(old_site).hostname):
        return parts.path + (f"?{parts.query}" if parts.query else "")
    if not old_site:
        return ""
    return normpath(f"{urlsplit(old_site).path}/{quote(path)}")


def make_redirects(wanted: list[tuple[str, object]], *, site, report: ManualReport) -> int:
    """Make a redirect for each (old path, page) that has none and is not the address of a page; return how many.

    Call it inside the transaction of the import.
    """
    paths = {Redirect.normalise_path(path): page for path, page in reversed(wanted) if path not in {"", "/"}}
    taken = set(Redirect.objects.filter(old_path__in=list(paths)).values_list("old_path", flat=True))
    root = site.root_page.url_path.rstrip("/") if site else ""
    live = {f"{root}{path.partition('?')[0].rstrip('/')}/": path for path in paths}
    pages = BasePage.objects.filter(url_path__in=list(live)).values_list("url_path", flat=True)
    of_pages = {live[url_path] for url_path in pages}
    made = []
    for path, page in reversed(paths.items()):
        if path in taken:
            report.redirect(f"{path} leads somewhere already (see Settings, Redirects). It was left as it is.")
        elif path in of_pages:
            report.redirect(f"{path} is the address of a page of this site. It was left as it is.")
        elif len(path) > LONGEST:
            report.redirect(f"{quoted(path)} is too long for a redirect.")
        else:
            made.append(Redirect(old_path=path, redirect_page_id=page.pk, is_permanent=True))
            report.redirect(f"{path} leads to {quoted(page.title)}.")
    Redirect.objects.bulk_create(made)
    return len(made)
