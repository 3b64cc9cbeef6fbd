"""Which drafts wait for an answer to "Do people need to know what changed?"."""

from updates.comparison import same_content


def pages_without_answer(pages, *, include_below: bool, user) -> list:
    """Return the pages that bulk publishing would publish with a change but without an answer.

    The same pages as Wagtail's action: those given and, with `include_below`, drafts below them that are not public
    and that the user may publish.
    """
    unanswered = [page for page in pages if needs_answer(page)]
    if include_below:
        for page in pages:
            drafts = page.get_descendants().not_live()
            unanswered += [
                draft
                for draft in drafts.iterator()
                if needs_answer(draft) and draft.permissions_for_user(user).can_publish()
            ]
    return list(dict.fromkeys(unanswered))


def needs_answer(page) -> bool:
    """Tell whether publishing the latest draft of this page would make an edition that nobody has spoken about."""
    last = page.editions.select_related("revision").order_by("number").last()
    draft = page.get_latest_revision()
    if last is None or draft is None:
        return False
    if last.superseded_at is None and same_content(last.revision.content, draft.content):
        return False
    return not is_answered(draft.as_object())


def is_answered(page) -> bool:
    """Tell whether the page, as a draft, carries a full answer: minor, or major with a note."""
    return page.change_significance == "minor" or (page.change_significance == "major" and bool(page.change_note))
