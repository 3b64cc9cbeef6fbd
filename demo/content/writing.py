"""Short ways to write the raw content of stream fields."""

from uuid import NAMESPACE_URL, uuid5


def block(kind: str, value) -> dict:
    """Return the raw form of one block. Its id comes from its content: building twice gives the same."""
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"{kind}:{value}"))}


def text(html: str, *more: dict) -> list[dict]:
    """Return a body: running text, and whatever blocks follow it."""
    return [block("text", html), *more]


def callout(title: str, html: str) -> dict:
    """Return a callout."""
    return block("callout", {"title": title, "text": html})


def contact(team: str) -> dict:
    """Return a contact by the name of its team; the builder puts the directory’s key in its place."""
    return block("contact", team)


def item(kind: str, heading: str, body: list[dict], **fields) -> dict:
    """Return an item of a bulletin."""
    return block(kind, {"heading": heading, "body": body, **fields})
