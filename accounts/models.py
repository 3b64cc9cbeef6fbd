"""Who may sign in: the staff of the board's office. What was tried at the door, and what mail is owed to them."""

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from accounts.querysets import AttemptQuerySet, LetterQuerySet


class UserManager(BaseUserManager):
    """Makes staff accounts; an e-mail address is the only name they have."""

    use_in_migrations = True

    def get_by_natural_key(self, username):
        """Find an account by its address, however it was capitalised."""
        return self.get(email__iexact=(username or "").strip())

    def create_user(self, email, password=None, **extra_fields):
        """Make an account. Raises ValueError without an address."""
        if not email:
            raise ValueError("A member of staff needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **extra_fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra_fields):
        """Make a site manager: an account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra_fields)


class User(AbstractUser):
    """A member of staff, known by e-mail address. Readers have no accounts."""

    username = None
    email = models.EmailField("e-mail address", unique=True)
    # Part of what every session is compared with: when it changes, all sessions of this person are over.
    session_stamp = models.CharField(max_length=32, blank=True, editable=False, default="", db_default="")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]
        permissions = [("reset_second_factor", "Can remove the second factor of somebody who has lost it")]

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        """Keep one spelling of an address."""
        super().clean()
        self.email = (self.email or "").strip().lower()

    def _get_session_auth_hash(self, secret=None):
        """Return what the sessions of this person are compared with; as Django does it, with the stamp beside it."""
        parts = f"{self.password}{self.session_stamp}"
        return salted_hmac("accounts.sessions", parts, secret=secret, algorithm="sha256").hexdigest()

    def is_invited(self) -> bool:
        """Whether they have been asked in and have not chosen a password yet."""
        return self.is_active and not self.has_usable_password()


class Attempt(models.Model):
    """Something tried at the door, counted for the limits. It is gone when it succeeds, and after a day when not.

    Names and addresses are stored as codes that cannot be turned back into them.
    """

    class Kind(models.TextChoices):
        PASSWORD = "password", "a password"
        CODE = "code", "a code"
        RESET = "reset", "asked for a new password"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=32)
    network = models.CharField(max_length=32)
    browser = models.CharField(max_length=32, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    is_logged = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "name", "at"], name="attempts_on_a_name"),
            models.Index(fields=["kind", "network", "at"], name="attempts_from_a_network"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} at {self.at}"


class Letter(models.Model):
    """A mail that is owed to a member of staff, or to an address that somebody typed and that may be of nobody."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        RESET = "reset", "Link to choose a new password"
        NOTICE = "notice", "Notice of a change to the account"

    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    # Of a reset: as it was typed. Whose it is, is looked up when the mail is sent, out of the stranger's sight.
    # Of a notice: an address that the account had before. Emptied when the mail is sent.
    address = models.CharField(max_length=254, blank=True)
    details = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(sent_at=None), name="letters_owed")]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.asked_at}"
