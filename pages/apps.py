from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pages"

    def ready(self):
        from pages import checks, receivers  # noqa: F401  (registers the system checks and the receivers)
