"""Two people and a page: asked in, written, approved; a lost phone; published without approval; several as one."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from accounts.invitations import invite
from accounts.letters import send_owed
from accounts.models import User
from accounts.roles import PROCEDURE_APPROVERS, PROCEDURE_EDITORS, SITE_MANAGERS
from bundles.models import Bundle
from procedures.models import ChapterPage
from tests.accounts.door import PASSWORD, SECRET, code_at
from tests.e2e.desk import Desk
from tests.e2e.test_reflow import scrolls_sideways
from tests.e2e.test_signing_in import press
from tests.roles import given_roles, member

NOTE = "Ring the duty team on the same day."
REASON = "A child is at risk until this is out."


@pytest.fixture(scope="module", autouse=True)
def _roles(demonstration):
    given_roles()


@pytest.fixture
def chapters(demonstration):
    """Two public chapters that nobody is changing."""
    return list(ChapterPage.objects.live().filter(has_unpublished_changes=False).order_by("path")[:2])


@pytest.fixture
def editor(demonstration):
    yield from _gone_after(member(PROCEDURE_EDITORS, first_name="Robin"))


@pytest.fixture
def approver(demonstration):
    yield from _gone_after(member(PROCEDURE_APPROVERS, first_name="Kim"))


@pytest.fixture
def site_manager(demonstration):
    yield from _gone_after(member(SITE_MANAGERS, first_name="Alex", is_superuser=True))


def _gone_after(user):
    yield user
    user.delete()


class Office(Desk):
    """A desk at which chapters are written and approved."""

    def enter(self, user):
        """Sign in with the password, and with a code where one is asked for."""
        self.visit.go("/admin/")
        self.page.fill("[name=login]", user.email)
        self.page.fill("[name=password]", PASSWORD)
        press(self.page, "Sign in")
        if "/sign-in/code/" in self.page.url:
            self.page.fill("[name=code]", code_at(timezone.now()))
            press(self.page, "Go on")
        assert self.page.url.endswith("/admin/")

    def change_summary(self, chapter, words: str, note: str = NOTE):
        """Write another summary of a chapter, and what readers are told."""
        self.visit.go(f"/admin/pages/{chapter.pk}/edit/")
        self.page.fill("[name=search_description]", words)
        self.page.check("[name=change_significance][value=major]")
        self.page.fill("[name=change_note]", note)

    def hand_in(self) -> str:
        """Submit it; returns what is said at the top of the screen."""
        self.page.click("button:has-text('More actions')")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Submit to Procedures").click()
        return self.said()

    def said(self) -> str:
        """Return what is said at the top of the screen."""
        return self.page.locator(".messages").inner_text()

    def choose(self, words: str):
        """Choose something in the "…" menu of the editor."""
        self.page.locator("#w-slim-header-buttons button").first.click()
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words).click()

    def follow(self, words: str):
        """Follow a link of the screen."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name=words).first.click()

    def fits(self):
        """Look whether the screen fits a phone."""
        self.page.set_viewport_size({"width": 320, "height": 640})
        assert not scrolls_sideways(self.page)
        self.page.set_viewport_size({"width": 1280, "height": 800})


def note_read(visit, chapter) -> str:
    """Return what a reader is told of a chapter in its history."""
    reader = visit()
    assert reader.go(f"{chapter.url}history/").status == 200
    return reader.page.inner_text("main")


def test_from_an_invitation_to_what_readers_see(visit, approver, chapters):
    chapter, editions = chapters[0], chapters[0].editions.count()
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        TOTP.activate(approver, SECRET)
        newcomer = asked_in("sam@board.example")
        desk = Office(visit())
        choose_password_and_app(desk, mail.outbox[-1].body)
        desk.change_summary(chapter, "What to do, and whom to ring first.")
        assert "submitted" in desk.hand_in()
        desk.visit.go("/admin/")
        assert "waits for approval" in desk.page.inner_text("#panel-my-drafts, main")
        assert NOTE not in note_read(visit, chapter)
        other = Office(visit())
        other.enter(approver)
        other.follow(chapter.title)
        assert other.page.url.endswith(f"/admin/approval/{chapter.pk}/look/")
        other.fits()
        shown = other.page.inner_text("main")
        assert "Sam saved this draft" in shown
        assert f"Readers are told: “{NOTE}”" in shown
        assert "What to do, and whom to ring first." in shown
        press(other.page, "Approve and publish")
        assert f"“{chapter.title}” is approved and public." in other.said()
        assert NOTE in note_read(visit, chapter)
        assert chapter.editions.count() == editions + 1
        assert visit().go(f"{chapter.url}editions/{editions + 1}/").status == 200
    newcomer.delete()


def asked_in(email) -> User:
    """Ask a new editor of procedures in, and send the mail."""
    user = member(PROCEDURE_EDITORS, first_name="Sam")
    user.email = email
    user.set_unusable_password()
    user.save()
    invite(user, by=None, now=timezone.now())
    send_owed(now=timezone.now())
    return user


def choose_password_and_app(desk, letter: str):
    """Follow the link in the mail, choose a password, and set up an app that shows codes."""
    page = desk.page
    desk.visit.go(re.search(r"/sign-in/password/choose/\S+", letter)[0])
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    press(page, "Go on")
    set_up_app(desk)


def set_up_app(desk):
    """Set up an app, as whoever has no second factor has to before anything else."""
    page = desk.page
    desk.visit.go("/admin/")
    assert page.url.endswith("/sign-in/second-factor/")
    page.click("text=Set up an app")
    secret = page.locator(".steps__key").text_content()
    page.fill("[name=code]", code_at(timezone.now(), secret=secret))
    press(page, "Go on")
    page.click("text=I have kept them")
    assert page.url.endswith("/admin/")


def test_a_lost_phone(visit, editor, site_manager):
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        for user in (editor, site_manager):
            TOTP.activate(user, SECRET)
        desk = Office(visit())
        desk.enter(site_manager)
        desk.visit.go(f"/admin/users/edit/{editor.pk}/")
        desk.choose("Remove the second factor")
        desk.fits()
        desk.page.fill("[name=reason]", "Phone lost; we spoke in the office.")
        with desk.page.expect_navigation():
            desk.page.get_by_role("button", name="Remove").click()
        desk.visit.go("/admin/audit/")
        assert "Removed the second factor: Phone lost; we spoke in the office." in desk.page.inner_text("main")
        send_owed(now=timezone.now())
        assert mail.outbox[-1].to == [editor.email]
        assert "Alex removed the second factor" in mail.outbox[-1].body
        person = Office(visit())
        person.visit.go("/admin/")
        person.page.fill("[name=login]", editor.email)
        person.page.fill("[name=password]", PASSWORD)
        press(person.page, "Sign in")
        set_up_app(person)


def test_what_cannot_wait_is_published_with_a_reason_and_looked_at_afterwards(
    visit, editor, approver, site_manager, chapters
):
    chapter = chapters[0]
    desk = Office(visit())
    desk.enter(editor)
    desk.change_summary(chapter, "Ring 999 first.", "Ring 999 first.")
    desk.hand_in()
    forced = Office(visit())
    forced.enter(site_manager)
    forced.visit.go(f"/admin/pages/{chapter.pk}/edit/")
    forced.choose("Publish without approval")
    forced.fits()
    assert "Ring 999 first." in forced.page.inner_text("main")
    press(forced.page, "Publish without approval")
    assert "This field is required" in forced.page.inner_text("main")
    forced.page.fill("[name=reason]", REASON)
    press(forced.page, "Publish without approval")
    assert "is public" in forced.said()
    assert "Ring 999 first." in note_read(visit, chapter)
    other = Office(visit())
    other.enter(approver)
    assert "that nobody else has looked at yet" in other.page.inner_text("main")
    with other.page.expect_navigation():
        other.page.get_by_role("link", name="1 page", exact=True).click()
    other.follow("Look at it")
    other.fits()
    shown = other.page.inner_text("main")
    assert f"Alex published this on {timezone.localtime():%-d %B %Y}" in shown
    assert REASON in shown
    press(other.page, "I have looked at it: approve")
    assert f"“{chapter.title}” is approved." in other.said()
    other.visit.go("/admin/")
    assert "that nobody else has looked at yet" not in other.page.inner_text("main")


def test_several_pages_become_public_as_one_or_not_at_all(visit, editor, approver, chapters):
    desk = Office(visit())
    desk.enter(editor)
    for number, chapter in enumerate(chapters):
        desk.change_summary(chapter, f"The new way, part {number}.", f"The new way, part {number}.")
        desk.save_draft()
    desk.choose("Put into a bundle")
    desk.page.fill("[name=title]", "The new way")
    press(desk.page, "Save")
    bundle = Bundle.objects.get(title="The new way")
    desk.visit.go(f"/admin/pages/{chapters[0].pk}/edit/")
    desk.choose("Put into a bundle")
    desk.page.select_option("[name=bundle]", label="The new way")
    press(desk.page, "Save")
    desk.fits()
    press(desk.page, "Hand in for approval")
    # Somebody writes on, although it was handed in.
    desk.change_summary(chapters[1], "Written since.", "Written since.")
    desk.save_draft()
    other = Office(visit())
    other.enter(approver)
    other.follow("The new way")
    press(other.page, "Approve and publish all")
    assert f"“{chapters[1].title}”: changed since it was handed in." in other.said()
    assert "The new way" not in note_read(visit, chapters[0])
    desk.visit.go(f"/admin/bundles/{bundle.pk}/")
    press(desk.page, "Take back and change")
    press(desk.page, "Hand in for approval")
    other.visit.go(f"/admin/bundles/{bundle.pk}/")
    other.follow("What changes")
    assert "This draft is not waiting for approval" in other.page.inner_text("main")
    other.visit.go(f"/admin/bundles/{bundle.pk}/")
    press(other.page, "Approve and publish all")
    assert "“The new way” is public, all of it." in other.said()
    assert "The new way, part 0." in note_read(visit, chapters[0])
    assert "Written since." in note_read(visit, chapters[1])
