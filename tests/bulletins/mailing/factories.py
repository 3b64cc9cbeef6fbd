"""Issues with everything in them, and their mails."""

from datetime import date

from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model

from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import render_issue
from tests.factories import news

A_PERSON = Personal(why="You chose the bulletin.", manage_url="https://x.example/m", leave_url="https://x.example/l")


def mail_of(page, **options):
    """Return the mail of an issue."""
    return render_issue(page=page, now=timezone.now(), **options)


def both_forms(page, **options) -> tuple[BeautifulSoup, str]:
    """Return the HTML, parsed, and the plain text that one person gets."""
    html, text = mail_of(page, **options).addressed_to(A_PERSON)
    return BeautifulSoup(html, "html.parser"), text


def one_line(text: str) -> str:
    """Return the words with single spaces between them."""
    return " ".join(text.split())


def add_picture(width=40, height=20):
    """Put a white picture of this size into the library."""
    file = ContentFile(b"", name="picture.png")
    Picture.new("1", (width, height), 1).save(file, "PNG")
    return get_image_model().objects.create(title="Picture", file=file, width=width, height=height)


def block(kind, value) -> dict:
    """Return the raw form of a block."""
    return {"type": kind, "id": f"{kind}-1", "value": value}


def picture_block(image, alt_text="A sun", *, decorative=False, caption="") -> dict:
    """Return a picture."""
    return block("image", {"image": image, "alt_text": alt_text, "decorative": decorative, "caption": caption})


def table_block() -> dict:
    """Return a table of two columns and two rows."""
    columns = [{"type": "text", "heading": heading} for heading in ("Worry", "Ring")]
    rows = [{"values": ["<p>In danger now</p>", "<p>999</p>"]}, {"values": ["<p>Any other</p>", "<p>101</p>"]}]
    return block("table", {"caption": "When to ring", "columns": columns, "rows": rows})


def with_body(*blocks, heading="An item", **fields) -> dict:
    """Return an item with these blocks in it."""
    item = news(heading, **fields)
    item["value"]["body"] = list(blocks)
    return item


def every_kind(page) -> list[dict]:
    """Return one item of each kind with every field filled in; all that choose a page choose this one."""
    day = "2030-04-03"
    return [
        news("Some news", source=page.pk, source_place="why"),
        news("Neglect", kind="priority_update", priority=page.pk),
        news("A strategy", kind="decision", meeting_date=day, decision="<p>Agreed so.</p>", document=page.pk),
        news(
            "An offence", kind="new_law", act="Some Act 2015", section="67", in_force_from=day,
            maximum_penalty="2 years", what_to_do="<p>Keep <b>them</b>.</p>", chapters=[page.pk],
        ),
        news(
            "An audit", kind="inspection", theme="Homes", good_practice_heading="Good",
            good_practice=["<p>Timely.</p>"],
            development_heading="Better", areas_for_development=["<p>Focus.</p>"], next_steps="<p>A plan.</p>",
        ),
        news("Policies", kind="procedures_update", chapters=[page.pk]),
        news("A tool", kind="highlight", page=page.pk),
        news("A course", kind="training", date=day, place="Online", link="https://training.example/a?b=1&c=2"),
        news("Send us news", kind="call_for_information", deadline=day),
    ]  # fmt: skip


NEXT = date(2030, 7, 1)
