"""Whose turn it is to ask a server: a lease, taken by an update with a condition, that a killed process loses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from links.models import ServerTurn

# Longer than one address may take (`asking.asker.LONGEST_SECONDS`).
HELD_FOR = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class Turn:
    """The turn of whoever has the key."""

    host: str
    key: str


def take_turn(*, host: str, now: datetime) -> Turn | None:
    """Take the turn to ask a server; None while somebody else has it."""
    ServerTurn.objects.bulk_create([ServerTurn(host=host, held_by="", held_until=now)], ignore_conflicts=True)
    turn = Turn(host, uuid4().hex)
    free = ServerTurn.objects.filter(host=host, held_until__lte=now)
    return turn if free.update(held_by=turn.key, held_until=now + HELD_FOR) else None


def keep_turn(turn: Turn, *, now: datetime) -> bool:
    """Keep a turn for longer; False where it was lost."""
    mine = ServerTurn.objects.filter(host=turn.host, held_by=turn.key)
    return bool(mine.update(held_until=now + HELD_FOR))


def give_up(turn: Turn, *, now: datetime) -> None:
    """Let others ask."""
    ServerTurn.objects.filter(host=turn.host, held_by=turn.key).update(held_by="", held_until=now)


def forget_turns(*, now: datetime) -> None:
    """Forget servers that nobody has asked for long."""
    ServerTurn.objects.filter(held_until__lt=now - FORGOTTEN_AFTER).delete()
