"""What staff see of the search when they sign in."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from search.models import WordsInHand
from search.staff import rights

MOST_SHOWN = 5


class MyWordsPanel(Component):
    """Words that find nothing and that the person signed in was asked to see to."""

    name = "words-in-hand"
    order = 75
    template_name = "search/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Ask for what is theirs."""
        user = parent_context["request"].user
        mine = list(WordsInHand.objects.filter(who=user)[: MOST_SHOWN + 1]) if rights.may_see(user) else []
        return {
            "mine": mine[:MOST_SHOWN],
            "has_more": len(mine) > MOST_SHOWN,
            "url": reverse("search_staff:nothing_found"),
        }
