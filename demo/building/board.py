"""Builds the board's page with its meetings and reviews."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from board_business.findings import FINDINGS_ANCHOR
from board_business.models import BoardBusinessPage, MeetingPage, ReviewPage
from bulletins.quarters import add_months, quarter_of
from demo.building.past import morning_of, move_publication
from demo.building.references import References
from demo.content import board
from demo.content.writing import block
from pages.models import Audience, BasePage, Topic


def build_board(*, front: BasePage, references: References, today: date) -> BoardBusinessPage:
    """Build the board's page below the home page; what a bulletin can link to is put among the references."""
    built_from = timezone.now()
    page = front.add_child(
        instance=BoardBusinessPage(
            title=board.TITLE,
            slug="board",
            search_description=board.SUMMARY,
            introduction=board.INTRODUCTION,
            live=False,
        )
    )
    page.save_revision().publish()
    keys = dict(BasePage.objects.descendant_of(front).values_list("slug", "pk"))
    this_quarter = quarter_of(today, first_month=1)
    for written in board.meetings(this_quarter):
        _build_meeting(page, written, keys, references, built_from)
    for written in board.reviews(this_quarter, today):
        _build_review(page, written, keys, references, built_from, today)
    return page


def _build_meeting(parent, written: board.Meeting, keys, references, built_from: datetime):
    decisions = [_with_keys(decision, keys) for decision in written.decisions]
    page = MeetingPage(
        title=f"Meeting of {written.day.day} {written.day:%B %Y}",
        slug=f"meeting-{written.day:%Y-%m-%d}",
        search_description=written.summary,
        meeting_date=written.day,
        place=written.place,
        agencies=board.AGENCIES,
        decisions=decisions,
        live=False,
    )
    parent.add_child(instance=page).save_revision().publish()
    move_publication(page=page, built_from=built_from, to=morning_of(written.day + timedelta(days=5)))
    for shown in page.shown_decisions():
        references.sources[shown.title] = (page.pk, shown.anchor)


def _with_keys(decision: dict, keys: dict[str, int]) -> dict:
    value = decision["value"]
    documents = [block("item", keys[slug]) for slug in value["documents"]]
    return decision | {"value": value | {"documents": documents}}


def _build_review(parent, written: board.Review, keys, references, built_from: datetime, today: date):
    page = parent.add_child(instance=_review_page(written, keys, references))
    page.save_revision().publish()
    move_publication(page=page, built_from=built_from, to=morning_of(written.day))
    if written.later_states:
        page = ReviewPage.objects.get(pk=page.pk)
        page.actions = [
            _moved_on(action, *later) for action, later in zip(written.actions, written.later_states, strict=True)
        ]
        page.change_significance, page.change_note = "major", written.change_note
        page.save_revision().publish()
        move_publication(
            page=page, built_from=built_from, to=morning_of(today - timedelta(days=written.changed_days_ago))
        )
    references.sources[written.title] = (page.pk, FINDINGS_ANCHOR)


def _review_page(written: board.Review, keys, references) -> ReviewPage:
    page = ReviewPage(
        title=written.title,
        slug=written.slug,
        search_description=written.summary,
        review_type=written.review_type,
        carried_out_by=written.carried_out_by,
        theme=written.theme,
        published_on=written.day,
        content_warning=written.content_warning,
        methods=written.methods,
        what_happened=written.what_happened,
        good_practice=list(written.good_practice),
        areas_for_development=list(written.areas_for_development),
        what_to_do=written.what_to_do,
        contact=references.contacts[written.contact],
        documents=[block("page", keys[slug]) for slug in written.documents],
        actions=list(written.actions),
        live=False,
    )
    if written.months_looked_at:
        page.period_to = add_months(written.day, -1)
        page.period_from = add_months(written.day, -1 - written.months_looked_at)
    page.topics = Topic.objects.filter(name__in=written.topics)
    page.audiences = Audience.objects.filter(name__in=written.audiences)
    return page


def _moved_on(action: dict, state: str, outcome: str) -> dict:
    return action | {"value": action["value"] | {"state": state, "outcome": outcome}}
