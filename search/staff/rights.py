"""Who may see what readers look for, and do something about it."""

from wagtail.permission_policies import ModelPermissionPolicy

from search.models import LookedFor

policy = ModelPermissionPolicy(LookedFor)


def may_see(user) -> bool:
    """Tell whether somebody may see what readers look for."""
    return policy.user_has_permission(user, "view")


def who_may_see():
    """Return the people to whom words can be given."""
    return policy.users_with_permission("view")
