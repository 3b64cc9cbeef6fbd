"""Who looks after a page: its owner, or, when that person has left, the role that approves it."""

from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import SITE_MANAGERS
from approval.rules import task_of


def who_looks_after(page) -> list[User]:
    """Return who is to review a page: the owner, if they still can; else those who approve it, else site managers."""
    if page.owner_id and _still_can(page, page.owner):
        return [page.owner]
    task = task_of(page)
    groups = list(task.groups.exclude(name=SITE_MANAGERS.name)) if task else []
    return _in(groups) or site_managers()


def site_managers() -> list[User]:
    """Return the site managers; superusers where nobody is one."""
    return _in(Group.objects.filter(name=SITE_MANAGERS.name)) or list(
        User.objects.filter(is_active=True, is_superuser=True).order_by("pk")
    )


def _still_can(page, user) -> bool:
    may_enter = user.is_active and user.has_perm("wagtailadmin.access_admin")
    return may_enter and page.permissions_for_user(user).can_edit()


def _in(groups) -> list[User]:
    return list(User.objects.filter(is_active=True, groups__in=groups).distinct().order_by("pk"))
