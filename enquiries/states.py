"""Where an enquiry is in its life."""

from django.db.models import TextChoices


class State(TextChoices):
    """The states; one list for every kind of enquiry."""

    NEW = "new", "New"
    ASKED = "asked", "Question asked"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    CLOSED = "closed", "Closed without an answer"


OPEN = {State.NEW, State.ASKED}
# The sender hears of these, once for each time that one of them is reached.
TOLD = {State.ASKED, State.ACCEPTED, State.DECLINED}
