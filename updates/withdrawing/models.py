"""The record of a withdrawal: in which way, why, since when, and what takes the page's place."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from pages.models import BasePage, WithdrawnAs


class WithdrawalQuerySet(models.QuerySet):
    """What readers and other rooms ask about withdrawals."""

    def open(self) -> Self:
        """Keep the withdrawals that hold now; at most one a page."""
        return self.filter(ended_at=None)

    def removed(self, *, of=None, since: datetime | None = None, until: datetime | None = None) -> Self:
        """Keep what a public list of removals may name, newest first; from `since` to just before `until`.

        Pages consolidated or withdrawn, also those published again on a later day. Never what was published in error or
        taken down without a word, never a private page; of the pages in the queryset `of`, if not of all.
        `replacement` is there where readers can open it, else None. The page and its type come along: two queries for
        any number of rows.
        """
        pages = BasePage.objects.all() if of is None else of
        told = pages.readable() | pages.unrestricted().filter(withdrawn_as="consolidated")
        # `Exists`, not `page__in`: few are withdrawn, and the pages need not all be looked at for them.
        found = self.exclude(way=WithdrawnAs.ERROR).filter(Exists(told.filter(pk=OuterRef("page_id"))))
        if since:
            found = found.filter(withdrawn_at__gte=since)
        if until:
            found = found.filter(withdrawn_at__lt=until)
        return (
            # What was put right on the same day never was news.
            found.exclude(ended_at__date=F("withdrawn_at__date"))
            .select_related("page__content_type")
            .prefetch_related(Prefetch("replacement", BasePage.objects.visible()))
            .order_by("-withdrawn_at", "-pk")
        )


class Withdrawal(models.Model):
    """One withdrawal of a page, until it is published again or withdrawn in another way. Never deleted.

    Made, corrected and ended by `updates.withdrawing.services` alone.
    """

    page = models.ForeignKey(BasePage, on_delete=models.PROTECT, related_name="withdrawals")
    way = models.CharField(max_length=12, choices=WithdrawnAs)
    reason = models.TextField(help_text="Readers see it.")
    # Emptied when that page is deleted; its title stays, so that it can still be told what was meant.
    replacement = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    replacement_title = models.CharField(max_length=255, blank=True, help_text="As it was. For staff.")
    title = models.CharField(max_length=255, help_text="The title of the page when readers last saw it.")
    withdrawn_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it holds.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = WithdrawalQuerySet.as_manager()

    # What is withdrawn in favour of a page does not "use" that page.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-withdrawn_at", "-pk"]
        indexes = [models.Index(fields=["-withdrawn_at", "-id"], name="newest_withdrawals_first")]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(ended_at=None), name="one_open_withdrawal_per_page"),
            models.CheckConstraint(condition=Q(way__in=WithdrawnAs.values), name="withdrawal_in_one_of_three_ways"),
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(way="consolidated", replacement_title=""), name="consolidated_into_another_page"
            ),
            models.CheckConstraint(
                condition=Q(replacement=None) | ~Q(replacement=F("page")), name="page_does_not_replace_itself"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("withdrawn_at")), name="withdrawal_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.get_way_display().lower()}"

    @property
    def is_in_error(self) -> bool:
        """Whether the page should never have been public."""
        return self.way == WithdrawnAs.ERROR

    @property
    def is_consolidated(self) -> bool:
        """Whether the page became part of another one."""
        return self.way == WithdrawnAs.CONSOLIDATED

    def page_in_use(self) -> BasePage | None:
        """Return the page to use instead, if it is public now; followed further where it was withdrawn itself."""
        return self._first_of(BasePage.objects.visible())

    def leads_to(self) -> BasePage | None:
        """Return where readers are sent: the page to use instead, else one that says why it was withdrawn, or None."""
        return self.page_in_use() or self._first_of(BasePage.objects.readable())

    def _first_of(self, pages) -> BasePage | None:
        keys = self._keys_followed()
        found = pages.in_bulk(keys)
        return next((found[key] for key in keys if key in found), None)

    def _keys_followed(self) -> list[int]:
        """Return the keys of the replacement, of what replaced that, and so on; each once, even in a circle."""
        keys, key = [], self.replacement_id
        while key and key != self.page_id and key not in keys:
            keys.append(key)
            key = Withdrawal.objects.open().filter(page=key).values_list("replacement", flat=True).first()
        return keys
