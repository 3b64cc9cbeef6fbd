"""Who gets alerts, of what, how often, and what shows that they asked for it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from alerts.addresses import LONGEST
from alerts.querysets import LinkRequestQuerySet, SubscriberQuerySet


class Frequency(models.TextChoices):
    """How often somebody hears of something."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"


class State(models.TextChoices):
    """Where a subscriber is. Alerts go to those who are active, and to nobody else."""

    WAITING = "waiting", "Not confirmed"
    ACTIVE = "active", "Gets alerts"
    LEFT = "left", "Has left"
    STOPPED = "stopped", "Gets no mail at all"


class Leaving(models.TextChoices):
    """Why somebody has left."""

    BY_CHOICE = "", "They chose to"
    REFUSED = "refused", "Their mail server does not take mail for the address"
    NOTHING_LEFT = "nothing", "Everything they had chosen was withdrawn"


class Subscriber(models.Model):
    """An address. Nothing else is known of the person: no name, no agency, no computer.

    While `state` is WAITING nothing is subscribed to: somebody typed the address, and a link was sent to it. STOPPED is
    for who complained: the address stays, so that nobody can make us write to it again.
    """

    # In every link; the row's own number is in none.
    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    address = models.EmailField(
        "e-mail", max_length=LONGEST, help_text="As it was typed: mail goes here once it is confirmed."
    )
    address_key = models.CharField(max_length=LONGEST, unique=True, help_text="The same however it is spelt.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    since = models.DateTimeField(help_text="When this state began.")
    left_at = models.DateTimeField(null=True, blank=True)
    left_because = models.CharField(max_length=7, choices=Leaving, blank=True, default="", db_default="")

    objects = SubscriberQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-since", "-pk"]
        # People do the rest themselves.
        default_permissions = ("view",)
        permissions = [
            ("export_subscriber", "Can export what is stored about a subscriber"),
            ("erase_subscriber", "Can erase a subscriber"),
            ("stop_subscriber", "Can stop all mail to a subscriber"),
        ]
        indexes = [models.Index(fields=["state", "left_at"], name="subscribers_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="left", left_at__isnull=False) | ~Q(state="left") & Q(left_at=None),
                name="subscriber_left_has_a_moment",
            )
        ]

    def __str__(self):
        # Stands in logs and histories that outlive the row, so nothing of the person.
        return f"Subscriber {self.public_id.hex[:8]}"


class Consent(models.Model):
    """What a subscriber agreed to, in the words that stood above the button, and when it was pressed."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    words = models.TextField()
    choices = models.JSONField(help_text="What was chosen: {topic: frequency}.")
    given_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-given_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"Consent of {self.given_at:%d/%m/%Y}"


class Subscription(models.Model):
    """One thing that a subscriber hears of. They stay when somebody leaves, for as long as that can be undone.

    `topic` is the key of a `gathering.declared.AlertTopic`: "page:12", "library:tool"… Who is to hear of an edition is
    found by the keys that its page goes by, along the index.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=60)
    frequency = models.CharField(max_length=7, choices=Frequency)
    since = models.DateTimeField(help_text="Nothing from before is sent.")
    consent = models.ForeignKey(Consent, on_delete=models.RESTRICT, related_name="subscriptions")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["topic"]
        default_permissions = ()
        indexes = [models.Index(fields=["topic", "frequency", "subscriber"], name="subscriptions_by_topic")]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "topic"], name="one_subscription_per_topic"),
            models.CheckConstraint(
                condition=Q(frequency__in=["at_once", "daily", "weekly"]), name="subscription_has_a_known_frequency"
            ),
        ]

    def __str__(self):
        return f"{self.topic}, {self.get_frequency_display()}"


class LinkRequest(models.Model):
    """Somebody typed an address: a link is owed to it, to confirm choices or, without any, to manage those there are.

    A request writes one of these and looks nothing up, so that it takes the same time for every address. Whether a mail
    goes out is decided by `alerts.mail`.
    """

    # Of the form that was shown: sent twice, it makes one row.
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    address = models.EmailField(max_length=LONGEST)
    address_key = models.CharField(max_length=LONGEST, db_index=True)
    choices = models.JSONField(default=dict, help_text="{topic: frequency}; none for a link to manage alerts.")
    asked_at = models.DateTimeField()
    # Known when the mail is looked at.
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, null=True, related_name="requests")
    sent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True, help_text="When it was decided that no mail goes out.")
    mail_not_before = models.DateTimeField(null=True, help_text="Somebody sends it, or it failed.")
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    objects = LinkRequestQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(sent_at=None, refused_at=None), name="links_that_are_owed")
        ]

    def __str__(self):
        return f"Link asked for on {self.asked_at:%d/%m/%Y}"
