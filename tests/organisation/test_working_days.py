"""Working days: Monday to Friday, without the bank holidays of the board's nation."""

from datetime import date

import pytest

from organisation.bank_holidays import add_working_days, is_working_day

THURSDAY = date(2026, 12, 24)


class TestAddingDays:
    @pytest.mark.parametrize(
        ("day", "days", "expected"),
        [
            (date(2026, 11, 25), 1, date(2026, 11, 26)),
            (date(2026, 11, 25), 10, date(2026, 12, 9)),
            (date(2026, 11, 27), 1, date(2026, 11, 30)),
            (date(2026, 11, 28), 1, date(2026, 11, 30)),
            (date(2026, 11, 29), 1, date(2026, 11, 30)),
            # Christmas Day, the substitute for Boxing Day (a Saturday), and New Year's Day.
            (THURSDAY, 1, date(2026, 12, 29)),
            (THURSDAY, 4, date(2027, 1, 4)),
            # Good Friday and Easter Monday.
            (date(2027, 3, 25), 1, date(2027, 3, 30)),
        ],
    )
    def test_passes_over_weekends_and_bank_holidays(self, day, days, expected):
        assert add_working_days(day, days) == expected

    def test_of_none_is_the_day_itself_or_the_next_one_worked(self):
        assert add_working_days(THURSDAY, 0) == THURSDAY
        assert add_working_days(date(2026, 12, 25), 0) == date(2026, 12, 29)

    def test_keeps_the_holidays_of_the_nation(self, settings):
        # St Andrew's Day.
        assert add_working_days(date(2026, 11, 27), 1, "SCT") == date(2026, 12, 1)
        settings.UK_NATION = "SCT"
        assert add_working_days(date(2026, 11, 27), 1) == date(2026, 12, 1)

    def test_goes_on_where_nobody_knows_the_holidays(self):
        assert is_working_day(date(2150, 1, 1))
        assert not is_working_day(date(2150, 1, 3))
