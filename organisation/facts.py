"""What templates know of the organisation: plain data that can be stored, with the clock brought by whoever asks."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from organisation.hours import OpeningHours, OpenState


@dataclass(frozen=True)
class Link:
    """A link in a menu."""

    title: str
    url: str


@dataclass(frozen=True)
class EmergencyContact:
    """A number in the header; reads like an entry of the contacts directory."""

    pk: int
    area_label: str
    agency: str
    team: str
    email: str
    phone_display: str
    phone_href: str
    out_of_hours_phone_display: str
    out_of_hours_phone_href: str
    out_of_hours_note: str
    opening_hours: OpeningHours

    @property
    def title(self) -> str:
        """The team, or the agency where no team is named."""
        return self.team or self.agency

    @property
    def bank_holiday_note(self) -> str:
        """One sentence on bank holidays."""
        return self.opening_hours.bank_holiday_note()

    def hours_lines(self) -> list[tuple[str, str]]:
        """Return the week for reading."""
        return self.opening_hours.lines()

    def open_state(self, now: datetime | None = None) -> OpenState:
        """Return whether the team can be reached at the moment `now`; without it (in templates), at this moment."""
        return self.opening_hours.state(now or timezone.now())


@dataclass(frozen=True)
class Emergency:
    """What somebody needs who is worried about a child."""

    lines: tuple[EmergencyContact, ...] = ()
    practitioner_link: Link | None = None
    all_contacts_url: str | None = None
    danger_number: str = "999"


@dataclass(frozen=True)
class Banner:
    """An alert banner that shows now or will show later. `section`: the address it begins at, "" for everywhere."""

    title: str
    message: str
    level: str
    link_url: str
    link_text: str
    section: str
    starts_at: datetime
    ends_at: datetime

    def shows(self, path: str, now: datetime) -> bool:
        """Tell whether the banner is above the page at `path` at the moment `now`."""
        is_there = f"{path.rstrip('/')}/".startswith(self.section)
        return is_there and self.starts_at <= now < self.ends_at


@dataclass(frozen=True)
class Organisation:
    """Everything about the board that any page may show."""

    name: str
    short_name: str
    noun: str
    logo_text: str
    stylesheet_url: str
    exit_url: str
    address: str = ""
    areas: tuple[str, ...] = ()
    mark_url: str | None = None
    header_menu: tuple[Link, ...] = ()
    footer_menu: tuple[Link, ...] = ()
    emergency: Emergency = field(default_factory=Emergency)
    staying_safe_url: str | None = None
    contacts_url: str | None = None
    search_url: str | None = None
    banners: tuple[Banner, ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    shows_review_due: bool = True

    def banners_for(self, path: str, now: datetime | None = None) -> list[Banner]:
        """Return the banners above the page at `path`, the most urgent first, at the moment `now` (or at this one)."""
        moment = now or timezone.now()
        return [banner for banner in self.banners if banner.shows(path, moment)]
