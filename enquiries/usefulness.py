"""Whether pages are useful: readers' answers are added up for each page and day, and erased after their time.

They have nothing to do with the counts of downloads, and neither knows of the other.
"""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from enquiries.models import EnquirySettings, PageUsefulness
from enquiries.services import months_before

# One statement, so that two who answer at once both count.
_ADD = """
    INSERT INTO enquiries_pageusefulness (page_id, day, yes, no) VALUES (%s, %s, %s, %s)
    ON CONFLICT (page_id, day) DO UPDATE SET
        yes = enquiries_pageusefulness.yes + excluded.yes, no = enquiries_pageusefulness.no + excluded.no
"""


def count_answer(*, page_id: int, is_useful: bool, on: date) -> None:
    """Add one answer to the numbers of a page and day."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [page_id, on, int(is_useful), int(not is_useful)])


def erase_old_answers(*, now: datetime) -> int:
    """Erase the numbers of days that are longer ago than the setting; return how many rows."""
    first_kept = timezone.localdate(months_before(now, EnquirySettings.load().usefulness_kept_months))
    return PageUsefulness.objects.filter(day__lt=first_kept).delete()[0]
