"""Everything can be reached and pressed without a mouse, in a sensible order, and one sees where one is."""

import pytest

from tests.e2e.views import issue, looking_at

# What shows that the element has focus: an outline or a shadow that it has not otherwise.
MARKED = """() => {
    const style = getComputedStyle(document.activeElement)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
}"""
WHERE = "() => (document.activeElement.innerText || document.activeElement.id || '').trim()"


def press_until(page, words: str, key="Tab", most=60):
    """Press a key until what has focus begins with the words."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(WHERE).startswith(words):
            return
    raise AssertionError(f"“{words}” was not reached in {most} presses.")


class TestAJourney:
    def test_begins_with_the_way_past_the_header(self, visit):
        visit = visit()
        visit.go("/")
        page = visit.page
        page.keyboard.press("Tab")
        assert page.evaluate(WHERE) == "Skip to the text"
        assert page.locator(".govuk-skip-link").bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")

    def test_goes_through_the_menu_of_a_phone_to_a_bulletin(self, visit):
        visit = visit(width=320, height=640)
        visit.go("/")
        page = visit.page
        press_until(page, "Menu")
        page.keyboard.press("Enter")
        press_until(page, "Bulletins", most=3)
        page.keyboard.press("Enter")
        page.wait_for_url("**/bulletins/")
        title = page.inner_text(".archive__issue h3")
        press_until(page, title)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{issue()}")

    @pytest.mark.parametrize("width", [320, 1280])
    def test_goes_on_from_the_item_chosen_on_this_page(self, visit, width):
        visit = visit(width=width)
        visit.go(issue())
        page = visit.page
        if width == 320:
            press_until(page, "On this page")
            page.keyboard.press("Enter")
        chosen = page.locator(".contents a").nth(2)
        press_until(page, chosen.inner_text())
        anchor = chosen.get_attribute("href").removeprefix("#")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**#{anchor}")
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", anchor)
        assert 0 <= top < page.viewport_size["height"] / 2
        page.keyboard.press("Tab")
        assert page.evaluate("id => document.getElementById(id).contains(document.activeElement)", anchor)


class TestFocus:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize(
        "name", ["home", "bulletin", "contacts", "search with results", "library, filtered", "404"]
    )
    def test_is_marked_at_every_stop(self, visit, banners, name, scheme):
        visit = visit(color_scheme=scheme)
        with looking_at(name, visit) as page:
            stops = page.locator("a[href]:visible, button:visible, input:visible, summary:visible").count()
            for _ in range(stops):
                page.keyboard.press("Tab")
                assert page.evaluate(MARKED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")

    @pytest.mark.parametrize("name", ["home", "bulletin", "contacts", "resource"])
    def test_goes_in_the_order_of_reading_and_back_out(self, visit, name):
        visit = visit()
        with looking_at(name, visit) as page:
            assert page.locator("[tabindex]:not([tabindex='-1']):not([tabindex='0'])").count() == 0
            stops = page.locator("a[href]:visible, button:visible, input:visible, summary:visible").count()
            for _ in range(stops):
                page.keyboard.press("Tab")
                assert page.evaluate("document.activeElement !== document.body"), "A stop holds the focus or loses it."
