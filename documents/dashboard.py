"""What staff see of the library when they sign in."""

from django.db.models import Count, F, Q
from django.urls import reverse

from documents.models import FileVersion
from documents.rights import files_of, works_with_files
from documents.states import State
from pages.numbers import NumbersPanel, in_one_row


class FilesPanel(NumbersPanel):
    """How many files wait for the check, were refused, or cannot be read by everybody; nothing where all is well."""

    name = "files"
    order = 70
    template_name = "documents/admin/dashboard.html"

    def counted(self, user):
        """Count, for whoever works with files."""
        if not works_with_files(user):
            return []
        versions = FileVersion.objects.filter(document__in=files_of(user))
        newest = versions.with_newest_number().are_newest()
        return [
            in_one_row(
                versions,
                waiting=Count("pk", filter=Q(pk__in=newest.filter(state=State.WAITING).values("pk"))),
                refused=Count("pk", filter=Q(pk__in=newest.filter(state=State.REFUSED).values("pk"))),
                faulty=Count("pk", filter=Q(pk=F("document__current_id")) & ~Q(faults=[])),
            )
        ]

    def get_context_data(self, parent_context):
        """Give the numbers."""
        return self.numbers[0] | {"url": reverse("documents_files_report")}
