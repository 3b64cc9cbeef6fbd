"""Every view of the public site, by name: where it is, which page type it shows, and how to get it to show."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from unittest import mock
from uuid import uuid4

from django.core import signing
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from alerts import links
from alerts.addresses import read_address
from alerts.mail import send_owed
from alerts.models import LinkRequest, Subscriber
from alerts.services import ask_for_link, confirm, leave
from board_business.models import BoardBusinessPage, MeetingPage, ReviewPage
from bulletins.models import BulletinIndexPage, BulletinPage
from content.models import GlossaryPage
from documents.models import FileVersion, LibraryPage, ResourcePage
from drafts.models import DraftLink
from enquiries.models import AccessibleFormatRequest, AmendmentSuggestion, AuditQuestion, NewsSubmission, ProblemReport
from enquiries.services import receive
from home.models import HomePage, InformationPage
from organisation.models import Area, ContactsPage
from pages.models import BasePage
from priorities.models import PlanYearPage, PrioritiesPage, PriorityAreaPage
from procedures.models import AmendmentsPage, ChapterPage, ManualPage, PartPage
from tests.drafts.factories import path_of, share
from updates.models import WhatsNewPage
from updates.withdrawing.services import withdraw_page


@dataclass(frozen=True)
class View:
    """One view. `prepared(visit)` holds while it is being looked at."""

    path: Callable[[], str]
    shows: type | None = None
    status: int = 200
    prepared: Callable = nullcontext


def _address(model, **fields) -> str:
    return model.objects.filter(**fields).order_by("-pk").first().url


def issue() -> str:
    """Return the address of the latest bulletin."""
    return BulletinPage.objects.order_by("-issue_date").first().url


def conferences() -> str:
    """Return the address of the chapter with the longest history."""
    return _address(ChapterPage, slug="child-protection-conferences")


def archive_of_a_year() -> str:
    """Return the address of the archive for the year of the latest bulletin."""
    year = BulletinPage.objects.order_by("-issue_date").first().issue_date.year
    return f"{_address(BulletinIndexPage)}?year={year}"


def private(kind: str) -> Callable:
    """Make the page about the board private: behind a password, or for people with an account."""

    @contextmanager
    def prepared(visit):
        page = BasePage.objects.get(slug="about")
        fields = {"password": "open sesame"} if kind == PageViewRestriction.PASSWORD else {}
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)
        yield
        restriction.delete()

    return prepared


def failing(error) -> Callable:
    """Let the search fail with an error."""
    return lambda visit: mock.patch("search.views.results", side_effect=error)


def withdrawn(way: str) -> Callable:
    """Withdraw a copy of the latest issue in one of the three ways; it stays so, in no list."""

    @contextmanager
    def prepared(visit):
        if not BulletinPage.objects.filter(slug=way).exists():
            issue = BulletinPage.objects.order_by("issue_date").last()
            copy = issue.copy(update_attrs={"slug": way, "issue_date": issue.issue_date.replace(year=1990)})
            why = "New guidance came into force, and this issue no longer says what to do."
            withdraw_page(page=copy, way=way, reason=why, now=timezone.now())
        yield

    return prepared


def printed_set() -> str:
    """Return the address of two chapters as one document."""
    chosen = "&".join(f"c={page.pk}" for page in ChapterPage.objects.filter(live=True).order_by("path")[:2])
    return f"{_address(ManualPage)}print/set/?{chosen}"


def suggestion_form() -> str:
    """Return the address of the form for an amendment to the latest bulletin."""
    latest = BulletinPage.objects.order_by("-issue_date").first()
    return reverse("enquiries:suggest_amendment", args=[latest.pk])


def tool() -> ResourcePage:
    """Return the resource of the demonstration with two files, each in two versions."""
    return ResourcePage.objects.get(slug="graded-care-profile-assessment-tool")


def audit() -> str:
    """Return the address of the review with an action plan that has moved on."""
    return _address(ReviewPage, slug="domestic-abuse-audit")


def neglect() -> str:
    """Return the address of this year’s priority on neglect."""
    return _address(PriorityAreaPage, title="Neglect")


def superseded() -> str:
    """Return the address of the first version of a file that has a second one."""
    return FileVersion.objects.get(document=tool().file_keys()[0], number=1).url


def format_form() -> str:
    """Return the address of the form for a file of the library in another format."""
    page = tool()
    return reverse("enquiries:accessible_format", args=[page.pk, page.file_keys()[0]])


def news_form() -> str:
    """Return the address of the form for news."""
    return reverse("enquiries:news", args=[BulletinIndexPage.objects.get().pk])


def problem_form() -> str:
    """Return the address of the form for a problem with the latest bulletin."""
    latest = BulletinPage.objects.order_by("-issue_date").first()
    return reverse("enquiries:problem", args=[latest.pk])


def not_useful() -> str:
    """Return the address of the thanks for an answer that a page is not useful."""
    return reverse("enquiries:not_useful", args=[tool().pk])


def audit_form() -> str:
    """Return the address of the form for questions about school audits."""
    return reverse("enquiries:audit")


def mistaken(form: Callable[[], str]) -> Callable:
    """Answer with a form as it is after it was sent empty, which no link leads to."""

    @contextmanager
    def prepared(visit):
        address = form()
        body = Client(SERVER_NAME="localhost").post(address, {"sender_email": "ash"}).content
        visit.page.route(f"**{address}", lambda route: route.fulfill(content_type="text/html", body=body))
        yield
        visit.page.unroute(f"**{address}")

    return prepared


def _about(page) -> dict:
    return {"page_id": page.pk, "page_title": page.title, "form_key": uuid4(), "now": timezone.now()}


@contextmanager
def at_the_door(visit) -> Iterator[None]:
    """Look at a page of sign-in, to which no page for readers leads."""
    yield


@contextmanager
def suggested(visit) -> Iterator[None]:
    """Let something have been sent in."""
    latest = BulletinPage.objects.order_by("-issue_date").first()
    receive(AmendmentSuggestion, change="Five days, not seven.", **_about(latest))
    yield


@contextmanager
def format_asked_for(visit) -> Iterator[None]:
    """Let somebody have asked for a file in another format."""
    file = {"file_key": tool().file_keys()[0], "file_title": "Assessment tool, to print"}
    receive(AccessibleFormatRequest, wanted="large print", sender_email="ash@agency.example", **file, **_about(tool()))
    yield


@contextmanager
def news_sent(visit) -> Iterator[None]:
    """Let news have been sent in."""
    news = {"title": "A clinic opens", "text": "On Monday.", "sender_email": "ash@agency.example"}
    receive(NewsSubmission, for_issue="April 2017", **news, **_about(BulletinIndexPage.objects.get()))
    yield


@contextmanager
def problem_sent(visit) -> Iterator[None]:
    """Let a problem have been reported."""
    receive(ProblemReport, wrong="The second link leads nowhere.", **_about(tool()))
    yield


@contextmanager
def audit_asked(visit) -> Iterator[None]:
    """Let a school have asked something."""
    question = {"question": "Does it apply to nurseries?", "sender_agency": "A school"}
    receive(AuditQuestion, form_key=uuid4(), now=timezone.now(), **question)
    yield


def alerts_for_a_chapter() -> str:
    """Return the address of the choice of alerts with a chapter put first."""
    chapter = ChapterPage.objects.get(slug="child-protection-conferences")
    return f"{reverse('alerts:choose')}?topic=page:{chapter.pk}"


@contextmanager
def alerts_asked_for(visit) -> Iterator[None]:
    """Let somebody have chosen alerts, whose link has been mailed."""
    _alerts_asked_for()
    yield


@contextmanager
def alerts_confirmed(visit) -> Iterator[None]:
    """Let somebody have confirmed alerts."""
    asked = _alerts_asked_for()
    confirm(asked, choices=asked.choices, words="I agree.", now=timezone.now())
    yield


@contextmanager
def alerts_left(visit) -> Iterator[None]:
    """Let somebody have left again."""
    with alerts_confirmed(visit):
        leave(Subscriber.objects.first(), now=timezone.now())
        yield


def _alerts_asked_for() -> LinkRequest:
    Subscriber.objects.all().delete()
    chapter = ChapterPage.objects.get(slug="child-protection-conferences")
    choices = {f"page:{chapter.pk}": "at_once", "bulletins": "weekly"}
    address = read_address("ash@agency.example")
    ask_for_link(address=address, choices=choices, form_key=uuid4(), now=timezone.now())
    send_owed(now=timezone.now())
    return LinkRequest.objects.latest("asked_at")


def from_a_mail(purpose: str) -> Callable[[], str]:
    """Return what finds the address behind a link that was mailed."""

    def path() -> str:
        asked = LinkRequest.objects.latest("asked_at")
        public_id = asked.form_key if purpose == links.CONFIRM else asked.subscriber.public_id
        return reverse(purpose.replace(".", ":"), args=[links.token(public_id, purpose=purpose)])

    return path


def too_old() -> str:
    """Return the address behind a link that has expired."""
    with mock.patch.object(signing.time, "time", return_value=0):
        return reverse("alerts:confirm", args=[links.token(uuid4(), purpose=links.CONFIRM)])


@contextmanager
def draft_shared(visit) -> Iterator[None]:
    """Let the drafts of two pages have been shared."""
    _shared_drafts()
    yield


def _shared_drafts() -> DraftLink:
    pages = [tool(), ChapterPage.objects.get(slug="child-protection-conferences")]
    return DraftLink.objects.first() or share(*pages)


def shared_draft() -> str:
    """Return the address of the draft of a chapter, as somebody with a link has it."""
    return path_of(_shared_drafts(), ChapterPage.objects.get(slug="child-protection-conferences"))


def sent_in(model, name: str) -> Callable[[], str]:
    """Return what finds the address of the thanks for the latest of a kind."""
    return lambda: reverse(f"enquiries:{name}", args=[model.objects.first().reference])


def thanks() -> str:
    """Return the address of the thanks for the latest suggestion."""
    return reverse("enquiries:amendment_sent", args=[AmendmentSuggestion.objects.first().reference])


def format_thanks() -> str:
    """Return the address of the thanks for the latest request for a format."""
    return reverse("enquiries:format_sent", args=[AccessibleFormatRequest.objects.first().reference])


VIEWS = {
    "home": View(lambda: "/", HomePage),
    "bulletin": View(issue, BulletinPage),
    "bulletin, to print": View(lambda: f"{issue()}print/"),
    "archive": View(lambda: _address(BulletinIndexPage), BulletinIndexPage),
    "archive of a year": View(archive_of_a_year),
    "information page": View(lambda: _address(InformationPage, slug="staying-safe-online"), InformationPage),
    "contacts": View(lambda: _address(ContactsPage), ContactsPage),
    "contacts of an area": View(lambda: f"{_address(ContactsPage)}?area={Area.objects.first().slug}"),
    "glossary": View(lambda: _address(GlossaryPage), GlossaryPage),
    "manual": View(lambda: _address(ManualPage), ManualPage),
    "manual on a day": View(lambda: f"{_address(ManualPage)}on/2017-03-10/"),
    "part": View(lambda: _address(PartPage, slug="assessing-and-providing-help"), PartPage),
    "chapter": View(conferences, ChapterPage),
    "chapter on a day": View(lambda: f"{conferences()}on/2017-03-28/"),
    "editions": View(lambda: f"{conferences()}history/"),
    "comparison": View(lambda: f"{conferences()}compare/3/4/"),
    "comparison, side by side": View(lambda: f"{conferences()}compare/3/4/?view=sides"),
    "citation": View(lambda: f"{conferences()}cite/"),
    "amendments": View(lambda: _address(AmendmentsPage), AmendmentsPage),
    "chapter, to print": View(lambda: f"{_address(ChapterPage, live=True)}print/"),
    "part, to print": View(lambda: f"{_address(PartPage)}print/"),
    "what to print": View(lambda: f"{_address(ManualPage)}print/"),
    "what to print, with a mistake": View(lambda: f"{_address(ManualPage)}print/set/"),
    "set, to print": View(printed_set),
    "board": View(lambda: _address(BoardBusinessPage), BoardBusinessPage),
    "meetings": View(lambda: f"{_address(BoardBusinessPage)}meetings/"),
    "reviews": View(lambda: f"{_address(BoardBusinessPage)}reviews/"),
    "reviews of a type": View(lambda: f"{_address(BoardBusinessPage)}reviews/?type=inspection"),
    "meeting": View(lambda: _address(MeetingPage), MeetingPage),
    "review": View(audit, ReviewPage),
    "review as it was": View(lambda: f"{audit()}editions/1/"),
    "learning on one page": View(lambda: f"{audit()}learning/"),
    "what’s new": View(lambda: _address(WhatsNewPage), WhatsNewPage),
    "what’s new, filtered": View(lambda: f"{_address(WhatsNewPage)}?topic=neglect&kind=resource"),
    "what’s new, further back": View(lambda: f"{_address(WhatsNewPage)}?kind=chapter&until=2024"),
    "what’s new with nothing found": View(lambda: f"{_address(WhatsNewPage)}?until=1999"),
    "search": View(lambda: "/search/"),
    "search with results": View(lambda: "/search/?q=neglect"),
    "search with help first": View(lambda: "/search/?q=999"),
    "search, filtered": View(lambda: "/search/?q=neglct&kind=documents&topic=neglect"),
    "search without results": View(lambda: "/search/?q=zzzz"),
    "password of a private page": View(lambda: "/about/", prepared=private(PageViewRestriction.PASSWORD)),
    "sign-in of a private page": View(lambda: "/about/", prepared=private(PageViewRestriction.LOGIN)),
    "forgotten password": View(lambda: reverse("account_reset_password"), prepared=at_the_door),
    "forgotten password, sent": View(lambda: reverse("account_reset_password_done"), prepared=at_the_door),
    "link to a password, too old": View(
        lambda: reverse("account_reset_password_from_key", args=["invitation", "x"]), prepared=at_the_door
    ),
    "suggest an amendment": View(suggestion_form),
    "suggest an amendment, with mistakes": View(suggestion_form, prepared=mistaken(suggestion_form)),
    "suggest an amendment, sent": View(thanks, prepared=suggested),
    "library": View(lambda: _address(LibraryPage), LibraryPage),
    "library, filtered": View(lambda: f"{_address(LibraryPage)}?type=tool&topic=neglect"),
    "library with nothing found": View(lambda: f"{_address(LibraryPage)}?type=tool&q=zzzz"),
    "resource": View(lambda: tool().url, ResourcePage),
    "resource as it was": View(lambda: f"{tool().url}editions/1/"),
    "version that was superseded": View(superseded),
    "ask for a format": View(format_form),
    "ask for a format, with mistakes": View(format_form, prepared=mistaken(format_form)),
    "ask for a format, sent": View(format_thanks, prepared=format_asked_for),
    "priorities": View(lambda: _address(PrioritiesPage), PrioritiesPage),
    "plan year": View(lambda: _address(PlanYearPage), PlanYearPage),
    "priority area": View(neglect, PriorityAreaPage),
    "priority area of last year": View(lambda: _address(PriorityAreaPage, slug="domestic-abuse")),
    "everything of a priority area": View(lambda: f"{neglect()}everything/documents-and-tools/"),
    "send news": View(news_form),
    "send news, with mistakes": View(news_form, prepared=mistaken(news_form)),
    "send news, sent": View(sent_in(NewsSubmission, "news_sent"), prepared=news_sent),
    "not useful": View(not_useful),
    "report a problem": View(problem_form),
    "report a problem, with mistakes": View(problem_form, prepared=mistaken(problem_form)),
    "report a problem, sent": View(sent_in(ProblemReport, "problem_sent"), prepared=problem_sent),
    "ask about audits": View(audit_form),
    "ask about audits, with mistakes": View(audit_form, prepared=mistaken(audit_form)),
    "ask about audits, sent": View(sent_in(AuditQuestion, "audit_sent"), prepared=audit_asked),
    "alerts": View(lambda: reverse("alerts:choose")),
    "alerts for a chapter": View(alerts_for_a_chapter),
    "alerts, with mistakes": View(lambda: "/alerts/", prepared=mistaken(lambda: "/alerts/")),
    "alerts, sent": View(lambda: reverse("alerts:sent")),
    "link to alerts": View(lambda: reverse("alerts:link")),
    "confirm alerts": View(from_a_mail(links.CONFIRM), prepared=alerts_asked_for),
    "manage alerts": View(from_a_mail(links.MANAGE), prepared=alerts_confirmed),
    "leave alerts": View(from_a_mail(links.LEAVE), prepared=alerts_confirmed),
    "alerts, left": View(from_a_mail(links.LEAVE), prepared=alerts_left),
    "never again": View(from_a_mail(links.NEVER), prepared=alerts_asked_for),
    "link that has expired": View(too_old, status=410),
    "drafts of a link": View(lambda: path_of(_shared_drafts()), prepared=draft_shared),
    "shared draft": View(shared_draft, prepared=draft_shared),
    "shared draft, with mistakes": View(shared_draft, prepared=mistaken(shared_draft)),
    "link to a draft that is over": View(lambda: "/drafts/over/", status=410),
    "404": View(lambda: "/no-such-page/", status=404),
    "withdrawn": View(lambda: _address(BulletinPage, slug="withdrawn"), prepared=withdrawn("withdrawn")),
    "410": View(lambda: _address(BulletinPage, slug="error"), status=410, prepared=withdrawn("error")),
    "500": View(lambda: "/search/?q=x", status=500, prepared=failing(RuntimeError("broken"))),
    "503": View(lambda: "/search/?q=x", status=503, prepared=failing(OperationalError("away"))),
}
# Those that a reader finds by following links.
ORDINARY = [name for name, view in VIEWS.items() if view.status == 200 and view.prepared is nullcontext]


@contextmanager
def looking_at(name: str, visit) -> Iterator:
    """Open a view in a visit; yields the browser's page."""
    view = VIEWS[name]
    with view.prepared(visit):
        response = visit.go(view.path())
        assert response.status == view.status, f"{name}: {response.status}"
        yield visit.page
