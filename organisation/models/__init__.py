"""Who the board is, and how to reach those who help."""

from organisation.models.banners import AlertBanner
from organisation.models.contacts import Area, Contact
from organisation.models.directory import ContactsPage
from organisation.models.settings import EmergencyLine, OrganisationSettings

__all__ = ["AlertBanner", "Area", "Contact", "ContactsPage", "EmergencyLine", "OrganisationSettings"]
