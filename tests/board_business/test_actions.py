"""An action plan read against the clock."""

from datetime import date

import pytest

from board_business.actions import plan_of
from tests.board_business.factories import action

DAY = date(2017, 5, 31)


def plan(*actions, today=DAY):
    return plan_of(actions, today=today)


class TestOverdue:
    @pytest.mark.parametrize(
        ("today", "late"), [(date(2017, 5, 30), False), (date(2017, 5, 31), False), (date(2017, 6, 1), True)]
    )
    def test_begins_the_day_after_it_was_due(self, today, late):
        assert plan(action(due=DAY), today=today).actions[0].is_overdue is late

    @pytest.mark.parametrize(
        ("state", "late"), [("not_started", True), ("under_way", True), ("done", False), ("dropped", False)]
    )
    def test_is_only_what_is_still_open(self, state, late):
        assert plan(action(state=state, due=date(2017, 1, 1))).actions[0].is_overdue is late

    def test_is_never_what_has_no_date(self):
        assert not plan(action(due=None)).actions[0].is_overdue


class TestSummary:
    def test_counts_what_is_done_overdue_and_dropped(self):
        early = date(2017, 1, 1)
        made = plan(action(state="done"), action(state="done"), action(due=early), action(state="dropped", due=early))
        assert made.summary == "2 of 4 done, 1 overdue, 1 dropped"

    def test_leaves_out_what_there_is_none_of(self):
        assert plan(action()).summary == "0 of 1 done"
        assert plan().summary == ""

    def test_reads_what_an_older_form_left_behind(self):
        strange = action() | {"value": {"heading": "Old", "state": "thinking"}}
        assert (plan(strange).actions[0].word, plan(strange).summary) == ("thinking", "0 of 1 done")
