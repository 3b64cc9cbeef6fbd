from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "enquiries"
    verbose_name = "What people send in"

    def ready(self):
        from enquiries import receivers  # noqa: F401  (registers them)
