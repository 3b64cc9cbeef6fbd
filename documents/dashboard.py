"""What staff see of the library when they sign in."""

from django.db.models import Count, F, Q
from django.urls import reverse
from wagtail.admin.ui.components import Component

from documents.models import FileVersion
from documents.rights import files_of, works_with_files
from documents.states import State


class FilesPanel(Component):
    """How many files wait for the check, were refused, or cannot be read by everybody; nothing where all is well.

    One query, and one for the collections of whoever may not work in all of them.
    """

    name = "files"
    order = 70
    template_name = "documents/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Count, for whoever works with files."""
        user = parent_context["request"].user
        if not works_with_files(user):
            return {"something": False}
        versions = FileVersion.objects.filter(document__in=files_of(user))
        newest = versions.with_newest_number().are_newest()
        counts = versions.aggregate(
            waiting=Count("pk", filter=Q(pk__in=newest.filter(state=State.WAITING).values("pk"))),
            refused=Count("pk", filter=Q(pk__in=newest.filter(state=State.REFUSED).values("pk"))),
            faulty=Count("pk", filter=Q(pk=F("document__current_id")) & ~Q(faults=[])),
        )
        return counts | {"something": any(counts.values()), "url": reverse("documents_files_report")}
