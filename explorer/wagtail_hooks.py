"""Our lists of pages in the place of Wagtail's."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.log_actions import LogFormatter

from explorer import views
from explorer.filters import PageFilters
from explorer.terms.merging import MERGED
from explorer.terms.viewsets import TermsViewSetGroup


class Pages(PageViewSet):
    """The screens of pages of every type: Wagtail's, but for the lists."""

    index_view_class = views.Explorer
    history_view_class = views.History
    content_type_use_view_class = views.PagesOfType
    search_view_class = views.Search
    filterset_class = PageFilters


@hooks.register("register_admin_viewset")
def register_lists():
    """Take the place of Wagtail's own, which is registered before."""
    return Pages()


@hooks.register("register_admin_viewset")
def register_terms():
    """Give topics and audiences their screens, and an entry of the menu."""
    return TermsViewSetGroup()


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the log."""

    @actions.register_action(MERGED)
    class Merged(LogFormatter):
        label = "Merge topics"

        def format_message(self, log_entry):
            return f"Merged “{log_entry.data['gone']}” into it"


@hooks.register("insert_global_admin_js")
def name_cells():
    """Let lists be read on a narrow screen."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/lists.js"))


@hooks.register("insert_global_admin_css")
def style_notes():
    """Style what the lists say beside a word or a date."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-explorer.css"))
