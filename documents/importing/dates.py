"""Days as people write them in a table."""

import re
from datetime import date

from content.reading.dates import MONTH, YEAR

DAY = r"(?P<day>\d{1,2})"
FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{DAY}(?:st|nd|rd|th)?[ -]+(?P<month>{MONTH})\.?,?[ -]+{YEAR}",
        rf"{DAY}[/.](?P<month>\d{{1,2}})[/.]{YEAR}",
        # Spreadsheets add midnight to a day.
        rf"{YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]00:00(?::00)?)?",
    )
]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_in(text: str) -> date | None:
    """Return the day that a cell names: 3 July 2017, 03/07/2017 or 2017-07-03; None for anything else."""
    found = next((match for form in FORMS if (match := form.fullmatch(text.strip()))), None)
    if found is None:
        return None
    month = found["month"][:3].lower()
    try:
        number = MONTHS.index(month) + 1 if month.isalpha() else int(month)
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None
