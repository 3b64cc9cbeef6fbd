"""Who may give which role: nobody gives somebody, or themselves, a right that they do not have."""

from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.models import User
from accounts.roles import SITE_MANAGERS


def may_give(role: Group, *, by: User) -> bool:
    """Tell whether somebody who may change accounts may give this role: each of its rights has to be theirs, too.

    Site managers have every right of the office, and may give their own role.
    """
    own = by.groups.all()
    if by.is_superuser or role in own:
        return True
    if not _codenames(role) <= by.get_all_permissions():
        return False
    if is_site_manager(by):
        return True
    return _below(GroupPagePermission, "page", role, own) and _below(GroupCollectionPermission, "collection", role, own)


def is_site_manager(user: User) -> bool:
    """Tell whether somebody is one of the site managers. No query where the roles of many were asked for at once."""
    return any(group.name == SITE_MANAGERS.name for group in user.groups.all())


def may_look_after(user: User, *, by: User) -> bool:
    """Tell whether somebody with a right over accounts has it over this one.

    That of a superuser is for superusers and that of a site manager for site managers: with another address in it, or
    without its second factor, somebody else would sign in with its rights.
    """
    if by.is_superuser:
        return True
    return not user.is_superuser and (is_site_manager(by) or not is_site_manager(user))


def _codenames(role: Group) -> set[str]:
    found = role.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{name}" for app, name in found}


def _below(model, place: str, role: Group, own) -> bool:
    """Tell whether each right that a role has in a place of a tree is had there, or above, by one of one's groups."""

    def rights(groups):
        return set(model.objects.filter(group__in=groups).values_list("permission", f"{place}__path"))

    held = rights(own)
    return all(
        any(right == other and path.startswith(above) for other, above in held) for right, path in rights([role])
    )
