"""Days as people type them and as addresses hold them."""

from datetime import date, datetime

EARLIEST_YEAR = 1900
TYPED_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")


class NotADay(ValueError):
    """What was given names no day. The message tells the reader how to write one."""

    def __init__(self):
        super().__init__("Type a date like 10 March 2017 or 10/03/2017.")


def day_in_address(written: str) -> date:
    """Return the day of an address (ISO 8601: 2017-03-10). Raises NotADay."""
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise NotADay from error
    # One address for a day: Python also reads 20170310 and 2017-W10-5.
    if day.isoformat() != written or day.year < EARLIEST_YEAR:
        raise NotADay
    return day


def day_in_form(typed: str) -> date:
    """Return the day a person typed or chose. Raises NotADay."""
    words = " ".join(typed.replace(",", " ").split())
    for form in TYPED_FORMS:
        try:
            day = datetime.strptime(words, form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
        if day.year >= EARLIEST_YEAR:
            return day
    raise NotADay
