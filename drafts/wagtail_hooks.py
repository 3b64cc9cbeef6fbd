"""What editors see of links to drafts."""

from wagtail import hooks

from drafts import staff_views
from drafts.menus import ShareButton, say_what_came_in
from drafts.services import LOG_REVOKE, LOG_SHARE


@hooks.register("register_admin_urls")
def register_screen():
    """Give the screen and its buttons their addresses."""
    return staff_views.urlpatterns


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_sharing(page, user, next_url=None, **kwargs):
    """Offer it in the "…" menu of a page."""
    yield ShareButton(page=page)


@hooks.register("before_edit_page")
def tell_of_comments(request, page):
    """Say on the editing screen that somebody has said something of the draft; not to the editor's own scripts."""
    if request.method == "GET" and request.accepts("text/html") and "_w_hydrate_create_view" not in request.GET:
        say_what_came_in(request, page)


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the history of a page."""
    actions.register_action(LOG_SHARE, "Share the draft", "Made a link to the draft")
    actions.register_action(LOG_REVOKE, "Stop a link to the draft", "Stopped a link to the draft")
