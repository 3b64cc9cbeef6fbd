"""What the templates of a mail need. Each tag writes the form that is being made: HTML, or plain text."""

from django import template
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from bulletins.mailing.plain_lines import SECTION
from bulletins.mailing.rich_text import absolute, as_html, as_line, as_text, linked

register = template.Library()

# The size that is fetched with the page (content.fetching.PICTURE_SIZES), in a format that every mail program shows.
PICTURE = "max-800x8000"
# As wide as the column of a mail.
WIDEST = 600
LONGEST_FIRST_PART = 300


@register.simple_tag(takes_context=True)
def mail_item(context, entry, number):
    """Write an item in the form that its kind has."""
    name = f"emails/bulletin/items/{entry.block.block_type}.{context['form']}"
    address = f"{context['address']}#{entry.anchor}"
    written = _written(context, name, {"entry": entry, "value": entry.block.value, "number": number, "item": address})
    return written if context["form"] == "html" else f"{SECTION}\n{written}"


@register.simple_tag(takes_context=True)
def mail_body(context, body):
    """Write the blocks of an item in the forms that they have."""
    return _joined(
        context,
        [
            _written(context, f"emails/bulletin/blocks/{block.block_type}.{context['form']}", {"value": block.value})
            for block in body or ()
        ],
    )


@register.simple_tag(takes_context=True)
def mail_rich(context, value):
    """Write a rich text; `value` may be what a block or what a field holds."""
    source = getattr(value, "source", value)
    return (as_html if context["form"] == "html" else as_text)(source, context["address"])


@register.simple_tag(takes_context=True)
def mail_link(context, words, address):
    """Write a link in plain text."""
    return linked(_line(words), absolute(address, context["address"]))


@register.simple_tag(takes_context=True)
def mail_row(context, columns, row):
    """Write a row of a table in plain text, on one line: "Worry: In danger now. Ring: 999"."""
    cells = zip((_line(column["heading"]) for column in columns), row, strict=False)
    written = [(head, _line(as_text(cell.value.source, context["address"]))) for head, cell in cells]
    return ". ".join(f"{head}: {words}" if head else words for head, words in written if words).replace("..", ".")


@register.simple_tag(takes_context=True)
def mail_address(context, address):
    """Write the whole address of a page or of a file."""
    return absolute(address, context["address"])


@register.simple_tag
def mail_picture(image):
    """Return the picture as it is shown in a mail: its address, width and height; None where it cannot be read."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition(PICTURE)
    except (OSError, SourceImageIOError, InvalidFilterSpecError):
        return None
    width = min(rendition.width, WIDEST)
    return {
        "url": rendition.url,
        "width": width,
        "height": round(rendition.height * width / rendition.width) if rendition.width else rendition.height,
    }


@register.filter
def first_part(body) -> str:
    """Return the first words of an item's text."""
    texts = (as_line(block.value.source) for block in body or () if block.block_type == "text")
    return Truncator(next((text for text in texts if text), "")).chars(LONGEST_FIRST_PART)


@register.filter
def line(words) -> str:
    """Return words on one line: nothing that is typed into a field begins a line of a plain text."""
    return _line(words)


@register.filter
def rich_line(value) -> str:
    """Return the words of a rich text on one line, without the addresses of its links."""
    return as_line(getattr(value, "source", value))


def _line(words) -> str:
    return " ".join(str(words).split())


def _written(context, name: str, values: dict) -> str:
    """Render a template beside the one that is being rendered: it escapes as that one does."""
    shared = {key: context.get(key) for key in ("form", "address", "organisation", "extent")}
    return context.template.engine.get_template(name).render(context.new(shared | values))


def _joined(context, parts: list[str]):
    if context["form"] == "html":
        return mark_safe("".join(parts))  # noqa: S308 (each was rendered by a template)
    return "\n\n".join(parts)
