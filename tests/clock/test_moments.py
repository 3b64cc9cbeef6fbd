"""When something falls due, also on the days on which clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clock.moments import SATURDAY, SUNDAY, Daily, Every, Weekly

LONDON = ZoneInfo("Europe/London")
HALF_PAST_EIGHT = Daily(at=time(8, 30))
# In 2026 clocks go forward on 29 March and back on 25 October, both at 01:00 UTC.


def london(*moment, fold=0) -> datetime:
    return datetime(*moment, tzinfo=LONDON, fold=fold)


def utc(*moment) -> datetime:
    return datetime(*moment, tzinfo=UTC)


def due_within(when, start: datetime, end: datetime) -> list[datetime]:
    """Return each due moment that somebody sees who looks every ten minutes."""
    seen = []
    now = start
    while now < end:
        if (latest := when.latest(now=now)) not in seen and latest > start:
            seen.append(latest)
        now += timedelta(minutes=10)
    return seen


class TestEvery:
    def test_is_due_when_a_minute_begins(self):
        minute = Every(timedelta(minutes=1))
        assert minute.latest(now=utc(2026, 5, 1, 12, 0, 59)) == utc(2026, 5, 1, 12, 0)
        assert minute.latest(now=utc(2026, 5, 1, 12, 1)) == utc(2026, 5, 1, 12, 1)

    def test_goes_on_evenly_while_clocks_change(self):
        moments = due_within(Every(timedelta(hours=1)), utc(2026, 10, 24, 22, 30), utc(2026, 10, 25, 3))
        assert [b - a for a, b in zip(moments, moments[1:], strict=False)] == [timedelta(hours=1)] * 3

    def test_takes_a_time_of_any_zone(self):
        assert Every(timedelta(hours=1)).latest(now=london(2026, 7, 1, 9, 5)) == utc(2026, 7, 1, 8)

    @pytest.mark.parametrize("seconds", [0, -60, 0.1])
    def test_refuses_what_would_never_rest(self, seconds):
        with pytest.raises(ValueError, match="once a second"):
            Every(timedelta(seconds=seconds))


class TestDaily:
    def test_is_due_at_its_time_in_london_in_winter_and_in_summer(self):
        assert HALF_PAST_EIGHT.latest(now=utc(2026, 1, 15, 12)) == utc(2026, 1, 15, 8, 30)
        assert HALF_PAST_EIGHT.latest(now=utc(2026, 7, 15, 12)) == utc(2026, 7, 15, 7, 30)

    def test_is_yesterdays_until_its_time_has_come(self):
        before, at = london(2026, 7, 15, 8, 29, 59), london(2026, 7, 15, 8, 30)
        assert HALF_PAST_EIGHT.latest(now=before) == london(2026, 7, 14, 8, 30)
        assert HALF_PAST_EIGHT.latest(now=at) == at

    def test_counts_days_of_london_and_not_of_greenwich(self):
        # 00:30 on the 16th in London, still the 15th in UTC.
        assert Daily(at=time(0, 15)).latest(now=utc(2026, 7, 15, 23, 30)) == london(2026, 7, 16, 0, 15)

    @pytest.mark.parametrize("at", [time(0), time(0, 59), time(1), time(1, 30), time(2), time(8, 30), time(23, 59)])
    @pytest.mark.parametrize("month", [3, 10])
    def test_is_due_once_a_day_across_the_change_of_clocks(self, at, month):
        last_sunday = {3: 29, 10: 25}[month]
        start = london(2026, month, last_sunday - 2)
        moments = due_within(Daily(at=at), start - timedelta(seconds=1), start + timedelta(days=5))
        assert [moment.astimezone(LONDON).day - last_sunday for moment in moments] == [-2, -1, 0, 1, 2]

    def test_keeps_its_time_by_the_clock_on_both_days_of_change(self):
        assert HALF_PAST_EIGHT.latest(now=utc(2026, 3, 29, 12)) == utc(2026, 3, 29, 7, 30)
        assert HALF_PAST_EIGHT.latest(now=utc(2026, 10, 25, 12)) == utc(2026, 10, 25, 8, 30)

    def test_falls_an_hour_later_by_the_clock_where_its_time_is_skipped(self):
        assert Daily(at=time(1, 30)).latest(now=utc(2026, 3, 29, 1, 29)) == utc(2026, 3, 28, 1, 30)
        assert Daily(at=time(1, 30)).latest(now=utc(2026, 3, 29, 1, 30)) == london(2026, 3, 29, 2, 30)

    def test_counts_the_first_of_a_time_that_comes_twice(self):
        first, second = london(2026, 10, 25, 1, 30), london(2026, 10, 25, 1, 30, fold=1)
        assert (first.astimezone(UTC), second.astimezone(UTC)) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30))
        for now in (first, second, second + timedelta(hours=1)):
            assert Daily(at=time(1, 30)).latest(now=now) == utc(2026, 10, 25, 0, 30)


class TestWeekly:
    SATURDAYS = Weekly(SATURDAY, at=time(8, 30))

    @pytest.mark.parametrize("day", range(9, 16))
    def test_is_that_of_the_last_such_day_all_week(self, day):
        # 9 May 2026 is a Saturday.
        assert self.SATURDAYS.latest(now=london(2026, 5, day, 12)) == london(2026, 5, 9, 8, 30)

    def test_is_last_weeks_until_its_time_has_come(self):
        assert self.SATURDAYS.latest(now=london(2026, 5, 9, 8, 29)) == london(2026, 5, 2, 8, 30)

    def test_is_due_once_on_the_sundays_of_change(self):
        for sunday in (utc(2026, 3, 29), utc(2026, 10, 25)):
            moments = due_within(Weekly(SUNDAY, at=time(1, 30)), sunday - timedelta(days=1), sunday + timedelta(days=6))
            assert [moment.date() for moment in moments] == [sunday.date()]

    def test_refuses_a_day_that_is_none(self):
        with pytest.raises(ValueError, match="weekday"):
            Weekly(7, at=time(8))
