"""Who may publish without approval, and who may see what was."""

from approval.models import SecondPairOfEyes
from approval.rules import needs_approval
from pages.permissions import once_a_request

RIGHT = "approval.publish_unapproved"


def may_publish_unapproved(page, user) -> bool:
    """Tell whether somebody may publish what nobody has approved: a right of its own, beside that of the page."""
    return (
        user.has_perm(RIGHT) and page.permissions_for_user(user).has_right_to_publish() and needs_approval(page, user)
    )


def may_see(user) -> bool:
    """Tell whether somebody has to do with approval: approves something, or may publish without."""
    if not user.is_active:
        return False
    return user.has_perm(RIGHT) or once_a_request(user, "approves something", lambda: _approves_something(user))


def _approves_something(user) -> bool:
    return SecondPairOfEyes.objects.filter(active=True, groups__user=user).exists()
