"""Reminding people of reviews: rows first, then one mail a person with everything that has come for them."""

import logging
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from enquiries.letters import letter, mail_server
from organisation.models import Contact
from pages.models import BasePage
from review_dates.models import Reminder
from review_dates.people import site_managers, who_looks_after
from review_dates.steps import FIRST, step_on

KEPT = timedelta(days=400)
AT_ONCE = 200

logger = logging.getLogger(__name__)


def remind(*, now: datetime) -> tuple[int, int]:
    """Note who is to be reminded today and send it; return how many mails went and failed. Raises MailServerAway."""
    today = timezone.localdate(now)
    note_due_pages(today=today, now=now)
    note_due_contacts(today=today, now=now)
    Reminder.objects.filter(made_at__lt=now - KEPT).delete()
    return send_owed(now=now)


def note_due_pages(*, today: date, now: datetime) -> None:
    """Write down whom to remind of which pages; what was written down before stays as it is."""
    due = BasePage.objects.filter(live=True, withdrawn_as="").due_for_review(on=today + FIRST)
    for page in due.select_related("owner").order_by("pk").iterator(chunk_size=AT_ONCE):
        step = step_on(page.review_due, today=today)
        if not Reminder.objects.filter(page=page, due=page.review_due, step=step).exists():
            _note(who_looks_after(page), page=page, due=page.review_due, step=step, made_at=now)


def note_due_contacts(*, today: date, now: datetime) -> None:
    """Write down which contacts site managers are to check."""
    due = Contact.objects.due_for_review(on=today + FIRST)
    managers = site_managers() if due.exists() else []
    for contact in due.order_by("pk"):
        step = step_on(contact.review_due, today=today)
        _note(managers, contact=contact, due=contact.review_due, step=step, made_at=now)


def _note(people: list[User], **fields) -> None:
    Reminder.objects.bulk_create((Reminder(user=user, **fields) for user in people), ignore_conflicts=True)


def send_owed(*, now: datetime) -> tuple[int, int]:
    """Send each person one mail with what is owed to them; return how many went and how many failed.

    Raises MailServerAway; everything stays owed then.
    """
    owing = Reminder.objects.filter(sent_at=None).order_by()
    people = User.objects.filter(pk__in=owing.values("user"), is_active=True).order_by("pk")
    # Whoever has left is reminded of nothing; the role is, from the next step on.
    owing.exclude(user__in=people).delete()
    if not people:
        return 0, 0
    with mail_server() as connection:
        results = [_send(user, connection=connection, now=now) for user in people]
    return results.count(True), results.count(False)


def _send(user: User, *, connection, now: datetime) -> bool:
    reminders = list(Reminder.objects.filter(user=user, sent_at=None).select_related("page", "contact"))
    lines = [_line(one, today=timezone.localdate(now)) for one in reminders if _still_holds(one)]
    if lines:
        number = len(lines)
        try:
            letter(
                templates=["review_reminder"],
                context={"lines": lines, "report_url": f"{settings.SITE_URL}{reverse('review_dates:report')}"},
                subject=f"{number} review{'' if number == 1 else 's'} to do",
                to=[user.email],
                connection=connection,
            ).send()
        except SMTPRecipientsRefused:
            # Nothing changes by trying again: it is on the start page and in the report.
            logger.warning("A reminder was refused by the mail server: an address of staff does not exist any more.")
        except Exception as error:  # One person whose mail fails must not keep all others waiting.
            logger.warning("A reminder of reviews failed (%s); tried again later.", type(error).__name__)
            return False
    Reminder.objects.filter(pk__in=[one.pk for one in reminders]).update(sent_at=now)
    return True


def _still_holds(reminder: Reminder) -> bool:
    """Whether it was not reviewed meanwhile."""
    return (reminder.page or reminder.contact).review_due == reminder.due


def _line(reminder: Reminder, *, today: date) -> dict:
    if reminder.page:
        path = reverse("wagtailadmin_pages:edit", args=[reminder.page_id])
        title = reminder.page.get_admin_display_title()
    else:
        path = reverse("wagtailsnippets_organisation_contact:edit", args=[reminder.contact_id])
        title = f"{reminder.contact} (contact)"
    return {
        "title": title,
        "url": f"{settings.SITE_URL}{path}",
        "due": reminder.due,
        "is_overdue": reminder.due < today,
    }
