"""What staff see of the library when they sign in."""

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from documents.models import FileVersion, LibraryDocument
from documents.states import State


class FilesPanel(Component):
    """How many files wait for the check, were refused, or cannot be read by everybody; nothing where all is well."""

    name = "files"
    order = 70
    template_name = "documents/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Count, for whoever works with files."""
        policy = policy_registry.get_by_type(LibraryDocument)
        user = parent_context["request"].user
        if not policy.user_has_any_permission(user, ["add", "change"]):
            return {"something": False}
        theirs = policy.instances_user_has_any_permission_for(user, ["add", "change"])
        versions = FileVersion.objects.filter(document__in=theirs)
        newest = versions.with_newest_number().are_newest()
        counts = {
            "waiting": newest.filter(state=State.WAITING).count(),
            "refused": newest.filter(state=State.REFUSED).count(),
            "faulty": versions.with_faults().count(),
        }
        return counts | {"something": any(counts.values()), "url": reverse("documents_files_report")}
