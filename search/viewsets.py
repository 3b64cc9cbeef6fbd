"""The admin's screens for what staff add to the search."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.models import EmergencyPhrase, PromotedAnswer, SameWords


class SameWordsViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SameWords
    icon = "list-ul"
    menu_label = "Words for the same"
    copy_view_enabled = False
    list_per_page = 50
    # The whole text of a column, not the index of pages: it finds half a word.
    search_backend_name = None
    search_fields = ["words"]


class PromotedAnswerViewSet(SnippetViewSet):
    """Answers for certain words."""

    model = PromotedAnswer
    icon = "pick"
    menu_label = "Answers that come first"
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["title", "phrases", "text"]
    list_display = [
        "title",
        Column("phrases", label="For these words", accessor=lambda answer: "; ".join(answer.lines())),
        Column("starts_on", label="From", sort_key="starts_on"),
        Column("ends_on", label="Until", sort_key="ends_on"),
    ]


class EmergencyPhraseViewSet(SnippetViewSet):
    """Words that bring help first."""

    model = EmergencyPhrase
    icon = "warning"
    menu_label = "Words that bring help first"
    copy_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    search_fields = ["phrase"]


class SearchViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu for everything about the search."""

    items = (PromotedAnswerViewSet, SameWordsViewSet, EmergencyPhraseViewSet)
    menu_label = "Readers’ search"
    menu_icon = "search"
    menu_order = 320
