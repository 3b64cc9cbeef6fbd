"""The entry "Readers’ search" of the menu."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from search.staff import rights
from search.staff.nothing_found import URL_NAME as NOTHING_FOUND
from search.staff.report import URL_NAME as LOOKED_FOR
from search.staff.viewsets import EmergencyPhraseViewSet, PromotedAnswerViewSet, SameWordsViewSet


class _ForWhoSees(MenuItem):
    def is_shown(self, request):
        return rights.may_see(request.user)


class SearchViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu for everything about the search: first what readers do, then what staff do about it."""

    items = (PromotedAnswerViewSet, SameWordsViewSet, EmergencyPhraseViewSet)
    menu_label = "Readers’ search"
    menu_icon = "search"
    menu_order = 320

    def get_submenu_items(self):
        """Put the two screens before the lists."""
        screens = [("What readers look for", LOOKED_FOR, "search"), ("Nothing found", NOTHING_FOUND, "help")]
        return [
            *(_ForWhoSees(label, reverse(name), icon_name=icon, order=0) for label, name, icon in screens),
            *super().get_submenu_items(),
        ]
