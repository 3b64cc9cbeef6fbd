"""The report on links: those that are broken, and on request all others."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from files.spreadsheets import AS_TEXT
from links.models import Link
from links.places import give_places
from links.rights import links_of, may_see

BROKEN, LEFT, NOT_JUDGED, ALL = "broken", "left", "not-judged", "all"
# Titles and addresses are typed by people: no cell of a spreadsheet may count with them.
AT_ONCE = 500


class LinkFilters(WagtailFilterSet):
    """Which links are listed; the broken ones unless somebody asks for others."""

    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[(LEFT, "Right as they are"), (NOT_JUDGED, "Could not be checked"), (ALL, "All links")],
        empty_label="Broken",
        method="keep",
    )
    address = django_filters.CharFilter(label="Address", lookup_expr="icontains")

    class Meta:
        model = Link
        fields = []

    def keep(self, queryset, name, value):
        """Keep some of them."""
        return queryset

    def filter_queryset(self, queryset):
        """Keep the broken ones where nothing else is asked for."""
        queryset = super().filter_queryset(queryset)
        kept = {LEFT: ~Q(left_at=None), NOT_JUDGED: ~Q(not_judged=""), ALL: Q()}
        show = self.form.cleaned_data.get("show") if self.form.is_valid() else ""
        return queryset.filter(kept[show]) if show in kept else queryset.broken()


class LinkColumn(Column):
    """The link, which leads to its own screen, and what it leads to."""

    cell_template_name = "links/admin/link_cell.html"


class SaidColumn(Column):
    """What is wrong, in words."""

    cell_template_name = "links/admin/said_cell.html"


class PlacesColumn(Column):
    """The places where a link is used."""

    cell_template_name = "links/admin/places_cell.html"


class LinksReport(ReportView):
    """Broken links, what is wrong with each, since when, and where it is used."""

    page_title = "Broken links"
    header_icon = "link"
    index_url_name = "links:report"
    index_results_url_name = "links:report_results"
    template_name = "links/admin/report.html"
    results_template_name = "links/admin/report_results.html"
    filterset_class = LinkFilters
    default_ordering = "failing_since"
    is_searchable = False
    list_export = [
        "leads_to",
        "state",
        "trouble",
        "failing_since",
        "last_good",
        "first_seen",
        "last_checked",
        "used_in",
        "left_note",
    ]
    export_headings = {
        "leads_to": "Link",
        "state": "State",
        "trouble": "What is wrong",
        "failing_since": "Since",
        "last_good": "Last good",
        "first_seen": "First seen",
        "last_checked": "Last checked",
        "used_in": "Where it is used",
        "left_note": "Why it is left as it is",
    }
    custom_field_preprocess = dict.fromkeys(["leads_to", "trouble", "used_in", "left_note"], AS_TEXT)
    columns = [
        LinkColumn("link", label="Link", accessor=lambda link: link, width="30%"),
        SaidColumn("trouble", label="What is wrong", width="20%"),
        DateColumn("failing_since", label="Since", sort_key="failing_since"),
        DateColumn("last_good", label="Last good", sort_key="last_good"),
        PlacesColumn("places", label="Where it is used", width="30%"),
    ]

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may change nothing that has links."""
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        """Return the links used on what the person may change."""
        return links_of(self.request.user)

    def get_queryset(self):
        """Return them in their order, which is the same each time."""
        ordered = self.order_queryset(self.get_base_queryset())
        return ordered.order_by(*ordered.query.order_by, "pk")

    def decorate_paginated_queryset(self, object_list):
        """Give each link what is said of it."""
        links = list(object_list)
        for start in range(0, len(links), AT_ONCE):
            some = links[start : start + AT_ONCE]
            give_places(some, user=self.request.user)
            for link in some:
                link.trouble = trouble_of(link) or f"{link.state()}."
                link.used_in = link.places.in_words()
                link.url = reverse("links:link", args=[link.pk])
        return links

    def get_filename(self):
        """Return what the spreadsheet is called, without its ending."""
        return "links"


def trouble_of(link: Link) -> str:
    """Say what is wrong with a link, or why we cannot tell; nothing of what failed for a night or two."""
    if link.is_broken or link.left_at is not None:
        return link.fault or link.not_judged
    return link.not_judged
