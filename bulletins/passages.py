"""The items of an issue as passages that the search finds, read from the raw items."""

from bulletins.blocks import ItemBlock, anchor_for
from bulletins.pieces import day_of
from pages.passages import DeclaredPassage, PassageKind

# The heading is the title; the rest are choices, addresses and days as they are stored, no words of the text.
NOT_TEXT = {"heading", "link", "date", "meeting_date", "deadline", *ItemBlock.SETTINGS}


def passages_of(issue) -> list[DeclaredPassage]:
    """Return a passage for each item of an issue, in order. A course is of the day on which it is."""
    labels = {name: block.label for name, block in issue.items.stream_block.child_blocks.items()}
    return [
        DeclaredPassage(
            PassageKind.BULLETINS,
            raw["value"].get("heading") or "",
            {key: value for key, value in raw["value"].items() if key not in NOT_TEXT},
            anchor=anchor_for(raw.get("id") or ""),
            label=f"{labels[raw['type']]}, {issue.quarter_label}",
            day=_day(issue, raw["value"] if raw["type"] == "training" else {}),
            topics=tuple(raw["value"].get("topics") or ()),
            on_its_own=True,
        )
        for raw in issue.items.raw_data
        if raw["type"] in labels
    ]


def _day(issue, training: dict):
    return day_of(training["date"]) if training.get("date") else issue.issue_date
