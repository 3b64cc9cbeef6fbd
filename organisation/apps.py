from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "Organisation"

    def ready(self):
        from wagtail.models import ReferenceIndex

        from organisation import bank_holidays, receivers  # noqa: F401  (registers a system check and the receivers)
        from organisation.models import AlertBanner, OrganisationSettings

        # Wagtail's own settings are in no usage list; here staff must see that a menu or the header uses something.
        for model in (OrganisationSettings, AlertBanner):
            ReferenceIndex.register_model(model)
