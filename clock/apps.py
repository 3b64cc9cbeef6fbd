from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "clock"
    verbose_name = "The clock"

    def ready(self):
        from clock import checks  # noqa: F401  (registers the system checks)
