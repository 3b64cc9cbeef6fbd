"""When digests are due, on ordinary days and when clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from alerts.jobs import JOBS
from alerts.messages.times import due_before, last_due
from tests.procedures.factories import london

# Clocks went forward on 31 March 2030 at 1:00 and back on 27 October at 2:00, both Sundays.
FORWARD, BACK = (2030, 3, 31), (2030, 10, 27)


class TestADailyDigest:
    @pytest.mark.parametrize(
        ("now", "due"),
        [
            (london(2030, 1, 8, 8, 29, 59), london(2030, 1, 7, 8, 30)),
            (london(2030, 1, 8, 8, 30), london(2030, 1, 8, 8, 30)),
            (london(2030, 1, 8, 23, 59), london(2030, 1, 8, 8, 30)),
            (london(2030, 1, 1, 0, 0), london(2029, 12, 31, 8, 30)),
        ],
    )
    def test_is_due_at_half_past_eight(self, now, due):
        assert last_due("daily", now=now) == due

    def test_is_due_by_the_clock_on_the_wall_when_clocks_go_forward(self):
        assert last_due("daily", now=london(*FORWARD, 8, 29)) == datetime(2030, 3, 30, 8, 30, tzinfo=UTC)
        assert last_due("daily", now=london(*FORWARD, 8, 30)) == datetime(2030, 3, 31, 7, 30, tzinfo=UTC)

    def test_is_due_by_the_clock_on_the_wall_when_clocks_go_back(self):
        assert last_due("daily", now=london(*BACK, 8, 29)) == datetime(2030, 10, 26, 7, 30, tzinfo=UTC)
        assert last_due("daily", now=london(*BACK, 8, 30)) == datetime(2030, 10, 27, 8, 30, tzinfo=UTC)

    @pytest.mark.parametrize("day", [FORWARD, BACK, (2030, 7, 1)])
    def test_comes_after_that_of_the_day_before(self, day):
        due = london(*day, 8, 30)
        before = due_before("daily", due)
        assert timezone.localtime(before).strftime("%H:%M") == "08:30"
        assert due.date() - timezone.localdate(before) == timedelta(days=1)

    def test_is_due_once_a_day_in_a_year_of_hours(self):
        hours = [datetime(2030, 1, 1, 12, tzinfo=UTC) + timedelta(hours=number) for number in range(365 * 24)]
        due = sorted({last_due("daily", now=hour) for hour in hours})
        assert len(due) == 366
        assert {timezone.localtime(moment).strftime("%H:%M") for moment in due} == {"08:30"}


class TestAWeeklyDigest:
    @pytest.mark.parametrize(
        ("now", "due"),
        [
            (london(2030, 1, 5, 8, 29), london(2029, 12, 29, 8, 30)),
            (london(2030, 1, 5, 8, 30), london(2030, 1, 5, 8, 30)),
            (london(2030, 1, 11, 23, 0), london(2030, 1, 5, 8, 30)),
            (london(*FORWARD, 12, 0), london(2030, 3, 30, 8, 30)),
            (london(2030, 4, 6, 8, 30), london(2030, 4, 6, 8, 30)),
        ],
    )
    def test_is_due_on_saturday(self, now, due):
        assert last_due("weekly", now=now) == due

    def test_comes_a_week_after_the_last_across_a_clock_change(self):
        assert due_before("weekly", london(2030, 4, 6, 8, 30)) == london(2030, 3, 30, 8, 30)
        assert due_before("weekly", london(2030, 11, 2, 8, 30)) == london(2030, 10, 26, 8, 30)


def test_the_clock_knows_both():
    assert {"alerts.daily", "alerts.weekly"} <= {job.name for job in JOBS}
