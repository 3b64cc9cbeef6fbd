"""Whether two states of a page say the same."""

import json

# What a revision holds about the page as a record: where it stands, its states and times, who looks after it and when,
# and the answer to the change question. None of it is what readers read.
BOOKKEEPING = {
    "pk", "path", "depth", "numchild", "url_path", "content_type", "translation_key", "locale", "alias_of",
    "live", "expired", "withdrawn_as", "has_unpublished_changes", "draft_title", "latest_revision", "live_revision",
    "first_published_at", "last_published_at", "latest_revision_created_at", "go_live_at", "expire_at",
    "owner", "locked", "locked_by", "locked_at", "reviewed_on", "review_due",
    "comments", "comment_notifications", "wagtail_admin_comments",
    "change_significance", "change_note", "change_answer", "change_sections",
}  # fmt: skip
EMPTY = (None, "", [], {})


# What changes in a child row without anything having been changed: it gets its key when it is first published.
CHILD_BOOKKEEPING = {"pk", "translation_key", "locale"}


def same_content(one: dict, other: dict) -> bool:
    """Tell whether two revisions of a page (`Revision.content`) say the same, bookkeeping aside."""
    return _said(one, BOOKKEEPING) == _said(other, BOOKKEEPING)


def _said(content: dict, bookkeeping: set[str]) -> dict:
    """Return what a record says; a field that is empty counts as one that did not exist then."""
    said = {name: _plain(value) for name, value in content.items() if name not in bookkeeping}
    return {name: value for name, value in said.items() if value not in EMPTY}


def _plain(value):
    """Bring a stored value into a form that can be compared: blocks parsed, relations as a set."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return _parsed(value)
    if isinstance(value, list) and all(isinstance(child, dict) for child in value):
        return [_said(child, CHILD_BOOKKEEPING) for child in value]
    if isinstance(value, list):
        return sorted(value, key=str)
    return value


def _parsed(value: str):
    """Return the blocks of a StreamField, or the text itself where it is no JSON."""
    try:
        return json.loads(value)
    except ValueError:
        return value
