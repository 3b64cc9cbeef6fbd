"""The mail of an issue with everything in it, as a mail program with the eyes of a browser shows it."""

import re

import pytest
from django.utils import timezone

from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import render_issue
from bulletins.models import BulletinIndexPage, BulletinPage
from organisation.models import Contact
from tests.bulletins.mailing.factories import add_picture, block, every_kind, picture_block, table_block, with_body
from tests.e2e.test_access import violations
from tests.factories import add_bulletin

# A mail is shown inside a mail program, which has the landmarks.
OF_A_WHOLE_PAGE = ("region", "landmark-one-main")
A_PERSON = Personal(why="You chose the bulletin.", manage_url="https://x.example/m", leave_url="https://x.example/l")


@pytest.fixture(scope="module")
def html(demonstration) -> str:
    """The mail of an issue that has every kind of item and of block, and that points to public pages."""
    contact = Contact.objects.exclude(phone="").first()
    callout = block("callout", {"title": "You must", "text": "<p>Share your report.</p>"})
    blocks = [callout, table_block(), picture_block(add_picture(900, 600).pk, caption="By pupils")]
    items = [*every_kind(BulletinPage.objects.first()), with_body(*blocks, block("contact", contact.pk))]
    issue = add_bulletin(BulletinIndexPage.objects.first(), items=items, contact=contact)
    return render_issue(page=issue, now=timezone.now()).addressed_to(A_PERSON)[0]


def show(visit, html):
    """Let the browser show the mail as if it had come from the site."""
    visit.page.route("**/a-mail", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=html))
    visit.go("/a-mail")


def without_head_styles(html) -> str:
    """Return the mail as programs show it that throw away the styles in the head."""
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


class TestAMail:
    @pytest.mark.parametrize("shown", [str, without_head_styles], ids=["whole", "without styles in the head"])
    def test_has_no_violation_and_is_never_wider_than_a_phone(self, visit, html, shown):
        visit = visit()
        show(visit, shown(html))
        for width in (700, 320):
            visit.page.set_viewport_size({"width": width, "height": 800})
            assert visit.page.evaluate("document.documentElement.scrollWidth") == width
            for scheme in ("light", "dark"):
                visit.page.emulate_media(color_scheme=scheme)
                found = [line for line in violations(visit.page) if not line.startswith(OF_A_WHOLE_PAGE)]
                assert found == []

    def test_asks_for_nothing_but_its_pictures_and_from_nowhere_else(self, visit, html):
        visit = visit()
        asked = []
        visit.page.on("request", lambda request: asked.append(request.url))
        show(visit, html)
        visit.page.wait_for_load_state("networkidle")
        assert [url for url in asked if not re.search(r"/a-mail$|/media/images/|/favicon", url)] == []
        assert visit.requests_elsewhere == []

    def test_without_pictures_says_what_is_on_them(self, visit, html):
        visit = visit()
        visit.page.route("**/media/**", lambda route: route.abort())
        show(visit, html)
        assert visit.page.get_by_alt_text("A sun").is_visible()
