from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = "Guide for editors"

    def ready(self):
        from guide import checks  # noqa: F401  (registers the check)
