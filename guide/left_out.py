"""What Wagtail offers and this site does not use: left out of menus, forms and choices, and no address answers.

What has a switch is switched off in the settings. docs/architecture.md says of each why.
"""

from django.views.decorators.cache import never_cache
from django.views.defaults import page_not_found
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import GroupApprovalTask
from wagtail.workflows import get_task_types

# By the names of entries: our own lists and reports answer the same questions better.
REPORTS = {"workflow-tasks", "aging-pages", "page-types-usage"}
# Wagtail's own entries of the help menu lead to its makers' pages.
HELP = {"editor-guide", "whats-new-in-wagtail"}
# Below /admin/, as regular expressions. Their names stay, because Wagtail's templates ask for some of them.
ADDRESSES = (
    "reports/(?:aging-pages|page-types-usage|workflow_tasks)/",
    "tag-autocomplete/",
    r"bulk/\w+/\w+/add_tags/",
    r"images/\d+/generate_url/",
    "workflows/tasks/add/wagtailcore/groupapprovaltask/",
)
ROUTE = f"^admin/(?:{'|'.join(ADDRESSES)})"
_TAGGED = (("wagtailimages", "image"), ("documents", "librarydocument"))


@never_cache
@require_admin_access
def not_here(request, *args, **kwargs):
    """Answer as for an address that never was."""
    return page_not_found(request, None, template_name="wagtailadmin/404.html")


def without_tags() -> None:
    """Take "Add tags to selection" away: pictures and files are found by topic, collection and words.

    Wagtail has no hook for this; what is registered is a plain dictionary.
    """
    for app, model in _TAGGED:
        # Asked first, so that all actions have been gathered.
        if bulk_action_registry.get_bulk_action_class(app, model, "add_tags"):
            del bulk_action_registry.actions[app][model]["add_tags"]


def without_group_approval() -> None:
    """Take Wagtail's step of a workflow away, in which people approve what they wrote themselves; ours is in its place.

    Wagtail has no hook for this; what is offered is a plain list, gathered once. Steps that there are go on working.
    """
    offered = get_task_types()
    if GroupApprovalTask in offered:
        offered.remove(GroupApprovalTask)


def leads_away(item) -> bool:
    """Tell whether an entry of the help menu leads to the makers of the software."""
    return item.name in HELP or str(getattr(item, "url", "")).startswith("https://")
