"""Readers choose their area: what is for another one is folded away, never silently, and it stays so."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.templatetags.static import static

from tests.e2e.browsing import Visit

CITY, COUNTY = (SimpleNamespace(name=name, slug=name.lower()) for name in ("Wenborough", "Marlshire"))
NEVER = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"


def document() -> str:
    """Return a page with a passage for each area and one whose area is gone."""
    passages = "".join(
        f'<details class="local" open data-area="{slug}"><summary>For {name} only</summary>'
        f'<p id="in-{slug or "gone"}">What is done in {name}.</p></details>'
        for slug, name in (("wenborough", "Wenborough"), ("marlshire", "Marlshire"), ("", "one area"))
    )
    choice = render_to_string("components/area_choice.html", {"areas": [CITY, COUNTY]})
    script = f'<script type="module" src="{static("js/site.js")}"></script>'
    sheet = f'<link rel="stylesheet" href="{static("css/site.css")}">'
    return f"<!doctype html><html lang='en'><title>Areas</title>{sheet}{script}<main>{choice}{passages}</main>"


@contextmanager
def reading(demonstration, chromium, **options):
    """Visit the page with passages; yields the browser's page."""
    visit = Visit(chromium, demonstration, **options)
    visit.page.route("**/areas/", lambda route: route.fulfill(content_type="text/html", body=document()))
    try:
        visit.go("/areas/")
        yield visit.page
        assert visit.complaints == []
        assert visit.context.cookies() == []
    finally:
        visit.close()


def shown(page) -> list[bool]:
    """Return which passages are open: for the city, for the county, for an area that is gone."""
    return page.locator("details[data-area]").evaluate_all("all => all.map((one) => one.open)")


class TestArea:
    def test_shows_everything_labelled_without_a_script(self, demonstration, chromium):
        with reading(demonstration, chromium, javascript=False) as page:
            assert not page.locator("fieldset").is_visible()
            for slug in ("wenborough", "marlshire", "gone"):
                assert page.locator(f"#in-{slug}").is_visible()
            assert page.get_by_text("For Marlshire only").is_visible()

    def test_is_chosen_with_the_keyboard_and_stays_chosen(self, demonstration, chromium):
        with reading(demonstration, chromium) as page:
            assert shown(page) == [True, True, True]
            page.get_by_label("All areas").focus()
            page.keyboard.press("ArrowDown")
            assert shown(page) == [True, False, True]
            assert page.get_by_role("status").inner_text() == "1 passage for Marlshire is not shown."
            assert page.get_by_text("For Marlshire only").is_visible()
            page.reload()
            assert shown(page) == [True, False, True]

    def test_can_be_left_again(self, demonstration, chromium):
        with reading(demonstration, chromium) as page:
            page.get_by_label("Marlshire").check()
            page.get_by_role("button", name="Show all").click()
            assert shown(page) == [True, True, True]
            assert page.get_by_label("All areas").evaluate("one => one === document.activeElement")
            page.reload()
            assert shown(page) == [True, True, True]

    def test_gives_way_to_an_anchor(self, demonstration, chromium):
        with reading(demonstration, chromium) as page:
            page.get_by_label("Wenborough").check()
            page.goto("/areas/#in-marlshire")
            page.reload()
            assert page.locator("#in-marlshire").is_visible()

    def test_that_is_gone_folds_nothing(self, demonstration, chromium):
        with reading(demonstration, chromium) as page:
            page.evaluate("localStorage.setItem('area', 'gone-since')")
            page.reload()
            assert shown(page) == [True, True, True]
            assert page.get_by_label("All areas").is_checked()

    def test_is_followed_by_other_windows(self, demonstration, chromium):
        with reading(demonstration, chromium) as page:
            other = page.context.new_page()
            other.route("**/areas/", lambda route: route.fulfill(content_type="text/html", body=document()))
            other.goto("/areas/")
            other.get_by_label("Marlshire").check()
            page.wait_for_function("!document.querySelector('[data-area=wenborough]').open")

    def test_holds_for_the_page_where_storage_is_blocked(self, demonstration, chromium):
        with reading(demonstration, chromium) as page:
            page.context.add_init_script(NEVER)
            page.reload()
            page.get_by_label("Wenborough").check()
            assert shown(page) == [True, False, True]

    def test_is_told_on_paper(self, demonstration, chromium):
        with reading(demonstration, chromium) as page:
            page.get_by_label("Wenborough").check()
            page.emulate_media(media="print")
            assert page.get_by_text("1 passage for Marlshire is not shown.").is_visible()
            assert not page.locator("#in-marlshire").is_visible()
            assert page.locator("#in-wenborough").is_visible()
            mark = "one => getComputedStyle(one, '::after').content"
            assert page.locator("[data-area=marlshire] summary").evaluate(mark) == '": not printed"'


@pytest.mark.parametrize("width", [320, 1280])
def test_choosing_needs_no_scrolling_sideways(demonstration, chromium, width):
    with reading(demonstration, chromium, width=width) as page:
        page.get_by_label("Wenborough").check()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
