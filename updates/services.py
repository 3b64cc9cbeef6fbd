"""What begins and ends an edition."""

from datetime import datetime

from wagtail.models import Revision

from pages.models import BasePage
from pages.tree import tree_lock
from updates.comparison import same_content
from updates.models import Edition, Significance

# Published by code, which was not asked: readers are told rather than not.
NO_NOTE = "No note was given with this change."


def record_edition(*, page, revision: Revision, now: datetime) -> Edition | None:
    """Record that the page was published from the revision at `now`, and return the edition.

    Returns None, and records nothing, when the edition in force says the same. The first edition is major. Later ones
    take the answer that the revision carries. Where there is none, the edition is major: with the note "Returned to
    edition N." when an earlier edition's revision was published again, else with `NO_NOTE`.
    """
    with tree_lock():
        _empty_answer_of_live_page(page)
        revision = _as_published(page, revision)
        last = page.editions.select_related("revision").order_by("number").last()
        if last and last.superseded_at is None and same_content(last.revision.content, revision.content):
            _drop_answer(page, revision)
            return None
        begins = max(filter(None, [now, last and last.in_force_from, last and last.superseded_at]))
        end_edition(page=page, now=begins)
        return Edition.objects.create(
            page_id=page.pk,
            revision=revision,
            number=last.number + 1 if last else 1,
            in_force_from=begins,
            title=page.title,
            author_id=revision.user_id,
            sections=page.changed_sections(before=last and last.revision.content, after=revision.content),
            **_answer(revision, first=last is None),
        )


def end_edition(*, page, now: datetime) -> None:
    """End the page's edition in force, if there is one: another takes its place, or the page is no longer public."""
    with tree_lock():
        for edition in page.editions.current():
            # A clock that was set back must not stop anyone from publishing.
            edition.superseded_at = max(now, edition.in_force_from)
            edition.save(update_fields=["superseded_at"])


def pages_with_editions(pages) -> list[BasePage]:
    """Return which of these pages, and of those below them, have editions and so cannot be deleted; in tree order."""
    found = BasePage.objects.none()
    for page in pages:
        found |= BasePage.objects.descendant_of(page, inclusive=True)
    return list(found.filter(editions__isnull=False).distinct().order_by("path"))


def _answer(revision, *, first: bool) -> dict:
    """Return the edition's significance, note and the key of the answer it uses."""
    content = revision.content
    key = content.get("change_answer")
    if not key or Edition.objects.filter(answer=key).exists():
        return {"significance": Significance.MAJOR, "note": "" if first else _note_without_answer(revision)}
    note = (content.get("change_note") or "").strip()
    if first or content.get("change_significance") != Significance.MINOR:
        return {"significance": Significance.MAJOR, "note": note or ("" if first else NO_NOTE), "answer": key}
    return {"significance": Significance.MINOR, "note": note, "answer": key}


def _note_without_answer(revision) -> str:
    earlier = revision.editions.order_by("number").last()
    return f"Returned to edition {earlier.number}." if earlier else NO_NOTE


def _empty_answer_of_live_page(page):
    """All its fields start empty on the next edit: the answer stays in the revision and in the edition."""
    page.clear_answer()
    type(page).objects.filter(pk=page.pk).update(**page.answer_fields)


def _drop_answer(page, revision):
    """Empty the answer in a revision that no edition holds, so that it is not taken for the next edition's."""
    if revision.content.get("change_answer") and not revision.editions.exists():
        revision.content.update(page.answer_fields)
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _as_published(page, revision) -> Revision:
    """Return the revision that says what the public page says.

    Almost always the one given. A copy of a public page that has a draft too is public as the page was, but Wagtail
    hands over a revision with the draft; then one is made of the public state, older than the draft.
    """
    if not (page.has_unpublished_changes and revision.pk == page.latest_revision_id):
        return revision
    public = type(page).objects.get(pk=page.pk)
    return Revision.objects.create(
        content_object=public,
        base_content_type=public.get_base_content_type(),
        user=revision.user,
        created_at=page.first_published_at,
        content=public.serializable_data(),
        object_str=str(public),
    )
