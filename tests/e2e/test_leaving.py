"""Leave this page: at once, leaving nothing to come back to, always within reach."""

from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError

from tests.e2e.browsing import EXIT
from tests.e2e.views import VIEWS, issue, looking_at

SIZES = [(320, 568), (768, 1024), (1280, 800)]
LEAVE = ".leave__link"
TITLE_OF_EXIT = "The weather"

# What lies at the middle and at the corners of the link, a little inside because its corners are round.
COVERED = """() => {
    const link = document.querySelector('.leave__link'), box = link.getBoundingClientRect(), inside = 4
    const spots = [[(box.left + box.right) / 2, (box.top + box.bottom) / 2]]
    for (const x of [box.left + inside, box.right - inside])
        for (const y of [box.top + inside, box.bottom - inside]) spots.push([x, y])
    return spots.map(([x, y]) => document.elementFromPoint(x, y))
        .filter(element => !element || !link.contains(element)).map(element => element?.outerHTML ?? 'off the screen')
}"""
# What of an element lies under the way out.
UNDER = """selector => {
    const element = selector ? document.querySelector(selector) : document.activeElement
    const bar = document.querySelector('.leave')
    if (!element || bar.contains(element) || element === document.body) return null
    const a = element.getBoundingClientRect(), b = bar.getBoundingClientRect()
    const overlaps = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    return overlaps ? element.outerHTML.slice(0, 120) : null
}"""
# The same of what has focus, once the browser has scrolled to it.
UNDER_WHEN_DRAWN = f"() => new Promise(done => requestAnimationFrame(() => done(({UNDER})(null))))"


@pytest.fixture
def leaving(visit):
    """A visit in which the exit address answers."""

    def start(**options):
        started = visit(**options)
        started.asked = []

        def answer(route):
            started.asked.append(route.request)
            route.fulfill(content_type="text/html", body=f"<title>{TITLE_OF_EXIT}</title>")

        started.page.route(f"{EXIT}**", answer)
        return started

    return start


def stay_here(route):
    """Answer “no content”: the browser keeps the page it is on, as while it waits for one that is slow."""
    route.fulfill(status=204)


def has_left(visit) -> bool:
    """Whether the browser shows the exit address; waits for it a little."""
    with suppress(TimeoutError):
        visit.page.wait_for_url(f"{EXIT}**", timeout=800)
    return visit.page.title() == TITLE_OF_EXIT


def press_shift(visit, times: int):
    """Press and release Shift alone."""
    for _ in range(times):
        visit.page.keyboard.press("Shift")


class TestWithoutJavaScript:
    def test_goes_to_the_exit_address_in_the_same_tab(self, leaving):
        visit = leaving(javascript=False)
        visit.go(issue())
        visit.page.click(LEAVE)
        visit.page.wait_for_url(f"{EXIT}**")
        assert len(visit.context.pages) == 1
        assert "referer" not in visit.asked[0].headers


class TestPressed:
    def test_takes_the_place_of_the_page_in_the_history(self, leaving):
        visit = leaving()
        visit.go("/contacts/")
        visit.go(issue())
        visit.page.click(LEAVE)
        assert has_left(visit)
        assert len(visit.context.pages) == 1
        assert "referer" not in visit.asked[0].headers
        visit.page.go_back()
        assert visit.page.url.endswith("/contacts/")

    def test_hides_everything_before_the_other_page_answers(self, visit):
        visit = visit()
        visit.page.route(f"{EXIT}**", stay_here)
        visit.go(issue())
        heading = visit.page.inner_text("h1")
        visit.page.click(LEAVE)
        visit.page.wait_for_selector(".leave-cover")
        assert visit.page.url.endswith(issue())
        assert visit.page.evaluate("document.body.innerText").strip() == "Loading."
        assert heading not in visit.page.title()
        for selector in ("h1", "main", "header", "footer", ".leave"):
            assert not visit.page.is_visible(selector), selector

    def test_shows_the_page_again_to_somebody_who_comes_back_to_it(self, visit):
        visit = visit()
        visit.page.route(f"{EXIT}**", stay_here)
        visit.go(issue())
        title = visit.page.title()
        visit.page.click(LEAVE)
        visit.page.wait_for_selector(".leave-cover")
        # As when a browser takes the page from memory; it does not do so in a test.
        visit.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        assert visit.page.is_visible("h1")
        assert visit.page.title() == title

    def test_is_the_first_stop_after_the_skip_link(self, leaving):
        visit = leaving()
        visit.go(issue())
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "leave__link"
        visit.page.keyboard.press("Enter")
        assert has_left(visit)


class TestShift:
    def test_leaves_when_pressed_three_times(self, leaving):
        visit = leaving()
        visit.go(issue())
        press_shift(visit, 3)
        assert has_left(visit)

    def test_says_how_many_are_left(self, leaving):
        visit = leaving()
        visit.go(issue())
        press_shift(visit, 1)
        assert "2 more times" in visit.page.inner_text(".leave [role=status]")
        assert visit.page.locator(".leave__lights .on").count() == 1

    def test_starts_again_after_five_seconds(self, leaving):
        visit = leaving()
        visit.page.clock.install(time=0)
        visit.go(issue())
        # From here on time stands still between the steps, however slow the machine is.
        visit.page.clock.pause_at(60_000)
        press_shift(visit, 2)
        visit.page.clock.fast_forward(5_100)
        press_shift(visit, 1)
        assert not has_left(visit)
        press_shift(visit, 2)
        assert has_left(visit)

    def test_gives_five_seconds_after_each_press(self, leaving):
        visit = leaving()
        visit.page.clock.install(time=0)
        visit.go(issue())
        # From here on time stands still between the steps, however slow the machine is.
        visit.page.clock.pause_at(60_000)
        for _ in range(2):
            press_shift(visit, 1)
            visit.page.clock.fast_forward(4_900)
        press_shift(visit, 1)
        assert has_left(visit)

    @pytest.mark.parametrize("released_first", ["letter", "shift"])
    def test_does_not_count_while_capitals_are_typed(self, leaving, released_first):
        visit = leaving()
        visit.go("/")
        keyboard = visit.page.keyboard
        visit.page.focus("#search")
        for letter in "GCP2":
            keyboard.down("Shift")
            keyboard.down(letter)
            keyboard.up(letter if released_first == "letter" else "Shift")
            keyboard.up("Shift" if released_first == "letter" else letter)
        assert not has_left(visit)
        assert visit.page.input_value("#search").startswith("GCP")

    def test_does_not_count_while_somebody_tabs_backwards(self, leaving):
        visit = leaving()
        visit.go("/")
        visit.page.focus("#search")
        for _ in range(4):
            visit.page.keyboard.press("Shift+Tab")
        assert not has_left(visit)

    def test_starts_again_on_another_page_and_on_return(self, leaving):
        visit = leaving()
        visit.go("/")
        press_shift(visit, 2)
        visit.go(issue())
        press_shift(visit, 2)
        visit.page.go_back()
        press_shift(visit, 2)
        assert not has_left(visit)
        # As when a browser takes the page from memory.
        visit.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        press_shift(visit, 2)
        assert not has_left(visit)
        press_shift(visit, 1)
        assert has_left(visit)


class TestAlwaysWithinReach:
    @pytest.mark.parametrize("name", VIEWS)
    def test_is_never_covered_and_covers_no_last_line(self, visit, banners, name):
        visit = visit()
        with looking_at(name, visit) as page:
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                for place in (0, 0.5, 1):
                    page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", place)
                    assert page.evaluate(COVERED) == [], f"{width} px, {place}"
                for end in (".foot__end", "main > :last-child"):
                    assert page.evaluate(UNDER, end) is None or width >= 960 and end != ".foot__end", f"{width} {end}"

    @pytest.mark.parametrize(("width", "height"), [*SIZES, (320, 256)])
    @pytest.mark.parametrize("name", ["home", "bulletin", "contacts"])
    def test_never_covers_what_has_focus(self, visit, banners, name, width, height):
        visit = visit(width=width, height=height)
        with looking_at(name, visit) as page:
            stops = page.locator("a[href], button, input, summary").count()
            for key in ("Tab", "Shift+Tab"):
                for _ in range(stops):
                    page.keyboard.press(key)
                    assert page.evaluate(UNDER_WHEN_DRAWN) is None
