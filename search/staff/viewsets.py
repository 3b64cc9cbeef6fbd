"""The admin's screens for what staff add to the search."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from search.insight.masking import LONGEST_KEPT
from search.models import EmergencyPhrase, PromotedAnswer, SameWords


class AddView(CreateView):
    """The form for a new one; the list of what finds nothing fills it in by its address."""

    prefilled = then = ""

    def get_initial(self):
        """Take the words from the address."""
        words = " ".join(self.request.GET.get(self.prefilled, "").split())
        return super().get_initial() | ({self.prefilled: f"{words[:LONGEST_KEPT]}{self.then}"} if words else {})


class AddSameWords(AddView):
    """Begins with words that find nothing; what they should find follows."""

    prefilled, then = "words", ", "


class AddAnswer(AddView):
    """Begins with the words that the answer is for."""

    prefilled, then = "phrases", ""


class SameWordsViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SameWords
    add_view_class = AddSameWords
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
    add_view_class = AddAnswer
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
