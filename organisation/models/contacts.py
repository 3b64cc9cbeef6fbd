"""The contacts directory: one record for each team, which pages refer to and never copy."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import Orderable, RevisionMixin
from wagtail.search import index

from organisation.blocks import HoursBlock
from organisation.hours import CLOSED, UNKNOWN, USUAL, OpeningHours, OpenState, read_periods
from organisation.phones import clean_phone, read_phone
from organisation.querysets import ContactQuerySet


class Area(Orderable):
    """A part of the board's area, for example the city and the county."""

    name = models.CharField(
        max_length=80, unique=True, help_text="As people there call it, for example Northshire city."
    )
    slug = models.SlugField(max_length=80, unique=True, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = "area"

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Give a new area its place in addresses; it stays when the area is renamed."""
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        wanted = slugify(self.name)[:70] or "area"
        taken = set(Area.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        candidates = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
        return next(slug for slug in candidates if slug not in taken)


class Contact(index.Indexed, RevisionMixin, ClusterableModel):
    """A team that can be rung or written to."""

    BANK_HOLIDAYS = {
        UNKNOWN: "Not known: the site says so",
        CLOSED: "Closed on bank holidays",
        USUAL: "Open as usual on bank holidays",
    }

    agency = models.CharField(max_length=120)
    team = models.CharField(max_length=120, blank=True)
    purpose = models.CharField("what it is for", max_length=250, blank=True)
    areas = ParentalManyToManyField(Area, blank=True, related_name="contacts")
    phone = models.CharField("telephone", max_length=60, blank=True)
    email = models.EmailField("e-mail", blank=True)
    hours = StreamField(HoursBlock(), blank=True, verbose_name="opening hours")
    always_open = models.BooleanField("open 24 hours a day, every day of the year", default=False)
    bank_holidays = models.CharField(max_length=10, choices=BANK_HOLIDAYS, default=UNKNOWN)
    out_of_hours_phone = models.CharField("telephone out of hours", max_length=60, blank=True)
    out_of_hours_note = models.CharField("note on out of hours", max_length=250, blank=True)
    reviewed_on = models.DateField("last checked on", null=True, blank=True)
    review_due = models.DateField("check again by", null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ContactQuerySet.as_manager()

    search_fields = [
        index.SearchField("agency"),
        index.SearchField("team"),
        index.AutocompleteField("agency"),
        index.AutocompleteField("team"),
        index.FilterField("agency"),
        index.FilterField("team"),
    ]

    class Meta:
        ordering = ["agency", "team", "pk"]

    def __str__(self):
        return f"{self.team} ({self.agency})" if self.team else self.agency

    def clean(self):
        """Insist on a way to reach the team, on numbers that can be rung, and on answers that fit together."""
        super().clean()
        faults = {}
        for name in ("phone", "out_of_hours_phone"):
            try:
                setattr(self, name, clean_phone(getattr(self, name)))
            except ValidationError as fault:
                faults[name] = fault
        faults |= dict(self._contradictions())
        if faults:
            raise ValidationError(faults)

    def _contradictions(self):
        if not (self.phone or self.email or self.out_of_hours_phone):
            yield "phone", "Give at least a telephone number or an e-mail address."
        if self.always_open and len(self.hours):
            yield "always_open", "Either tick this or fill in opening hours, not both."
        if self.always_open and self.bank_holidays == CLOSED:
            yield "bank_holidays", "A team that is open every day of the year cannot be closed on bank holidays."
        if self.reviewed_on and self.review_due and self.review_due <= self.reviewed_on:
            yield "review_due", "This must be later than the day of the last check."

    @property
    def title(self) -> str:
        """The team, or the agency where no team is named."""
        return self.team or self.agency

    @property
    def phone_display(self) -> str:
        """The number as people read it; empty when there is none."""
        return display_of(self.phone)

    @property
    def phone_href(self) -> str:
        """The number as a `tel:` address; empty when there is none that can be rung."""
        return href_of(self.phone)

    @property
    def out_of_hours_phone_display(self) -> str:
        """The number out of hours as people read it."""
        return display_of(self.out_of_hours_phone)

    @property
    def out_of_hours_phone_href(self) -> str:
        """The number out of hours as a `tel:` address."""
        return href_of(self.out_of_hours_phone)

    @property
    def opening_hours(self) -> OpeningHours:
        """The usual week."""
        return OpeningHours(
            periods=tuple(read_periods(child.value for child in self.hours)),
            always=self.always_open,
            on_bank_holidays=self.bank_holidays,
        )

    def hours_lines(self) -> list[tuple[str, str]]:
        """Return the week for reading: ("Monday to Friday", "9am to 5pm")."""
        return self.opening_hours.lines()

    def open_state(self, now: datetime | None = None) -> OpenState:
        """Return whether the team can be reached at the moment `now`; without it (in templates), at this moment."""
        return self.opening_hours.state(now or timezone.now())

    @property
    def bank_holiday_note(self) -> str:
        """One sentence on bank holidays."""
        return self.opening_hours.bank_holiday_note()


def display_of(number: str) -> str:
    """Return a stored number for reading; as it is where it cannot be read as a number."""
    phone = read_phone(number) if number else None
    return phone.display if phone else number


def href_of(number: str) -> str:
    """Return a stored number as a `tel:` address, or "" where it cannot be rung."""
    phone = read_phone(number) if number else None
    return phone.href if phone else ""
