from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self):
        from content import block_widgets, receivers  # noqa: F401  (registers them)

        block_widgets.take_the_place_of_wagtails()
