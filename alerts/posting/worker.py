"""A worker: spreads messages, takes deliveries in batches, and sends them one after the other.

One process, as many as one likes: what they share is in the rows. It may be killed at any moment. Then one mail at most
has gone out and is not marked, and goes out again with the same Message-ID.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, connection

from alerts import links
from alerts.messages.bursts import tell_together
from alerts.messages.spreading import spread_due
from alerts.models import Delivery, Subscription
from alerts.posting import taking
from alerts.posting.mould import Personal
from alerts.posting.moulds import Moulds
from alerts.posting.names import message_id_of
from alerts.posting.postmen import Away, postman
from alerts.posting.refusals import NotTaken, without_name
from alerts.posting.taking import Taken
from alerts.services import end_for_refusal

logger = logging.getLogger(__name__)

# So many mailboxes in a row that do not exist are a fault of the server, or of how it is set up, and end nobody.
MOST_REFUSED_IN_A_ROW = 5
BROKEN = "It could not be made into a mail. The log of the site says why."


class Worker:
    """Sends what is due. `clock` returns the time; `is_stopping` tells whether to end after the mail under way."""

    def __init__(self, *, clock: Callable[[], datetime], is_stopping: Callable[[], bool] = lambda: False):
        self.clock, self.is_stopping = clock, is_stopping
        self.holder = uuid4().hex
        self.moulds = Moulds()
        self.refused_in_a_row = 0
        # The key of the delivery that was asked about together with marking the one before.
        self.known_wanted: int | None = None

    def work(self) -> int:
        """Do all that is due, and return how many mails went out. Raises MailServerAway; then everything waits."""
        taking.free_held(now=self.clock())
        spread_due(now=self.clock())
        tell_together(now=self.clock())
        sent = 0
        while not self.is_stopping() and Delivery.objects.due(now=self.clock()).exists():
            with postman() as carrier:
                done, went_away = self._send_over(carrier)
            sent += done
            if went_away and not done:
                raise went_away
        return sent

    def _send_over(self, carrier) -> tuple[int, Away | None]:
        """Send all that is due over one connection; return how many went, and why it ended before that, if it did."""
        sent = 0
        while not self.is_stopping():
            now = self.clock()
            # First, because something urgent may have come.
            spread_due(now=now)
            batch = taking.take(holder=self.holder, now=now)
            if not batch:
                return sent, None
            done, went_away = self._send_batch(batch, carrier, ends_at=now + taking.time_to_send())
            sent += done
            if went_away:
                return sent, went_away
        return sent, None

    def _send_batch(self, batch: list[Taken], carrier, *, ends_at: datetime) -> tuple[int, Away | None]:
        """Send a batch; what could not be tried, for whatever reason, is given back."""
        self.moulds.begin_batch(now=self.clock())
        self.known_wanted = None
        chosen = _chosen_by({taken.subscriber_id for taken in batch})
        untried, sent = {taken.pk for taken in batch}, 0
        try:
            for taken, following in zip(batch, [*batch[1:], None], strict=True):
                if self.is_stopping() or self.clock() > ends_at:
                    break
                untried.discard(taken.pk)
                sent += self._send(taken, chosen[taken.subscriber_id], carrier, following=following)
        except Away as away:
            if not away.may_have_gone:
                untried.add(taken.pk)
            else:
                reason = "The connection to the mail server broke while it was being sent."
                taking.put_off(taken, holder=self.holder, reason=reason, now=self.clock())
            return sent, away
        finally:
            if untried:
                taking.give_back(list(untried), holder=self.holder, now=self.clock())
        return sent, None

    def _send(self, taken: Taken, chosen: set[str], carrier, *, following: Taken | None) -> int:
        """Send one, and write down what became of it; return how many went out."""
        now = self.clock()
        made = self.moulds.get(taken.message_id, taken.contents_id, now=now)
        if made.is_broken:
            taking.put_off(taken, holder=self.holder, reason=BROKEN, now=now)
            return 0
        if made.mould is None:
            taking.drop(taken, holder=self.holder, reason=made.not_told, now=now)
            return 0
        if self.known_wanted != taken.pk and not taking.is_still_wanted(taken, holder=self.holder):
            taking.drop(taken, holder=self.holder, reason=taking.LEFT, now=now)
            return 0
        try:
            personal = self._personal(taken, made.why(chosen), now=now)
            carrier.post(made.mould, personal, then=_likely_next(taken, following))
        except NotTaken as refusal:
            self._note(refusal, taken)
            return 0
        self.refused_in_a_row = 0
        self._mark_sent(taken, following)
        return 1

    def _personal(self, taken: Taken, why: str, *, now: datetime) -> Personal:
        return Personal(
            to=taken.address,
            message_id=message_id_of(taken.pk),
            why=why,
            manage_url=links.link(taken.public_id, purpose=links.MANAGE),
            leave_url=links.link(taken.public_id, purpose=links.LEAVE),
            sent_at=now,
        )

    def _mark_sent(self, taken: Taken, following: Taken | None) -> None:
        """Write down that it went. A database that is away just now is waited for: till then nobody may take it."""
        give_up_at = self.clock() + taking.time_to_send()
        while True:
            try:
                is_wanted = taking.mark_sent(taken, holder=self.holder, now=self.clock(), following=following)
                self.known_wanted = following.pk if is_wanted else None
                return
            except (DatabaseError, InterfaceError):
                if self.clock() > give_up_at:
                    raise
                connection.close()
                time.sleep(0.5)

    def _note(self, refusal: NotTaken, taken: Taken) -> None:
        """Write down that the mail server did not take it; where there is no such mailbox, that ends the alerts."""
        now, reason = self.clock(), without_name(refusal.words, address=taken.address)
        if refusal.of_address:
            self.refused_in_a_row += 1
        if refusal.of_address and self.refused_in_a_row <= MOST_REFUSED_IN_A_ROW:
            taking.mark_failed(taken, holder=self.holder, reason=reason, now=now)
            end_for_refusal(taken.subscriber_id, now=now)
        elif refusal.for_good and not refusal.of_address:
            taking.mark_failed(taken, holder=self.holder, reason=reason, now=now)
        else:
            taking.put_off(taken, holder=self.holder, reason=reason, now=now)
        logger.info("Delivery %s was not taken: %s", taken.pk, reason)


def _likely_next(taken: Taken, following: Taken | None) -> str:
    """Return to whom the next mail goes, if it says the same; "" where another has to be made first."""
    if following is None or (following.message_id, following.contents_id) != (taken.message_id, taken.contents_id):
        return ""
    return following.address if following.address.isascii() else ""


def _chosen_by(subscribers: set[int]) -> dict[int, set[str]]:
    """Return {subscriber: the topics they have chosen}."""
    rows = Subscription.objects.filter(subscriber__in=subscribers).values_list("subscriber_id", "topic")
    chosen = defaultdict(set)
    for subscriber, topic in rows:
        chosen[subscriber].add(topic)
    return chosen
