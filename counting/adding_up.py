"""From a spool to the counts: every batch once, whoever is killed in between and however many do it at once."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from counting.models import CountedBatch
from counting.spool import Spool

BATCHES_KEPT = timedelta(days=30)
Added = TypeVar("Added")
Lines = Counter[tuple[str, ...]]

logger = logging.getLogger(__name__)


def add_up(spool: Spool, *, add: Callable[[Lines], Added], now: datetime) -> Iterator[Added]:
    """Give each batch of a spool to `add`, once, in a transaction, and yield what it returns.

    What cannot be added now (DatabaseError is raised) waits in the spool.
    """
    # What was left behind comes first: while the database is away, no further batches are made.
    yield from _add_batches(spool, add, now)
    spool.close_open()
    yield from _add_batches(spool, add, now)
    old = CountedBatch.objects.filter(spool=spool.name, counted_at__lt=now - BATCHES_KEPT)
    # A batch that could not be removed is still known, or it would be counted again.
    old.exclude(key__in=list(spool.batches())).delete()


def _add_batches(spool, add, now):
    for key, path in spool.batches().items():
        try:
            yield from _add_batch(spool, add, key, path, now)
        except FileNotFoundError:
            pass  # Somebody else was faster.
        except OSError as error:  # The others are counted all the same.
            logger.error("A batch of %s could not be read or removed (%s).", spool.name, error)


def _add_batch(spool, add, key: UUID, path: Path, now: datetime) -> list:
    """Add a batch, once, and remove its file. Killed in between, the file is removed next time and not added again."""
    lines = spool.read_batch(path)
    with transaction.atomic():
        _, is_new = CountedBatch.objects.get_or_create(key=key, defaults={"spool": spool.name, "counted_at": now})
        added = [add(lines)] if is_new else []
    path.unlink(missing_ok=True)
    return added
