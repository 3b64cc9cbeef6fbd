"""The one style sheet of the site: as built, or with the colours that staff have chosen."""

import gzip
import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from organisation.colours import HEX
from pages.caching import remember

SITE_CSS = "css/site.css"
STORED_SECONDS = 24 * 60 * 60
RELATIVE_URL = re.compile(r"""url\(\s*(["']?)(?!["']|data:|https?:|/|#)([^)"']+)\1\s*\)""")

# Field of the settings → the tokens of site.css that it sets.
TOKENS = {
    "colour_brand": ("--brand",),
    "colour_link": ("--link",),
    "colour_accent": ("--accent",),
}


def plain_stylesheet_url() -> str:
    """Return the address of the style sheet as built."""
    try:
        return staticfiles_storage.url(SITE_CSS)
    except ValueError:
        # No list of built files yet, as on a fresh machine before collectstatic: pages must come all the same.
        return urljoin(staticfiles_storage.base_url or "/static/", SITE_CSS)


def chosen_colours(chosen) -> tuple[tuple[str, str], ...]:
    """Return (token, colour) for every colour that is set and is one: what is stored may not have come by a form."""
    return tuple(
        (token, colour)
        for name, tokens in TOKENS.items()
        if HEX.match(colour := getattr(chosen, name).lower())
        for token in tokens
    )


def stylesheet_url(colours: tuple[tuple[str, str], ...]) -> str:
    """Return the address of the style sheet with these colours; it changes with every byte of it."""
    if not colours:
        return plain_stylesheet_url()
    return reverse("organisation_stylesheet", args=[digest_of(colours)])


def digest_of(colours: tuple[tuple[str, str], ...]) -> str:
    """Return a fingerprint of the style sheet with these colours."""
    return sha256(build_stylesheet(colours).encode()).hexdigest()[:20]


def build_stylesheet(colours: tuple[tuple[str, str], ...]) -> str:
    """Return site.css with the chosen colours after it.

    They hold on light screens alone: the dark scheme, print and forced colours keep colours made for them. Outside any
    cascade layer they come before every layer of site.css.
    """
    css = RELATIVE_URL.sub(_absolute, _read_site_css())
    values = "".join(f"{token}:{colour};" for token, colour in colours)
    return f"{css}\n@media screen and (prefers-color-scheme: light){{:root{{{values}}}}}\n"


def compressed_stylesheet(colours: tuple[tuple[str, str], ...]) -> dict[str, bytes]:
    """Return the style sheet by content encoding ("br", "gzip", ""), compressed once and remembered."""

    def compress():
        css = build_stylesheet(colours).encode()
        return {"br": brotli.compress(css), "gzip": gzip.compress(css, mtime=0), "": css}

    return remember(f"stylesheet:{digest_of(colours)}", compress, timeout=STORED_SECONDS)


def _read_site_css() -> str:
    """Read the style sheet as collected, or from the source where nothing has been collected."""
    if not settings.DEBUG:
        try:
            with staticfiles_storage.open(staticfiles_storage.stored_name(SITE_CSS)) as file:
                return file.read().decode()
        except (ValueError, FileNotFoundError):
            pass  # Nothing collected yet, as in `plain_stylesheet_url`.
    source = finders.find(SITE_CSS)
    return Path(source).read_text(encoding="utf-8") if source else ""


def _absolute(match: re.Match) -> str:
    """Return a relative `url(…)` as seen from the root, because this sheet is served from another place."""
    return f'url("{urljoin(plain_stylesheet_url(), match[2])}")'
