"""What has links besides pages: contacts, and the settings with their menus."""

from django.contrib.contenttypes.models import ContentType

from organisation.models import Contact, OrganisationSettings

ROWS = (Contact, OrganisationSettings)


def types_of_rows() -> dict:
    """Return {content type: model}; no query once Django knows them."""
    return {ContentType.objects.get_for_model(model): model for model in ROWS}
