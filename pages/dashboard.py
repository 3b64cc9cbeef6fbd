"""What whoever looks after the site sees of its backups when signing in."""

from django.conf import settings
from django.utils import timezone
from wagtail.admin.ui.components import Component

from pages.backups import standing

RIGHT = "pages.view_backup"


class BackupsPanel(Component):
    """How old the last complete backup is, how large and where; nothing for whoever cannot do anything about it."""

    name = "backups"
    order = 90
    template_name = "pages/admin/backups.html"

    def get_context_data(self, parent_context):
        """Ask for it, with one query."""
        if not parent_context["request"].user.has_perm(RIGHT):
            return {"is_shown": False}
        how = standing(now=timezone.now())
        return {
            # Where nobody expects backups and there is none, there is nothing to say.
            "is_shown": bool(settings.BACKUP_WITHIN_HOURS or how.complete or how.failed),
            "how": how,
            "hours": settings.BACKUP_WITHIN_HOURS,
        }
