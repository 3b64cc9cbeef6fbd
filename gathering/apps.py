from django.apps import AppConfig


class GatheringConfig(AppConfig):
    name = "gathering"
    verbose_name = "Gathering"

    def ready(self):
        from gathering import receivers  # noqa: F401  (registers the receivers)
