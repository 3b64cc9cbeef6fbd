"""What staff do at the admin, as they would do it: by pressing what they see."""

from contextlib import contextmanager, suppress
from copy import copy

from playwright.sync_api import TimeoutError

from tests.e2e.browsing import Visit

PASSWORD = "a long enough password"


class Desk:
    """The admin in somebody's browser."""

    def __init__(self, visit: Visit):
        self.visit = visit
        self.page = visit.page

    def sign_in(self, email: str):
        """Sign in with e-mail address and password."""
        self.visit.go("/admin/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/admin/")

    def start_next_issue(self):
        """Begin an issue from the first page."""
        self.page.click("text=Start an empty issue")
        self.page.wait_for_selector("[name=quarter_label]")

    def edit(self, page):
        """Open a page in the editor."""
        self.visit.go(f"/admin/pages/{page.pk}/edit/")
        self.page.wait_for_selector("[name=items-0-value-heading]")

    def add_news(self, heading: str, text: str):
        """Add an item of the kind "News" at the end."""
        self._choose_from_plus("#panel-child-content-items-section", "News")
        self.page.fill("[name=items-0-value-heading]", heading)
        if not self.page.locator("[data-contentpath=items] .public-DraftEditor-content").count():
            self._choose_from_plus("[data-contentpath=body]", "Text")
        self.page.locator("[data-contentpath=items] .public-DraftEditor-content").last.click()
        self.page.keyboard.type(text)
        # The text editor hands over what was typed a quarter of a second later.
        self.page.wait_for_timeout(500)

    def _choose_from_plus(self, place: str, kind: str):
        option = self.page.get_by_role("option", name=kind, exact=True)
        # Once more on a busy machine: the button may be there before its script is.
        for _ in range(3):
            self.page.locator(f"{place} button[title='Insert a block']").last.click()
            with suppress(TimeoutError):
                option.wait_for(timeout=5_000)
                break
        option.click()

    def save_draft(self):
        """Press "Save draft"."""
        self.page.click("button:has-text('Save draft')")
        self.page.wait_for_url("**/edit/")

    def save_over_newer(self):
        """Save although the editor warns, after something was typed, that there is a newer version."""
        self.page.bring_to_front()
        self.page.get_by_text("Saving will overwrite a newer version.").wait_for()
        self.page.click("button:has-text('Save draft')")
        with self.page.expect_navigation():
            self.page.click("#w-save-confirmation-dialog button:has-text('Save draft')")

    def second_window(self):
        """Open another window of the same browser; returns the admin in it."""
        window = copy(self)
        window.page = self.visit.context.new_page()
        return window

    def publish(self):
        """Open the menu beside "Save draft" and publish; returns what the site answers at the top of the screen."""
        self.page.click("button:has-text('More actions')")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Publish").click()
        return self.page.locator(".messages").inner_text()

    @contextmanager
    def autosave(self):
        """Wait until what is typed meanwhile has been saved by itself."""
        # The editor notes what it holds a moment after it has opened, and compares with that.
        self.page.wait_for_timeout(2500)
        with self.page.expect_response(
            lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")
        ):
            yield
        self.page.get_by_text("Saved", exact=True).wait_for()

    def preview(self):
        """Open the preview beside the text; returns the frame."""
        self.page.click("button[aria-label='Toggle preview']")
        return self.page.frame_locator("#w-preview-iframe")
