"""The admin face of approval."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.log_actions import LogFormatter
from wagtail.models import WorkflowState

from approval import views
from approval.dashboard import DraftsPanel, UnapprovedPanel
from approval.models import PublishedUnapproved, changed_last
from approval.rights import may_publish_unapproved, may_see
from approval.services import LOOKED_AT, UNAPPROVED


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


@hooks.register("register_reports_menu_item")
def offer_report():
    """List what was published without approval."""
    return ReportMenuItem("Published without approval", reverse(views.REPORT), icon_name="warning", order=410)


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    """Show somebody’s own drafts, and how much nobody has looked at."""
    # Ours say the same of drafts, and what they wait for.
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]
    panels += [DraftsPanel(), UnapprovedPanel()]


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
            buttons=[messages.button(reverse(views.REPORT), "Look at it")] if may_see(request.user) else [],
        )
    if page.workflow_in_progress and changed_last(page, request.user):
        messages.info(request, "You changed this last, so somebody else approves it. They have been told.")


@hooks.register("after_edit_page")
def say_that_it_was_saved_only(request, page):
    """Tell an approver who changed something while approving that somebody else has to approve that."""
    approving = request.POST.get("workflow-action-name") == "approve"
    if approving and page.workflow_in_progress and changed_last(page, request.user):
        messages.warning(request, "Your change is saved. Because you made it, somebody else has to approve it.")


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
