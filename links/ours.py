"""Whether a link that leads somewhere inside the site, to a mailbox or to a telephone is right: no server is asked."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Site

from links.addresses import Kind, Target, target_of_file
from organisation.phones import read_phone
from pages.models import BasePage

GONE = "The page is gone."
NOT_PUBLISHED = "The page is not published."
WITHDRAWN = "The page was withdrawn."
PRIVATE = "The page is private."
FILE_GONE = "The file is gone."
FILE_HIDDEN = "Readers cannot have the file: it has not passed the check, or its collection is private."
NOTHING_THERE = "There is nothing at this address."
FOR_STAFF = "It leads to the editors’ screens. Readers are asked to sign in."
NO_MAILBOX = "This is not an e-mail address."
NO_NUMBER = "This number cannot be rung."
NO_ADDRESS = "Browsers cannot follow this. A whole address starts with https://"


def faults_of(targets: Iterable[Target], *, now: datetime) -> dict[str, str]:
    """Return {address: what is wrong with it, "" for nothing}; two queries for pages and files, however many."""
    targets = list(targets)
    faults = _of_pages(targets, now) | _of_files(targets)
    for target in targets:
        if judge := _JUDGES.get(target.kind):
            faults[target.address] = judge(target.address)
    return faults


def _keys(targets: Iterable[Target], kind: Kind) -> dict[int, str]:
    """Return {key: address}; a key that no database knows is of nothing."""
    of_kind = (target.address for target in targets if target.kind == kind)
    keys = ((int(address.partition(":")[2]), address) for address in of_kind)
    return {key if key < 2**31 else 0: address for key, address in keys}


def _of_pages(targets, now: datetime) -> dict[str, str]:
    wanted = _keys(targets, Kind.PAGE)
    if not wanted:
        return {}
    pages = BasePage.objects.filter(pk__in=wanted).with_restriction().only("live", "withdrawn_as", "expire_at")
    found = {page.pk: _fault_of_page(page, now) for page in pages}
    return {address: found.get(key, GONE) for key, address in wanted.items()}


def _fault_of_page(page, now: datetime) -> str:
    if page.withdrawn_as:
        return WITHDRAWN
    if not page.live or (page.expire_at and page.expire_at <= now):
        return NOT_PUBLISHED
    return PRIVATE if page.is_restricted else ""


def _of_files(targets) -> dict[str, str]:
    wanted = _keys(targets, Kind.FILE)
    if not wanted:
        return {}
    files = get_document_model().objects.filter(pk__in=wanted)
    there = set(files.values_list("pk", flat=True))
    visible = set(files.visible().values_list("pk", flat=True))
    return {
        address: "" if key in visible else FILE_HIDDEN if key in there else FILE_GONE for key, address in wanted.items()
    }


def _of_path(address: str) -> str:
    """Say what is wrong with an address of this site, without showing what is there."""
    path = address.partition("?")[0]
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return ""
    if path.startswith(reverse("wagtailadmin_home")):
        return FOR_STAFF
    match = _resolved(path)
    if match is not None and match.url_name == "wagtaildocs_serve":
        file = target_of_file(match.args[0])
        return _of_files([file])[file.address]
    if match is not None and match.url_name != "wagtail_serve":
        return ""
    return _of_page_at(path)


def _resolved(path: str):
    # As the site does: an address without its last stroke is sent on to the one with it.
    for tried in (path, f"{path}/"):
        try:
            return resolve(tried)
        except Resolver404:
            continue
    return None


def _of_page_at(path: str) -> str:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return NOTHING_THERE
    request = HttpRequest()
    request.path = path
    request._wagtail_site = site
    route = BasePage.route_for_request(request, path)
    if route is not None:
        page = route[0]
        if page.withdrawn_as:
            return WITHDRAWN
        return PRIVATE if getattr(page, "is_restricted", False) else ""
    return "" if get_redirect(request, Redirect.normalise_path(path)) else NOTHING_THERE


def _of_mailbox(address: str) -> str:
    try:
        for mailbox in address.removeprefix("mailto:").split(","):
            validate_email(mailbox.strip())
    except ValidationError:
        return NO_MAILBOX
    return ""


def _of_phone(address: str) -> str:
    # An extension is written as RFC 3966 has it.
    return "" if read_phone(address.removeprefix("tel:").replace(";ext=", " ext ")) else NO_NUMBER


_JUDGES = {
    Kind.OWN: _of_path,
    Kind.MAIL: _of_mailbox,
    Kind.PHONE: _of_phone,
    Kind.WRONG: lambda address: NO_ADDRESS,
}
