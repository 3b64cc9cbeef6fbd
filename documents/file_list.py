"""Wagtail's list of files with one column more: where each stands."""

from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.documents.views.documents import IndexView

from documents.models import FileVersion
from documents.states import LOCKED_AWAY, State


class FileList(IndexView):
    """The list of files, in the place of Wagtail's: a refused file must not look like any other."""

    @cached_property
    def columns(self):
        """Put the state of what was uploaded last behind the name of the file."""
        columns = super().columns
        state = StatusTagColumn(
            "state",
            label="State",
            accessor=lambda document: State(document.state).label if document.state else "",
            primary=lambda document: document.state in LOCKED_AWAY,
        )
        return [*columns[:3], state, *columns[3:]]

    def get_base_queryset(self):
        """Fetch the states together with the files."""
        newest = FileVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
        return super().get_base_queryset().annotate(state=Subquery(newest.values("state")[:1]))
