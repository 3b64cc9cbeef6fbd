"""The findings of a review, and the places on its page."""

from dataclasses import dataclass

from board_business.blocks import anchor_for
from board_business.pieces import FINDINGS_ANCHOR
from content.headings import Heading

WHAT_IT_WAS = "what-it-was-about"
WHAT_TO_DO = "what-to-do"
ACTION_PLAN = "action-plan"


@dataclass(frozen=True)
class Finding:
    """A finding with its anchor; `text` is rich text, ready to be shown."""

    anchor: str
    text: object


def findings_of(stream) -> list[Finding]:
    """Return the findings in a StreamValue, in order."""
    return [Finding(anchor_for("finding", block.id or ""), block.value["text"]) for block in stream]


def places_of(review, *, plan, documents) -> list[Heading]:
    """Return the headings of a review's page that have something below them, in order."""
    found = review.good_practice or review.areas_for_development
    places = [
        (WHAT_IT_WAS, "What it was about", review.what_happened),
        (FINDINGS_ANCHOR, "What was found", found),
        (WHAT_TO_DO, "What you should do", review.what_to_do),
        (ACTION_PLAN, "Action plan", plan.actions),
        ("what-came-of-it", "What came of it", documents),
        ("how-it-was-done", "How it was done", review.methods),
    ]
    return [Heading(anchor, title) for anchor, title, said in places if said]
