"""Opening hours: by the clock on the wall in London, with bank holidays, and honest about what is not known."""

from datetime import UTC, datetime, time

import pytest
from django.core.exceptions import ValidationError

from organisation.bank_holidays import HolidaysNotKnown, bank_holiday, check_nation
from organisation.blocks import HoursBlock
from organisation.hours import CLOSED, LONDON, UNKNOWN, USUAL, OpeningHours, clock, read_periods

OFFICE = tuple((day, 9 * 60, 17 * 60) for day in range(5))


def week(*periods, bank_holidays=CLOSED, **more):
    return OpeningHours(periods=periods, on_bank_holidays=bank_holidays, **more)


def london(*when, fold=0):
    return datetime(*when, tzinfo=LONDON, fold=fold)


class TestAnOfficeWeek:
    office = week(*OFFICE)

    @pytest.mark.parametrize(
        ("when", "is_open", "text"),
        [
            ((2026, 11, 25, 8, 59, 59), False, "Closed now, opens at 9am"),
            ((2026, 11, 25, 9, 0), True, "Open now, until 5pm"),
            ((2026, 11, 25, 16, 59, 59), True, "Open now, until 5pm"),
            ((2026, 11, 25, 17, 0), False, "Closed now, opens tomorrow at 9am"),
            ((2026, 11, 27, 18, 0), False, "Closed now, opens on Monday at 9am"),
            ((2026, 11, 29, 12, 0), False, "Closed now, opens tomorrow at 9am"),
        ],
    )
    def test_opens_and_closes_on_the_minute(self, when, is_open, text):
        state = self.office.state(london(*when))
        assert (state.is_open, state.text) == (is_open, text)

    def test_takes_the_moment_in_any_time_zone(self):
        assert self.office.state(datetime(2026, 7, 1, 8, 0, tzinfo=UTC)).is_open is True
        assert self.office.state(datetime(2026, 11, 25, 8, 0, tzinfo=UTC)).is_open is False

    def test_refuses_a_moment_without_a_time_zone(self):
        with pytest.raises(ValueError, match="time zone"):
            self.office.state(datetime(2026, 11, 25, 9, 0))

    def test_reads_as_on_the_door(self):
        assert self.office.lines() == [("Monday to Friday", "9am to 5pm"), ("Saturday and Sunday", "Closed")]


class TestOtherWeeks:
    def test_a_lunch_break_closes_and_says_when_it_opens_again(self):
        hours = week((0, 540, 720), (0, 780, 1020))
        state = hours.state(london(2026, 11, 23, 12, 0))
        assert (state.is_open, state.text) == (False, "Closed now, opens at 1pm")
        assert hours.lines()[0] == ("Monday", "9am to midday and 1pm to 5pm")

    def test_periods_that_touch_or_overlap_are_one(self):
        hours = week((0, 540, 720), (0, 720, 800), (0, 600, 1020))
        assert hours.state(london(2026, 11, 23, 10, 0)).text == "Open now, until 5pm"

    def test_open_past_midnight_by_two_rows_reads_as_one(self):
        hours = week((4, 18 * 60, 1440), (5, 0, 8 * 60))
        assert hours.state(london(2026, 11, 27, 23, 30)).text == "Open now, until 8am tomorrow"
        assert hours.state(london(2026, 11, 28, 7, 59)).text == "Open now, until 8am"

    def test_until_midnight(self):
        assert week((4, 18 * 60, 1440)).state(london(2026, 11, 27, 23, 59)).text == "Open now, until midnight"

    def test_midnight_belongs_to_the_day_that_it_ends(self):
        hours = week((4, 18 * 60, 1440), (5, 0, 1440))
        assert hours.state(london(2026, 11, 27, 20, 0)).text == "Open now, until midnight tomorrow"

    def test_every_hour_of_every_day_without_the_tick_has_no_end(self):
        hours = week(*((day, 0, 1440) for day in range(7)), bank_holidays=USUAL)
        assert hours.state(london(2026, 11, 25, 3, 0)).text == "Open now"
        assert hours.lines() == [("Every day", "24 hours a day")]

    def test_around_the_clock(self):
        hours = OpeningHours(always=True)
        assert hours.state(london(2026, 12, 25, 3, 0)).is_open is True
        assert hours.lines() == [("Every day", "24 hours a day")]
        assert hours.bank_holiday_note() == "Open on bank holidays too."

    def test_hours_that_are_not_known_are_not_guessed(self):
        hours = OpeningHours()
        state = hours.state(london(2026, 11, 25, 12, 0))
        assert (state.is_open, state.text) == (None, "Opening hours not known")
        assert hours.lines() == []
        assert hours.bank_holiday_note() == ""

    def test_scattered_days_are_named_one_by_one(self):
        hours = week((0, 540, 1020), (2, 540, 1020), (4, 540, 1020))
        assert hours.lines()[0] == ("Monday, Wednesday and Friday", "9am to 5pm")

    @pytest.mark.parametrize(
        ("minutes", "text"),
        [(0, "midnight"), (1440, "midnight"), (30, "12:30am"), (720, "midday"), (750, "12:30pm"), (1050, "5:30pm")],
    )
    def test_times_of_day_read_as_people_say_them(self, minutes, text):
        assert clock(minutes) == text


class TestTheChangesOfTheClock:
    """29 March 2026: 01:00 becomes 02:00. 25 October 2026: 02:00 becomes 01:00, so 01:30 comes twice. Both Sundays."""

    def test_in_spring_the_team_opens_by_the_new_time(self):
        hours = week((6, 9 * 60, 17 * 60))
        assert hours.state(datetime(2026, 3, 29, 7, 59, tzinfo=UTC)).is_open is False
        assert hours.state(datetime(2026, 3, 29, 8, 0, tzinfo=UTC)).is_open is True
        assert hours.state(datetime(2026, 3, 29, 16, 0, tzinfo=UTC)).is_open is False

    def test_in_spring_an_opening_time_inside_the_lost_hour_has_begun_after_it(self):
        hours = week((6, 90, 180))
        assert hours.state(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)).is_open is False
        assert hours.state(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)).is_open is True

    def test_in_autumn_the_hour_that_comes_twice_is_the_same_both_times(self):
        hours = week((6, 60, 120))
        assert hours.state(london(2026, 10, 25, 1, 30, fold=0)).is_open is True
        assert hours.state(london(2026, 10, 25, 1, 30, fold=1)).is_open is True
        assert hours.state(datetime(2026, 10, 25, 2, 0, tzinfo=UTC)).is_open is False

    def test_in_autumn_the_team_closes_by_the_new_time(self):
        hours = week((6, 9 * 60, 17 * 60))
        assert hours.state(datetime(2026, 10, 25, 16, 59, tzinfo=UTC)).is_open is True
        assert hours.state(datetime(2026, 10, 25, 17, 0, tzinfo=UTC)).is_open is False

    def test_tomorrow_is_the_next_day_on_the_wall_also_when_the_day_has_25_hours(self):
        hours = week((0, 9 * 60, 17 * 60))
        assert hours.state(london(2026, 10, 25, 23, 30)).text == "Closed now, opens tomorrow at 9am"


class TestBankHolidays:
    def test_closed_says_why_and_when_it_opens(self):
        state = week(*OFFICE).state(london(2026, 4, 3, 10, 0))
        assert state.is_open is False
        # Easter Monday follows Good Friday and the weekend.
        assert state.text == "Closed today for a bank holiday (Good Friday), opens on Tuesday at 9am"

    def test_open_as_usual_is_open(self):
        assert week(*OFFICE, bank_holidays=USUAL).state(london(2026, 4, 3, 10, 0)).is_open is True

    def test_not_known_is_said_plainly(self):
        state = week(*OFFICE, bank_holidays=UNKNOWN).state(london(2026, 4, 3, 10, 0))
        assert state.is_open is None
        assert state.text == "Not known if open today: it is a bank holiday (Good Friday)"

    def test_not_known_is_said_of_the_next_day_as_well(self):
        state = week(*OFFICE, bank_holidays=UNKNOWN).state(london(2026, 4, 2, 18, 0))
        assert state.text == "Closed now. Not known if open tomorrow: it is a bank holiday (Good Friday)"

    def test_a_christmas_day_on_a_saturday_is_kept_on_the_monday_too(self):
        office = week(*OFFICE)
        # 2027: 25 and 26 December are Saturday and Sunday; substitute days are Monday 27 and Tuesday 28.
        assert office.state(london(2027, 12, 27, 10, 0)).is_open is False
        state = office.state(london(2027, 12, 28, 10, 0))
        assert state.text == "Closed today for a bank holiday (Boxing Day, substitute day), opens tomorrow at 9am"
        assert office.state(london(2027, 12, 29, 10, 0)).is_open is True

    def test_a_team_that_is_never_open_on_that_day_is_simply_closed(self):
        assert week(*OFFICE, bank_holidays=UNKNOWN).state(london(2027, 12, 25, 10, 0)).is_open is False

    def test_one_royal_holiday_is_known(self):
        assert bank_holiday(datetime(2022, 9, 19).date()) == "State Funeral of Queen Elizabeth II"

    def test_each_nation_has_its_own(self):
        st_andrews_day = datetime(2026, 11, 30).date()
        assert bank_holiday(st_andrews_day, "SCT")
        assert not bank_holiday(st_andrews_day, "ENG")

    def test_the_boards_nation_is_a_setting(self, settings):
        settings.UK_NATION = "SCT"
        assert bank_holiday(datetime(2026, 11, 30).date())
        assert week(*OFFICE).state(london(2026, 11, 30, 10, 0)).is_open is False

    def test_a_nation_that_does_not_exist_is_found_when_the_site_starts(self, settings):
        settings.UK_NATION = "GB"
        assert [error.id for error in check_nation(None)] == ["organisation.E001"]
        settings.UK_NATION = "WLS"
        assert check_nation(None) == []

    def test_a_year_that_nobody_can_know_is_not_guessed(self):
        with pytest.raises(HolidaysNotKnown):
            bank_holiday(datetime(2150, 1, 1).date())
        state = week(*OFFICE).state(london(2150, 1, 1, 10, 0))
        assert (state.is_open, state.text[:11]) == (None, "Not known i")


class TestRowsThatStaffWrite:
    def clean(self, *rows):
        block = HoursBlock()
        return block.clean(
            block.to_python([{"type": "period", "value": row, "id": str(number)} for number, row in enumerate(rows)])
        )

    def test_closing_at_nought_is_midnight(self):
        rows = [{"days": ["fri"], "opens": time(18), "closes": "00:00:00"}]
        assert list(read_periods(rows)) == [(4, 1080, 1440)]

    def test_hours_over_midnight_are_refused_with_the_way_to_write_them(self):
        with pytest.raises(ValidationError) as caught:
            self.clean({"days": ["fri"], "opens": "22:00", "closes": "06:00"})
        messages = str(caught.value.block_errors[0].block_errors["closes"])
        assert "close this row at 00:00 and add another row that opens at 00:00" in messages

    @pytest.mark.parametrize("closes", ["09:00", "08:59"])
    def test_hours_that_end_before_they_begin_are_refused(self, closes):
        with pytest.raises(ValidationError):
            self.clean({"days": ["mon"], "opens": "09:00", "closes": closes})

    def test_rows_that_overlap_are_refused_and_the_day_is_named(self):
        with pytest.raises(ValidationError) as caught:
            self.clean(
                {"days": ["mon", "tue"], "opens": "09:00", "closes": "17:00"},
                {"days": ["tue"], "opens": "16:59", "closes": "20:00"},
            )
        assert "overlap on Tuesday" in caught.value.non_block_errors[0]

    def test_rows_that_touch_are_accepted(self):
        assert self.clean(
            {"days": ["mon"], "opens": "09:00", "closes": "12:00"},
            {"days": ["mon"], "opens": "12:00", "closes": "17:00"},
        )

    def test_a_row_without_a_day_is_refused(self):
        with pytest.raises(ValidationError):
            self.clean({"days": [], "opens": "09:00", "closes": "12:00"})
