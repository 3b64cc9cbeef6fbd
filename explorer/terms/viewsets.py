"""The entry "Topics" of the menu: topics and audiences."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from explorer.terms.forms import form_for
from explorer.terms.merge_view import MergeTopic
from explorer.terms.uses import address_of_pages, uses_of, with_counts
from pages.models import Audience, Topic
from pages.tree import tree_lock


class PagesColumn(Column):
    """How many pages carry it, with the way to them."""

    cell_template_name = "explorer/terms/pages_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add the address of their list."""
        return super().get_cell_context_data(instance, parent_context) | {"address": address_of_pages(instance)}


class TermList(IndexView):
    """The list, with how many pages carry each."""

    def get_base_queryset(self):
        """Count the pages of all of them together."""
        return with_counts(self.model)


class EditTerm(EditView):
    """The form, with the way to the pages that carry it."""

    def post(self, request, *args, **kwargs):
        """Compare and save in one go: of two who save at once, the second is told."""
        with tree_lock():
            self.object = self.get_object()
            return super().post(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self):
        """Lead to the pages that carry it."""
        label = f"Pages with this {self.model._meta.verbose_name}"
        pages = Button(label, url=address_of_pages(self.object), icon_name="doc-empty-inverse", priority=5)
        return [*super().header_more_buttons, pages]


class EditTopic(EditTerm):
    """The form, with the way to merge a topic that was made twice."""

    @cached_property
    def header_more_buttons(self):
        """Lead to merging, for whoever may delete."""
        if not self.can_delete:
            return super().header_more_buttons
        address = reverse("topics:merge", args=[self.object.pk])
        merge = Button("Merge into another topic", url=address, icon_name="resubmit", priority=15)
        return [*super().header_more_buttons, merge]


class DeleteTerm(DeleteView):
    """Deletes what nothing carries, and says of all else where it is used."""

    def get_context_data(self, **kwargs):
        """Add where it is used."""
        edit_url = reverse(self.edit_url_name, args=[self.object.pk])
        return super().get_context_data(**kwargs) | {"uses": uses_of(self.object), "edit_url": edit_url}

    def form_valid(self, form):
        """Ask again under the lock that publishing holds: a page may have been given it meanwhile."""
        with tree_lock():
            if uses_of(self.object):
                return redirect(self.get_delete_url())
            return super().form_valid(form)


class DeleteTopic(DeleteTerm):
    """Deletes a topic, or leads to merging it."""

    def get_context_data(self, **kwargs):
        """Add the way to merge it."""
        return super().get_context_data(**kwargs) | {"merge_url": reverse("topics:merge", args=[self.object.pk])}


class TermViewSet(ModelViewSet):
    """A list of terms; each kind gives `model` and `edit_handler`."""

    index_view_class = TermList
    edit_view_class = EditTerm
    delete_view_class = DeleteTerm
    delete_template_name = "explorer/terms/delete.html"
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    ordering = ["name"]
    # The whole text of a few columns, not an index: it finds half a word.
    search_backend_name = None
    search_fields = ["name", "slug", "description"]
    list_display = [
        "name",
        PagesColumn("how_many", label="Pages", sort_key="how_many"),
        Column("description", label="What belongs here"),
        Column("slug", label="Word in addresses", sort_key="slug"),
    ]

    def get_urlpatterns(self):
        """Leave out Wagtail's list of uses: it knows nothing of these, and the lists of pages do."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the way to it, too."""
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None}


class TopicViewSet(TermViewSet):
    """What content is about."""

    model = Topic
    name = "topics"
    icon = "tag"
    menu_label = "Topics"
    edit_view_class = EditTopic
    delete_view_class = DeleteTopic
    edit_handler = form_for(
        name_help="What content is about, as readers call it: “Online safety”. Readers see a new name at once. Items "
        "of bulletins and decisions whose titles name a topic carry it by themselves.",
    )

    def get_urlpatterns(self):
        """Add the screen that merges one into another."""
        merge = path("merge/<int:pk>/", MergeTopic.as_view(), name="merge")
        return [*super().get_urlpatterns(), merge]


class AudienceViewSet(TermViewSet):
    """Who content is for."""

    model = Audience
    name = "audiences"
    icon = "group"
    menu_label = "Audiences"
    edit_handler = form_for(
        name_help="Who content is for, as they call themselves: “Schools and colleges”. Readers see a new name at "
        "once.",
    )


class TermsViewSetGroup(ModelViewSetGroup):
    """One entry of the menu for what content is sorted by."""

    items = (TopicViewSet, AudienceViewSet)
    # Short, because the menu is narrow; audiences are the second entry in it.
    menu_label = "Topics"
    menu_name = "terms"
    menu_icon = "tag"
    menu_order = 315
