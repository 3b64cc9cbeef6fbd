"""The days that a report is about, and the parts in which a chart shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_format

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
# Name in the address → (label, days). The first is what is shown without a choice.
CHOICES = {"30": ("Last 30 days", 30), "90": ("Last 90 days", 90), "year": ("Last 12 months", 365)}
LONGEST_YEARS = 20
# The most days of a chart with a bar for each day, for each week, for each month; beyond that for each year.
MOST_DAYS = {"day": 31, "week": 190, "month": 1100}


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> str:
        """What a bar of its chart stands for: day, week, month or year."""
        return next((unit for unit, most in MOST_DAYS.items() if self.days <= most), "year")

    def before(self) -> "Period":
        """Return as many days just before, to compare with."""
        return Period(self.first - timedelta(days=self.days), self.first - DAY)

    def parts(self) -> Iterator["Period"]:
        """Yield the days, weeks (from Monday), months or years; the first and the last may be cut off."""
        first = self.first
        while first <= self.last:
            last = min(_end_of(self.unit, first), self.last)
            yield Period(first, last)
            first = last + DAY

    def __str__(self):
        """As people say it, without what goes without saying: 3 to 9 November 2026; November 2026; 2026."""
        first, last = self.first, self.last
        if first == last:
            return date_format(last, "j F Y")
        if (first.day, first.month) == (1, 1) and last == _end_of("year", first):
            return str(first.year)
        if first.day == 1 and last == _end_of("month", first):
            return date_format(first, "F Y")
        said = "j" if (first.year, first.month) == (last.year, last.month) else "j F"
        return f"{date_format(first, said if first.year == last.year else 'j F Y')} to {date_format(last, 'j F Y')}"


def _end_of(unit: str, day: date) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return day + timedelta(days=6 - day.weekday())
    if unit == "year":
        return date(day.year, 12, 31)
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY


def _day_input():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PeriodForm(forms.Form):
    """Days of one's own choice, both included."""

    first = forms.DateField(label="From", required=False, widget=_day_input())
    last = forms.DateField(label="To", required=False, widget=_day_input())

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        """Say what is wrong with the days."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        for name in ("first", "last"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "Choose a day.")
        if first and first.year < self.today.year - LONGEST_YEARS:
            self.add_error("first", f"Choose a day in {self.today.year - LONGEST_YEARS} or later.")
        elif first and first > self.today:
            self.add_error("first", "Choose a day that is not in the future.")
        elif first and last and last < first:
            self.add_error("last", "Choose a day on or after the first.")
        return cleaned

    @property
    def period(self) -> Period:
        """The days that were chosen, until today at most; only of a valid form."""
        return Period(self.cleaned_data["first"], min(self.cleaned_data["last"], self.today))


def today() -> date:
    """Return the day that it is in London."""
    return timezone.now().astimezone(LONDON).date()


def last_days(name: str, *, today: date) -> Period:
    """Return the days that a name in an address stands for; those of the first choice for any other name."""
    _, days = CHOICES.get(name) or next(iter(CHOICES.values()))
    return Period(today - timedelta(days=days - 1), today)
