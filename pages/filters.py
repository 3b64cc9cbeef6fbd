"""Filters of a list that are links: each choice has an address of its own, so that no script is needed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One line of a filter: choosing it (or taking it back) leads to `address`."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """A filter with its choices; `chosen` is the one that was made."""

    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """The choice that was made, if one was."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


def filter_from(label: str, labels: dict[str, str], counts: dict[str, int], *, chosen: str | None, address) -> Filter:
    """Return a filter with the choices that would leave something; `address(value)` chooses one, "" takes it back."""
    return Filter(
        label,
        [
            Choice(name, counts.get(value, 0), address("" if value == chosen else value), value == chosen)
            for value, name in labels.items()
            if counts.get(value) or value == chosen
        ],
    )
