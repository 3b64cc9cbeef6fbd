"""An action plan, read against the clock: what is done, what is still open, what is overdue."""

from dataclasses import dataclass
from datetime import date

from board_business.states import OPEN, ActionState


@dataclass(frozen=True)
class Action:
    """One action, as it stands on a day."""

    heading: str
    owner: str
    due: date | None
    state: str
    outcome: str = ""
    is_overdue: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN

    @property
    def word(self) -> str:
        """The state in words."""
        return dict(ActionState.choices).get(self.state, self.state)


@dataclass(frozen=True)
class Plan:
    """An action plan as it stands on a day."""

    actions: tuple[Action, ...] = ()

    def count(self, state: str) -> int:
        """Return how many actions are in this state."""
        return sum(action.state == state for action in self.actions)

    @property
    def overdue(self) -> int:
        """How many are open although their day has passed."""
        return sum(action.is_overdue for action in self.actions)

    @property
    def summary(self) -> str:
        """In a line: “7 of 12 done, 2 overdue”; empty without any action."""
        if not self.actions:
            return ""
        done, dropped = self.count(ActionState.DONE), self.count(ActionState.DROPPED)
        parts = [f"{done} of {len(self.actions)} done"]
        parts += [f"{self.overdue} overdue"] if self.overdue else []
        parts += [f"{dropped} dropped"] if dropped else []
        return ", ".join(parts)


def plan_of(raw_actions, *, today: date) -> Plan:
    """Return the plan in the raw value of an `ActionsBlock` as it stands on a day. An action is late the day after."""
    return Plan(tuple(_action(raw["value"], today) for raw in raw_actions if raw["type"] == "action"))


def _action(raw: dict, today: date) -> Action:
    due, state = _day(raw.get("due")), raw.get("state") or ActionState.NOT_STARTED
    return Action(
        heading=raw.get("heading") or "",
        owner=raw.get("owner") or "",
        due=due,
        state=state,
        outcome=raw.get("outcome") or "",
        is_overdue=state in OPEN and due is not None and due < today,
    )


def _day(raw) -> date | None:
    return date.fromisoformat(raw) if isinstance(raw, str) and raw else raw or None
