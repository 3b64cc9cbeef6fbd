"""When an issue comes out, and until when news for the next one can be sent in."""

import calendar
from datetime import date, timedelta

from organisation.bank_holidays import add_working_days

MONTHS = list(calendar.month_name)[1:]


def add_months(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def quarter_of(day: date, *, first_month: int) -> date:
    """Return the first day of the quarter that `day` lies in; quarters begin in `first_month` (1 to 3)."""
    behind = (day.month - first_month) % 3
    return add_months(day, -behind)


def label_for(issue_date: date) -> str:
    """Return how an issue is called: "April 2017"."""
    return f"{MONTHS[issue_date.month - 1]} {issue_date.year}"


def deadline_for(issue_date: date, *, weekday: int) -> date:
    """Return the last day for news for the issue after this one.

    It is the first `weekday` (0 Monday … 4 Friday) of the month in which the next issue comes out; when that is a bank
    holiday, the next working day.
    """
    month = add_months(issue_date, 3)
    return add_working_days(month + timedelta(days=(weekday - month.weekday()) % 7), 0)
