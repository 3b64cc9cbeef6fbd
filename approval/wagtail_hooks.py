"""The admin face of approval."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.log_actions import LogFormatter
from wagtail.models import WorkflowState

from approval import looking, views
from approval.dashboard import DraftsPanel, LockedPanel, UnapprovedPanel, WaitingPanel
from approval.models import PublishedUnapproved, changed_last
from approval.rights import may_publish_unapproved, may_see
from approval.rules import sent_back_by, step_waiting_at, why_not_approve
from approval.services import LOOKED_AT, UNAPPROVED

WAGTAILS = (RecentEditsPanel, UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel, LockedPagesPanel)


class PublishButton(PageMenuItem):
    """The way to the screen from the page's "…" menu."""

    url_name = views.PUBLISH
    icon_name = "warning"
    priority = 61

    def __init__(self, *, page, **kwargs):
        super().__init__(page=page, label=views.TITLE, **kwargs)

    def is_shown(self, user):
        """Show it where there is a draft to publish, to whoever may."""
        return self.page.has_unpublished_changes and may_publish_unapproved(self.page, user)


class LookMenuItem(ActionMenuItem):
    """The way to what changes, and to approving it, from the menu beside "Save draft"."""

    name = "look-and-approve"
    label = "Look and approve"
    icon_name = "success"

    def is_shown(self, context):
        """Show it where something waits, to whoever may approve it."""
        page = context.get("page")
        step = step_waiting_at(page) if page and context["view"] == "edit" else None
        return bool(step) and not why_not_approve(page, context["request"].user, task=step.task.specific)

    def get_url(self, parent_context):
        """Lead to the screen."""
        return reverse(looking.LOOK, args=[parent_context["page"].pk])


class ReportMenuItem(MenuItem):
    """The entry under Reports."""

    def is_shown(self, request):
        """Show it to whoever has to do with approval."""
        return may_see(request.user)


@hooks.register("register_admin_urls")
def register_screens():
    """Give the screens their addresses."""
    return [path("approval/", include((views.urlpatterns, "approval")))]


@hooks.register("register_page_header_buttons")
def offer_publishing(page, user, next_url=None, **kwargs):
    """Offer to publish without approval, in the editor alone: it is nothing to press in passing."""
    yield PublishButton(page=page)


@hooks.register("register_page_action_menu_item")
def offer_approving():
    """Offer to look and approve in the editor."""
    return LookMenuItem(order=5)


@hooks.register("register_reports_menu_item")
def offer_report():
    """List what was published without approval."""
    return ReportMenuItem("Published without approval", reverse(looking.REPORT), icon_name="warning", order=410)


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    """Show somebody’s own drafts, and how much nobody has looked at."""
    # Ours say the same of drafts, what they wait for, and lead to what changes before it is approved.
    panels[:] = [panel for panel in panels if not isinstance(panel, WAGTAILS)]
    panels += [WaitingPanel(), DraftsPanel(), LockedPanel(), UnapprovedPanel()]


@hooks.register("before_edit_page", order=-100)
def ask_once_how_it_stands(request, page):
    """Let the editor ask the database once which workflow a draft is in, where Wagtail asks sixteen times.

    In the form of its own `prefetch_workflow_states`, which drafts come without. Only where the screen, or after a save
    while somebody writes a part of it, is to be made; not where this request may change it.
    """
    makes_the_screen = request.method == "GET" or not request.accepts("text/html")
    may_change_it = any(name.startswith(("action-", "workflow-action")) for name in request.POST)
    if makes_the_screen and not may_change_it and not hasattr(page, "_current_workflow_states"):
        states = WorkflowState.objects.active().for_instance(page).select_related("current_task_state__task")
        page._current_workflow_states = list(states)


@hooks.register("before_edit_page")
def say_what_waits(request, page):
    """Tell whoever opens the editor what they cannot see there: that it was not approved, or waits for another."""
    if request.method != "GET":
        return
    published = PublishedUnapproved.objects.waiting().filter(page=page.pk).select_related("by").first()
    if published:
        by = published.by or "Somebody"
        messages.warning(
            request,
            f"{by} published this without approval on {published.at:%d/%m/%Y}: “{published.reason}” Nobody else has "
            "looked at it yet.",
            buttons=[_look_at(looking.LOOK_AFTERWARDS, published)] if may_see(request.user) else [],
        )
    if sent_back := sent_back_by(page):
        by = sent_back.finished_by or "Somebody"
        messages.warning(request, f"{by} sent this back: “{sent_back.comment}”")
    step = step_waiting_at(page)
    if step and changed_last(page, request.user):
        messages.info(request, "You changed this last, so somebody else approves it. They have been told.")
    elif step and not why_not_approve(page, request.user, task=step.task.specific):
        messages.info(request, "This waits for your approval.", buttons=[_look_at(looking.LOOK, page)])


def _look_at(url_name: str, row) -> str:
    return messages.button(reverse(url_name, args=[row.pk]), "Look and approve")


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given the right to publish without approval."""
    return Permission.objects.filter(content_type__app_label="approval", codename="publish_unapproved")


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the log."""

    @actions.register_action(UNAPPROVED)
    class Unapproved(LogFormatter):
        label = "Publish without approval"

        def format_message(self, log_entry):
            return f"Published without approval. Reason: {log_entry.data['reason']}"

    actions.register_action(LOOKED_AT, "Approve afterwards", "Approved after it was published")
