"""Wagtail's lists of pages, with columns and filters that answer staff's questions."""

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.ui.tables.pages import NavigateToChildrenColumn
from wagtail.admin.views.pages.history import PageHistoryFilterSet, PageHistoryView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView

from explorer.columns import COLUMNS
from explorer.filters import PageFilters
from explorer.rows import tell_rows
from updates.models import Edition

BELOW = NavigateToChildrenColumn("navigate", width="5%")
# Kept from Wagtail: what was changed last comes first without a choice, and no column says so.
LAST_CHANGED = "latest_revision_created_at"
# What the admin's search can put in order.
SEARCHABLE = {"title", "live", LAST_CHANGED}


class AnswersQuestions:
    """Mixin for a list of pages: our columns, filters and orders."""

    base_columns = COLUMNS
    base_filterset_class = PageFilters
    table_classname = "listing full-width stacked-list"

    def get_table(self, object_list):
        """Ask once for all rows what their columns show."""
        tell_rows(list(object_list))
        return super().get_table(object_list)

    def get_valid_orderings(self):
        """Return the orders that work here, and now."""
        orderings = [*super().get_valid_orderings(), LAST_CHANGED, f"-{LAST_CHANGED}"]
        if not self.is_searching:
            return orderings
        return [ordering for ordering in orderings if ordering.removeprefix("-") in SEARCHABLE]

    def order_queryset(self, queryset):
        """Put pages in order; those of which a column says nothing come last, and equals always in the same order."""
        order = _ORDERS.get((self.ordering or "").removeprefix("-"))
        if order is None or self.is_searching:
            return super().order_queryset(queryset)
        if "last_edition" in order:
            newest = Edition.objects.filter(page=OuterRef("pk")).order_by("-number")
            queryset = queryset.alias(last_edition=Subquery(newest.values("in_force_from")[:1]))
        descending = self.ordering.startswith("-")
        fields = [F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True) for name in order]
        return queryset.order_by(*fields, "title", "pk")


_ORDERS = {
    "owner": ("owner__last_name", "owner__first_name", "owner__email"),
    "review_due": ("review_due",),
    "last_edition": ("last_edition",),
}


class Explorer(AnswersQuestions, ExplorableIndexView):
    """The pages below a page; while something is asked, all below it or in the whole tree."""

    # Wagtail's says above the home page how to add another site; there is one.
    results_template_name = "wagtailadmin/pages/index_results.html"

    @cached_property
    def explorable_columns(self):
        """Leave more room for titles than Wagtail does."""
        return [*(column for column in self.columns if column.name != "parent"), BELOW]


class PagesOfType(AnswersQuestions, ContentTypeUseView):
    """All pages of a type."""

    def get_breadcrumbs_items(self):
        """Lead back to all pages; Wagtail leads to a report that this site leaves out."""
        here = {"url": self.get_index_url(), "label": capfirst(self.model._meta.verbose_name_plural)}
        return [*self.breadcrumbs_items, {"url": reverse("wagtailadmin_explore_root"), "label": "Pages"}, here]


class HistoryFilters(PageHistoryFilterSet):
    """Wagtail's, without the question about comments: there are none."""

    is_commenting_action = None


class History(PageHistoryView):
    """What happened to a page."""

    filterset_class = HistoryFilters


class Search(AnswersQuestions, SearchView):
    """What the admin's search finds."""

    verbose_name, verbose_name_plural = "page", "pages"
    columns = [*COLUMNS, BELOW]
