"""What somebody should look at before an issue goes out: each fault is one sentence that names the item."""

from collections.abc import Iterator

from wagtail.blocks import ChooserBlock
from wagtail.images import get_image_model

from bulletins.mailing.message import IssueMail
from bulletins.mailing.rendering import LARGEST, Extent
from bulletins.mailing.rich_text import as_line, dead_links
from bulletins.models import BulletinPage
from content.fetching import base_model, choices_and_texts, fetched_together
from pages.models import BasePage

SHORTENED = {
    Extent.FIRST_PART: "The issue is too large for a mail: only the beginning of each item is in it, with a link.",
    Extent.HEADINGS: "The issue is too large for a mail: only the headings are in it, each with a link.",
}


def faults_of(*, page: BulletinPage, mail: IssueMail) -> list[str]:
    """Return the faults of an issue and of the mail that was made of it, in the order of the issue."""
    with fetched_together(page) as store:
        return [*_of_the_mail(page, mail), *_of_the_items(page, store)]


def _of_the_mail(page, mail) -> Iterator[str]:
    if mail.size > LARGEST:
        yield "It is still too large: Gmail will hide its end. Make fewer and larger items of it."
    elif mail.extent != Extent.WHOLE:
        yield SHORTENED[mail.extent]
    if not page.items.raw_data:
        yield "There is no item in this issue yet."
    for words in dead_links(page.introduction):
        yield f"In the introduction, “{words}” {NO_LINK}"


NO_LINK = "leads nowhere, or to something that is not public. In the mail these words have no link."


def _of_the_items(page, store) -> Iterator[str]:
    kinds = page.items.stream_block.child_blocks
    for raw in page.items.raw_data:
        if kind := kinds.get(raw["type"]):
            for fault in _of_an_item(kind, raw["value"], store):
                yield f"“{raw['value'].get('heading') or kind.label}”: {fault}"


def _of_an_item(kind, raw, store) -> Iterator[str]:
    found = list(choices_and_texts(kind, raw))
    own = choices_and_texts(kind, {name: value for name, value in raw.items() if name != "source"})
    if not any(isinstance(block, ChooserBlock) or as_line(value) for block, value in own):
        yield "there is no text in this item."
    for block, value in found:
        if isinstance(block, ChooserBlock):
            model = base_model(block.model_class)
            if store.get_many(model, [value]).get(value) is None:
                yield f"{NAMES.get(model, 'something')} chosen here is gone or not public, and is left out."
        else:
            yield from (f"“{words}” {NO_LINK}" for words in dead_links(value))
    yield from _of_pictures(raw)


NAMES = {BasePage: "a page", get_image_model(): "a picture"}


def _of_pictures(raw) -> Iterator[str]:
    for block in raw.get("body") or ():
        if block["type"] == "image" and not block["value"].get("decorative") and not block["value"].get("alt_text"):
            yield "a picture has no description. Many mail programs show no pictures at first."
