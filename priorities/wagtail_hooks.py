"""What staff see of priority areas in the admin."""

from wagtail import hooks

from priorities import arranging


@hooks.register("register_admin_urls")
def register_screen():
    """Give the screen its address."""
    return arranging.urlpatterns


@hooks.register("register_page_header_buttons")
def offer_screen_on_page(page, user, next_url=None, **kwargs):
    """Lead to it from the page."""
    yield arranging.ArrangeButton(page=page, next_url=next_url)


@hooks.register("register_page_listing_more_buttons")
def offer_screen_in_lists(page, user, next_url=None, **kwargs):
    """Lead to it from the lists of pages."""
    yield arranging.ArrangeButton(page=page, next_url=next_url)


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the history of a priority area."""
    actions.register_action("priorities.pin", "Pin", "Something was pinned to the page")
    actions.register_action("priorities.hide", "Hide", "Something was hidden from the page")
    actions.register_action("priorities.undo", "Leave to itself", "A pinned or hidden thing takes its own place again")
