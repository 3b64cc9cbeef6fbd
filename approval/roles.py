"""Who may publish without a second pair of eyes."""

from accounts.roles import SITE_MANAGERS, Grant

GRANTS = [Grant(to=[SITE_MANAGERS], rights=["approval.publish_unapproved"])]
