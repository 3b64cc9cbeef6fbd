"""Everything fits: at 320 px, at four times the size, and with the reader's own spacing of text."""

import pytest

from tests.e2e.views import VIEWS, looking_at

# 1280 × 1024 at 400 % is 320 × 256; a small phone is 320 × 568.
SIZES = [(320, 568), (320, 256)]

# Elements that reach beyond the right edge. Wide tables scroll by themselves (WCAG 1.4.10 allows it).
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect()
    const hidden = element.closest('.visually-hidden, .govuk-skip-link, .table-scroll, .govuk-visually-hidden')
    return !hidden && box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)
}).map(element => element.outerHTML.slice(0, 120))"""
# Elements that cut off what is in them.
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(element => {
    const style = getComputedStyle(element)
    if (style.clipPath !== 'none' || element.closest('.visually-hidden, .govuk-skip-link')) return false
    const cuts = [style.overflowX, style.overflowY].some(value => ['hidden', 'clip'].includes(value))
    return cuts && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
}).map(element => element.outerHTML.slice(0, 120))"""
# WCAG 1.4.12
SPACING = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important }
        * { word-spacing: .16em !important }
        p { margin-bottom: 2em !important }`)
    document.adoptedStyleSheets = [sheet]
}"""
# The parts of the way out stay inside its bar and beside each other.
WAY_OUT_FITS = """() => {
    const bar = document.querySelector('.leave')?.getBoundingClientRect()
    if (!bar) return true
    const [a, b] = ['.leave__link', '.leave__what'].map(part => document.querySelector(part)?.getBoundingClientRect())
    const inside = box => !box || (box.top >= bar.top - 1 && box.bottom <= bar.bottom + 1)
    const apart = !b || a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 1 || b.bottom <= a.top + 1
    return inside(a) && inside(b) && apart
}"""


def scrolls_sideways(page) -> bool:
    """Whether the page as a whole is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("name", VIEWS)
class TestEveryView:
    def test_fits_and_cuts_nothing_off(self, visit, banners, name):
        visit = visit()
        with looking_at(name, visit) as page:
            for spaced in (False, True):
                if spaced:
                    page.evaluate(SPACING)
                for width, height in [*SIZES, (1280, 800)]:
                    page.set_viewport_size({"width": width, "height": height})
                    where = f"{width} × {height}, spaced: {spaced}"
                    assert not scrolls_sideways(page), where
                    assert page.evaluate(TOO_WIDE) == [], where
                    assert page.evaluate(CLIPPED) == [], where
                    assert page.evaluate(WAY_OUT_FITS), where
            page.evaluate("document.adoptedStyleSheets = []")
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            for width in (1280, 640):
                page.set_viewport_size({"width": width, "height": 800})
                assert not scrolls_sideways(page), f"{width}, text twice as large"
                assert page.evaluate(CLIPPED) == [], f"{width}, text twice as large"


class TestFourTimesTheSize:
    def test_leaves_most_of_the_window_for_reading(self, visit):
        visit = visit(width=320, height=256)
        with looking_at("bulletin", visit) as page:
            bar = page.locator(".leave").bounding_box()
            assert bar["height"] <= 256 / 4
