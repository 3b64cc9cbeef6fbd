"""axe finds nothing to complain of, on any view, wide and narrow, light and dark, with alert banners of every level."""

from pathlib import Path

import axe_playwright_python
import pytest
from wagtail.models import get_page_models

from pages.models import BasePage
from tests.e2e.views import VIEWS, looking_at

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """async rules => {
    const runOnly = {type: 'tag', values: rules}
    const found = await axe.run(document, {runOnly, resultTypes: ['violations', 'incomplete']})
    const unsure = found.incomplete.filter(rule => rule.id === 'color-contrast')
    window.unsure = unsure.flatMap(rule => rule.nodes.map(node => node.html + node.failureSummary))
    return found.violations
}"""
# The areas that shade from one colour into another, and what is drawn in them.
SHADED = {"home": [".hero", ".cover"], "bulletin": [".issue-cover"]}
FLATTEN = """([selectors, end]) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('*::before, *::after { content: none !important }')
    document.adoptedStyleSheets = [sheet]
    for (const selector of selectors) {
        const colour = selector === '.hero' ? '--brand' : '--cover'
        document.querySelector(selector).style.background = `var(${colour}${end})`
    }
}"""
SIZES = [(1280, 800), (320, 640)]


def violations(page) -> list[str]:
    """Return what axe has to say of the page as it is now, one line for each element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, RULES)
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


class TestEveryView:
    @pytest.mark.parametrize("name", VIEWS)
    def test_has_no_violation(self, visit, banners, name):
        visit = visit()
        found = {}
        with looking_at(name, visit) as page:
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    found[f"{width} {scheme}"] = violations(page)
        assert not any(found.values()), found

    def test_is_looked_at_with_what_a_phone_hides_unfolded(self, visit):
        visit = visit(width=320, height=640)
        with looking_at("bulletin", visit) as page:
            page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
            assert violations(page) == []

    @pytest.mark.parametrize("end", ["", "-deep"])
    @pytest.mark.parametrize("name", SHADED)
    def test_contrasts_with_both_ends_of_a_gradient(self, visit, name, end):
        """axe passes over text on a gradient, so each gradient becomes one of its two colours."""
        visit = visit()
        with looking_at(name, visit) as page:
            page.evaluate(FLATTEN, [SHADED[name], end])
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert violations(page) == []
                assert page.evaluate("window.unsure") == []

    def test_would_be_reported(self, visit):
        """A test of the test: a picture without a text and grey on grey are found."""
        visit = visit()
        with looking_at("information page", visit) as page:
            page.evaluate("document.querySelector('main').append(document.createElement('img'))")
            page.evaluate("document.querySelector('.lead').style.color = '#ccc'")
            rules = {line.split(":")[0] for line in violations(page)}
        assert {"image-alt", "color-contrast"} <= rules


class TestEveryPageType:
    @pytest.mark.parametrize("model", [model for model in get_page_models() if "tests." not in model.__module__])
    def test_is_looked_at_in_a_browser(self, model):
        """A new page type fails here until tests/e2e/views.py has a view of it."""
        assert model is BasePage or model in {view.shows for view in VIEWS.values()}
