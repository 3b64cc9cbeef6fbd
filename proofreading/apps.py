from django.apps import AppConfig


class ProofreadingConfig(AppConfig):
    name = "proofreading"
    verbose_name = "Checks of what is written"
