"""What staff see of the search when they sign in."""

from django.db.models import Count
from django.urls import reverse

from pages.numbers import NumbersPanel, in_one_row
from search.models import WordsInHand
from search.staff import rights

MOST_SHOWN = 5


class MyWordsPanel(NumbersPanel):
    """Words that find nothing and that the person signed in was asked to see to."""

    name = "words-in-hand"
    order = 75
    template_name = "search/admin/dashboard.html"

    def counted(self, user):
        """Count them, for whoever may see what readers look for."""
        return [in_one_row(WordsInHand.objects.filter(who=user), mine=Count("pk"))] if rights.may_see(user) else []

    def get_context_data(self, parent_context):
        """Ask for the first."""
        return {
            "mine": WordsInHand.objects.filter(who=parent_context["request"].user)[:MOST_SHOWN],
            "has_more": self.numbers[0]["mine"] > MOST_SHOWN,
            "url": reverse("search_staff:nothing_found"),
        }
