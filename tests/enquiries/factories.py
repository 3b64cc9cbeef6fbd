"""Pages, forms and enquiries for tests of what people send in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from unittest import mock
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bulletins.models import BulletinIndexPage
from enquiries.guards import new_key
from enquiries.models import (
    AccessibleFormatRequest,
    AmendmentSuggestion,
    AuditQuestion,
    Enquiry,
    EnquirySettings,
    NewsSubmission,
    ProblemReport,
)
from tests.factories import add_home, add_page, make_contact
from tests.pagetypes.models import ShelfPage, ShelvedFile
from tests.updates.factories import make_chapter
from tests.written_once import written_once

_numbers = count(1)


@written_once
def add_chapter(**fields):
    """Return a public page that keeps editions, on a site with a home page."""
    return make_chapter(add_home(), published=True, **{"title": "Neglect", "slug": "neglect"} | fields)


@written_once
def add_shelf(*files, **fields) -> ShelfPage:
    """Return a public page that offers files with these titles, on a site with a home page."""
    page = make_chapter(add_home(), published=True, model=ShelfPage, **{"title": "Toolkit", "slug": "toolkit"} | fields)
    for title in files or ["Screening tool"]:
        ShelvedFile.objects.create(page=page, title=title)
    return page


def format_url(page, key=None) -> str:
    """Return the address of the form about a file of a page: its first one, or that of a key."""
    return reverse("enquiries:accessible_format", args=[page.pk, page.files.first().pk if key is None else key])


def form_url(page, section="") -> str:
    """Return the address of the form about a page."""
    address = reverse("enquiries:suggest_amendment", args=[page.pk])
    return f"{address}?section={section}" if section else address


def aged_key(seconds=60) -> str:
    """Return the key of a form that was shown so many seconds ago."""
    with mock.patch.object(signing.time, "time", return_value=signing.time.time() - seconds):
        return new_key()


def filled_in(**fields) -> dict:
    """Return what a person sends who took a minute to suggest something."""
    return {
        "change": "Say five days, not seven.",
        "reason": "",
        "sender_name": "Ash",
        "sender_agency": "A school",
        "sender_email": "ash@agency.example",
        "website": "",
        "warned": "",
        "key": aged_key(),
    } | fields


def format_filled_in(**fields) -> dict:
    """Return what a person sends who took a minute to ask for a format."""
    return {
        "wanted": "large print",
        "details": "18 point, please.",
        "sender_name": "Ash",
        "sender_email": "ash@agency.example",
        "other_way": "",
        "website": "",
        "warned": "",
        "key": aged_key(),
    } | fields


@written_once
def add_news_page(**fields):
    """Return the archive of bulletins, which takes news, on a site with a home page."""
    archive = BulletinIndexPage(**{"title": "Bulletins", "slug": "bulletins"} | fields)
    return add_page(add_home(), archive)


def news_url(page) -> str:
    """Return the address of the form for news."""
    return reverse("enquiries:news", args=[page.pk])


def news_filled_in(**fields) -> dict:
    """Return what a person sends who took a minute to write some news."""
    return {
        "title": "A clinic opens",
        "text": "On Monday, at the health centre.",
        "contact": "",
        "sender_name": "Ash",
        "sender_agency": "A school",
        "sender_email": "ash@agency.example",
        "website": "",
        "warned": "",
        "key": aged_key(),
    } | fields


def make_news(page=None, **fields) -> NewsSubmission:
    """Make a piece of news that was received now."""
    number = next(_numbers)
    values = {
        "page": page,
        "page_title": page.title if page else "An archive of long ago",
        "for_issue": "April 2017",
        "title": f"News {number}",
        "text": f"Something happened {number}",
        "sender_agency": "A school",
        "received_at": timezone.now(),
        "sender_email": "ash@agency.example",
        "form_key": uuid4(),
    } | fields
    return NewsSubmission.objects.create(**values)


def problem_url(page) -> str:
    """Return the address of the form for a problem with a page."""
    return reverse("enquiries:problem", args=[page.pk])


def problem_filled_in(**fields) -> dict:
    """Return what a person sends who took a minute to report a problem."""
    return {
        "doing": "",
        "wrong": "The second link leads nowhere.",
        "sender_name": "Ash",
        "sender_email": "ash@agency.example",
        "website": "",
        "warned": "",
        "key": aged_key(),
    } | fields


def make_problem(page=None, **fields) -> ProblemReport:
    """Make a report that was received now."""
    values = {
        "page": page,
        "page_title": page.title if page else "A page of long ago",
        "wrong": f"Problem {next(_numbers)}",
        "received_at": timezone.now(),
        "sender_email": "ash@agency.example",
        "form_key": uuid4(),
    } | fields
    return ProblemReport.objects.create(**values)


def add_education_lead(**fields):
    """Choose somebody to answer questions about school audits, and return a public page beside the form."""
    settings = EnquirySettings.load()
    settings.education_lead = make_contact(team="Education adviser", email="schools@board.example")
    settings.save()
    return add_chapter(**fields)


def audit_url(page=None) -> str:
    """Return the address of the form for questions about school audits."""
    return reverse("enquiries:audit")


def audit_filled_in(**fields) -> dict:
    """Return what a person sends who took a minute to ask about an audit."""
    return {
        "question": "Does part 3 apply to nurseries?",
        "sender_name": "Ash",
        "sender_agency": "A school",
        "sender_email": "ash@agency.example",
        "website": "",
        "warned": "",
        "key": aged_key(),
    } | fields


def make_question(page=None, **fields) -> AuditQuestion:
    """Make a question that was received now; it is about no page."""
    values = {
        "question": f"Question {next(_numbers)}",
        "sender_agency": "A school",
        "received_at": timezone.now(),
        "sender_email": "ash@agency.example",
        "form_key": uuid4(),
    } | fields
    return AuditQuestion.objects.create(**values)


def make_suggestion(page=None, **fields) -> AmendmentSuggestion:
    """Make a suggestion that was received now."""
    values = {
        "page": page,
        "page_title": page.title if page else "A page of long ago",
        "edition_number": 1,
        "change": f"Change {next(_numbers)}",
        "received_at": timezone.now(),
        "sender_email": "ash@agency.example",
        "form_key": uuid4(),
    } | fields
    return AmendmentSuggestion.objects.create(**values)


def make_request(page=None, **fields) -> AccessibleFormatRequest:
    """Make a request for a format that was received now, to be answered within ten days."""
    values = {
        "page": page,
        "page_title": page.title if page else "A page of long ago",
        "file_key": 1,
        "file_title": "Screening tool",
        "wanted": "large print",
        "details": f"Detail {next(_numbers)}",
        "received_at": timezone.now(),
        "answer_by": timezone.localdate() + timedelta(days=10),
        "sender_email": "ash@agency.example",
        "form_key": uuid4(),
    } | fields
    return AccessibleFormatRequest.objects.create(**values)


def make_closed(make=make_suggestion, *, days_ago=0, **fields) -> Enquiry:
    """Make an enquiry that was accepted so many days ago, with a word on it."""
    closed_at = timezone.now() - timedelta(days=days_ago)
    times = {"closed_at": closed_at, "received_at": closed_at - timedelta(days=1)}
    return make(state="accepted", outcome="Here it is.", **times, **fields)


def make_staff(*codenames, email=None) -> User:
    """Make a member of staff with these permissions, who may open the admin."""
    user = User.objects.create_user(email or f"staff{next(_numbers)}@board.example", "a long enough password")
    group = Group.objects.create(name=f"Group {next(_numbers)}")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user.groups.add(group)
    return user


HANDLES = "change_amendmentsuggestion"


@dataclass(frozen=True)
class Kind:
    """How one kind of enquiry is sent and made, for tests that hold for each."""

    model: type[Enquiry]
    add_page: Callable
    form_url: Callable
    filled_in: Callable
    make: Callable
    # The field in which people write, the page of its queue, and the right to work on it.
    written: str
    queue: str
    handles: str

    def screen(self, enquiry) -> str:
        """Return the address at which staff work on one."""
        return f"{self.queue}edit/{enquiry.pk}/"


AMENDMENTS = Kind(
    AmendmentSuggestion,
    add_chapter,
    form_url,
    filled_in,
    make_suggestion,
    written="change",
    queue="/admin/suggested-amendments/",
    handles=HANDLES,
)
FORMATS = Kind(
    AccessibleFormatRequest,
    add_shelf,
    format_url,
    format_filled_in,
    make_request,
    written="details",
    queue="/admin/accessible-formats/",
    handles="change_accessibleformatrequest",
)
PROBLEMS = Kind(
    ProblemReport,
    add_chapter,
    problem_url,
    problem_filled_in,
    make_problem,
    written="wrong",
    queue="/admin/problems-with-pages/",
    handles="change_problemreport",
)
AUDITS = Kind(
    AuditQuestion,
    add_education_lead,
    audit_url,
    audit_filled_in,
    make_question,
    written="question",
    queue="/admin/school-audits/",
    handles="change_auditquestion",
)
NEWS = Kind(
    NewsSubmission,
    add_news_page,
    news_url,
    news_filled_in,
    make_news,
    written="text",
    queue="/admin/news-for-the-bulletin/",
    handles="change_newssubmission",
)
ABOUT_PAGES = {"amendment": AMENDMENTS, "format": FORMATS, "news": NEWS, "problem": PROBLEMS}
KINDS = ABOUT_PAGES | {"audit": AUDITS}
of_each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
of_each_kind_about_a_page = pytest.mark.parametrize("kind", ABOUT_PAGES.values(), ids=ABOUT_PAGES)
