"""When issues come out and when news has to be in."""

from datetime import date

import pytest

from bulletins.quarters import add_months, deadline_for, label_for, quarter_of


class TestQuarters:
    @pytest.mark.parametrize(
        ("day", "first_month", "expected"),
        [
            (date(2017, 4, 1), 1, date(2017, 4, 1)),
            (date(2017, 6, 30), 1, date(2017, 4, 1)),
            (date(2017, 1, 31), 2, date(2016, 11, 1)),
            (date(2017, 2, 1), 3, date(2016, 12, 1)),
            (date(2017, 12, 31), 3, date(2017, 12, 1)),
        ],
    )
    def test_begin_in_the_month_that_staff_chose(self, day, first_month, expected):
        assert quarter_of(day, first_month=first_month) == expected

    def test_follow_each_other_over_the_end_of_a_year(self):
        assert add_months(date(2016, 11, 30), 3) == date(2017, 2, 1)
        assert add_months(date(2017, 1, 1), -3) == date(2016, 10, 1)

    def test_are_called_by_month_and_year(self):
        assert label_for(date(2017, 4, 1)) == "April 2017"


class TestDeadline:
    def test_is_the_first_monday_of_the_next_issues_month(self):
        assert deadline_for(date(2017, 4, 1), weekday=0) == date(2017, 7, 3)

    def test_moves_to_the_next_working_day_on_a_bank_holiday(self):
        # Monday 1 January 2018 is New Year's Day.
        assert deadline_for(date(2017, 10, 1), weekday=0) == date(2018, 1, 2)

    def test_moves_over_a_weekend(self):
        # Good Friday, 2 April 2021, then the weekend and Easter Monday.
        assert deadline_for(date(2021, 1, 1), weekday=4) == date(2021, 4, 6)
