"""When somebody is reminded: 8 weeks, 4 weeks and a day before a review is due, and each week once it is overdue."""

from datetime import date, timedelta

# The nearest first: days before the date, and the name under which it is kept.
BEFORE = ((1, "1-day"), (28, "4-weeks"), (56, "8-weeks"))
FIRST = timedelta(days=56)


def step_on(due: date, *, today: date) -> str:
    """Return the reminder that has come for a date; "" while it is far away.

    After some days off it is the last one that has come, and none of those before.
    """
    days = (due - today).days
    if days < 0:
        return f"overdue-{(-days - 1) // 7}"
    return next((name for most, name in BEFORE if days <= most), "")
