"""The way out: with and without a script, by click and by keyboard, never covered and never in the way."""

import pytest

pytestmark = pytest.mark.browser

WAY_OUT = "https://www.bbc.co.uk/weather"
# Phone, the same at 400 % zoom, tablet, and the usual screen.
WINDOWS = [(320, 640), (320, 256), (768, 1024), (1280, 900)]
ON_TOP = """() => {
  const box = document.querySelector("[data-leave]").getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return Boolean(seen?.closest("[data-leave]")) && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
}"""
COVERED = """() => {
  const focused = document.activeElement;
  const box = focused.getBoundingClientRect();
  const bar = document.querySelector(".leave").getBoundingClientRect();
  const apart = box.right <= bar.left || box.left >= bar.right || box.bottom <= bar.top || box.top >= bar.bottom;
  return focused.matches("body, .leave *, .govuk-skip-link") || apart ? "" : focused.outerHTML;
}"""


def press_shift(page, times):
    for _ in range(times):
        page.keyboard.press("Shift")


def said(page) -> str:
    return page.locator(".leave [role=status]").inner_text()


class TestLeavingByClick:
    def test_works_without_a_script(self, open_page):
        page = open_page(java_script_enabled=False)
        page.click("[data-leave]")
        assert page.url == WAY_OUT

    def test_takes_the_place_of_the_page_in_the_history(self, open_page):
        page = open_page()
        page.goto("/before/")
        page.goto("/long/")
        page.click("[data-leave]")
        page.wait_for_url(WAY_OUT)
        page.go_back()
        assert page.url.endswith("/before/")

    def test_hides_everything_before_the_browser_leaves(self, open_page):
        page = open_page()
        seen = []
        page.on("console", lambda message: seen.append(message.text))
        page.evaluate(
            """() => addEventListener("beforeunload", () => {
                 const shown = [...document.querySelectorAll("main, header, footer, .leave")];
                 console.log(shown.some((part) => part.checkVisibility()), document.title);
               })"""
        )
        page.click("[data-leave]")
        page.wait_for_url(WAY_OUT)
        assert "false Loading" in seen


class TestLeavingByKeyboard:
    def test_shift_three_times_leaves(self, open_page):
        page = open_page()
        press_shift(page, 3)
        page.wait_for_url(WAY_OUT)

    def test_says_how_many_presses_are_left(self, open_page):
        page = open_page()
        press_shift(page, 1)
        assert said(page) == "Shift, press 2 more times to leave this page."
        press_shift(page, 1)
        assert said(page) == "Shift, press 1 more time to leave this page."

    def test_counts_from_the_start_after_five_seconds(self, open_page):
        page = open_page()
        page.clock.install()
        page.goto("/long/")
        press_shift(page, 2)
        page.clock.run_for(5001)
        press_shift(page, 1)
        assert said(page) == "Shift, press 2 more times to leave this page."
        assert page.url.endswith("/long/")

    def test_allows_five_seconds_between_two_presses(self, open_page):
        page = open_page()
        page.clock.install()
        page.goto("/long/")
        for _ in range(2):
            press_shift(page, 1)
            page.clock.run_for(4900)
        press_shift(page, 1)
        page.wait_for_url(WAY_OUT)

    def test_counts_from_the_start_when_somebody_comes_back(self, open_page):
        page = open_page()
        press_shift(page, 2)
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        press_shift(page, 1)
        assert said(page) == "Shift, press 2 more times to leave this page."

    def test_shows_the_page_again_when_somebody_comes_back(self, open_page):
        page = open_page()
        # A browser may bring the page back as it was left, hidden.
        page.evaluate("document.documentElement.classList.add('is-leaving')")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        assert page.locator("main").is_visible()

    def test_capital_letters_and_shift_with_tab_are_no_presses(self, open_page):
        page = open_page()
        for _ in range(4):
            page.keyboard.press("Shift+A")
            page.keyboard.press("Shift+Tab")
        assert page.url.endswith("/long/")
        assert said(page) == ""


@pytest.mark.parametrize(("width", "height"), WINDOWS)
class TestWhereItStands:
    def test_is_on_top_wherever_the_reader_has_scrolled_to(self, open_page, width, height):
        page = open_page(viewport={"width": width, "height": height})
        for part in (0, 0.3, 0.7, 1):
            page.evaluate("(part) => scrollTo(0, part * document.documentElement.scrollHeight)", part)
            assert page.evaluate(ON_TOP), f"covered or away at {part:.0%} of the page"

    def test_never_covers_what_has_focus(self, open_page, width, height):
        page = open_page(viewport={"width": width, "height": height})
        for key in ("Tab", "Shift+Tab"):
            for _ in range(45):
                page.keyboard.press(key)
                assert page.evaluate(COVERED) == ""

    def test_leaves_the_last_line_free(self, open_page, width, height):
        page = open_page(viewport={"width": width, "height": height})
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        last_line, bar = (
            page.locator(selector).last.bounding_box() for selector in ("footer p:not(.only-print)", ".leave")
        )
        assert last_line["y"] + last_line["height"] <= bar["y"] or bar["y"] + bar["height"] <= last_line["y"]

    def test_makes_nobody_scroll_sideways(self, open_page, width, height):
        page = open_page(viewport={"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
