from django.apps import AppConfig


class BundlesConfig(AppConfig):
    name = "bundles"
    verbose_name = "Bundles"

    def ready(self):
        from bundles.models import BundledPage
        from pages.held import hold_what

        hold_what(lambda revision: BundledPage.objects.filter(revision=revision).exists())
