"""The admin's screens for the glossary."""

from django.utils.text import Truncator
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    """The words of the glossary. They have no revisions: Wagtail would save those while somebody types."""

    model = GlossaryTerm
    icon = "list-ul"
    menu_label = "Glossary"
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    list_filter = ["is_marked"]
    # The whole text of a few columns, not the index of pages: it finds half a word.
    search_backend_name = None
    search_fields = ["term", "acronym", "other_forms", "definition"]
    list_display = [
        "term",
        Column("acronym", label="Short form", sort_key="acronym"),
        Column("definition", label="What it means", accessor=lambda term: Truncator(term.definition).words(14)),
        BooleanColumn("is_marked", label="Marked in texts", sort_key="is_marked"),
    ]
