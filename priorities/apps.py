from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    name = "priorities"
    verbose_name = "Priorities"

    def ready(self):
        from pages.caching import forget_when_changed
        from priorities.models import Arrangement

        forget_when_changed(Arrangement)
