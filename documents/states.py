"""Where a version of a file is in its life."""

from django.db.models import TextChoices


class State(TextChoices):
    """The states of a file version. Only a version that has passed is ever given to anybody."""

    WAITING = "waiting", "Being checked"
    PASSED = "passed", "Checked"
    REFUSED = "refused", "Refused"
    WITHHELD = "withheld", "Taken back"


# Nobody gets these any more, or never got them.
LOCKED_AWAY = {State.REFUSED, State.WITHHELD}
