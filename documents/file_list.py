"""Wagtail's list of files, with what staff ask of each: where it stands, and since when."""

import django_filters
from django.db.models import OuterRef, Subquery
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.documents.views.documents import DocumentsFilterSet, IndexView

from documents.models import FileVersion, LibraryDocument
from documents.states import LOCKED_AWAY, State


def with_newest_version(files):
    """Annotate files with `state` and `uploaded_at`: those of what was uploaded last, checked or not."""
    newest = FileVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    return files.annotate(
        state=Subquery(newest.values("state")[:1]), uploaded_at=Subquery(newest.values("uploaded_at")[:1])
    )


class FileFilters(DocumentsFilterSet):
    """Adds where a file stands and when it was replaced last; by keys, as the admin's search asks for."""

    state = django_filters.MultipleChoiceFilter(
        label="State", choices=State.choices, widget=CheckboxSelectMultiple, method="keep_states"
    )
    uploaded = django_filters.DateFromToRangeFilter(
        label="Last version", widget=DateRangePickerWidget, method="keep_uploaded"
    )

    class Meta:
        model = LibraryDocument
        fields = []

    def keep_states(self, queryset, name, states):
        """Keep files whose newest version is in any of the states."""
        return self._keep(queryset, state__in=states) if states else queryset

    def keep_uploaded(self, queryset, name, between):
        """Keep files whose newest version was uploaded on those days."""
        ends = {"uploaded_at__gte": between.start, "uploaded_at__lte": between.stop}
        return self._keep(queryset, **{name: end for name, end in ends.items() if end})

    def _keep(self, queryset, **conditions):
        files = with_newest_version(LibraryDocument.objects.order_by()).filter(**conditions)
        return queryset.filter(pk__in=files.values("pk"))


class FileList(IndexView):
    """The list of files, in the place of Wagtail's: a refused file must not look like any other."""

    filterset_class = FileFilters
    table_classname = "listing stacked-list"

    @cached_property
    def columns(self):
        """Put the state behind the name of the file, and the day of its newest version in the place of its first."""
        state = StatusTagColumn(
            "state",
            label="State",
            accessor=lambda document: State(document.state).label if document.state else "",
            primary=lambda document: document.state in LOCKED_AWAY,
        )
        uploaded = LastVersion(
            "uploaded_at", label="Last version", sort_key=None if self.is_searching else "uploaded_at", width="14%"
        )
        columns = [uploaded if column.name == "created_at" else column for column in super().columns]
        return [*columns[:3], state, *columns[3:]]

    def get_base_queryset(self):
        """Fetch the states together with the files."""
        return with_newest_version(super().get_base_queryset())


class LastVersion(Column):
    """The day on which the newest version was uploaded."""

    cell_template_name = "documents/admin/last_version_cell.html"
