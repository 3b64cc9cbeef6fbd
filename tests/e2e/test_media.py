"""Forced colours, no motion, and paper."""

from io import BytesIO

import pytest
from PIL import Image

from tests.e2e.views import issue, looking_at

NOT_ON_PAPER = [".leave", ".menu", "nav", ".contents", "form", "button", ".govuk-skip-link"]
MOVES = """() => [...document.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element)
    return [style.transitionDuration, style.animationDuration].join().split(',').some(time => parseFloat(time) > 0)
}).map(element => element.outerHTML.slice(0, 100))"""


def ink(page) -> float:
    """Return which part of a screenshot differs from its most common colour."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").resize((320, 200))
    counts = sorted((count for count, _ in picture.getcolors(maxcolors=320 * 200)), reverse=True)
    return 1 - counts[0] / sum(counts)


class TestForcedColours:
    @pytest.mark.parametrize("name", ["home", "bulletin", "contacts", "404"])
    def test_keep_the_edges_of_what_can_be_pressed(self, visit, name):
        visit = visit(forced_colors="active")
        with looking_at(name, visit) as page:
            assert page.evaluate("matchMedia('(forced-colors: active)').matches")
            edge = "element => [getComputedStyle(element).borderTopWidth, getComputedStyle(element).borderTopStyle]"
            for selector in (".leave__link", ".button >> visible=true"):
                for element in page.locator(selector).all():
                    width, style = element.evaluate(edge)
                    assert float(width.removesuffix("px")) >= 1, selector
                    assert style == "solid", selector
            assert 0.02 < ink(page) < 0.6

    def test_mark_focus(self, visit):
        visit = visit(forced_colors="active")
        visit.go("/")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


class TestReducedMotion:
    @pytest.mark.parametrize("name", ["home", "bulletin"])
    def test_nothing_moves(self, visit, name):
        visit = visit(reduced_motion="reduce")
        with looking_at(name, visit) as page:
            assert page.evaluate(MOVES) == []
            assert page.evaluate("document.getAnimations().length") == 0
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


class TestPaper:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize(
        "name",
        [
            "home",
            "bulletin",
            "bulletin, to print",
            "information page",
            "contacts",
            "chapter, to print",
            "set, to print",
        ],
    )
    def test_has_the_text_and_nothing_to_press(self, visit, banners, name, scheme):
        visit = visit(color_scheme=scheme)
        with looking_at(name, visit) as page:
            page.emulate_media(media="print", color_scheme=scheme)
            shown = [part for part in NOT_ON_PAPER for found in page.locator(part).all() if found.is_visible()]
            assert shown == []
            assert page.is_visible("h1")
            black_on_white = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
            assert page.evaluate(black_on_white) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
            assert 0.02 < ink(page) < 0.5

    def test_says_where_it_comes_from_and_where_links_lead(self, visit):
        visit = visit()
        visit.go(issue())
        visit.page.emulate_media(media="print")
        assert visit.page.inner_text(".only-print").endswith(visit.page.url)

    def test_of_a_whole_bulletin_takes_few_sheets(self, visit):
        visit = visit()
        visit.go(f"{issue()}print/")
        sheets = visit.page.pdf(format="A4").count(b"/Type /Page\n")
        assert 1 <= sheets <= 8
