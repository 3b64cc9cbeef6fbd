"""Hand over: whatever the organisation says about itself begins a new generation of stored pages."""

from django.db.models.signals import m2m_changed

from organisation.models import AlertBanner, Area, Contact, EmergencyLine, OrganisationSettings
from pages.caching import forget_public_pages, forget_when_changed

forget_when_changed(AlertBanner, Area, Contact, EmergencyLine, OrganisationSettings)


def _forget(**kwargs):
    forget_public_pages()


# The areas of a contact are written after the contact itself.
m2m_changed.connect(_forget, sender=Contact.areas.through, dispatch_uid="organisation-forget-areas")
