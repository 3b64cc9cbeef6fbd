"""The board's page, meetings and reviews for tests."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

from board_business.models import BoardBusinessPage, MeetingPage, ReviewPage
from tests.factories import add_page

_numbers = count(1)
FIRST_DAY = date(2017, 3, 10)


def block(kind: str, value, block_id: str = "") -> dict:
    """Return the raw form of a block."""
    return {"type": kind, "id": block_id or str(uuid4()), "value": value}


def decision(heading="A decision", html="<p>It was decided.</p>", **fields) -> dict:
    """Return the raw form of a decision; `documents` are keys of pages."""
    documents = [block("item", key) for key in fields.pop("documents", ())]
    return block("decision", {"heading": heading, "decision": html, "steps": [], "documents": documents} | fields)


def finding(sentence="Something was found.", topics=()) -> dict:
    """Return the raw form of a finding."""
    return block("finding", {"text": f"<p>{sentence}</p>", "topics": list(topics)})


def action(heading="Do it", state="not_started", due: date | None = None, owner="Police", outcome="") -> dict:
    """Return the raw form of an action."""
    due = due and due.isoformat()
    return block("action", {"heading": heading, "owner": owner, "due": due, "state": state, "outcome": outcome})


def add_board(home, **fields) -> BoardBusinessPage:
    """Make the board's page."""
    return add_page(home, BoardBusinessPage(**{"title": "The board's work", "slug": "board"} | fields))


def add_meeting(board, *, publish=True, **fields) -> MeetingPage:
    """Make a meeting; each is a week after the one before."""
    number = next(_numbers)
    values = {
        "title": f"Meeting {number}",
        "slug": f"meeting-{number}",
        "meeting_date": FIRST_DAY + timedelta(weeks=number),
        "decisions": [decision()],
    }
    return add_page(board, MeetingPage(**values | fields), publish=publish)


def add_review(board, *, publish=True, **fields) -> ReviewPage:
    """Make a review; each is a week after the one before."""
    number = next(_numbers)
    values = {
        "title": f"Review {number}",
        "slug": f"review-{number}",
        "review_type": "multi_agency_audit",
        "theme": "A theme",
        "published_on": FIRST_DAY + timedelta(weeks=number),
        "good_practice": [finding("Calls were answered.")],
        "areas_for_development": [finding("Letters were not.")],
        "what_to_do": "<ul><li>Ring.</li></ul>",
        "actions": [action()],
    }
    return add_page(board, ReviewPage(**values | fields), publish=publish)


def publish_again(page, *, note="Something changed.", significance="major", **fields):
    """Publish a change of a meeting or review; return the edition it made."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.change_significance, draft.change_note = significance, note
    draft.save_revision().publish()
    page.refresh_from_db()
    return page.history().first()
