"""What staff see of the bulletin when they sign in."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from bulletins.models import BulletinPage
from bulletins.rights import archives_for

DRAFTS_SHOWN = 5


class BulletinPanel(Component):
    """The next deadline, the issues being written, and where to begin one."""

    name = "bulletin"
    order = 50
    template_name = "bulletins/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Return what the panel shows; nothing that the person signed in may not act on."""
        user = parent_context["request"].user
        archive = min(archives_for(user), key=lambda page: page.pk, default=None)
        if archive is None:
            return {"archive": None}
        issues = BulletinPage.objects.child_of(archive).newest_first()
        latest = issues.visible().first()
        editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        drafts = issues.filter(Q(live=False) | Q(has_unpublished_changes=True), pk__in=editable)
        return {
            "archive": archive,
            "latest": latest,
            "days_left": (latest.next_deadline - timezone.localdate()).days
            if latest and latest.next_deadline
            else None,
            "drafts": drafts.defer("items", "introduction")[:DRAFTS_SHOWN],
            "add_url": reverse("wagtailadmin_pages:add", args=["bulletins", "bulletinpage", archive.pk]),
        }
