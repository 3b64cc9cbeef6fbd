"""Who changes what the site says of the board."""

from accounts.roles import SITE_MANAGERS, Grant, to_work_with

GRANTS = [
    Grant(
        to=[SITE_MANAGERS],
        rights=to_work_with(
            "organisation.AlertBanner",
            "organisation.Area",
            "organisation.Contact",
            "organisation.EmergencyLine",
            "organisation.OrganisationSettings",
        ),
    ),
]
