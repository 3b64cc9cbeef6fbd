"""Somebody searches: with suggestions while they type, by keyboard, mouse or touch, and without scripts."""

import json

import pytest

from tests.e2e.browsing import EXIT
from tests.e2e.test_access import SIZES, violations
from tests.e2e.test_keyboard import press_until
from tests.e2e.test_leaving import UNDER
from tests.e2e.test_reflow import CLIPPED, TOO_WIDE, scrolls_sideways

BOX, LIST, LINE = "#search", "#search-suggestions", "#search-suggestions li"
SUGGESTIONS = "**/search/suggestions/**"
# How many of the lines somebody may be unable to hit with a finger.
TOO_SMALL = "lines => lines.filter(line => line.getBoundingClientRect().height < 44).length"


def type_in(page, words: str):
    """Type into the search box as a person does, and wait for what is suggested."""
    page.focus(BOX)
    page.keyboard.type(words)
    page.wait_for_selector(f"{LIST}:visible")


def state(page) -> tuple[str | None, str | None]:
    """Return whether the list is said to be open, and the words of the line that is said to be chosen."""
    box = page.locator(BOX)
    chosen = box.get_attribute("aria-activedescendant")
    assert page.locator(f"{LIST} [aria-selected=true]").count() == bool(chosen)
    return box.get_attribute("aria-expanded"), chosen and page.inner_text(f"#{chosen}").split("\n")[0]


class TestSuggestions:
    def test_are_walked_through_and_left_by_keyboard(self, visit):
        visit = visit(width=320, height=568)
        visit.go("/")
        page = visit.page
        assert state(page) == ("false", None)
        type_in(page, "gcp")
        lines = [text.split("\n")[0] for text in page.locator(LINE).all_inner_texts()]
        assert state(page) == ("true", None)
        assert f"{len(lines)} suggestions" in page.inner_text(f"{LIST} + [role=status]")
        for key, chosen in [
            ("ArrowDown", lines[0]),
            ("ArrowDown", lines[1]),
            ("ArrowUp", lines[0]),
            ("ArrowUp", lines[-1]),
            ("ArrowDown", lines[0]),
            ("Home", None),
            ("ArrowUp", lines[-1]),
            ("End", None),
        ]:
            page.keyboard.press(key)
            assert state(page) == ("true", chosen), key
        page.keyboard.press("Escape")
        assert (state(page), page.input_value(BOX)) == (("false", None), "gcp")
        page.keyboard.press("ArrowDown")
        assert state(page) == ("true", lines[0])
        page.keyboard.press("Tab")
        assert state(page) == ("false", None)
        assert page.evaluate("document.activeElement.innerText") == "Search"
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Escape")
        assert page.input_value(BOX) == ""
        type_in(page, "gcp")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=graded+care+profile")
        assert visit.complaints == []

    def test_leave_enter_to_the_words_as_they_stand(self, visit):
        visit = visit()
        visit.go("/search/")
        type_in(visit.page, "graded care prof")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/search/?q=graded+care+prof")
        assert not visit.page.is_visible(LIST)

    @pytest.mark.parametrize("way", ["mouse", "touch"])
    def test_lead_to_the_place_without_the_box_losing_the_focus(self, visit, way):
        visit = visit(width=320, height=568, has_touch=True)
        visit.go("/search/")
        page = visit.page
        type_in(page, "designated officer for")
        line = page.locator(LINE, has_text="Designated officer for allegations")
        if way == "touch":
            line.tap()
        else:
            line.hover()
            page.mouse.down()
            assert page.evaluate("document.activeElement.id") == "search"
            assert page.is_visible(LIST)
            page.mouse.up()
        page.wait_for_url("**/contacts/#contact-*")

    def test_are_asked_for_once_a_pause_and_never_twice_at_a_time(self, visit):
        visit = visit()
        visit.go("/search/")
        page, asked = visit.page, []
        said = [{"text": "<b>Graded</b>", "url": "/words/", "kind": "Words"}]

        def answer_the_second(route):
            asked.append(route.request.url.partition("?q=")[2])
            if len(asked) == 2:
                route.fulfill(content_type="application/json", body=json.dumps({"suggestions": said}))

        page.route(SUGGESTIONS, answer_the_second)
        page.focus(BOX)
        with page.expect_request(SUGGESTIONS):
            page.keyboard.type("grad")
        with page.expect_event("requestfailed") as given_up, page.expect_response(SUGGESTIONS):
            page.keyboard.type("ed")
        assert given_up.value.url.endswith("?q=grad")
        page.wait_for_selector(f"{LIST}:visible")
        assert page.locator(LINE).all_inner_texts() == ["<b>Graded</b>\nWords"]
        assert asked == ["grad", "graded"]

    def test_are_not_missed_where_the_site_fails_to_answer(self, visit):
        visit = visit()
        visit.go("/search/")
        page = visit.page
        page.route(SUGGESTIONS, lambda route: route.fulfill(status=500, body="<h1>Broken</h1>"))
        page.focus(BOX)
        with page.expect_response(SUGGESTIONS):
            page.keyboard.type("neglect")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=neglect")

    def test_do_not_stand_in_the_way_out(self, visit):
        visit = visit()
        visit.go("/search/")
        page = visit.page
        page.route(f"{EXIT}**", lambda route: route.fulfill(content_type="text/html", body="<title>Weather</title>"))
        type_in(page, "neglect")
        page.keyboard.press("ArrowDown")
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(f"{EXIT}**")

    @pytest.mark.parametrize("path", ["/", "/search/?q=neglect"])
    def test_fit_and_can_be_used_by_everyone(self, visit, path):
        visit = visit()
        visit.go(path)
        page = visit.page
        found = {}
        for width, height in [*SIZES, (320, 256)]:
            page.set_viewport_size({"width": width, "height": height})
            page.fill(BOX, "")
            type_in(page, "child")
            page.keyboard.press("ArrowUp")
            assert not scrolls_sideways(page)
            assert page.evaluate(TOO_WIDE) == page.evaluate(CLIPPED) == []
            assert page.evaluate(UNDER, LIST) is None
            assert page.locator(LINE).evaluate_all(TOO_SMALL) == 0
            button, box = (page.locator(place).bounding_box() for place in ("form[data-suggest] button", LIST))
            assert button["y"] + button["height"] <= box["y"]
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found[f"{width} × {height} {scheme}"] = violations(page)
        assert not any(found.values()), found


@pytest.mark.parametrize("width", [320, 1280])
class TestThePageOfResults:
    def test_is_used_by_keyboard_alone(self, visit, width):
        visit = visit(width=width)
        visit.go("/search/")
        page = visit.page
        press_until(page, "search")
        page.keyboard.type("neglect")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=neglect")
        everything = page.inner_text("#list [role=status]")
        if width == 320:
            press_until(page, "Filter the list")
            page.keyboard.press("Enter")
        press_until(page, "Documents and tools")
        page.keyboard.press("Enter")
        page.wait_for_url("**kind=documents**")
        assert page.inner_text("#list [role=status]") != everything
        press_until(page, "Show everything")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=neglect**")
        assert page.inner_text("#list [role=status]") == everything
        # Not the first one: it is called the same as one of the topics.
        second = page.locator("#list .library__title a").nth(1)
        address = second.get_attribute("href")
        press_until(page, second.inner_text())
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}")

    def test_needs_no_script(self, visit, width):
        visit = visit(width=width, javascript=False)
        visit.go("/")
        page = visit.page
        assert page.get_attribute(BOX, "role") is None
        page.fill(BOX, "neglct")
        page.click("form[role=search] button")
        assert page.locator("#list > p a", has_text="neglect").is_visible()
        if width == 320:
            page.click("summary:has-text('Filter the list')")
        line = page.locator(".filters__list li", has=page.get_by_role("link", name="Documents and tools"))
        promised = line.locator(".muted").inner_text().split()[0]
        line.get_by_role("link").click()
        assert page.inner_text("#list [role=status] strong") == promised
        page.click(".chips a:has-text('Documents and tools')")
        first = page.locator("#list .library__title a").first
        address = first.get_attribute("href")
        first.click()
        assert page.url.endswith(address)
        assert visit.complaints == []
