"""Editions: what was published, when, and whether readers have to know."""

from copy import copy
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pages.models import BasePage
from updates.forms import TrackedPageForm
from updates.querysets import EditionQuerySet
from updates.withdrawing.pages import WithdrawablePage


class Significance(models.TextChoices):
    """Whether readers have to know about an edition."""

    MAJOR = "major", "Major"
    MINOR = "minor", "Minor"


class Edition(models.Model):
    """One published state of a page. Never changed afterwards, except for the time it stopped being in force.

    It protects its page and the revision that holds its content: neither can be deleted, and `purge_revisions` passes
    such revisions by. Made and ended by `updates.services` alone.
    """

    page = models.ForeignKey(BasePage, on_delete=models.PROTECT, related_name="editions")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(help_text="1, 2, 3… for each page, without gaps.")
    in_force_from = models.DateTimeField()
    superseded_at = models.DateTimeField(
        null=True, blank=True, help_text="When the next edition came or the page was taken down; empty while in force."
    )
    significance = models.CharField(max_length=5, choices=Significance)
    note = models.TextField("what changed", blank=True)
    title = models.CharField(max_length=255)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.UUIDField(null=True, unique=True, editable=False, help_text="The answer it used: see TrackedPage.")
    sections = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="The sections that changed, as they were called then: see TrackedPage.changed_sections.",
    )

    objects = EditionQuerySet.as_manager()

    # What an edition protects is asked of the edition, not shown as "used by" in the admin.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["page", "-number"]
        indexes = [
            models.Index(
                fields=["-in_force_from", "-id"], condition=Q(significance="major"), name="newest_updates_first"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_edition_per_number"),
            models.UniqueConstraint(
                fields=["page"], condition=Q(superseded_at=None), name="one_current_edition_per_page"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_numbers_start_at_1"),
            models.CheckConstraint(condition=Q(significance__in=["major", "minor"]), name="edition_is_major_or_minor"),
            models.CheckConstraint(
                condition=~Q(significance="major", note="") | Q(number=1), name="major_edition_says_what_changed"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("in_force_from")),
                name="edition_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.title}, edition {self.number}"

    @property
    def kind(self) -> str:
        """The word for this kind of page in lists: "bulletin", "chapter"…"""
        return self.page.content_type.model_class().update_kind


class TrackedPage(WithdrawablePage, BasePage):
    """A page whose readers have to know when it changes: each publish makes one edition.

    The editor's answer to "Do people need to know what changed?" travels with the draft, inside the revision, and is
    named by a key (`change_answer`). The edition it is used for stores that key, once; an answer that has been used is
    never shown or used again, wherever the revision turns up: after unpublishing, when an old revision is brought back,
    in a draft begun before somebody else published. Copies and aliases of a page start without one.
    """

    change_significance = models.CharField(
        "do people need to know what changed?", max_length=5, choices=Significance, blank=True
    )
    change_note = models.TextField("what changed?", blank=True)
    change_answer = models.UUIDField(null=True, editable=False)

    base_form_class = TrackedPageForm
    is_tracked = True
    # The word for this kind of page in lists; each page type has its own.
    update_kind = "page"
    # What a comparison of two editions compares, in order: (name of the field, heading above it).
    compared_fields: tuple[tuple[str, str], ...] = (("title", "Title"), ("search_description", "Summary"))
    # The fields of the answer, each with its value when there is none. A page type may add fields of its own.
    answer_fields = {"change_significance": "", "change_note": "", "change_answer": None}
    default_exclude_fields_in_copy = BasePage.default_exclude_fields_in_copy + list(answer_fields)

    class Meta:
        abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Read past the descriptors: a deferred field must not be fetched for this.
        self._named_answer = tuple(self.__dict__.get(name, "") for name in ("change_significance", "change_note"))

    def current_edition(self) -> Edition | None:
        """Return the edition in force, or None while the page is not public."""
        return self.editions.current().first()

    def answer_is_used(self) -> bool:
        """Tell whether an edition has used the answer that this page, as loaded or edited, carries."""
        return self.change_answer is not None and Edition.objects.filter(answer=self.change_answer).exists()

    def clear_answer(self):
        """Empty the answer on this object; nothing is saved."""
        for name, empty in self.answer_fields.items():
            setattr(self, name, copy(empty))
        self._named_answer = ("", "")

    @classmethod
    def changed_sections(cls, *, before: dict | None, after: dict) -> list[dict]:
        """Return the sections that differ between two revisions (`Revision.content`), in order, for the edition.

        Each is `{"code", "number", "title", "change"}`; `before` is None for a first edition. A page type without
        sections has none to name.
        """
        return []

    def save(self, *args, **kwargs):
        """Save the page; an answer that was used meanwhile does not come back with a page read before that."""
        if kwargs.get("update_fields") is None and self.answer_is_used():
            self.clear_answer()
        return super().save(*args, **kwargs)

    def before_saving_draft(self, overwrite_revision):
        """Save a draft with the answer given."""
        self._name_answer()
        return super().before_saving_draft(overwrite_revision)

    def publish(self, *args, **kwargs):
        """Publish a revision; the caller's object does not keep the answer either."""
        super().publish(*args, **kwargs)
        if self.answer_is_used():
            self.clear_answer()

    def with_content_json(self, content):
        """Return the page as the revision has it, without an answer that was used (or, for an alias, any)."""
        page = super().with_content_json(content)
        if self.alias_of_id or page.answer_is_used():
            page.clear_answer()
        return page

    def _name_answer(self):
        """Give a new answer its key; empty one that was used before this draft was saved."""
        answer = (self.change_significance, self.change_note)
        if answer != self._named_answer or self.change_answer is None:
            self.change_answer = uuid4() if any(answer) else None
            self._named_answer = answer
        elif self.answer_is_used():
            self.clear_answer()
