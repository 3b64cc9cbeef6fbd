"""Dates as people in the United Kingdom write them in a bulletin."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bulletins.quarters import MONTHS
from content.reading.dates import MONTH, MONTH_AND_YEAR, SEASON_AND_YEAR, YEAR

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Seasons as boards use them for an issue that comes out in the first month of a quarter.
SEASONS = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10}
WEEKDAY = r"(?:(?P<weekday>Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?,? +(?:the +)?)?"

DAY_FIRST = re.compile(
    rf"\b{WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: +of)? +(?P<month>{MONTH})\b\.?(?:,? +{YEAR}\b)?", re.I
)
MONTH_FIRST = re.compile(
    rf"\b{WEEKDAY}(?P<month>{MONTH}) +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*-\s*\d),? +{YEAR}\b", re.I
)
SLASHES = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d|\d\d)(?![\d/-])")
ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")

YEAR_AND_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_. ]?(?P<month>0[1-9]|1[0-2])(?!\d)")


class Day(NamedTuple):
    """A date in a text: where it stands, which day it is, and what is odd about it ("" when nothing is)."""

    start: int
    end: int
    day: date
    doubt: str = ""


class Quarter(NamedTuple):
    """The time an issue is dated: its first day, the words that say so, and whether that was clear."""

    day: date
    label: str
    clear: bool


def days_in(text: str, *, near: date) -> list[Day]:
    """Return the dates in a text in order. A date without a year is the first such day not before `near`."""
    found = sorted(day for day in _days(text, near) if day)
    return [day for index, day in enumerate(found) if index == 0 or day.start >= found[index - 1].end]


def quarter_in(text: str) -> Quarter | None:
    """Return the month, months or season with a year that a short text names: "April 2017", "Spring 2017"."""
    if found := MONTH_AND_YEAR.search(text):
        return Quarter(date(int(found["year"]), _month(found["month"]), 1), found[0], True)
    if found := SEASON_AND_YEAR.search(text):
        return Quarter(date(int(found["year"]), SEASONS[found["season"].lower()], 1), found[0], False)
    return None


def quarter_in_name(filename: str) -> Quarter | None:
    """Return the month that a file name names: "bulletin-2017-04.txt", "April_2017.html"."""
    stem = filename.rpartition("/")[2].rpartition("\\")[2][:200].rpartition(".")[0]
    if found := quarter_in(re.sub(r"[-_.]", " ", stem)):
        return found
    if found := YEAR_AND_MONTH.search(stem):
        day = date(int(found["year"]), int(found["month"]), 1)
        return Quarter(day, f"{MONTHS[day.month - 1]} {day.year}", False)
    return None


def in_words(day: date) -> str:
    """Return a date as a reader expects it: "3 July 2017"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _days(text: str, near: date) -> Iterator[Day | None]:
    for pattern in (DAY_FIRST, MONTH_FIRST):
        for found in pattern.finditer(text):
            yield _day(found, _month(found["month"]), near)
    for pattern in (SLASHES, ISO):
        for found in pattern.finditer(text):
            yield _day(found, int(found["month"]), near)


def _day(found: re.Match, month: int, near: date) -> Day | None:
    groups = found.groupdict()
    try:
        if groups["year"]:
            year = int(groups["year"])
            day = date(year + 2000 if year < 100 else year, month, int(groups["day"]))
            doubt = ""
        else:
            day = date(near.year, month, int(groups["day"]))
            day = day if day >= near else day.replace(year=near.year + 1)
            doubt = f"no year is given; {day.year} was assumed"
    except ValueError:
        return None
    weekday = (groups.get("weekday") or "").lower()
    if weekday and not DAYS[day.weekday()].startswith(weekday[:3]):
        doubt = f"{in_words(day)} is a {DAYS[day.weekday()].capitalize()}"
    return Day(found.start(), found.end(), day, doubt)


def _month(name: str) -> int:
    return next(index for index, month in enumerate(MONTHS, 1) if month.lower().startswith(name[:3].lower()))
