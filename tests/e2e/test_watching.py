"""Nothing watches the reader, nothing comes from elsewhere, and nothing needs a script."""

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.views import ORDINARY, VIEWS, issue, looking_at

NOT_PAGES = ("/admin/", "/static/", "/documents/", "/sitemap.xml")
FEED = "feed/"
MOST_PAGES = 140
# Every chapter and resource has these; they are followed from one alone, and what is sent as a file from none. So are
# the filters of the library and of what is new, which lead to each other without end.
OF_EVERY_PAGE = re.compile(
    r"/(cite|compare|editions|history|pdf|print)/|/(suggest-an-amendment|report-a-problem|accessible-format)/|/(library|alerts|whats-new)/\?"
)
FOLLOWED = re.compile(
    r"/bulletins/|/procedures/print/|/child-protection-conferences/(cite/$|compare/3/4/|history/|print/)"
    r"|/board/domestic-abuse-audit/(history/|editions/1/)"
    r"|/library/(\?type=tool(&topic=neglect)?$|graded-care-profile-assessment-tool/(history/|editions/1/))"
)
HREF = re.compile(r'<a\s[^>]*?href="([^"]*)"')
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"


def walk(visit) -> dict[str, int]:
    """Follow every link of the site from the home page; return {path: status}."""
    to_see, seen = ["/"], {}
    while to_see:
        path = to_see.pop()
        if path in seen:
            continue
        assert len(seen) < MOST_PAGES, "The links of the site have no end."
        seen[path] = visit.go(path).status
        if visit.javascript:
            to_see += [found for href in visit.page.evaluate(LINKS) if (found := path_of(visit, href))]
        else:
            # From the text: without scripts each link would have to be asked for alone.
            hrefs = map(unescape, HREF.findall(visit.page.content()))
            to_see += [found for href in hrefs if (found := path_of(visit, urljoin(visit.page.url, href)))]
    return seen


def path_of(visit, href: str) -> str | None:
    """Return the path of a page of this site; None for anything else."""
    address = urldefrag(href).url
    if not address.startswith(visit.address + "/"):
        return None
    parts = urlsplit(address)
    is_page = not parts.path.startswith(NOT_PAGES) and not parts.path.endswith(FEED)
    path = f"{parts.path}?{parts.query}".rstrip("?")
    is_followed = not OF_EVERY_PAGE.search(path) or FOLLOWED.search(path)
    return path if is_page and is_followed else None


@pytest.fixture(scope="module")
def walked(chromium, demonstration):
    """A visit that has been to every page, and the status of each."""
    visit = Visit(chromium, demonstration)
    yield visit, walk(visit)
    visit.close()


class TestAReaderOfEveryPage:
    def test_finds_every_view_by_its_links_and_no_link_leads_nowhere(self, walked):
        statuses = walked[1]
        # Searches are asked for; years are listed from the second on; forms and old versions are left out above.
        not_linked = {"search", "search with results", "search without results", "archive of a year"}
        not_linked |= {"search with help first", "search, filtered"}
        not_linked |= {"suggest an amendment", "ask for a format", "version that was superseded"}
        # A short address leads to the first of these; the second is found by pressing a button.
        not_linked |= {"send news", "not useful", "report a problem"}
        not_linked |= {"library with nothing found"}
        not_linked |= {"what’s new, filtered", "what’s new, further back", "what’s new with nothing found"}
        # Forms lead there; one chapter of many is enough to come from.
        not_linked |= {"alerts, sent", "alerts for a chapter"}
        # Days are typed into a box; sets are chosen in a form; one chapter of each kind is enough to print.
        not_linked |= {"manual on a day", "chapter on a day", "set, to print", "what to print, with a mistake"}
        not_linked |= {"chapter, to print", "part, to print"}
        assert {VIEWS[name].path() for name in ORDINARY if name not in not_linked} <= set(statuses)
        assert set(statuses.values()) == {200}

    def test_is_given_no_cookie_and_meets_nobody_else(self, walked):
        visit = walked[0]
        assert visit.context.cookies() == []
        assert visit.requests_elsewhere == []
        assert visit.complaints == []
        kept = "[localStorage.length, sessionStorage.length, document.cookie, navigator.serviceWorker.controller]"
        assert visit.page.evaluate(kept) == [0, 0, "", None]

    @pytest.mark.parametrize("name", ["404", "500", "503"])
    def test_is_given_none_where_something_went_wrong(self, visit, name):
        visit = visit()
        with looking_at(name, visit):
            assert visit.context.cookies() == []
            assert visit.requests_elsewhere == []
            assert not [words for words in visit.complaints if "Failed to load resource" not in words]

    def test_has_scripts_from_elsewhere_refused(self, visit):
        """A test of the test: what the policy refuses is heard."""
        visit = visit()
        visit.go("/")
        visit.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
        assert any("Content Security Policy" in words for words in visit.complaints)


class TestWithoutJavaScript:
    def test_every_page_can_be_reached(self, visit, walked):
        assert walk(visit(javascript=False)) == walked[1]

    @pytest.mark.parametrize("name", ORDINARY)
    def test_everything_can_be_read(self, visit, name):
        words = []
        for javascript in (True, False):
            started = visit(javascript=javascript, width=320, height=640)
            with looking_at(name, started) as page:
                made_by_script = "[data-print]:visible, [data-copy]:visible, [data-areas]:visible"
                buttons = [button.inner_text() for button in page.locator(made_by_script).all()]
                shown = page.locator("main").inner_text()
            for button in buttons:
                shown = shown.replace(button, "", 1)
            words.append(shown.split())
        assert words[0] == words[1]
        assert len(words[1]) > 3

    def test_the_menu_opens_on_a_phone(self, visit):
        visit = visit(javascript=False, width=320, height=640)
        visit.go(issue())
        assert not visit.page.is_visible("nav[aria-label=Main] a >> nth=0")
        visit.page.click("summary:has-text('Menu')")
        visit.page.click("nav[aria-label=Main] a:has-text('Contacts')")
        assert visit.page.url.endswith("/contacts/")

    def test_the_menu_stands_open_on_a_wide_window(self, visit):
        visit = visit(javascript=False)
        visit.go("/")
        assert visit.page.is_visible("nav[aria-label=Main] a >> nth=0")

    def test_the_search_answers(self, visit):
        visit = visit(javascript=False)
        visit.go("/")
        visit.page.fill("#search", "contacts")
        visit.page.click("form[role=search] button")
        assert "q=contacts" in visit.page.url
        assert visit.page.is_visible("main a[href='/contacts/']")
