"""Nothing that is private, not published or past its time shows anywhere, and nothing is kept for the wrong reader.

Every place of the site that can name a page is made to name one that readers may not see, in each way in which a page
can be hidden. Then every public address is read for a trace of it. A new place that lists or links pages belongs into
`point_everywhere_at`, and a new address into `ADDRESSES`.
"""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from alerts.messages.digests import make_digest
from alerts.models import Delivery, Message
from alerts.posting.worker import Worker
from board_business.models import BoardBusinessPage
from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import render_issue
from bulletins.models import BulletinPage
from documents.models import LibraryPage
from organisation.models import AlertBanner, ContactsPage, OrganisationSettings
from pages.middleware import STORED_SECONDS
from pages.models import BasePage, Topic, WithdrawnAs
from priorities.models import Arrangement, PrioritiesPage
from search.models import PromotedAnswer
from tests.alerts.factories import subscriber_to
from tests.board_business.factories import add_board, add_meeting, add_review, block, decision
from tests.documents.factories import add_library, add_resource, make_document
from tests.drafts.factories import path_of, share
from tests.factories import (
    add_archive,
    add_bulletin,
    add_home,
    add_information,
    add_page,
    forget_stored_pages,
    make_manager,
    news,
)
from tests.once import once
from tests.priorities.factories import add_area, add_year
from updates.models import WhatsNewPage
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

MAIL = "the mail of the open issue"
# In the title, summary, address and text of whatever is hidden, and nowhere else.
SECRET = "zebra"
ADDRESSES = [
    "/",
    "/alerts/",
    "/board/",
    "/board/meetings/",
    "/board/meetings/?year=2030",
    "/board/reviews/",
    "/board/reviews/?type=inspection",
    "/board/open-meeting/",
    "/board/open-review/",
    "/board/open-review/learning/",
    "/bulletins/",
    "/bulletins/?year=2030",
    "/bulletins/?year=2031",
    "/bulletins/feed/",
    "/bulletins/open-issue/",
    "/bulletins/open-issue/print/",
    "/contacts/",
    "/library/",
    f"/library/?q={SECRET}",
    "/library/open-resource/",
    "/open-page/",
    "/priorities/",
    "/priorities/open-year/",
    "/priorities/open-year/open-priority/",
    "/priorities/open-year/open-priority/everything/documents-and-tools/",
    "/priorities/open-year/open-priority/everything/news/",
    f"/search/?q={SECRET}",
    "/search/?q=issue",
    # Other spellings of it, its beginning, and with filters: nothing hidden is suggested or counted.
    f"/search/?q={SECRET[:-1]}e",
    f"/search/?q={SECRET[:3]}",
    f"/search/?q={SECRET[:-1]}&kind=bulletins&topic=stripes",
    "/search/?q=about+once+one+more",
    "/search/?q=read+this",
    f"/search/suggestions/?q={SECRET[:3]}",
    f"/search/suggestions/?q=about+{SECRET}",
    "/search/suggestions/?q=read+this",
    "/whats-new/",
    "/whats-new/?topic=stripes",
    "/whats-new/?kind=bulletin",
    "/whats-new/?until=2999",
    "/whats-new/feed/",
    "/whats-new/feed/?topic=stripes",
    "/whats-new/feed/?kind=resource",
    "/sitemap.xml",
    "/robots.txt",
    "/no-such-page/",
]


def restrict(page, kind):
    """Make a page private: for people with an account, of a group, or with a password."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="stripes")
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.get_or_create(name="Keepers")[0])


def hide_expired(page):
    """Let its time pass; the scheduled job has not come by yet."""
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


WAYS = {
    "unpublished": lambda page: page.unpublish(),
    "expired": hide_expired,
    "for people with an account": lambda page: restrict(page, PageViewRestriction.LOGIN),
    "for a group": lambda page: restrict(page, PageViewRestriction.GROUPS),
    "behind a password": lambda page: restrict(page, PageViewRestriction.PASSWORD),
}


def link_to(page) -> str:
    """Return rich text that links to a page without naming it."""
    return f'<p><a linktype="page" id="{page.pk}">Read this</a></p>'


def every_kind_of_item(page) -> list[dict]:
    """Return one item of each kind that can point at a page; all point at this one."""
    text = link_to(page)
    return [
        news("In the text", text),
        news("A priority", kind="priority_update", priority=page.pk),
        news("A decision", kind="decision", meeting_date=None, decision=text, document=page.pk),
        news("A law", kind="new_law", what_to_do=text, chapters=[page.pk]),
        news("An inspection", kind="inspection", next_steps=text),
        news("Procedures", kind="procedures_update", chapters=[page.pk]),
        news("A tool", kind="highlight", page=page.pk),
        news("With a source", source=page.pk, source_place="somewhere"),
    ]


def menu_to(page) -> list[dict]:
    """Return a menu whose only entry is the page."""
    return [{"type": "link", "id": "1", "value": {"page": page.pk, "address": "", "title": ""}}]


def point_everywhere_at(page, *, home, archive):
    """Let every place that can name a page name this one."""
    home.tasks = [{"type": "link", "id": "1", "value": {"title": "A task", "page": page.pk, "address": ""}}]
    home.priorities = [
        {"type": "priority", "id": "2", "value": {"title": "A priority", "summary": "…", "page": page.pk}}
    ]
    home.news_page = page
    home.save_revision().publish()
    archive.introduction = link_to(page)
    archive.save_revision().publish()
    add_bulletin(
        archive,
        title="Open issue",
        slug="open-issue",
        issue_date=date(2030, 1, 1),
        introduction=link_to(page),
        items=every_kind_of_item(page),
    )
    library = LibraryPage.objects.first() or add_library(home)
    document = make_document(title="Open file", words="Nothing to hide.")
    add_resource(library, document, title="Open resource", slug="open-resource", purpose=link_to(page))
    point_the_board_at(page, home=home)
    priority = add_open_priority(home, text=link_to(page))
    Arrangement.objects.create(area=priority, page=page, arranged_at=timezone.now())
    add_information(home, title="Open page", slug="open-page", body=[text_block(link_to(page))])
    settings = OrganisationSettings.for_site(Site.objects.get())
    settings.header_menu = settings.footer_menu = menu_to(page)
    settings.staying_safe_page = settings.practitioner_page = page
    settings.practitioner_title = "For professionals"
    settings.save()
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    PromotedAnswer.objects.create(phrases="read this", title="An answer", page=page)
    AlertBanner.objects.create(title="A banner", link_page=page, link_text="Read this", **times)


def point_the_board_at(page, *, home):
    """Let every place of a meeting and a review that can name a page name this one."""
    board = BoardBusinessPage.objects.first() or add_board(home)
    board.introduction = link_to(page)
    board.save_revision().publish()
    decided = [decision("A decision", link_to(page), documents=[page.pk])]
    day = date(2030, 1, 1)
    meeting = {"title": "Open meeting", "slug": "open-meeting", "meeting_date": day, "minutes": page}
    add_meeting(board, decisions=decided, **meeting)
    texts = dict.fromkeys(("methods", "what_happened", "what_to_do"), link_to(page))
    found = [block("finding", {"text": link_to(page), "topics": []})]
    add_review(
        board,
        title="Open review",
        slug="open-review",
        review_type="inspection",
        published_on=day,
        good_practice=found,
        areas_for_development=found,
        documents=[block("page", page.pk)],
        **texts,
    )


def add_open_priority(home, *, text=""):
    """Make a public priority that gathers what is about stripes."""
    index = add_page(home, PrioritiesPage(title="Priorities", slug="priorities", introduction=text))
    year = add_year(index, 2030, title="Open year", slug="open-year", introduction=text)
    stripes, _ = Topic.objects.get_or_create(name="Stripes", slug="stripes")
    return add_area(year, title="Open priority", slug="open-priority", why=text, topics=[stripes])


def text_block(html) -> dict:
    """Return the raw form of running text."""
    return {"type": "text", "id": "1", "value": html}


@once
def home():
    home = add_home()
    add_page(home, ContactsPage(title="Contacts", slug="contacts"))
    add_page(home, WhatsNewPage(title="What’s new", slug="whats-new"))
    Topic.objects.create(name="Stripes", slug="stripes")
    return home


@once
def archive(home):
    return add_archive(home)


def add_secret_page(parent, **fields):
    """Add a page that says the secret wherever a page can say something."""
    values = {"title": f"The {SECRET}", "slug": SECRET, "search_description": f"About a {SECRET}."}
    return add_information(parent, **values | {"body": [text_block(f"<h2>{SECRET}</h2>")]} | fields)


def add_secret_issue(archive):
    """Add the latest issue, with an announced change; all of it says the secret."""
    issue = add_bulletin(
        archive,
        title=f"The {SECRET}",
        slug=SECRET,
        issue_date=date(2031, 1, 1),
        quarter_label=f"{SECRET} 2031",
        search_description=f"About a {SECRET}.",
        next_deadline=date(2031, 7, 3),
        items=[news(f"A {SECRET}", f"<p>One {SECRET}.</p>", topics=["stripes"])],
        topics=list(Topic.objects.filter(slug="stripes")),
    )
    issue.introduction = f"<p>More of the {SECRET}.</p>"
    issue.change_significance, issue.change_note = "major", f"The {SECRET} moved."
    issue.save_revision().publish()
    issue.refresh_from_db()
    return issue


def add_secret_resource(home):
    """Add a resource that says the secret, whose file says it too: the only leaflet, and the only one on its topic."""
    document = make_document(title=f"The {SECRET}", words=f"Once a {SECRET}.", name=f"{SECRET}.txt")
    values = {"title": f"The {SECRET}", "slug": SECRET, "search_description": f"About a {SECRET}."}
    topic, _ = Topic.objects.get_or_create(name="Stripes", slug="stripes")
    values |= {"purpose": f"<p>To keep a {SECRET}.</p>", "topics": [topic], "resource_type": "leaflet"}
    return add_resource(add_library(home), document, **values)


def leaks(client) -> dict[str, str]:
    """Return {address: what stands around the secret} for every public address that tells it."""
    found = {}
    for address in ADDRESSES:
        forget_stored_pages()
        text = client.get(address).content.decode().replace(f"?q={SECRET}", "")
        # What somebody searched for is said back to them.
        text = text.replace(f"“{SECRET}”", "").replace(f"Search: {SECRET}", "").replace(f'value="{SECRET}"', "")
        if SECRET in text:
            place = text.index(SECRET)
            found[address] = text[max(0, place - 150) : place + 150]
    if telling := [form for form in mails_of_the_open_issue() if SECRET in form]:
        found[MAIL] = telling[0]
    return found


def mails_of_the_open_issue() -> list[str]:
    """Return both forms of the mail that would tell of the open issue, where there is one."""
    issues = BulletinPage.objects.filter(slug="open-issue")
    return [
        form for issue in issues for form in render_issue(page=issue, now=timezone.now()).addressed_to(Personal(""))
    ]


class TestAPage:
    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_that_is_hidden_shows_nowhere(self, client, home, archive, hide):
        page = add_secret_page(home)
        point_everywhere_at(page, home=home, archive=archive)
        hide(page)
        assert leaks(client) == {}
        assert SECRET not in client.get(page.url).content.decode().replace(page.url, "")

    @pytest.mark.parametrize("hide", list(WAYS.values())[2:], ids=list(WAYS)[2:])
    def test_below_a_hidden_one_shows_nowhere(self, client, home, archive, hide):
        above = add_information(home, title="Above", slug="above")
        page = add_secret_page(add_information(above, title="Between", slug="between"))
        point_everywhere_at(page, home=home, archive=archive)
        hide(above)
        assert leaks(client) == {}

    def test_never_published_shows_nowhere(self, client, home, archive):
        page = add_secret_page(home, publish=False)
        point_everywhere_at(page, home=home, archive=archive)
        assert leaks(client) == {}
        assert client.get(page.url).status_code == 404

    def test_shows_everywhere_while_it_is_public(self, client, home, archive):
        """A test of the test: what is looked for would be found."""
        point_everywhere_at(add_secret_page(home), home=home, archive=archive)
        listed = ("/board/meetings/", "/board/reviews/", "/whats-new/")
        lists = {address for address in ADDRESSES if "/everything/" in address or address.startswith(listed)}
        silent = lists | {
            # It names what is offered to everybody; tests/alerts/test_topics.py hides that.
            "/alerts/",
            "/robots.txt",
            "/bulletins/feed/",
            "/bulletins/?year=2031",
            "/search/?q=issue",
            f"/search/?q={SECRET[:-1]}&kind=bulletins&topic=stripes",
            "/no-such-page/",
        }
        found = leaks(client)
        assert set(ADDRESSES) - set(found) <= silent
        assert MAIL in found

    @pytest.mark.parametrize("hide", list(WAYS.values())[:2], ids=list(WAYS)[:2])
    def test_that_is_hidden_is_not_named_on_the_way_to_one_below_it(self, client, home, hide):
        page = add_secret_page(home)
        below = add_information(page, title="Below", slug="below")
        hide(page)
        response = client.get(below.url)
        if response.status_code == 200:
            assert SECRET not in response.content.decode().replace(below.url, "")


class TestAnIssue:
    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_that_is_hidden_shows_in_no_list_and_no_search(self, client, home, archive, hide):
        add_bulletin(archive, title="Open issue", slug="open-issue", issue_date=date(2030, 1, 1))
        add_open_priority(home)
        issue = add_secret_issue(archive)
        hide(issue)
        assert leaks(client) == {}
        assert b"3 July 2031" not in client.get("/").content
        for address in (issue.url, f"{issue.url}print/"):
            answer = client.get(address)
            assert SECRET not in answer.content.decode().replace(issue.url, "")

    def test_shows_while_it_is_public(self, client, home, archive):
        """A test of the test."""
        add_open_priority(home)
        add_secret_issue(archive)
        hub = "/priorities/open-year/open-priority/"
        told = {
            hub,
            f"{hub}everything/news/",
            "/",
            "/bulletins/",
            "/bulletins/feed/",
            "/bulletins/?year=2031",
            f"/search/?q={SECRET}",
            "/sitemap.xml",
            "/whats-new/",
            "/whats-new/?topic=stripes",
            "/whats-new/?kind=bulletin",
            "/whats-new/feed/",
            "/whats-new/feed/?topic=stripes",
        }
        assert told <= set(leaks(client))

    @pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
    def test_of_a_private_archive_shows_nowhere(self, client, home, archive, kind):
        issue = add_secret_issue(archive)
        restrict(archive, kind)
        assert leaks(client) == {}
        for address in (issue.url, f"{issue.url}print/", "/bulletins/feed/"):
            assert SECRET not in client.get(address).content.decode().replace(issue.url, "")

    def test_changed_in_a_draft_shows_what_was_published(self, client, home, archive):
        issue = add_bulletin(archive, title="Open issue", slug="open-issue", issue_date=date(2030, 1, 1))
        issue.title = issue.search_description = f"The {SECRET}"
        issue.items = [("news", {"heading": f"A {SECRET}", "body": []})]
        issue.change_significance, issue.change_note = "major", f"The {SECRET}"
        issue.save_revision()
        assert leaks(client) == {}


class TestAWithdrawnIssue:
    """In each way; put everywhere before, where a place can name a page."""

    @pytest.mark.parametrize("way", WithdrawnAs.values)
    def test_shows_in_no_list_link_feed_or_search_but_those_that_say_what_was_withdrawn(
        self, client, home, archive, way
    ):
        issue = add_secret_issue(archive)
        point_everywhere_at(issue, home=home, archive=archive)
        replacement = add_information(home, title="The stripes", slug="stripes")
        withdraw_page(page=issue, way=way, reason="Out of date.", replacement=replacement, now=timezone.now())
        found = leaks(client)
        assert all(address.startswith("/whats-new/") for address in found)
        assert ("/whats-new/feed/" in found) == (way != WithdrawnAs.ERROR)
        assert b"3 July 2031" not in client.get("/").content

    @pytest.mark.parametrize("address", ["", "print/"])
    @pytest.mark.parametrize("way", WithdrawnAs.values)
    def test_is_read_at_its_own_address_only_where_it_was_withdrawn(self, client, home, archive, way, address):
        issue = add_secret_issue(archive)
        withdraw_page(page=issue, way="withdrawn", reason="Out of date.", now=timezone.now())
        if way != "withdrawn":
            replacement = add_information(home, title="The stripes", slug="stripes")
            withdraw_page(page=issue, way=way, reason="Out of date.", replacement=replacement, now=timezone.now())
            replacement.unpublish()
        text = client.get(f"{issue.url}{address}").content.decode().replace(issue.url, "")
        assert (SECRET in text) == (way == "withdrawn")
        assert "stripes" not in text

    @pytest.mark.parametrize("hide", list(WAYS.values())[2:], ids=list(WAYS)[2:])
    @pytest.mark.parametrize("way", WithdrawnAs.values)
    def test_below_a_private_archive_tells_strangers_nothing(self, client, home, archive, way, hide):
        issue = add_secret_issue(archive)
        replacement = add_information(home, title="The stripes", slug="stripes")
        withdraw_page(page=issue, way=way, reason=f"The {SECRET} left.", replacement=replacement, now=timezone.now())
        hide(archive)
        response = client.get(issue.url)
        assert SECRET not in response.content.decode().replace(issue.url, "")
        assert "stripes" not in response.headers.get("Location", "")


class TestAResource:
    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_that_is_hidden_shows_in_no_list_count_or_search_and_neither_does_its_file(
        self, client, home, archive, hide
    ):
        resource = add_secret_resource(home)
        file = resource.files.get().document
        point_everywhere_at(resource, home=home, archive=archive)
        hide(resource)
        assert leaks(client) == {}
        listed = client.get("/library/").content.decode()
        assert "<strong>1</strong> resource" in listed
        assert "Leaflet" not in listed
        assert "Stripes" not in listed
        for address in (resource.url, f"{resource.url}history/", file.url, file.current.url, file.current.file_url):
            answer = client.get(address)
            assert SECRET not in answer.content.decode().replace(resource.url, "")
            assert SECRET not in b"".join(answer).decode().replace(resource.url, "")

    def test_shows_everywhere_while_it_is_public(self, client, home, archive):
        """A test of the test."""
        resource = add_secret_resource(home)
        point_everywhere_at(resource, home=home, archive=archive)
        told = {"/", "/library/", f"/library/?q={SECRET}", f"/search/?q={SECRET}", "/whats-new/feed/?kind=resource"}
        assert told | {"/library/open-resource/", "/sitemap.xml"} <= set(leaks(client))
        assert f"/search/suggestions/?q={SECRET[:3]}" in leaks(client)
        listed = client.get("/library/").content.decode()
        assert "<strong>2</strong> resources" in listed
        assert "Leaflet" in listed
        assert "Stripes" in listed
        assert f"<mark>Once</mark> a <mark>{SECRET}</mark>" in client.get(f"/search/?q=once+{SECRET}").content.decode()
        assert b"".join(client.get(resource.files.get().document.url)).decode() == f"Once a {SECRET}."


class TestAMeetingAndAReview:
    @staticmethod
    def add_secret_records(home):
        board = BoardBusinessPage.objects.first() or add_board(home)
        said = {"title": f"The {SECRET}", "search_description": f"About a {SECRET}."}
        day = date(2030, 1, 1)
        meeting = add_meeting(
            board, slug=f"{SECRET}-1", meeting_date=day, decisions=[decision(f"A {SECRET}")], place=SECRET, **said
        )
        review = add_review(board, slug=f"{SECRET}-2", published_on=day, review_type="inspection", theme=SECRET, **said)
        return meeting, review

    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_that_are_hidden_show_in_no_list_and_beside_no_other(self, client, home, archive, hide):
        meeting, review = self.add_secret_records(home)
        point_everywhere_at(meeting, home=home, archive=archive)
        for page in (meeting, review):
            hide(page)
        assert leaks(client) == {}
        for address in (meeting.url, f"{meeting.url}history/", review.url, f"{review.url}learning/"):
            text = client.get(address).content.decode()
            assert SECRET not in text.replace(meeting.url, "").replace(review.url, "")

    def test_below_a_private_board_page_show_nowhere(self, client, home, archive):
        meeting, review = self.add_secret_records(home)
        restrict(BoardBusinessPage.objects.get(), PageViewRestriction.LOGIN)
        assert leaks(client) == {}
        for address in (meeting.url, review.url, f"{review.url}learning/", "/board/meetings/", "/board/reviews/"):
            assert SECRET not in client.get(address).content.decode().replace(meeting.url, "").replace(review.url, "")

    def test_show_while_they_are_public(self, client, home, archive):
        """A test of the test."""
        self.add_secret_records(home)
        told = {"/", "/board/", "/board/meetings/", "/board/meetings/?year=2030", "/board/reviews/", "/sitemap.xml"}
        assert told | {"/board/reviews/?type=inspection", f"/search/?q={SECRET}"} <= set(leaks(client))


class TestAlerts:
    """Somebody hears of everything at once, somebody else in digests; a page is hidden before, or between."""

    @staticmethod
    def publish_something_secret(home, archive):
        subscriber_to({"library": "at_once", "bulletins": "at_once"}, address="once@agency.example")
        subscriber_to({"library": "daily", "bulletins": "daily"}, address="daily@agency.example")
        pages = add_secret_resource(home), add_secret_issue(archive)
        now = timezone.now()
        Message.objects.filter(kind="issue").update(release_at=now, moment=now)
        return pages

    @staticmethod
    def make_digest_and_send():
        """Spread, make the digest of tomorrow, send, and return all that went out."""
        tomorrow = timezone.now() + timedelta(days=1)
        make_digest("daily", now=tomorrow)
        Worker(clock=lambda: tomorrow).work()
        return [part for sent in mail.outbox for part in (sent.subject, sent.body, sent.alternatives[0][0])]

    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_tell_nothing_of_what_was_hidden_before_they_were_made(self, home, archive, hide):
        for page in self.publish_something_secret(home, archive):
            hide(page)
        assert self.make_digest_and_send() == []

    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_tell_nothing_of_what_was_hidden_before_they_were_sent(
        self, home, archive, hide, django_capture_on_commit_callbacks
    ):
        pages = self.publish_something_secret(home, archive)
        tomorrow = timezone.now() + timedelta(days=1)
        make_digest("daily", now=tomorrow)
        assert Delivery.objects.waiting().count() == 3
        with django_capture_on_commit_callbacks(execute=True):
            for page in pages:
                hide(page)
        assert self.make_digest_and_send() == []

    @pytest.mark.parametrize("way", WithdrawnAs)
    def test_tell_nothing_of_what_was_withdrawn_but_what_the_list_of_withdrawals_says(self, home, archive, way):
        subscriber_to({"library": "at_once"}, address="once@agency.example")
        subscriber_to({"library": "daily"}, address="daily@agency.example")
        instead = add_information(home, title="The stripes", slug="stripes")
        before = timezone.now() - timedelta(hours=1)
        reason = "It is out of date."
        withdraw_page(page=add_secret_resource(home), way=way, reason=reason, replacement=instead, now=before)
        texts = self.make_digest_and_send()
        assert len(texts) == (0 if way == WithdrawnAs.ERROR else 6)
        assert all(SECRET in text for text in texts)
        assert not any(f"About a {SECRET}" in text or f"keep a {SECRET}" in text for text in texts)

    def test_tell_it_while_it_is_public(self, home, archive):
        """A test of the test."""
        self.publish_something_secret(home, archive)
        found = self.make_digest_and_send()
        assert len(found) == 9
        assert all(SECRET in text for text in found)


class TestTheSearch:
    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_counts_nothing_that_is_hidden(self, client, home, archive, hide):
        add_information(home, title=f"Not the {SECRET}")
        hidden = [add_secret_page(home), add_secret_issue(archive), add_secret_resource(home)]
        counted = f"<strong>{{}}</strong> result{{}} for “{SECRET}”"
        before = client.get(f"/search/?q={SECRET}").content.decode()
        assert counted.format(7, "s") in before
        assert "Stripes" in before
        for page in hidden:
            hide(page)
        after = client.get(f"/search/?q={SECRET}").content.decode()
        assert counted.format(1, "") in after
        assert "Stripes" not in after
        assert "Bulletins</a> <span" not in after


class TestASharedDraft:
    """Who has a link to some drafts is told nothing of others, nor of what else is hidden."""

    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_names_nothing_that_is_hidden(self, client, home, archive, hide):
        page = add_secret_page(home)
        point_everywhere_at(page, home=home, archive=archive)
        hide(page)
        assert self.told(client, home) == []

    def test_names_no_other_draft(self, client, home, archive):
        point_everywhere_at(add_secret_page(home, publish=False), home=home, archive=archive)
        assert self.told(client, home) == []

    def test_tells_it_while_it_is_public(self, client, home, archive):
        """A test of the test."""
        point_everywhere_at(add_secret_page(home), home=home, archive=archive)
        assert len(self.told(client, home)) == 7

    def test_is_in_no_list_feed_or_search(self, client, home, archive):
        page = add_secret_page(home, publish=False)
        client.get(path_of(share(page), page))
        assert leaks(client) == {}

    def told(self, client, home) -> list[str]:
        """Return the titles of shared drafts that tell the secret."""
        opened = BasePage.objects.filter(slug__startswith="open-").order_by("path")
        link = share(*opened)
        answers = {page.title: client.get(path_of(link, page)) for page in opened}
        assert {answer.status_code for answer in answers.values()} == {200}
        return [title for title, answer in answers.items() if SECRET in answer.content.decode()]


class TestAPasswordPage:
    def test_says_nothing_of_what_is_behind_it(self, client, home):
        page = add_secret_page(home)
        restrict(page, PageViewRestriction.PASSWORD)
        response = client.get(page.url)
        assert "This page needs a password" in response.content.decode()
        assert SECRET not in response.content.decode().replace(page.url, "")
        assert "no-store" in response["Cache-Control"]

    def test_opens_for_who_has_the_password_and_for_nobody_else(self, client, home):
        page = add_secret_page(home)
        restrict(page, PageViewRestriction.PASSWORD)
        restriction = page.view_restrictions.get()
        action = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
        wrong = client.post(action, {"password": "spots", "return_url": page.url})
        assert "not correct" in wrong.content.decode()
        client.post(action, {"password": "stripes", "return_url": page.url})
        opened = client.get(page.url)
        assert f"The {SECRET}" in opened.content.decode()
        assert "no-store" in opened["Cache-Control"]
        assert f"The {SECRET}" not in Client().get(page.url).content.decode()


class TestWhatIsStored:
    def test_is_never_what_staff_saw(self, client, home):
        public, private = add_information(home), add_secret_page(home)
        restrict(private, PageViewRestriction.LOGIN)
        client.force_login(make_manager())
        for page in (public, private):
            assert client.get(page.url).status_code == 200
        reader = Client()
        assert "wagtail-userbar" not in reader.get(public.url).content.decode()
        assert f"The {SECRET}" not in reader.get(private.url, follow=True).content.decode()

    def test_goes_when_a_page_becomes_private(self, client, home, django_capture_on_commit_callbacks):
        page = add_secret_page(home)
        assert SECRET in client.get(page.url).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            restrict(page, PageViewRestriction.LOGIN)
        assert client.get(page.url).status_code == 302

    def test_goes_when_a_page_is_taken_down(self, client, home, django_capture_on_commit_callbacks):
        page = add_secret_page(home)
        for address in (page.url, "/sitemap.xml"):
            assert SECRET in client.get(address).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            page.unpublish()
        assert client.get(page.url).status_code == 404
        assert SECRET not in client.get("/sitemap.xml").content.decode()

    def test_is_forgotten_within_a_minute_of_a_page_passing_its_time(self):
        assert STORED_SECONDS <= 60

    def test_holds_no_cookie_and_varies_for_no_reader(self, client, home, archive):
        for address in ("/", "/bulletins/", "/contacts/"):
            response = client.get(address)
            assert not response.cookies
            assert "Cookie" not in response.get("Vary", "")

    def test_is_not_kept_for_searches(self, client, home):
        page = add_secret_page(home)
        address = f"/search/?q={SECRET}"
        assert f"The {SECRET}" in client.get(address).content.decode()
        hide_expired(page)  # Nothing tells the store of the passing of time.
        assert f"The {SECRET}" not in client.get(address).content.decode()
