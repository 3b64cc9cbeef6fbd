"""Verbs that change an enquiry. No mail is sent here: the row says which are owed, and enquiries.mail sends them."""

from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from enquiries.models import Enquiry, EnquirySettings, kinds
from enquiries.states import OPEN, TOLD, State


class NotOpen(Exception):
    """Somebody else has closed it, or opened it again, meanwhile."""


def receive(model: type[Enquiry], *, form_key, now: datetime, **fields) -> Enquiry:
    """Store what was sent in and return it; the same form sent twice, or twice at once, makes one row."""
    try:
        with transaction.atomic():
            fields |= model.fields_on_receipt(now=now)
            enquiry = model.objects.create(form_key=form_key, received_at=now, **fields)
            log(enquiry, "enquiries.receive")
            return enquiry
    except IntegrityError:
        if sent_before := model.objects.filter(form_key=form_key).first():
            return sent_before
        raise


def decide(enquiry: Enquiry, *, state: State, outcome: str, user, now: datetime) -> None:
    """Put an open enquiry into a state as `user`; the sender is owed a mail with the outcome.

    Raises NotOpen when it is not open any more; nothing is changed then.
    """
    outcome = outcome if state in TOLD else ""
    with transaction.atomic():
        _change(
            enquiry,
            of=OPEN,
            state=state,
            closed_at=None if state in OPEN else now,
            outcome=outcome,
            draft="",
            outcome_sent_at=None,
            now=now,
        )
        log(enquiry, f"enquiries.{state}", user=user, data={"told": outcome})


def reopen(enquiry: Enquiry, *, user, now: datetime) -> None:
    """Open a closed enquiry again; the sender hears of it when it is decided again. Raises NotOpen when it is open."""
    with transaction.atomic():
        _change(enquiry, of=set(State) - OPEN, state=State.NEW, closed_at=None, outcome_sent_at=None, now=now)
        log(enquiry, "enquiries.reopen", user=user)


def _change(enquiry, *, of: set, now: datetime, **fields):
    """Change the row if it is in one of those states; one statement, so that two cannot both do it."""
    rows = type(enquiry).objects.filter(pk=enquiry.pk, state__in=of)
    if not rows.update(updated_at=now, **fields):
        raise NotOpen
    enquiry.refresh_from_db()


def erase_old(*, now: datetime) -> dict[type[Enquiry], int]:
    """Erase what was closed longer ago than its kind is kept, with its history; return how many of each kind."""
    settings = EnquirySettings.load()
    return {
        kind: _erase(kind, before=months_before(now, getattr(settings, kind.kept_months_setting))) for kind in kinds()
    }


def _erase(kind: type[Enquiry], *, before: datetime) -> int:
    with transaction.atomic():
        keys = list(kind.objects.closed_before(before).select_for_update().values_list("pk", flat=True))
        history = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(kind))
        history.filter(object_id__in=[str(key) for key in keys]).delete()
        # Asked again: what somebody opens at this moment stays.
        return kind.objects.closed_before(before).filter(pk__in=keys).delete()[0]


def months_before(moment: datetime, months: int) -> datetime:
    """Return the moment so many calendar months earlier; on the last day of a month that is too short."""
    local = timezone.localtime(moment)
    year, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    for day in range(local.day, 0, -1):
        try:
            earlier = date(year, month + 1, day)
        except ValueError:
            continue
        return local.replace(year=earlier.year, month=earlier.month, day=earlier.day)
    raise AssertionError("every month has a first day")
