"""What of meetings and reviews belongs in the next bulletin; see `gathering.declared.Newsworthy`."""

import json
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from board_business.actions import plan_of
from board_business.blocks import anchor_for
from board_business.pieces import FINDING_FIELDS, FINDINGS_ANCHOR, keys_in, slugs_of, words_of
from gathering.declared import Newsworthy

# How many steps that are still to be taken an item names.
NEXT_STEPS = 6


def news_of_meeting(meeting, editions) -> list[Newsworthy]:
    """Return the decisions that these editions made or reworded, as they stand now, in order: two queries."""
    editions = list(editions)
    if not editions:
        return []
    told, before = _said_in(editions[0], "decisions"), _said_before(meeting, editions, "decisions")
    reworded_in, of_meeting, found = _reworded_in(editions, before), slugs_of(meeting), []
    for raw in meeting.decisions.raw_data:
        key = raw.get("id") or ""
        # What stands as it stood before is not told, nor what came with a change that nobody needs to hear of.
        if key in told and _wording(before.get(key)) != _wording(told[key]):
            number = reworded_in.get(key)
            found.append(_news_of_decision(meeting, raw, editions[0], reworded_in=number, of_meeting=of_meeting))
    return found


def news_of_review(review, editions, *, today: date) -> list[Newsworthy]:
    """Return the review if its findings are new or changed, else each change that people were told of."""
    editions = list(editions)
    if not editions:
        return []
    is_new = any(edition.number == 1 for edition in editions)
    told, before = _said_in(editions[0], *FINDING_FIELDS), _said_before(review, editions, *FINDING_FIELDS)
    if is_new or _wordings(told) != _wordings(before):
        changed_in = _findings_changed_in(editions, None if is_new else before)
        return [_news_of_findings(review, editions[0], changed_in=changed_in, today=today)]
    return [_news_of_change(review, edition) for edition in editions]


def raw_blocks(content: dict, name: str) -> dict[str, dict]:
    """Return {id: raw block} of a stream field in a revision (`Revision.content`) of any age."""
    stored = content.get(name) or "[]"
    blocks = json.loads(stored) if isinstance(stored, str) else stored
    return {raw.get("id"): raw for raw in blocks}


def _said_before(page, editions, *names: str) -> dict[str, dict]:
    """Return the raw blocks of these fields in the edition before the earliest of some; none before the first."""
    earliest = min(edition.number for edition in editions)
    before = page.history().filter(number__lt=earliest).select_related("revision").first()
    return _said_in(before, *names) if before else {}


def _said_in(edition, *names: str) -> dict[str, dict]:
    content = edition.revision.content
    return {key: raw for name in names for key, raw in raw_blocks(content, name).items()}


def _wording(raw: dict | None):
    return raw and words_of(raw["value"], "heading", "decision", "text")


def _wordings(raws: dict[str, dict]) -> list:
    return [_wording(raw) for raw in raws.values()]


def _reworded_in(editions, before: dict[str, dict]) -> dict[str, int]:
    """Return {id of a decision: number of the edition that gave it the wording it has}; not those never reworded."""
    wordings, found = {key: _wording(raw) for key, raw in before.items()}, {}
    for edition in reversed(editions):
        for key, raw in _said_in(edition, "decisions").items():
            if wordings.setdefault(key, _wording(raw)) != _wording(raw):
                wordings[key], found[key] = _wording(raw), edition.number
    return found


def _findings_changed_in(editions, before: dict[str, dict] | None) -> int | None:
    """Return the number of the edition that changed the findings last; `before`: None for a review that is new."""
    wordings, found = None if before is None else _wordings(before), None
    for edition in reversed(editions):
        said = _wordings(_said_in(edition, *FINDING_FIELDS))
        if wordings is not None and said != wordings:
            found = edition.number
        wordings = said
    return found


def _news_of_decision(
    meeting, raw: dict, edition, *, reworded_in: int | None, of_meeting: tuple[str, ...]
) -> Newsworthy:
    value, key = raw["value"], raw.get("id") or ""
    # Each wording has a key of its own: a new one is offered although the old one was.
    wording = f":{reworded_in}" if reworded_in else ""
    topics, documents = tuple(value.get("topics") or ()), keys_in(value.get("documents"))
    decided = f"Decided on {_day(meeting.meeting_date)}"
    return Newsworthy(
        key=f"decision:{meeting.pk}:{key}{wording}",
        kind="decision",
        heading=value.get("heading") or "",
        reason=f"{decided}, reworded since" if reworded_in else decided,
        moment=edition.in_force_from,
        page_id=meeting.pk,
        place=anchor_for("decision", key),
        values={
            "meeting_date": meeting.meeting_date.isoformat(),
            "decision": value.get("decision") or "",
            "document": documents[0] if documents else None,
            "topics": list(topics),
        },
        topics=topics or of_meeting,
    )


def _news_of_findings(review, edition, *, changed_in: int | None, today: date) -> Newsworthy:
    published = f"Published on {_day(review.published_on)}"
    topics = slugs_of(review)
    return Newsworthy(
        key=f"review:{review.pk}:findings:{changed_in}" if changed_in else f"review:{review.pk}",
        kind="inspection",
        heading=review.title,
        reason=f"{published}, findings changed since" if changed_in else published,
        moment=edition.in_force_from,
        page_id=review.pk,
        place=FINDINGS_ANCHOR,
        text=_opening(review),
        values={
            "theme": review.theme,
            **{name: _sentences(getattr(review, name)) for name in FINDING_FIELDS},
            "next_steps": _next_steps(review, today),
            "topics": list(topics),
        },
        topics=topics,
    )


def _news_of_change(review, edition) -> Newsworthy:
    return Newsworthy(
        key=f"review:{review.pk}:{edition.number}",
        kind="news",
        heading=review.title,
        reason=f"Changed on {_day(timezone.localdate(edition.in_force_from))}",
        moment=edition.in_force_from,
        page_id=review.pk,
        text=format_html("<p>{}</p>", edition.note),
        topics=slugs_of(review),
    )


def _opening(review) -> str:
    """Return what the item begins with: the warning, if there is one, and the summary."""
    warning = format_html("<p><b>Before you read:</b> {}</p>", review.content_warning) if review.content_warning else ""
    return warning + (format_html("<p>{}</p>", review.summary) if review.summary else "")


def _sentences(stream) -> list[dict]:
    """Return findings in the raw form of a list of rich text."""
    return [{"type": "item", "id": raw.get("id"), "value": raw["value"].get("text") or ""} for raw in stream.raw_data]


def _next_steps(review, today: date) -> str:
    """Return the first open actions as a list; empty where nothing is left to do."""
    steps = [action for action in plan_of(review.actions.raw_data, today=today).actions if action.is_open]
    lines = ((step.heading.rstrip(".") + (f": {_who(step)}" if _who(step) else ""),) for step in steps[:NEXT_STEPS])
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines)) if steps else ""


def _who(action) -> str:
    by = f"by {_day(action.due)}" if action.due else ""
    return ", ".join(filter(None, (action.owner, by)))


def _day(day: date) -> str:
    return date_format(day, "j F Y")
