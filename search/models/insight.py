"""What readers look for: words and numbers, and nothing about anybody."""

from django.conf import settings
from django.db import models

from search.insight.masking import LONGEST_KEPT
from search.querysets import LookedForQuerySet


class LookedFor(models.Model):
    """How often some words were looked for on a day (Europe/London), with what looks personal masked."""

    day = models.DateField()
    words = models.CharField(max_length=LONGEST_KEPT)
    times = models.PositiveIntegerField(default=0)
    found_nothing = models.PositiveIntegerField(
        default=0, help_text="How many of these times nothing was found, or nothing with all of the words."
    )

    objects = LookedForQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "words looked for"
        verbose_name_plural = "words looked for"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="one_count_per_words_and_day")]
        default_permissions = ["view"]

    def __str__(self):
        return self.words


class WordsInHand(models.Model):
    """Words that find nothing, and what is done about them: somebody sees to it, or nothing has to be done."""

    words = models.CharField(max_length=LONGEST_KEPT, unique=True)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who sees to it",
        help_text="They find it among what is theirs when they sign in. Leave it empty if nothing has to be done.",
    )
    note = models.CharField(
        max_length=250, blank=True, help_text="For example: we need a page about this, ask the school nurses."
    )
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "words that somebody sees to"
        verbose_name_plural = "words that somebody sees to"
        ordering = ["words"]
        default_permissions = []

    def __str__(self):
        return self.words
