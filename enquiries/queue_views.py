"""The screens of a queue, the same for every kind of enquiry."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import registry

from enquiries.services import NotOpen, decide, reopen
from enquiries.states import State

# Button → the state it leads to, and what is said when it was done.
DECISIONS = {
    "accept": (State.ACCEPTED, "accepted"),
    "decline": (State.DECLINED, "declined"),
    "ask": (State.ASKED, "waiting for the sender’s answer"),
    "close": (State.CLOSED, "closed. The sender is not told"),
}
MEANWHILE = "Somebody else has decided this meanwhile. Nothing of yours was saved or sent. Open it again to see."


@dataclass(frozen=True)
class Event:
    """One line of what has happened. `told`: what the sender was told, in the words of staff."""

    at: datetime
    what: str
    who: object = None
    told: str = ""


class QueueView(generic.IndexView):
    """The queue, for those who may work on it."""

    any_permission_required = ["change"]

    def get_base_queryset(self):
        """Fetch the people together with what they have to do."""
        return super().get_base_queryset().select_related("assigned_to")


class EnquiryView(generic.EditView):
    """What was sent, what has happened since, and the buttons."""

    template_name = "enquiries/admin/enquiry.html"
    actions = ["edit", *DECISIONS, "reopen"]
    success_message = "“%(object)s” saved."
    error_message = "Nothing was saved or sent: see below."

    def get_available_actions(self):
        """Return the buttons that make sense in the state it is in."""
        # Asked while the view is set up, before the object is there: the state is looked at when it is changed.
        return self.actions

    def get_form_kwargs(self):
        """Tell the form which button was pressed."""
        return super().get_form_kwargs() | {"action": self.action}

    def save_instance(self):
        """Save what stands in the form; then do what the button says."""
        if self.action == "edit":
            return super().save_instance()
        enquiry, by = self.form.save(), {"user": self.request.user, "now": timezone.now()}
        if self.action == "reopen":
            reopen(enquiry, **by)
        else:
            decide(enquiry, state=DECISIONS[self.action][0], outcome=enquiry.draft.strip(), **by)
        return enquiry

    def form_valid(self, form):
        """Save; say so when somebody else was faster."""
        try:
            return super().form_valid(form)
        except NotOpen:
            messages.error(self.request, MEANWHILE)
            return redirect(self.get_edit_url())

    def get_success_message(self):
        """Say what was done, and whether the sender will hear of it."""
        if self.action == "reopen":
            return f"“{self.object}” is open again."
        if self.action == "edit":
            return super().get_success_message()
        told = " An e-mail goes out within a minute." if self._is_told() else ""
        if self.action != "close" and self.object.is_told_by_hand:
            told = " No e-mail goes out: tell the sender yourself, in the way they gave."
        return f"“{self.object}” is {DECISIONS[self.action][1]}.{told}"

    def _is_told(self) -> bool:
        return bool(self.action != "close" and self.object.sender_email and not self.object.mail_problem)

    def get_success_url(self):
        """Stay, to see what was done; a note is often followed by a decision."""
        return self.get_edit_url()

    def get_success_buttons(self):
        """Lead nowhere: the screen is the one that was left."""
        return []

    def get_context_data(self, **kwargs):
        """Add what was sent and what happened since, the oldest first."""
        page = getattr(self.object, "page", None)
        may_edit = page and page.permissions_for_user(self.request.user).can_edit()
        return super().get_context_data(**kwargs) | {
            "enquiry": self.object,
            "about": page,
            "may_edit_page": may_edit,
            "happened": self._happened(),
        }

    def _happened(self) -> list[Event]:
        """Return what staff did and which mails went out, in one order."""
        entries = registry.get_logs_for_instance(self.object).select_related("user").order_by("timestamp")
        events = [Event(entry.timestamp, entry.message, entry.user, entry.data.get("told", "")) for entry in entries]
        mails = [
            (self.object.acknowledged_at, "Acknowledgement sent to the sender"),
            (self.object.outcome_sent_at, "The sender was told"),
        ]
        return sorted([*events, *(Event(at, what) for at, what in mails if at)], key=lambda event: event.at)
