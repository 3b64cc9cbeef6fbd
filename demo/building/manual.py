"""Builds the procedures manual with its history."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from bulletins.quarters import add_months
from demo.building.past import morning_of, move_publication
from demo.building.references import References
from demo.content import manual
from demo.content.manual.escalation import ESCALATION
from demo.content.manual.history import FIRST_DAY, editions
from demo.content.manual.writing import Amendments, Chapter, Part
from demo.content.writing import block
from pages.models import Audience, BasePage, Topic
from procedures.models import AmendmentsPage, ChapterPage, ManualPage, PartPage
from updates.models import Significance
from updates.withdrawing.models import Withdrawal
from updates.withdrawing.services import withdraw_page

REVIEW_EVERY = 12  # months
DAYS_TO_NEXT_UPDATE = 75
DAYS_FOR_SUGGESTIONS = 47
PAGE_TYPES = {Part: PartPage, Chapter: ChapterPage, Amendments: AmendmentsPage}


def build_manual(*, front: BasePage, references: References, today: date) -> ManualPage:
    """Build the manual below the home page; its chapters are put among the references, by title.

    First every page is made, so that chapters can link to each other. Then they are published in reading order, each
    chapter through all of its editions, which are given their times in the past.
    """
    built_from = timezone.now()
    page = front.add_child(instance=_manual_page(today))
    made = list(_made(page, manual.CONTENTS))
    references.chapters.update({written.title: child for written, child in made if isinstance(written, Chapter)})
    _publish(page, built_from, FIRST_DAY)
    # What refers to what is indexed once at the end, not for each edition.
    with disable_reference_index_auto_update():
        for written, child in made:
            if isinstance(written, Chapter):
                _publish_editions(written, child.pk, references, today, built_from)
            else:
                _publish(child, built_from, FIRST_DAY)
    for chapter in ChapterPage.objects.all():
        ReferenceIndex.create_or_update_for_object(chapter)
    page = ManualPage.objects.get(pk=page.pk)
    page.escalation_page = references.chapters[ESCALATION.title]
    _publish(page, built_from, today - timedelta(days=1))
    return page


def _manual_page(today) -> ManualPage:
    return ManualPage(
        title=manual.TITLE,
        slug="procedures",
        search_description=manual.SUMMARY,
        introduction=manual.OPENING,
        notice=manual.NOTICE,
        first_number=0,
        next_update_due=today + timedelta(days=DAYS_TO_NEXT_UPDATE),
        suggestions_until=today + timedelta(days=DAYS_FOR_SUGGESTIONS),
        live=False,
    )


def _made(parent, children) -> Iterator[tuple]:
    """Make what stands below a page, not yet public, and return (what was written, its page) in reading order."""
    for written in children:
        page = PAGE_TYPES[type(written)](
            title=written.title, slug=written.slug, search_description=written.summary, live=False
        )
        if isinstance(written, Amendments):
            page.introduction = written.opening
        parent.add_child(instance=page)
        yield written, page
        if isinstance(written, Part):
            yield from _made(page, written.children)


def _publish(page, built_from, day):
    page.save_revision().publish()
    move_publication(page=page, built_from=built_from, to=morning_of(day))


def _publish_editions(written: Chapter, key: int, references, today, built_from):
    """Publish a chapter once for each of its editions, the oldest first; then, perhaps, withdraw it."""
    for day, change, fields in editions(written, today):
        page = ChapterPage.objects.get(pk=key)
        _fill(page, written, fields, references)
        # When it was looked at is no part of what it says: the same in all of its editions.
        page.reviewed_on = add_months(today, written.review_months - REVIEW_EVERY)
        page.review_due = add_months(today, written.review_months)
        page.change_note = change.note
        page.change_significance = Significance.MINOR if change.minor else Significance.MAJOR if change.note else ""
        _publish(page, built_from, day)
    if written.withdrawn:
        _withdraw(written, key, references, built_from)


def _fill(page, written: Chapter, fields: dict, references):
    page.title, page.draft_title = fields["title"], fields["title"]
    for name in ("scope", "relevant_guidance", "sections"):
        setattr(page, name, references.placed(fields[name]))
    page.under_review_since = fields["under_review_since"]
    page.under_review_reason = fields["under_review_reason"]
    page.related = [block("page", references.chapters[title].pk) for title in written.related]
    page.topics = Topic.objects.filter(name__in=written.topics)
    page.audiences = Audience.objects.filter(name__in=written.audiences)


def _withdraw(written: Chapter, key: int, references, built_from: datetime):
    withdrawn = written.withdrawn
    page = ChapterPage.objects.get(pk=key)
    withdraw_page(
        page=page,
        way=withdrawn.way,
        reason=withdrawn.reason,
        replacement=references.chapters.get(withdrawn.replacement),
        now=timezone.now(),
    )
    moment = morning_of(withdrawn.on)
    Withdrawal.objects.filter(page_id=key).update(withdrawn_at=moment)
    move_publication(page=page, built_from=built_from, to=moment)
