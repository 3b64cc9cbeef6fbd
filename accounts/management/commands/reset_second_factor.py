from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.second_factor import has_one, reset


class Command(BaseCommand):
    """Removes the second factor of somebody who has lost it, when no site manager is left who could."""

    help = "Remove the second factor of an account. It is logged, its sessions end, and the person is told by e-mail."

    def add_arguments(self, parser):
        """Take whose, and why."""
        parser.add_argument("email", help="the e-mail address of the account")
        parser.add_argument("--reason", required=True, help="why; it is logged, and mailed to the person")

    def handle(self, *args, email, reason, **options):
        """Do it."""
        try:
            user = User.objects.get_by_natural_key(email)
        except User.DoesNotExist:
            raise CommandError(f"There is no account with the address {email}.") from None
        if not has_one(user):
            raise CommandError("This account has no second factor.")
        reset(user, by=None, reason=reason, now=timezone.now())
        self.stdout.write("The second factor is removed. The next sign-in asks for a new one.")
