"""How this machine's index follows the rows: built from them, and read on from where it is in their log."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections
from django.db.models import F
from tantivy import Query

from search.engine import folder
from search.engine.queries import SCHEMA, ended
from search.engine.schema import STATE, document_of, state_document
from search.models import Change, Passage

logger = logging.getLogger(__name__)
HEAP = 15_000_000
HEAP_OF_BUILDING = 60_000_000
ROWS_AT_ONCE = 500
# So many pages are read again while somebody waits for an answer; more in the background.
MOST_WHILE_WAITING = 100
# So many are left out of an answer while they are read in the background; with more, the database answers.
MOST_LEFT_OUT = 1_000
# A site of so few passages is built while somebody waits: it takes less than a second.
FEW_PASSAGES = 2_000
PATIENCE_SECONDS = 1.5


@dataclass(frozen=True)
class Ready:
    """What can be searched, and the keys of pages that it does not know as they are now.

    They are left out of every answer.
    """

    seen: folder.Seen
    left_out: tuple[int, ...] = ()

    @property
    def searcher(self):
        """The searcher of it."""
        return self.seen.searcher

    def ended_by(self, now: datetime) -> datetime | None:
        """Return `now` if anything that is still in it has ended by then, else None: questions need not ask for it.

        What ends is taken out within a minute; asked for all the same, it makes questions for common words half as
        dear again.
        """
        return now if self.searcher.search(ended(now=now), limit=1).count else None


def ready() -> Ready | None:
    """Return what can be searched now, up to date with the database; None while the database itself has to answer.

    One query when nothing has changed. What is missing, damaged, of another version or another history is made anew.
    """
    try:
        with folder.faults_told():
            return _ready()
    except folder.CannotWrite:
        return None
    except folder.IndexFault:
        logger.exception("The index of the search cannot be used; the database answers, and it is made anew.")
        folder.discard()
        return None


def _ready() -> Ready | None:
    newest, held = newest_change(), folder.opened()
    if held and held.state != newest:
        held.reload()
    if held is None or not _is_of_this_history(held.state, newest):
        return _built()
    if held.state == newest:
        return Ready(held.seen)
    waiting = _changed_after(held.state[0], most=MOST_LEFT_OUT + 1)
    if len(waiting) > MOST_WHILE_WAITING:
        _in_background(catch_up)
        return Ready(held.seen, tuple(waiting)) if len(waiting) <= MOST_LEFT_OUT else None
    try:
        catch_up(wait=PATIENCE_SECONDS)
    except folder.CannotWrite:
        return Ready(held.seen, tuple(waiting))
    held = folder.opened()
    if held is None:
        # Found damaged meanwhile.
        return None
    held.reload()
    # What was committed while we read.
    return Ready(held.seen, tuple(_changed_after(held.state[0], most=MOST_LEFT_OUT)))


def _built() -> Ready | None:
    if Passage.objects.all()[: FEW_PASSAGES + 1].count() > FEW_PASSAGES:
        _in_background(build)
        return None
    build(wait=PATIENCE_SECONDS)
    held = folder.opened()
    return Ready(held.seen) if held else None


def newest_change() -> tuple[int, str]:
    """Return number and stamp of the newest line of the log; (0, "") for an empty one."""
    newest = Change.objects.order_by("-pk").values_list("pk", "stamp").first()
    return (newest[0], newest[1].hex) if newest else (0, "")


def _is_of_this_history(state: tuple[int, str], newest: tuple[int, str]) -> bool:
    """Tell whether the index has read this log: after a backup is restored, its numbers stand for other changes."""
    number, stamp = state
    return state == newest or Change.objects.filter(pk=number, stamp=stamp or None).exists()


def _changed_after(number: int, *, most: int) -> list[int]:
    keys = Change.objects.filter(pk__gt=number).order_by().values_list("page_key", flat=True)
    return list(keys.distinct()[:most])


def catch_up(*, wait: float) -> None:
    """Read what has changed since the index last did. Raises CannotWrite when somebody else is writing for too long."""
    with folder.writing(wait=wait):
        held = folder.opened()
        if held is None:
            return
        held.reload()
        # The end first: what is committed while we read is read again the next time.
        newest = newest_change()
        keys = list(
            Change.objects.filter(pk__gt=held.state[0], pk__lte=newest[0])
            .order_by()
            .values_list("page_key", flat=True)
            .distinct()
        )
        writer = held.index.writer(HEAP, 1)
        for start in range(0, len(keys), ROWS_AT_ONCE):
            some = keys[start : start + ROWS_AT_ONCE]
            # Not by term: for a number that takes no sign, the engine's own binding deletes nothing.
            writer.delete_documents_by_query(Query.term_set_query(SCHEMA, "page", some))
            _add(writer, Passage.objects.filter(page__in=some))
        _commit(writer, newest)


def build(*, wait: float) -> int:
    """Make the index anew beside the one that holds, let it hold, and return how many passages it has.

    Raises CannotWrite when somebody else is writing for too long.
    """
    with folder.writing(wait=wait):
        name, index = folder.begin()
        newest = newest_change()
        writer = index.writer(HEAP_OF_BUILDING, 1)
        written = _add(writer, Passage.objects.all())
        _commit(writer, newest)
        writer.wait_merging_threads()
        folder.finish(name)
        return written


def _add(writer, passages) -> int:
    # Hidden things are not even counted: what readers may not see is not in the index.
    rows = passages.visible().order_by().annotate(ends=F("page__expire_at"))
    written = 0
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        writer.add_document(document_of(row))
        written += 1
    return written


def _commit(writer, state) -> None:
    writer.delete_documents_by_query(Query.term_query(SCHEMA, "note", STATE))
    writer.add_document(state_document(state))
    writer.commit()


_busy = threading.Lock()


def _in_background(work) -> None:
    """Do it in a thread of its own, unless this process is at it already."""
    if _busy.acquire(blocking=False):
        threading.Thread(target=_do, args=[work], daemon=True, name="search-index").start()


def _do(work) -> None:
    try:
        work(wait=0)
    except folder.CannotWrite:
        logger.info("Another process is writing to the index of the search.")
    except Exception:
        # Whoever searches next tries again.
        logger.exception("The index of the search could not be written.")
    finally:
        close_old_connections()
        _busy.release()
