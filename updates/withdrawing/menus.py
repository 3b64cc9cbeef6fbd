"""Who may withdraw which page, and the ways to the screen."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.locks import BasicLock, ScheduledForPublishLock

from pages.models import WithdrawnAs

URL_NAME = "updates_withdraw"
ICON = "no-view"
TAKEN_BACK = {
    WithdrawnAs.ERROR: "Taken away as published in error",
    WithdrawnAs.CONSOLIDATED: "Consolidated into another page",
    WithdrawnAs.WITHDRAWN: "Withdrawn",
}


def can_be_withdrawn(page) -> bool:
    """Tell whether there is anything to withdraw: a tracked page in its own right that is or was public. No query."""
    was_public = page.live or page.first_published_at is not None
    return page.specific_class is not None and page.specific_class.is_tracked and was_public and not page.alias_of_id


def may_withdraw(page, user) -> bool:
    """Tell whether somebody may withdraw this page: who may publish it, unless it is locked for them.

    A publication that is scheduled locks a page for everybody. It must not stop what was published in error from being
    taken down, and is cancelled by that.
    """
    may_take_down = page.permissions_for_user(user).has_right_to_publish()
    return can_be_withdrawn(page) and may_take_down and not _is_locked(page, user)


def _is_locked(page, user) -> bool:
    lock = page.get_lock()
    if isinstance(lock, ScheduledForPublishLock):
        # It hides a lock that a person set.
        lock = BasicLock(page) if page.locked else None
    return lock is not None and lock.for_user(user)


def label_for(page) -> str:
    """Return what the way to the screen is called for this page."""
    return "Change withdrawal" if page.withdrawn_as else "Withdraw"


class WithdrawMenuItem(ActionMenuItem):
    """The way to the screen from the menu beside "Save draft"."""

    name = "action-withdraw"
    icon_name = ICON
    order = 25

    def is_shown(self, context):
        """Show it while a page is edited, to whoever may take that page down."""
        return context["view"] == "edit" and may_withdraw(context["page"], context["request"].user)

    def get_context_data(self, parent_context):
        """Say whether this is the first withdrawal or a change of it."""
        return super().get_context_data(parent_context) | {"label": label_for(parent_context["page"])}

    def get_url(self, parent_context):
        """Return the screen's address."""
        return reverse(URL_NAME, args=[parent_context["page"].pk])


class WithdrawButton(PageMenuItem):
    """The way to the screen from the page's "…" menu, in its header and in lists."""

    url_name = URL_NAME
    icon_name = ICON
    priority = 62

    def __init__(self, *, page, **kwargs):
        super().__init__(page=page, label=label_for(page), **kwargs)

    def is_shown(self, user):
        """Show it to whoever may take the page down."""
        return may_withdraw(self.page, user)


def say_that_it_is_withdrawn(request, page):
    """Tell whoever opens the editor what readers get now, and what publishing does."""
    held = page.withdrawal()
    if held is None:
        return
    day = timezone.localtime(held.withdrawn_at)
    buttons = []
    if may_withdraw(page, request.user):
        buttons = [messages.button(reverse(URL_NAME, args=[page.pk]), "Change withdrawal")]
    messages.warning(
        request,
        f"{TAKEN_BACK[held.way]} on {day.day} {day:%B %Y}. Drafts change nothing for readers. "
        "Publishing brings the page back.",
        buttons=buttons,
    )
