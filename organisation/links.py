"""Links that staff set in menus and settings: to a page of this site, or to an address."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError

# The last ranges are not seen, or turn the direction of reading around: `example/\u202Emoc.lanigiro`.
UNSAFE_CHARACTERS = re.compile(r"[\s\\<>\"'`\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
MESSAGE = "Write a whole address that starts with https:// or, for a page of this site, with a single /."


def validate_address(address: str) -> None:
    """Raise ValidationError unless the address is one of the web (http, https) or a path on this site.

    Refuses `javascript:`, `data:`, `//elsewhere`, names and passwords in the address, and characters that could end
    an attribute or hide where a link goes.
    """
    if UNSAFE_CHARACTERS.search(address):
        raise ValidationError(MESSAGE, code="address")
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_web = False
    is_own_path = address.startswith("/") and not address.startswith("//")
    if not (is_web or is_own_path):
        raise ValidationError(MESSAGE, code="address")


def is_safe_address(address: str) -> bool:
    """Tell whether an address may be shown as a link; the last check for what was stored without a form."""
    try:
        validate_address(address)
    except ValidationError:
        return False
    return True


class LinkBlock(StructBlock):
    """An entry of a menu."""

    page = PageChooserBlock(
        required=False, help_text="The entry follows the page when that is renamed, moved or taken offline."
    )
    address = CharBlock(
        required=False,
        max_length=500,
        label="Or an address",
        help_text="Only for something that is not a page of this site, for example https://www.council.example/",
    )
    title = CharBlock(
        required=False, max_length=60, help_text="What the menu shows. Leave empty to show the page's own title."
    )

    def clean(self, value):
        """Insist on exactly one target, and on a title for an address."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if errors := dict(_faults(cleaned)):
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "link"
        label = "Menu entry"
        label_format = "{title} {page} {address}"


def _faults(link):
    if bool(link["page"]) == bool(link["address"]):
        yield "page", ValidationError("Choose a page or write an address: one of the two.")
    elif link["address"]:
        try:
            validate_address(link["address"])
        except ValidationError as fault:
            yield "address", fault
        if not link["title"]:
            yield "title", ValidationError("Say what the menu should show for this address.")
