"""What a link leads to: a page, a file, another address of this site, another site, a mailbox, a telephone, nowhere."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import TextChoices
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url
from wagtail.models import Site

# In the letters of the network. Browsers follow longer ones, but nobody has them on purpose.
LONGEST = 2000
# How a whole field is known to be an address, whatever kind of field it is.
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.I)
WEB = ("http", "https")


class Kind(TextChoices):
    """What a link leads to."""

    PAGE = "page", "Page"
    FILE = "file", "File"
    OWN = "own", "Address of this site"
    WEB = "web", "Other site"
    MAIL = "mail", "E-mail address"
    PHONE = "phone", "Telephone number"
    WRONG = "wrong", "No address"


class Target(NamedTuple):
    """Where a link leads. `address` is the same for all links that lead there; `host` is empty but for other sites."""

    kind: Kind
    address: str
    host: str = ""


def target_of_page(key) -> Target:
    """Return the target of a link that names a page by its key."""
    return Target(Kind.PAGE, f"page:{key}")


def target_of_file(key) -> Target:
    """Return the target of a link that names a file by its key."""
    return Target(Kind.FILE, f"file:{key}")


def read_target(href: str) -> Target | None:
    """Return what an address leads to; None for a place on the same page, which is not followed."""
    href = "".join(href.replace("\x00", "").split("\n")).strip()
    if not href or href.startswith("#"):
        return None
    scheme = href.partition(":")[0].lower()
    if scheme == "mailto":
        return _cut(Target(Kind.MAIL, f"mailto:{unquote(href[7:].partition('?')[0]).strip()}"))
    if scheme == "tel":
        return _cut(Target(Kind.PHONE, f"tel:{unquote(href[4:]).strip()}"))
    if href.startswith("/") and not href.startswith("//"):
        return _cut(Target(Kind.OWN, href.partition("#")[0]))
    return _cut(_read_web(f"https:{href}" if href.startswith("//") else href))


def read_web(href: str) -> Url | None:
    """Return the parts of an address of the web as the network writes them, without name, password and place."""
    try:
        url = parse_url(href)
    except LocationParseError:
        return None
    if url.scheme not in WEB or not url.host:
        return None
    return url._replace(auth=None, fragment=None, path=url.path or "/")


def _read_web(href: str) -> Target:
    url = read_web(href)
    if url is None:
        return Target(Kind.WRONG, href)
    if url.host in own_hosts():
        return Target(Kind.OWN, url.request_uri)
    return Target(Kind.WEB, url.url, url.host)


def _cut(target: Target) -> Target:
    """Let what is too long to be asked for be no address, rather than another one."""
    if len(target.address) <= LONGEST and len(target.host) <= 255:
        return target
    return Target(Kind.WRONG, target.address[:LONGEST])


def own_hosts() -> set[str]:
    """Return the names under which this site answers; no query once Wagtail knows its sites."""
    roots = [root.root_url for root in Site.get_site_root_paths()]
    return {urlsplit(address).hostname or "" for address in (*roots, settings.WAGTAILADMIN_BASE_URL)}
