"""An update as a line of a list: what happened to which page, when, and in whose words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.utils import timezone

from updates.history import KeepsHistory
from updates.models.editions import Edition
from updates.whats_new.asked import EDITION, WITHDRAWAL, Place
from updates.withdrawing.models import Withdrawal

NEW, CHANGED = "New", "Changed"


@dataclass(frozen=True)
class Update:
    """One line. `kind`: the word for such pages; `word`: what happened; `comparison_url`: what changed, if kept."""

    place: Place
    page_title: str
    url: str
    note: str
    kind: str
    word: str
    comparison_url: str = ""

    @classmethod
    def of_edition(cls, edition: Edition) -> Self:
        """Return the line for an edition; a first edition is told by the page's summary."""
        page, is_new = edition.page, edition.number == 1
        url = page.url or ""
        keeps = url and not is_new and issubclass(page.content_type.model_class(), KeepsHistory)
        return cls(
            place=Place(edition.in_force_from, EDITION, edition.pk),
            page_title=page.title,
            url=url,
            note=page.summary if is_new else edition.note,
            kind=edition.kind,
            word=NEW if is_new else CHANGED,
            comparison_url=f"{url}compare/{edition.number - 1}/{edition.number}/" if keeps else "",
        )

    @classmethod
    def of_withdrawal(cls, withdrawal: Withdrawal) -> Self:
        """Return the line for a page that was taken out; its address leads to what takes its place or what it said."""
        instead = withdrawal.replacement
        return cls(
            place=Place(withdrawal.withdrawn_at, WITHDRAWAL, withdrawal.pk),
            page_title=withdrawal.title,
            url=withdrawal.page.url or "",
            note=f"{withdrawal.reason} Now part of “{instead.title}”." if instead else withdrawal.reason,
            kind=withdrawal.page.content_type.model_class().update_kind,
            word=withdrawal.get_way_display(),
        )

    @property
    def moment(self) -> datetime:
        """The moment it happened."""
        return self.place.moment

    @property
    def day(self) -> date:
        """The day people here count it to."""
        return timezone.localdate(self.place.moment)

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.day.replace(day=1)

    @property
    def is_new(self) -> bool:
        """Whether the page is new."""
        return self.word == NEW
