"""What every kind of enquiry has, and what those have that are about a page."""

import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.admin.admin_url_finder import AdminURLFinder

from enquiries.fields import LONGEST_TEXT
from enquiries.links import is_mostly_links
from enquiries.models.settings import EnquirySettings
from enquiries.querysets import EnquiryQuerySet
from enquiries.states import OPEN, State
from pages.models import BasePage

# Without letters and digits that are taken for each other: people read a reference out over the telephone.
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 10


def new_reference() -> str:
    """Return a reference that nobody can guess: ten letters and digits, of 30 each (49 bits)."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))


class Enquiry(models.Model):
    """Something sent in by somebody without an account: who, when, what became of it, and which mails are owed.

    Nothing of the sender is kept but what they wrote: no network address, no browser. A kind names its retention
    (`kept_months_setting`, a field of `EnquirySettings`), says what it is about (`subject()`), and how the names of its
    own mails begin (`template_prefix`).
    """

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False)
    # Of the form that was shown: sent twice, it makes one row.
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    received_at = models.DateTimeField("received", editable=False)
    sender_name = models.CharField("name", max_length=120, blank=True)
    sender_agency = models.CharField("agency", max_length=120, blank=True)
    sender_email = models.EmailField("e-mail", max_length=254, blank=True)
    may_hold_details = models.BooleanField(
        "may hold a child’s details", default=False, help_text="Sent although the form warned of it."
    )

    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    notes = models.TextField("internal notes", blank=True, max_length=LONGEST_TEXT)
    draft = models.TextField("what to tell the sender", blank=True, max_length=LONGEST_TEXT)
    outcome = models.TextField("what the sender was told", blank=True, editable=False)
    closed_at = models.DateTimeField("closed", null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    # Each of these mails is owed while its moment is empty: see enquiries.mail.
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    staff_told_at = models.DateTimeField(null=True, editable=False)
    outcome_sent_at = models.DateTimeField(null=True, editable=False)
    mail_not_before = models.DateTimeField(null=True, editable=False, help_text="Somebody sends it, or it failed.")
    mail_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    mail_problem = models.CharField(max_length=200, blank=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    kept_months_setting: str
    # What people call one of these in a sentence: "your suggestion".
    noun = "enquiry"
    template_prefix = "enquiry"
    # How the subject of the mail ends that says yes.
    accepted_words = "accepted"
    # Whether a decision reaches the sender only if staff see to it.
    is_told_by_hand = False
    # That something was sent in about a page is no use of the page, and none of an editor's business.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["-received_at"]
        # People send these in; staff neither make them nor look on without taking part.
        default_permissions = ("change", "delete")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=sorted(OPEN))
                | Q(closed_at__isnull=False) & ~Q(state__in=sorted(OPEN)),
                name="%(class)s_closed_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "declined"]) | ~Q(outcome=""), name="%(class)s_no_comes_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="%(class)s_queue")]

    def __str__(self):
        # Stands in logs and histories that outlive the row, so nothing of the sender.
        return f"{self.reference_display}: {self.subject()}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN

    @property
    def reference_display(self) -> str:
        """The reference in two halves, as people read it."""
        half = REFERENCE_LENGTH // 2
        return f"{self.reference[:half]}-{self.reference[half:]}"

    def subject(self) -> str:
        """Return what it is about, in a few words that hold nothing of the sender."""
        raise NotImplementedError

    def written(self) -> str:
        """Return the words that a kind looks through for advertisements; empty where none is expected."""
        return ""

    def look_first(self) -> str:
        """Return why staff should look closely before they do anything with it; empty where nothing stands out."""
        if self.may_hold_details:
            return "May hold a child’s details"
        return "Mostly links" if is_mostly_links(self.written()) else ""

    def told_on_arrival(self) -> list[str]:
        """Return the e-mail addresses of staff who hear at once that this has come."""
        return []

    def admin_path(self) -> str:
        """Return the path of its screen in the admin."""
        return AdminURLFinder().get_edit_url(self)

    def public_url(self) -> str | None:
        """Return the whole address of what it is about, or None where readers cannot see it."""
        return None

    @classmethod
    def fields_on_receipt(cls, *, now: datetime) -> dict:
        """Return the fields that follow from the moment at which one is received."""
        return {}

    @classmethod
    def overdue_condition(cls, *, now, today, settings: EnquirySettings | None = None) -> Q:
        """Return which of those that are open have waited for too long.

        `now`, `today`: a time, or what stands for it in a prepared question; who has the settings at hand gives them.
        """
        days = (settings or EnquirySettings.load()).answer_within_days
        return Q(received_at__lt=now - timedelta(days=days))

    @classmethod
    def overdue_words(cls, settings: EnquirySettings | None = None) -> str:
        """Return how those are told from others, after their number: "3 for more than 28 days"."""
        return f"for more than {(settings or EnquirySettings.load()).answer_within_days} days"

    @classmethod
    def may_be_handled_by(cls, user) -> bool:
        """Tell whether somebody may see the queue of this kind."""
        return user.has_perm(f"{cls._meta.app_label}.change_{cls._meta.model_name}")


class PageEnquiry(Enquiry):
    """An enquiry about a page. A kind adds `page`, which it names for the way back.

    The title is kept as it read when it was sent: the page goes on changing, and may go.
    """

    page_title = models.CharField(max_length=255, editable=False)

    # Where on the page it is about, with its "#".
    anchor = ""

    class Meta(Enquiry.Meta):
        abstract = True

    def subject(self) -> str:
        """Return the page's title, as it read."""
        return self.page_title

    def told_on_arrival(self) -> list[str]:
        """Return the address of the page's owner, if the owner may see the queue."""
        owner = self.page and self.page.owner
        return [owner.email] if owner and owner.is_active and owner.email and self.may_be_handled_by(owner) else []

    def public_url(self) -> str | None:
        """Return the address of the place on the page, while the page is public."""
        page = BasePage.objects.visible().filter(pk=self.page_id).first()
        return f"{page.full_url}{self.anchor}" if page and page.full_url else None
