"""The parts of a priority area as passages that the search finds; the anchors are those of its template."""

from pages.passages import DeclaredPassage, PassageKind

PARTS = [
    ("why", "Why this matters"),
    ("strategy", "What we want to change"),
    ("asks", "What we ask of you"),
    ("progress", "How the work is going"),
]


def passages_of(area) -> list[DeclaredPassage]:
    """Return a passage for each part of a priority area that says something."""
    said = {
        "why": area.why,
        "strategy": area.strategy,
        "asks": [raw["value"] for raw in area.asks.raw_data],
        "progress": [raw["value"].get("text") or "" for raw in area.progress.raw_data],
    }
    return [
        DeclaredPassage(PassageKind.PRIORITIES, title, said[anchor], anchor=anchor)
        for anchor, title in PARTS
        if said[anchor]
    ]
