"""The screen of one message: what it tells, how far it has come, and what is not out yet."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.views import generic
from wagtail.models import ModelLogEntry

from alerts.messages.lines import lines_of
from alerts.models import Delivery, DeliveryState, Kind, Message
from alerts.staff import rights

SCREEN = "alert-messages:inspect"
PERSON = "alert-subscribers:inspect"
ROWS_A_PAGE = 50
MOST_LINES = 50
MOST_ENTRIES = 20
# Whom a message has reached is of no interest here; the screen of a subscriber says what they got.
LISTED = (DeliveryState.FAILED, DeliveryState.WAITING, DeliveryState.DROPPED)


@dataclass(frozen=True)
class Row:
    """One delivery as staff read it. `person_url` is empty for whoever may not see addresses."""

    pk: int
    who: str
    person_url: str
    when: str
    attempts: int
    reason: str
    can_retry: bool


class MessageView(generic.InspectView):
    """What is known of a message, and the buttons."""

    any_permission_required = ["view"]
    page_title = "Message"
    template_name = "alerts/admin/message.html"

    def get_context_data(self, **kwargs):
        """Add what it tells, how many deliveries there are of each state, and a page of those that are not out."""
        user, message = self.request.user, self.object
        counts = Delivery.objects.counted([message.pk]).get(message.pk, {})
        state = _state_asked_for(self.request, counts)
        page = _page_of(message, state, self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "message": message,
            "lines": lines_of(_told_by(message))[:MOST_LINES],
            "how_it_goes": how_it_goes(message, now=timezone.now()),
            "counts": [(state.label, counts.get(state, 0)) for state in DeliveryState],
            "tabs": [(state, state.label, counts[state]) for state in LISTED if counts.get(state)],
            "state": state,
            "page": page,
            "rows": [_row(delivery, user) for delivery in page] if state else [],
            "sees_people": rights.may_see_people(user),
            "can_retry_all": bool(counts.get(DeliveryState.FAILED)) and rights.may_retry(user),
            "can_make_urgent": _is_latest(message) and not message.urgent_at and rights.may_send_urgent(user),
            "held_issue_url": _issue_url(message),
            "entries": ModelLogEntry.objects.for_instance(message).select_related("user")[:MOST_ENTRIES],
        }


def how_it_goes(message: Message, *, now) -> str:
    """Return in a sentence where a message is; why nobody is told of it is said by itself (`not_told`)."""
    if message.release_at is None:
        return "Nobody has sent it yet."
    if message.spread_at:
        return f"Who gets it was worked out on {_moment(message.spread_at)}."
    if message.release_at > now:
        return f"It goes out on {_moment(message.release_at)}."
    return "It is about to go out."


def _moment(moment) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _is_latest(message: Message) -> bool:
    """Tell whether a message is of the edition that is in force."""
    return message.kind == Kind.UPDATE and message.edition.superseded_at is None


def _told_by(message: Message):
    """Return the messages that one is made of: of a digest those that it tells anybody, else itself."""
    if message.kind == Kind.DIGEST:
        return Message.objects.filter(told_in__digest=message).distinct()
    return Message.objects.filter(pk=message.pk)


def _issue_url(message: Message) -> str:
    return reverse("bulletins_mail:screen", args=[message.page_id]) if message.kind == Kind.ISSUE else ""


def _state_asked_for(request, counts: dict[str, int]) -> str:
    """Return the state that is listed: the one that was chosen, else the first in which something is."""
    asked = request.GET.get("state")
    return asked if asked in LISTED else next((state for state in LISTED if counts.get(state)), "")


def _page_of(message: Message, state: str, number):
    # In the order of the index that finds them: however many there are, a page costs no sorting.
    deliveries = message.deliveries.filter(state=state).order_by("subscriber_id").select_related("subscriber")
    return Paginator(deliveries, ROWS_A_PAGE).get_page(number)


def _row(delivery: Delivery, user) -> Row:
    sees = rights.may_see_people(user)
    return Row(
        pk=delivery.pk,
        who=delivery.subscriber.address if sees else str(delivery.subscriber),
        person_url=reverse(PERSON, args=[delivery.subscriber_id]) if sees else "",
        when=_when(delivery),
        attempts=delivery.attempts,
        reason=delivery.reason,
        can_retry=delivery.state == DeliveryState.FAILED and rights.may_retry(user),
    )


def _when(delivery: Delivery) -> str:
    if delivery.done_at:
        return _moment(delivery.done_at)
    if delivery.holder:
        return "Being sent now"
    if delivery.attempts:
        return f"Tried again on {_moment(delivery.not_before)}"
    return f"Since {_moment(delivery.made_at)}"
