"""Requests for a file in a format that the sender can use."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from enquiries.fields import LONGEST_TEXT, LONGEST_WAY
from enquiries.models.enquiry import PageEnquiry
from enquiries.models.settings import EnquirySettings
from organisation.bank_holidays import add_working_days
from organisation.models import Contact
from pages.models import BasePage


class Format(models.TextChoices):
    """What people can ask for."""

    LARGE_PRINT = "large print", "Large print"
    EASY_READ = "easy read", "Easy read"
    TEXT = "text", "Word or plain text"
    BRAILLE = "braille", "Braille"
    AUDIO = "audio", "Audio"
    SIGNED = "signed", "British Sign Language"
    LANGUAGE = "language", "Another language"
    OTHER = "other", "Something else"


# These say nothing without a word of the sender.
SAY_MORE = {Format.LANGUAGE, Format.OTHER}


class AccessibleFormatRequest(PageEnquiry):
    """A request for a file of a page in another format (Equality Act 2010, section 20(6)), with a day to answer it by.

    A page type whose pages offer files has `offered_file(key)`, which returns an object with the `title` that readers
    know the file by, or None; it may have `formats_contact()`, which returns the contact whose team makes the formats,
    or None. The file is kept by its key on the page and its title as it read: the page may replace it.
    """

    page = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="format_requests")
    file_key = models.PositiveBigIntegerField(editable=False)
    file_title = models.CharField(max_length=255, editable=False)
    wanted = models.CharField("format", max_length=12, choices=Format, editable=False)
    details = models.TextField("more about it", blank=True, max_length=LONGEST_TEXT, editable=False)
    # As good as an e-mail address: who cannot use the file may well not use e-mail.
    other_way = models.TextField("another way to reach them", blank=True, max_length=LONGEST_WAY, editable=False)
    answer_by = models.DateField(editable=False)

    kept_months_setting = "formats_kept_months"
    noun = "request"
    template_prefix = "format"
    accepted_words = "how you get it"

    class Meta(PageEnquiry.Meta):
        verbose_name = "request for an accessible format"
        verbose_name_plural = "requests for accessible formats"
        constraints = [
            *PageEnquiry.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(sender_email="") | ~Q(other_way=""), name="format_request_can_be_answered"
            ),
            models.CheckConstraint(
                condition=~Q(wanted__in=sorted(SAY_MORE)) | ~Q(details=""), name="format_request_says_which"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(outcome=""), name="format_request_made_comes_with_how"
            ),
        ]

    def subject(self) -> str:
        """Return file and page. Not the format: what somebody needs is not for logs and mails."""
        return self.file_title if self.file_title == self.page_title else f"{self.file_title}, {self.page_title}"

    def told_on_arrival(self) -> list[str]:
        """Return the address of the team that makes the formats, and that of the page's owner."""
        contact = formats_contact(self.page.specific) if self.page else None
        addresses = [contact.email] if contact and contact.email else []
        return list({address.casefold(): address for address in [*addresses, *super().told_on_arrival()]}.values())

    @property
    def is_told_by_hand(self) -> bool:
        """Whether no mail can go out, and staff have to reach the sender in another way."""
        return not self.sender_email

    def is_overdue(self, *, on: date | None = None) -> bool:
        """Tell whether the day to answer by is past, with nothing decided, on a day; without it, today."""
        return self.is_open and self.answer_by < (on or timezone.localdate())

    def answer_by_words(self) -> str:
        """Return the day to answer by, and whether it is past today."""
        day = f"{self.answer_by.day} {self.answer_by:%B %Y}"
        return f"Overdue since {day}" if self.is_overdue() else day

    @classmethod
    def answer_day(cls, *, on: date) -> date:
        """Return by when we answer what comes in on that day."""
        return add_working_days(on, EnquirySettings.load().formats_answer_within_days)

    @classmethod
    def fields_on_receipt(cls, *, now: datetime) -> dict:
        """Return the day to answer by: a later change of the setting does not move it."""
        return {"answer_by": cls.answer_day(on=timezone.localdate(now))}

    @classmethod
    def overdue_condition(cls, *, now, today, settings=None) -> Q:
        """Return that the day to answer by is past."""
        return Q(answer_by__lt=today)

    @classmethod
    def overdue_words(cls, settings=None) -> str:
        """Return how those are told from others, after their number: "3 past the day to answer by"."""
        return "past the day to answer by"


def formats_contact(page) -> Contact | None:
    """Return the contact to whom requests for a page's files go; None where its type, or the page, names none."""
    ask = getattr(page, "formats_contact", None)
    return ask() if ask else None
