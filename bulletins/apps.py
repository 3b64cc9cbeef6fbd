from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "bulletins"

    def ready(self):
        from bulletins.mailing import checks  # noqa: F401  (registers the system check)
