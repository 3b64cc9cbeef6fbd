"""Who may sign in: the staff of the board's office."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


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

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        """Keep one spelling of an address."""
        super().clean()
        self.email = (self.email or "").strip().lower()
