"""People of each role, for tests of any room."""

from itertools import count

from django.contrib.auth.models import Group

from accounts.granting import keep_roles
from accounts.models import User
from accounts.roles import Role
from approval.keeping import keep_workflows

_numbers = count()


def given_roles() -> None:
    """Make groups and workflows as an installation has them."""
    keep_roles()
    keep_workflows()


def member(*roles: Role, **fields) -> User:
    """Make a member of staff with these roles; `given_roles` has to have been called."""

    user = User.objects.create_user(f"member{next(_numbers)}@board.example", "a long enough password", **fields)
    user.groups.set(Group.objects.filter(name__in=[role.name for role in roles]))
    return user
