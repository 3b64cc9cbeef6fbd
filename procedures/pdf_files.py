"""The pictures in a document, found in the site's own storage. Nothing is fetched over the network."""

import mimetypes
import shutil
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage

# Of the uploads only what pages show: originals and documents lie beside it and are not for everybody.
PUBLIC_FOLDER = "images/"
MOST_BYTES = 60 * 1024 * 1024


def files_shown_in(text: str, *, base_url: str, folder: Path) -> dict[str, dict]:
    """Copy the pictures of an HTML document into a folder; return `{address: {"name", "type"}}` of those found there.

    A picture that is not ours, or is missing, is left out: its description is then printed in its place.
    """
    found, room = {}, MOST_BYTES
    for number, address in enumerate(_addresses(text, base_url)):
        name = _name_in_storage(address, base_url)
        kind, _ = mimetypes.guess_type(name or "")
        if not name or not (kind or "").startswith("image/"):
            continue
        try:
            with default_storage.open(name) as source, (folder / f"picture-{number}").open("wb") as copy:
                room -= source.size
                if room < 0:
                    break
                shutil.copyfileobj(source, copy)
        except (OSError, SuspiciousOperation):
            continue
        found[address] = {"name": f"picture-{number}", "type": kind}
    return found


class _Pictures(HTMLParser):
    def __init__(self):
        super().__init__()
        self.sources: dict[str, None] = {}

    def handle_starttag(self, tag, attrs):
        if tag == "img" and (source := dict(attrs).get("src")):
            self.sources[source] = None


def _addresses(text: str, base_url: str) -> Iterator[str]:
    parser = _Pictures()
    parser.feed(text)
    for source in parser.sources:
        # What is no address leads nowhere.
        with suppress(ValueError):
            yield urljoin(base_url, source)


def _name_in_storage(address: str, base_url: str) -> str | None:
    """Return the name under which the storage has what is at an address; None where it is not ours."""
    parts = urlsplit(address)
    ours = {urlsplit(base_url).netloc, urlsplit(settings.SITE_URL).netloc}
    prefix = f"{settings.MEDIA_URL}{PUBLIC_FOLDER}"
    if parts.scheme not in ("http", "https") or parts.netloc not in ours or not parts.path.startswith(prefix):
        return None
    name = unquote(parts.path.removeprefix(settings.MEDIA_URL))
    return None if ".." in name.split("/") or "\0" in name else name
