"""The admin face of the search."""

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search.staff import nothing_found, report
from search.staff.dashboard import MyWordsPanel
from search.staff.menu import SearchViewSetGroup

register_snippet(SearchViewSetGroup)


@hooks.register("register_admin_urls")
def register_screens():
    """Give the report and the list of what finds nothing their addresses."""
    return [*report.urlpatterns, path("", include((nothing_found.urlpatterns, "search_staff")))]


@hooks.register("construct_homepage_panels")
def show_what_is_mine(request, panels):
    """Show the words that somebody was asked to see to."""
    panels.append(MyWordsPanel())


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given the right to see what readers look for."""
    return Permission.objects.filter(content_type__app_label="search", codename="view_lookedfor")
