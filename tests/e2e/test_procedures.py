"""A member of staff changes a chapter, and everything that has to do with it is right without another keystroke."""

from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.models import AmendmentsPage, ChapterPage
from tests.e2e.desk import Desk
from updates.models import Edition

NOTE = "Grandparents who care for a child are invited too."
TYPO = "A comma."
CHANGED = "Who is invited"


@pytest.fixture
def desk(visit, manager):
    """The admin in a manager's browser."""
    desk = Desk(visit())
    desk.sign_in(manager.email)
    return desk


@pytest.fixture
def chapter(demonstration):
    """A chapter that nobody has changed in the last two months."""
    return ChapterPage.objects.get(slug="implementation-of-child-protection-plans")


def edit(desk, chapter):
    """Open the chapter in the editor."""
    desk.visit.go(f"/admin/pages/{chapter.pk}/edit/")
    desk.page.wait_for_selector("[name=sections-0-value-heading]")


def publish_major(desk, chapter):
    """Reword a heading and tell people."""
    edit(desk, chapter)
    page = desk.page
    page.fill("[name=sections-0-value-heading]", CHANGED)
    page.check("[name=change_significance][value=major]")
    page.fill("[name=change_note]", NOTE)
    assert "has been published" in desk.publish()


def publish_minor(desk, chapter):
    """Correct a typo and tell nobody."""
    edit(desk, chapter)
    page = desk.page
    page.fill("[name=sections-0-value-heading]", f"{CHANGED}, always")
    page.check("[name=change_significance][value=minor]")
    page.fill("[name=change_note]", TYPO)
    assert "has been published" in desk.publish()


def text_of(visit, path) -> str:
    """Return what a reader sees there."""
    reader = visit()
    assert reader.go(path).status == 200
    return reader.page.inner_text("main")


def test_a_change_is_told_everywhere_and_a_typo_nowhere(visit, desk, chapter):
    before = chapter.sections[0].value["heading"]
    publish_major(desk, chapter)
    publish_minor(desk, chapter)
    edition = Edition.objects.get(page=chapter, note=NOTE)
    assert [section["title"] for section in edition.sections] == [CHANGED]

    amendments = AmendmentsPage.objects.get().url
    told = text_of(visit, amendments)
    assert NOTE in told
    assert f"1 {CHANGED}" in told
    assert TYPO not in told
    feed = visit().context.request.get(f"{visit().address}{amendments}feed/").text()
    assert NOTE in feed
    assert TYPO not in feed
    home = text_of(visit, "/")
    assert NOTE in home
    assert TYPO not in home

    now = text_of(visit, chapter.url)
    assert "Updated" in now
    assert f"{CHANGED}, always" in now
    changed = text_of(visit, f"{chapter.url}compare/{edition.number - 1}/{edition.number}/")
    assert CHANGED in changed
    assert f"{CHANGED}, always" not in changed
    yesterday = timezone.localdate() - timedelta(days=1)
    then = text_of(visit, f"{chapter.url}on/{yesterday}/")
    assert before in then
    assert CHANGED not in then


def test_the_editor_is_shown_which_sections_changed_and_can_correct_it(desk, chapter):
    edit(desk, chapter)
    page = desk.page
    page.fill("[name=sections-1-value-heading]", "Another heading")
    desk.save_draft()
    edit(desk, chapter)
    boxes = page.locator("[name=change_sections]")
    ticked = [box.locator("xpath=..").inner_text().strip() for box in boxes.all() if box.is_checked()]
    assert "2 Another heading" in ticked
    assert len(ticked) < boxes.count()
