"""Decisions, and what reviews found, as passages that the search finds; read from raw values."""

from board_business.blocks import anchor_for
from board_business.findings import ACTION_PLAN, WHAT_IT_WAS, WHAT_TO_DO
from board_business.pieces import FINDING_FIELDS, LONGEST_TITLE
from content.excerpts import excerpt_of
from pages.passages import DeclaredPassage, PassageKind

STEP_WORDS = ("agency", "what")


def passages_of_meeting(meeting) -> list[DeclaredPassage]:
    """Return a passage for each decision of a meeting, in order, with who does what because of it."""
    return [
        DeclaredPassage(
            PassageKind.BOARD,
            raw["value"].get("heading") or "",
            [raw["value"].get("decision") or "", _steps(raw["value"].get("steps"))],
            anchor=anchor_for("decision", raw.get("id") or ""),
            label="Board decision",
            day=meeting.meeting_date,
            topics=tuple(raw["value"].get("topics") or ()),
            on_its_own=True,
        )
        for raw in meeting.decisions.raw_data
    ]


def passages_of_review(review) -> list[DeclaredPassage]:
    """Return the parts of a review that say something, and each of its findings."""
    actions = [
        [raw["value"].get(name) or "" for name in ("heading", "owner", "outcome")] for raw in review.actions.raw_data
    ]
    parts = [
        (WHAT_IT_WAS, "What it was about", review.what_happened),
        (WHAT_TO_DO, "What you should do", review.what_to_do),
        (ACTION_PLAN, "Action plan", actions),
        ("how-it-was-done", "How it was done", review.methods),
    ]
    return [
        *(DeclaredPassage(PassageKind.BOARD, title, said, anchor=anchor) for anchor, title, said in parts if said),
        *(finding for name, label in FINDING_FIELDS.items() for finding in _findings(getattr(review, name), label)),
    ]


def _findings(stream, label: str) -> list[DeclaredPassage]:
    return [
        DeclaredPassage(
            PassageKind.BOARD,
            excerpt_of(raw["value"].get("text") or "", longest=LONGEST_TITLE),
            raw["value"].get("text") or "",
            anchor=anchor_for("finding", raw.get("id") or ""),
            label=label,
            topics=tuple(raw["value"].get("topics") or ()),
        )
        for raw in stream.raw_data
    ]


def _steps(raw_list) -> list:
    steps = (child.get("value", child) for child in raw_list or () if isinstance(child, dict))
    return [[step.get(name) or "" for name in STEP_WORDS] for step in steps if isinstance(step, dict)]
