"""The items of an issue as pieces that other rooms gather by topic."""

from datetime import date

from bulletins.blocks import anchor_for
from content.excerpts import excerpt_of
from gathering.declared import DeclaredPiece
from gathering.models import Group

# Fields of the kinds that hold the key of a page, or a list of them.
LINKS = ("priority", "document", "page", "source", "chapters")


def pieces_of(issue) -> list[DeclaredPiece]:
    """Return the pieces of an issue, in order; read from the raw items, so that nothing they refer to is fetched."""
    labels = {name: block.label for name, block in issue.items.stream_block.child_blocks.items()}
    return [
        _piece(issue, raw["type"], labels[raw["type"]], raw.get("id") or "", raw["value"])
        for raw in issue.items.raw_data
        if raw["type"] in labels
    ]


def _piece(issue, kind: str, label: str, item_id: str, raw: dict) -> DeclaredPiece:
    is_training = kind == "training"
    return DeclaredPiece(
        anchor=anchor_for(item_id),
        group=Group.TRAINING if is_training else Group.NEWS,
        kind=label,
        title=raw.get("heading") or "",
        summary=excerpt_of([raw.get("decision") or "", raw.get("body") or []]),
        day=day_of(raw["date"]) if is_training and raw.get("date") else issue.issue_date,
        topics=tuple(raw.get("topics") or ()),
        links=tuple(_links(raw)),
    )


def day_of(raw) -> date:
    """Return the day of a raw date block, which in memory may be a date already."""
    return raw if isinstance(raw, date) else date.fromisoformat(raw)


def _links(raw: dict):
    for name in LINKS:
        for value in raw[name] if isinstance(raw.get(name), list) else [raw.get(name)]:
            # An entry of a list has an id of its own.
            key = value.get("value") if isinstance(value, dict) else value
            if isinstance(key, int):
                yield key
