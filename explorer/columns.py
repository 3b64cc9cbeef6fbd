"""The columns of the lists of pages, in the order of staff's questions."""

from django.utils import timezone
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageTitleColumn, PageTypeColumn, ParentPageColumn

from review_dates.due import days_overdue


class NotWhileSearching:
    """Mixin: what is found is put in order by the search, which knows a few fields alone."""

    def get_header_context_data(self, parent_context):
        """Offer no order while somebody searches."""
        context = super().get_header_context_data(parent_context)
        return context | {"is_orderable": context["is_orderable"] and not parent_context.get("is_searching")}


class StateColumn(BaseColumn):
    """The word for its state, and beneath it what else is to be known."""

    cell_template_name = "explorer/state_cell.html"


class OwnerColumn(NotWhileSearching, Column):
    """Who looks after it, and whether that person still works here."""

    cell_template_name = "explorer/owner_cell.html"


class ReviewColumn(NotWhileSearching, Column):
    """When it is looked at again, and since when that is overdue."""

    cell_template_name = "explorer/review_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add how late it is."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"overdue": days_overdue(instance, today=timezone.localdate())}


class EditionColumn(NotWhileSearching, Column):
    """When its newest edition came into force."""

    cell_template_name = "explorer/edition_cell.html"


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label="Title", sort_key="title", classname="title"),
    ParentPageColumn("parent", label="In", classname="page-parent"),
    PageTypeColumn(
        "type",
        label="Type",
        accessor="page_type_display_name",
        sort_key="content_type__model",
        classname="page-type",
        width="11%",
    ),
    StateColumn("state", label="State", sort_key="live", classname="page-state", width="14%"),
    OwnerColumn("owner", label="Owner", sort_key="owner", classname="page-owner", width="12%"),
    ReviewColumn("review_due", label="Review due", sort_key="review_due", classname="page-review", width="12%"),
    EditionColumn("last_edition", label="Last edition", sort_key="last_edition", classname="page-edition", width="12%"),
]
