from django.apps import AppConfig


class ProofreadingConfig(AppConfig):
    name = "proofreading"
    verbose_name = "Checks of what is written"

    def ready(self):
        from pages.caching import forget_when_changed
        from proofreading.models import ProofreadingSettings

        forget_when_changed(ProofreadingSettings)
