"""When a team can be reached, in the words of somebody who reads the sign on its door.

Everything is reckoned in the time on the wall in London, so that both changes of the clock look after themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from organisation.bank_holidays import HolidaysNotKnown, bank_holiday

LONDON = ZoneInfo("Europe/London")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = 24 * 60
LOOK_AHEAD_DAYS = 14

CLOSED, USUAL, UNKNOWN = "closed", "usual", "unknown"


@dataclass(frozen=True)
class OpenState:
    """Whether a team can be reached at a moment: True, False, or None where nobody can say; and that in words."""

    is_open: bool | None
    text: str


@dataclass(frozen=True)
class OpeningHours:
    """The usual week of a team.

    `periods`: (day 0 = Monday, from, until) with minutes since midnight, until at most 1440.
    `on_bank_holidays`: "closed", "usual" or "unknown".
    """

    periods: tuple[tuple[int, int, int], ...] = ()
    always: bool = False
    on_bank_holidays: str = UNKNOWN
    nation: str = ""

    def state(self, now: datetime) -> OpenState:
        """Return whether the team can be reached at the moment `now` (aware). Raises ValueError for a naive one."""
        if now.tzinfo is None:
            raise ValueError("Opening hours need a moment with its time zone.")
        if self.always:
            return OpenState(True, "Open now, 24 hours a day")
        if not self.periods:
            return OpenState(None, "Opening hours not known")
        return _state_at(self, now.astimezone(LONDON).replace(tzinfo=None))

    def lines(self) -> list[tuple[str, str]]:
        """Return the week as (days, times) for reading: ("Monday to Friday", "9am to 5pm"). Empty when not known."""
        if self.always:
            return [("Every day", "24 hours a day")]
        if not self.periods:
            return []
        by_times = {}
        for day in range(7):
            times = " and ".join(_span(start, end) for start, end in self.usual(day))
            by_times.setdefault(times or "Closed", []).append(day)
        return [(_day_range(days), times) for times, days in by_times.items()]

    def bank_holiday_note(self) -> str:
        """Return one sentence on bank holidays; empty when not even the usual hours are known."""
        if self.always:
            return "Open on bank holidays too."
        if not self.periods:
            return ""
        return {
            CLOSED: "Closed on bank holidays.",
            USUAL: "Open as usual on bank holidays.",
            UNKNOWN: "We do not know if this team is open on bank holidays.",
        }[self.on_bank_holidays]

    def usual(self, day: int) -> list[tuple[int, int]]:
        """Return the times of a usual day of the week, in order; periods that touch or overlap become one."""
        joined = []
        for start, end in sorted((start, end) for weekday, start, end in self.periods if weekday == day):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def on(self, day: date) -> list[tuple[int, int]] | None:
        """Return the times of one date, bank holidays heeded; None when nobody can say."""
        usual = self.usual(day.weekday())
        if not usual or self.on_bank_holidays == USUAL:
            return usual
        try:
            is_holiday = bool(bank_holiday(day, self.nation))
        except HolidaysNotKnown:
            return None
        if not is_holiday:
            return usual
        return [] if self.on_bank_holidays == CLOSED else None


def clock(minutes: int) -> str:
    """Return a time of day as GOV.UK writes it: 9am, 5:30pm, midday, midnight."""
    if minutes in (0, MIDNIGHT):
        return "midnight"
    if minutes == MIDNIGHT // 2:
        return "midday"
    hour, minute = divmod(minutes, 60)
    return f"{(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''}{'am' if hour < 12 else 'pm'}"


def _span(start: int, end: int) -> str:
    return "24 hours a day" if (start, end) == (0, MIDNIGHT) else f"{clock(start)} to {clock(end)}"


def minutes_of(value: time | str) -> int:
    """Return the minutes since midnight of a time, which may be written "09:00" or "09:00:00"."""
    moment = time.fromisoformat(value) if isinstance(value, str) else value
    return moment.hour * 60 + moment.minute


def read_periods(rows) -> Iterator[tuple[int, int, int]]:
    """Yield (day, from, until) from rows of {"days": ["mon", …], "opens": time, "closes": time}.

    Closing at 00:00 means midnight at the end of the day.
    """
    for row in rows:
        for day in row["days"]:
            yield DAYS.index(day), minutes_of(row["opens"]), minutes_of(row["closes"]) or MIDNIGHT


def _state_at(hours: OpeningHours, wall: datetime) -> OpenState:
    today, minute = wall.date(), wall.hour * 60 + wall.minute
    times = hours.on(today)
    if times is None:
        return OpenState(None, f"Not known if open today: {_why_not_known(today, hours.nation)}")
    for start, end in times:
        if start <= minute < end:
            return OpenState(True, _until(hours, today, end))
    if hours.usual(today.weekday()) and not times:
        reason = f"Closed today for a bank holiday ({bank_holiday(today, hours.nation)})"
    else:
        reason = "Closed now"
    return OpenState(False, reason + _opens_next(hours, today, minute))


def _until(hours: OpeningHours, today: date, end: int) -> str:
    """Say how long an open period lasts, also over midnight."""
    day = today
    while end == MIDNIGHT and day < today + timedelta(days=7):
        following = hours.on(day + timedelta(days=1))
        if not following or following[0][0] != 0:
            break
        day, end = day + timedelta(days=1), following[0][1]
    if day >= today + timedelta(days=7):
        return "Open now"
    # Midnight belongs to the day that ends with it.
    return f"Open now, until {clock(end)}{_name_day(day, today)}"


def _opens_next(hours: OpeningHours, today: date, minute: int) -> str:
    """Say when a closed team opens again, or that this is not known."""
    for ahead in range(LOOK_AHEAD_DAYS):
        day = today + timedelta(days=ahead)
        times = hours.on(day)
        if times is None:
            return f". Not known if open{_name_day(day, today)}: {_why_not_known(day, hours.nation)}"
        for start, _end in times:
            if ahead or start > minute:
                return f", opens{_name_day(day, today)} at {clock(start)}"
    return ""


def _why_not_known(day: date, nation: str) -> str:
    try:
        return f"it is a bank holiday ({bank_holiday(day, nation)})"
    except HolidaysNotKnown:
        return "we do not know the bank holidays of that year"


def _name_day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return ""
    if ahead == 1:
        return " tomorrow"
    name = f" on {DAY_NAMES[day.weekday()]}"
    return name if ahead < 7 else f"{name} {day.day} {day:%B}"


def _day_range(days: list[int]) -> str:
    """Name days of the week: "Monday to Friday", "Saturday and Sunday", "Monday, Wednesday and Friday"."""
    if len(days) == 7:
        return "Every day"
    runs = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = []
    for run in runs:
        names += [f"{DAY_NAMES[run[0]]} to {DAY_NAMES[run[-1]]}"] if len(run) > 2 else [DAY_NAMES[day] for day in run]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
