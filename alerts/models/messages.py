"""What is told, and each telling of it to one person: rows that are there before anything is sent.

Something is published or withdrawn, and a `Message` is written in the same transaction. A worker finds out whom it goes
to and writes one `Delivery` a person; workers send those. Everything that has to last is in these rows, so a process
may die at any moment.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alerts.models.subscribers import Frequency, Subscriber
from alerts.querysets import DeliveryQuerySet, MessageQuerySet
from pages.models import BasePage
from updates.models import Edition
from updates.withdrawing.models import Withdrawal


class Kind(models.TextChoices):
    """What a message is about."""

    UPDATE = "update", "Update"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    ISSUE = "issue", "Bulletin"
    DIGEST = "digest", "Digest"


class Message(models.Model):
    """One thing that is told: an update, a withdrawal, an issue of the bulletin as a mail, the digest of a day or week.

    `release_at` is when it may go out; it is empty for an issue that nobody has sent yet.
    `spread_at` is when its deliveries were written, or when it was found that there are none (`not_told` says why).
    """

    kind = models.CharField(max_length=10, choices=Kind)
    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, null=True, related_name="message")
    withdrawal = models.OneToOneField(Withdrawal, on_delete=models.CASCADE, null=True, related_name="message")
    # Of the edition or withdrawal, so that lists need not look there.
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=255, help_text="What staff read in lists.")
    moment = models.DateTimeField(help_text="When it happened; of a digest, the end of what it tells.")
    release_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    spread_at = models.DateTimeField(null=True)
    not_told = models.CharField(max_length=200, blank=True, help_text="Why nobody is told, or nobody any more.")

    # Of a digest: how often, and how far the worker has come with writing its deliveries.
    frequency = models.CharField(max_length=7, choices=Frequency, blank=True)
    begins_at = models.DateTimeField(null=True, help_text="From when on it tells what happened.")
    reached = models.BigIntegerField(default=0, help_text="The last subscriber that was looked at.")

    # Marked by somebody who may: it goes at once to those who get digests, too.
    urgent_at = models.DateTimeField(null=True)
    urgent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    urgent_spread_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-moment", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("retry_message", "Can send again what failed"),
            ("send_urgent_message", "Can send an update to everybody at once"),
            ("send_issue_message", "Can send a bulletin to its subscribers"),
        ]
        indexes = [
            models.Index(fields=["release_at"], condition=Q(spread_at=None), name="messages_to_be_spread"),
            models.Index(fields=["-moment", "-id"], name="newest_messages_first"),
            models.Index(fields=["kind", "moment"], name="messages_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["update", "issue"], edition__isnull=False, withdrawal=None)
                | Q(kind="withdrawal", edition=None, withdrawal__isnull=False)
                | Q(kind="digest", edition=None, withdrawal=None),
                name="message_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind="digest", begins_at__isnull=False) & ~Q(frequency="")
                | ~Q(kind="digest") & Q(frequency="", begins_at=None),
                name="digests_alone_have_a_period",
            ),
            models.UniqueConstraint(
                fields=["frequency", "moment"], condition=Q(kind="digest"), name="one_digest_at_a_time"
            ),
            models.UniqueConstraint(fields=["page"], condition=Q(kind="issue"), name="an_issue_is_sent_once"),
        ]

    def __str__(self):
        return self.title


class MessageTopic(models.Model):
    """A topic that a message belongs to: whoever has subscribed to one of them hears of it.

    Written when the message is spread, and kept: digests ask for them, and each mail says by which it came.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=60)
    title = models.CharField(max_length=300, help_text="What people read it as, at the time.")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["message", "topic"], name="message_has_a_topic_once")]

    def __str__(self):
        return self.topic


class Contents(models.Model):
    """What a digest tells some of its readers: all those who get the same share one row.

    `fingerprint` is that of the keys of its messages, so that the same contents are found again.
    """

    digest = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="contents")
    messages = models.ManyToManyField(Message, related_name="told_in")
    fingerprint = models.CharField(max_length=40)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["digest", "fingerprint"], name="contents_of_a_digest_once")]

    def __str__(self):
        return self.fingerprint[:8]


class DeliveryState(models.TextChoices):
    """Where a delivery is."""

    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    DROPPED = "dropped", "Not sent"


class Rank(models.IntegerChoices):
    """What goes first when much is waiting."""

    URGENT = 0, "Urgent"
    AT_ONCE = 1, "At once"
    DIGEST = 2, "Digest"
    ISSUE = 3, "Bulletin"


class Delivery(models.Model):
    """One message to one person. That there is at most one is a promise of the database, and so nobody gets it twice.

    While `state` is WAITING it is tried from `not_before` on. A worker that takes it writes its mark into `holder` and
    moves `not_before` to when it must be done; a dead worker's deliveries are free again after that.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    contents = models.ForeignKey(Contents, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField(choices=Rank)
    state = models.CharField(max_length=7, choices=DeliveryState, default=DeliveryState.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    holder = models.CharField(max_length=32, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    objects = DeliveryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["rank", "not_before", "id"], condition=Q(state="waiting"), name="deliveries_waiting"),
            models.Index(fields=["done_at"], condition=Q(state="failed"), name="deliveries_failed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "subscriber"], name="a_message_once_a_person"),
            models.CheckConstraint(
                condition=Q(state="waiting", done_at=None) | ~Q(state="waiting") & Q(done_at__isnull=False, holder=""),
                name="delivery_is_done_or_waits",
            ),
        ]

    def __str__(self):
        # Stands in logs, so nothing of the person.
        return f"Delivery {self.pk}"
