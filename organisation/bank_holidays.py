"""The bank holidays of one nation of the United Kingdom."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.conf import settings
from django.core.checks import Error, register

NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
DEFAULT_NATION = "ENG"
KNOWN_UNTIL = 2100
SATURDAY = 5


class HolidaysNotKnown(Exception):
    """Nobody can say which days of that year are bank holidays."""


def board_nation() -> str:
    """Return the code of the nation whose bank holidays the board's teams keep: the setting UK_NATION, or England."""
    return getattr(settings, "UK_NATION", DEFAULT_NATION)


def bank_holiday(day: date, nation: str = "") -> str:
    """Return the name of the bank holiday on that day, or "" when it is none.

    Substitute days count ("Boxing Day, substitute day"), and so does the day itself where it falls on a weekend. The
    days are those of the `holidays` library: the Banking and Financial Dealings Act 1971 and the royal proclamations
    known when its release was made. Raises HolidaysNotKnown for years it cannot tell.
    """
    return _bank_holidays(day.year, nation or board_nation()).get(day, "")


def is_working_day(day: date, nation: str = "") -> bool:
    """Tell whether a day is neither at a weekend nor a bank holiday; in years not known, weekends alone count."""
    if day.weekday() >= SATURDAY:
        return False
    try:
        return not bank_holiday(day, nation)
    except HolidaysNotKnown:
        return True


def add_working_days(day: date, days: int, nation: str = "") -> date:
    """Return the working day that is `days` (0 or more) after a day; 0: the day itself, or the next working day.

    The day itself is not counted: one working day after a Friday, a Saturday or a Sunday is the Monday.
    """
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, nation)
    while not is_working_day(day, nation):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _bank_holidays(year: int, nation: str) -> dict[date, str]:
    if not holidays.UK.start_year <= year <= KNOWN_UNTIL:
        raise HolidaysNotKnown(f"{year} is outside what is known of bank holidays.")
    known = holidays.country_holidays("GB", subdiv=nation, years=year, language="en_GB")
    return {day: name.replace(" (observed)", ", substitute day") for day, name in known.items() if day.year == year}


@register("organisation")
def check_nation(app_configs, **kwargs):
    """The nation in the settings is one of the four."""
    if board_nation() in NATIONS:
        return []
    return [
        Error(
            f"UK_NATION is {board_nation()!r}, which is no nation of the United Kingdom.",
            hint=f"Use one of {', '.join(NATIONS)}.",
            id="organisation.E001",
        )
    ]
