from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "updates"
    verbose_name = "Updates"

    def ready(self):
        from pages.caching import forget_when_changed
        from pages.held import hold_what
        from updates import checks, receivers  # noqa: F401  (registers the system checks and the receivers)
        from updates.models import Edition
        from updates.withdrawing.models import Withdrawal

        forget_when_changed(Edition, Withdrawal)
        hold_what(lambda revision: revision.editions.exists())
