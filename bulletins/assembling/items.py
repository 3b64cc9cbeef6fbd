"""Items made of what happened, in the raw form of the stream field."""

from dataclasses import dataclass, field
from uuid import uuid4

from bulletins.blocks import ItemsBlock
from gathering.declared import Newsworthy

LONGEST_HEADING = 200


@dataclass
class Made:
    """What putting things into items came to: the raw items, and for each thing the id of the item it is in."""

    items: list[dict]
    places: list[tuple[Newsworthy, str]] = field(default_factory=list)


def put_into(items: list[dict], found: list[Newsworthy], *, joined: dict[str, str]) -> Made:
    """Return the items with everything found put in: into the item that it joins, if that is still there, or behind.

    `joined`: {joins: id of the item that has it}. Nothing that stands in an item is changed, only added to.
    """
    made = Made([*items])
    where = {raw["id"]: position for position, raw in enumerate(made.items) if raw.get("id")}
    unders: dict[str, str] = {}
    for news in found:
        item_id = joined.get(news.joins) if news.joins else None
        if item_id in where:
            position = where[item_id]
            made.items[position] = _added_to(made.items[position], news, under=unders.get(item_id, ""))
        else:
            item_id = str(uuid4())
            where[item_id] = len(made.items)
            made.items.append(_item(news, item_id))
            if news.joins:
                joined = joined | {news.joins: item_id}
        unders[item_id] = news.under
        made.places.append((news, item_id))
    return made


def _item(news: Newsworthy, item_id: str) -> dict:
    """Return a new item; fields that its kind does not have are left out."""
    known = ItemsBlock().child_blocks[news.kind].child_blocks
    # What has a place of its own in the kind (the chapters, the tool) is not linked a second time.
    values = {"topics": list(news.topics), "source": news.page_id, "source_place": news.place} | news.values
    body = _body(news, under="") if "body" not in news.values else news.values["body"]
    values |= {"heading": (news.joined_heading or news.heading)[:LONGEST_HEADING], "body": body}
    if news.joined_heading and news.joined_heading != news.heading:
        # Of several pages, none is the source of the whole.
        values |= {"source": None, "source_place": ""}
    return {"type": news.kind, "id": item_id, "value": {name: values[name] for name in values if name in known}}


def _added_to(raw: dict, news: Newsworthy, *, under: str) -> dict:
    """Return an item with one more thing in it: text at the end of its body, pages at the end of its lists."""
    value = dict(raw["value"])
    value["body"] = [*(value.get("body") or []), *_body(news, under=under)]
    for name, more in news.values.items():
        if isinstance(more, list) and name != "body":
            have = value.get(name) or []
            known = [one["value"] if isinstance(one, dict) and "value" in one else one for one in have]
            value[name] = [*have, *(one for one in more if one not in known)]
    return raw | {"value": value}


def _body(news: Newsworthy, *, under: str) -> list[dict]:
    heading = news.under if news.under != under else ""
    text = f"{heading}{news.text}"
    return [{"type": "text", "id": str(uuid4()), "value": text}] if text else []
