from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = "Staff accounts"

    def ready(self):
        """Hear what happens at the door."""
        from accounts import receivers  # noqa: F401  (registers them)


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens of users, in which people are invited and nobody sets a password for another."""

    default = False
    user_viewset = "accounts.staff.viewset.StaffViewSet"
