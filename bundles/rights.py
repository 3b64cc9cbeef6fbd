"""Who may see a bundle, and do what with it."""

from wagtail.permissions import policy_registry

from approval.rules import needs_approval
from approval.rules import why_not_approve as why_not_approve_page
from bundles.models import Bundle
from pages.models import BasePage


def may_bundle(user) -> bool:
    """Tell whether somebody may put bundles together: who may edit some page."""
    return policy_registry.get_by_type(BasePage).user_has_permission(user, "change")


def may_see(bundle: Bundle, user) -> bool:
    """Tell whether somebody may see a bundle: who made it, or may edit a page of it."""
    pages = pages_of(bundle)
    return bundle.made_by_id == user.pk or any(page.permissions_for_user(user).can_edit() for page in pages)


def may_change(bundle: Bundle, user) -> bool:
    """Tell whether somebody may hand it in and take it back: who may edit all of its pages."""
    return all(page.permissions_for_user(user).can_edit() for page in pages_of(bundle))


def why_not_approve(bundle: Bundle, user) -> str:
    """Return in a sentence why somebody may not approve a bundle; empty when nothing is in the way.

    Whoever approves it may approve each page that needs that, has written none of the drafts, and may publish the rest.
    """
    for page in pages_of(bundle):
        if needs_approval(page, user):
            if why := why_not_approve_page(page, user):
                return why
        elif not page.permissions_for_user(user).can_publish():
            return f"You may not publish “{page.get_admin_display_title()}”."
    return ""


def pages_of(bundle: Bundle) -> list:
    """Return the pages of a bundle that are still there."""
    return [row.page.specific for row in bundle.bundled.select_related("page") if row.page]
