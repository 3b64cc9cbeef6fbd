"""Four weeks at the office, for the pictures of the guide: what readers sent in, chose, looked for and downloaded.

The demonstration site begins without any of it, so that nobody has to clear it away. `make pictures` runs this in its
throw-away site, as `python -m scripts.busy_weeks`. Everything is invented.
"""

import os
from datetime import datetime, timedelta
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "board_site.settings")
django.setup()

from django.utils import timezone  # noqa: E402  (models need the settings)
from wagtail.models import ModelLogEntry  # noqa: E402

from accounts.models import User  # noqa: E402
from alerts.addresses import read_address  # noqa: E402
from alerts.mail import send_owed  # noqa: E402
from alerts.models import LinkRequest  # noqa: E402
from alerts.services import ask_for_link, confirm, leave  # noqa: E402
from bulletins.models import BulletinIndexPage  # noqa: E402
from demo.content.writing import block  # noqa: E402
from demo.serving import APPROVER_ADDRESS, STAFF_ADDRESS  # noqa: E402
from documents import spool  # noqa: E402
from documents.adding_up import count_spooled  # noqa: E402
from documents.models import LibraryDocument, ResourcePage  # noqa: E402
from enquiries.models import AccessibleFormatRequest, AmendmentSuggestion, NewsSubmission  # noqa: E402
from enquiries.services import decide, receive  # noqa: E402
from enquiries.states import State  # noqa: E402
from home.models import InformationPage  # noqa: E402
from links.asking.verdicts import NO_ANSWER, Verdict  # noqa: E402
from links.models import NIGHTS, Link  # noqa: E402
from links.verdicts import write_verdict  # noqa: E402
from organisation.models import AlertBanner  # noqa: E402
from procedures.models import ChapterPage, ManualPage  # noqa: E402
from search.insight.adding_up import count_searches  # noqa: E402
from search.insight.noting import note  # noqa: E402

WEEKS = timedelta(weeks=4)
TOOL = "graded-care-profile-assessment-tool"
GONE = "The page is not there any more (404)."

# (days ago, chapter, what should change, why, who)
SUGGESTIONS = [
    (
        2,
        "Escalation Policy",
        "“Within five working days” should say within two: that is what the stages above it add up to.",
        "Stage 1 and stage 2 take one working day each.",
        ("Ash", "Marlshire NHS", "ash@marlshire-nhs.example"),
    ),
    (
        6,
        "Making a Referral to Social Care",
        "Say that a school may ring before it fills in the form.",
        "Teachers wait until the form is finished, and the day is over.",
        ("Robin", "Wenborough City Council", "robin@wenborough.example"),
    ),
    (
        13,
        "Implementation of Child Protection Plans",
        "The core group meets every six weeks, not every month.",
        "It says six weeks in the chapter on conferences.",
        ("Kit", "Marlshire County Council", "kit@marlshire.example"),
    ),
]
# (days ago, format, more about it, name, address, another way)
FORMATS = [
    (3, "large print", "18 point, please, in black on cream.", "Jo", "jo@families.example", ""),
    (
        9,
        "language",
        "Polish. It is for the parents of two children in our school.",
        "Sandy",
        "sandy@school.example",
        "",
    ),
    (20, "braille", "", "Lee", "", "Ring 01632 960050 in the afternoon."),
]
# (days ago, title, text, whom readers ask, who)
NEWS = [
    (
        1,
        "New drop-in for young carers",
        "From January, young carers can come to the Guildhall every Thursday from 4 to 6 in the afternoon. "
        "Nobody has to book. Youth workers help with school, benefits and a quiet hour for oneself.\n\n"
        "Please tell the young carers with whom you work.",
        "Young carers team, 01632 960041",
        ("Charlie", "Wenborough City Council", "charlie@wenborough.example"),
    ),
    (
        8,
        "Training on neglect has places left",
        "Two places are left on the course of 12 January in Marlshire. It is for everyone who visits families at home.",
        "training@marlshire.example",
        ("Sam", "Marlshire County Council", "sam@marlshire.example"),
    ),
]
# (words, times a week, whether something answers them)
SEARCHES = [
    ("neglect", 31, True),
    ("referral form", 24, True),
    ("child protection conference", 17, True),
    ("thresholds", 12, True),
    ("escalation", 9, True),
    ("young carers", 8, True),
    ("vaping", 6, False),
    ("cuckooing", 4, False),
    ("ramadan", 2, False),
]
# (address, the words that lead there, what was wrong)
BROKEN = [
    ("https://training.wenborough.example/courses/first-steps", "First steps in safeguarding", Verdict(GONE)),
    ("https://leaflets.marlshire-nhs.example/parents", "Leaflets for parents", Verdict(NO_ANSWER)),
]
# (days ago, address, what they chose)
SUBSCRIBERS = [
    (26, "ash@marlshire-nhs.example", {"manual": "daily", "bulletins": "at_once"}),
    (19, "robin@wenborough.example", {"library": "weekly"}),
    (15, "kit@marlshire.example", {"page": "at_once", "library:tool": "at_once"}),
    (5, "duty.team@wenborough.example", {"page": "at_once", "manual": "at_once", "bulletins": "at_once"}),
]
LEFT = (11, "drew@agency.example", {"bulletins": "at_once"})


# (title, message, level, days from now: shown from, shown until)
BANNERS = [
    (
        "The office is closed on Friday",
        "<p>We answer again on Monday. Worried about a child? Ring first response.</p>",
        3,
        6,
    ),
    ("The site was slow on Tuesday", "<p>It works as usual again.</p>", -16, -15),
]


def days_ago(days: int) -> datetime:
    """Return a moment in the past, at this time of the day."""
    return timezone.now() - timedelta(days=days)


def send_in() -> None:
    """Let readers have sent something in; some of it has been dealt with."""
    office, approver = (User.objects.get(email=email) for email in (STAFF_ADDRESS, APPROVER_ADDRESS))
    for days, title, change, reason, sender in SUGGESTIONS:
        page = ChapterPage.objects.get(title=title, live=True)
        written = {"change": change, "reason": reason, "edition_number": page.current_edition().number}
        _receive(AmendmentSuggestion, page, days, sender, **written)
    newest, older, oldest = AmendmentSuggestion.objects.order_by("-received_at")
    AmendmentSuggestion.objects.filter(pk=newest.pk).update(assigned_to=approver)
    decide(older, state=State.ASKED, outcome="Which form do you mean?", user=approver, now=days_ago(5))
    decide(oldest, state=State.ACCEPTED, outcome="It is in the next update.", user=office, now=days_ago(9))
    tool = ResourcePage.objects.get(slug=TOOL)
    file = {"file_key": tool.file_keys()[0], "file_title": "Assessment tool, to print"}
    for days, wanted, details, name, address, other_way in FORMATS:
        written = {"wanted": wanted, "details": details, "other_way": other_way}
        _receive(AccessibleFormatRequest, tool, days, (name, "", address), **file, **written)
    archive = BulletinIndexPage.objects.get()
    issue = archive.news_issue(on=timezone.localdate()).label
    for days, title, text, contact, sender in NEWS:
        _receive(NewsSubmission, archive, days, sender, for_issue=issue, title=title, text=text, contact=contact)


def _receive(kind, page, days: int, sender: tuple[str, str, str], **written):
    name, agency, email = sender
    about = {"page_id": page.pk, "page_title": page.title, "form_key": uuid4()}
    from_whom = {"sender_name": name, "sender_agency": agency, "sender_email": email}
    enquiry = receive(kind, now=days_ago(days), **about, **from_whom, **written)
    # The log takes the time of the clock.
    ModelLogEntry.objects.for_instance(enquiry).update(timestamp=enquiry.received_at)


def choose_alerts() -> None:
    """Let people have chosen what they hear of; one has left again."""
    chapter = ChapterPage.objects.get(title="Escalation Policy", live=True)
    keys = {
        "page": chapter.alert_topic().key,
        "manual": chapter.get_ancestors().type(ManualPage).specific().get().alert_topic().key,
    }
    for days, address, chosen in [*SUBSCRIBERS, LEFT]:
        choices = {keys.get(topic, topic): frequency for topic, frequency in chosen.items()}
        moment = days_ago(days)
        ask_for_link(address=read_address(address), choices=choices, form_key=uuid4(), now=moment)
        send_owed(now=moment)
        asked = LinkRequest.objects.get(address=address)
        subscriber = confirm(asked, choices=choices, words="I agree.", now=moment)
        if (days, address, chosen) == LEFT:
            leave(subscriber, now=days_ago(2))
    chapter.search_description = "What to do, and by when, if you do not agree with what another agency has decided."
    chapter.change_significance = "major"
    chapter.change_note = "The summary now says by when each step has to be taken."
    chapter.save_revision().publish()


def break_links() -> None:
    """Let two links to other sites have been broken for three nights."""
    page = InformationPage.objects.get(slug="if-you-work-with-children")
    links = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words, _ in BROKEN)
    page.body = [*page.body.raw_data, block("text", f"<h2>From other sites</h2><ul>{links}</ul>")]
    page.save_revision().publish()
    for address, _, verdict in BROKEN:
        link = Link.objects.get(address=address)
        write_verdict(link_id=link.pk, verdict=Verdict(), now=days_ago(NIGHTS + 4))
        for night in range(NIGHTS):
            write_verdict(link_id=link.pk, verdict=verdict, now=days_ago(NIGHTS - night))


def look_for_words_and_download() -> None:
    """Let readers have looked for words, and downloaded files of the library, more on weekdays than on others."""
    today = timezone.localdate()
    files = list(LibraryDocument.objects.order_by("pk"))
    for back in range(WEEKS.days):
        day = today - timedelta(days=back)
        share = 0.3 if day.weekday() > 4 else 1 + day.weekday() % 3 / 4
        for words, a_week, answered in SEARCHES:
            for _ in range(round(a_week / 5 * share)):
                note(words=words, answered=answered, day=day)
        for place, file in enumerate(files):
            for _ in range(round(12 / (place + 1) * share)):
                spool.note(document_id=file.pk, day=day)
    count_searches(now=timezone.now())
    count_spooled(now=timezone.now())


def put_banners_up() -> None:
    """Let there be a banner for some days to come, and one of days that are past."""
    for title, message, first, last in BANNERS:
        AlertBanner.objects.create(title=title, message=message, starts_at=days_ago(-first), ends_at=days_ago(-last))


def main() -> None:
    """Let four weeks have passed."""
    send_in()
    choose_alerts()
    break_links()
    look_for_words_and_download()
    put_banners_up()


if __name__ == "__main__":
    main()
