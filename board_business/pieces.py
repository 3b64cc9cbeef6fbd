"""Decisions and findings as pieces that other rooms gather by topic; read from raw values, so nothing is fetched."""

from board_business.blocks import anchor_for
from content.excerpts import excerpt_of, text_of
from gathering.declared import DeclaredPiece
from gathering.models import Group

# Where the findings of a review begin on its page.
FINDINGS_ANCHOR = "findings"
FINDING_FIELDS = {"good_practice": "Good practice", "areas_for_development": "Area for development"}
LONGEST_TITLE = 200


def pieces_of_meeting(meeting) -> list[DeclaredPiece]:
    """Return a piece for each decision, in order. Without topics of its own it has those of the meeting."""
    of_meeting = slugs_of(meeting)
    return [
        DeclaredPiece(
            anchor=anchor_for("decision", raw.get("id") or ""),
            group=Group.DECISIONS,
            kind="Board decision",
            title=raw["value"].get("heading") or "",
            summary=excerpt_of(raw["value"].get("decision") or ""),
            day=meeting.meeting_date,
            topics=tuple(raw["value"].get("topics") or of_meeting),
            links=tuple(keys_in(raw["value"].get("documents"))),
        )
        for raw in meeting.decisions.raw_data
    ]


def pieces_of_review(review) -> list[DeclaredPiece]:
    """Return a piece for each finding that has topics of its own. The review as a whole is gathered as a page."""
    return [
        DeclaredPiece(
            anchor=anchor_for("finding", raw.get("id") or ""),
            group=Group.FINDINGS,
            kind=kind,
            title=excerpt_of(raw["value"].get("text") or "", longest=LONGEST_TITLE),
            summary=review.title,
            day=review.published_on,
            topics=tuple(raw["value"]["topics"]),
        )
        for name, kind in FINDING_FIELDS.items()
        for raw in getattr(review, name).raw_data
        if raw["value"].get("topics")
    ]


def slugs_of(page) -> tuple[str, ...]:
    """Return the slugs of the topics that staff chose for the whole page."""
    return tuple(sorted(topic.slug for topic in page.topics.all()))


def keys_in(raw_list) -> list[int]:
    """Return the keys of pages in the raw value of a list of links; empty entries are left out."""
    values = (child.get("value") if isinstance(child, dict) else child for child in raw_list or ())
    return [value for value in values if isinstance(value, int)]


def words_of(raw: dict, *names: str) -> tuple[str, ...]:
    """Return the words in these fields of a raw struct: what counts when two wordings are compared."""
    return tuple(text_of(raw.get(name) or "") for name in names)
