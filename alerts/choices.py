"""Choices as people read them: {key: frequency} is what is stored."""

from dataclasses import dataclass

from alerts.models import Frequency
from alerts.topics import named, offered


@dataclass(frozen=True)
class Choice:
    """One line: what, and how often."""

    key: str
    title: str
    frequency: str

    @property
    def how_often(self) -> str:
        """The words for the frequency, as they stand in a sentence."""
        return Frequency(self.frequency).label.lower()


def described(choices: dict[str, str]) -> list[Choice]:
    """Return those choices that may be named, in the order in which they were made."""
    topics = named(choices, among=offered())
    known = set(Frequency.values)
    return [
        Choice(key, f"{topic.group}: {topic.title}", choices[key])
        for key, topic in topics.items()
        if choices[key] in known
    ]


def consent_words(organisation) -> str:
    """Return what somebody agrees to who presses the button. Kept word for word: see `alerts.models.Consent`."""
    return (
        f"I agree that {organisation.name} stores this e-mail address and these choices, and sends me e-mails about "
        "what I have chosen, until I change or stop that. I can stop at any time."
    )
