"""People of each role, for tests of any room."""

from itertools import count

from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from accounts.granting import keep_roles
from accounts.models import User
from accounts.roles import Role
from approval.keeping import keep_workflows
from approval.models import SecondPairOfEyes
from tests.factories import add_home
from tests.updates.factories import make_root

_numbers = count()


def given_roles() -> None:
    """Make groups and workflows as an installation has them."""
    keep_roles()
    keep_workflows()


def add_home_with_roles():
    """Make a site and the roles that work on it, and return its home page."""
    home = add_home()
    given_roles()
    return home


def member(*roles: Role, **fields) -> User:
    """Make a member of staff with these roles; `given_roles` has to have been called."""

    user = User.objects.create_user(f"member{next(_numbers)}@board.example", "a long enough password", **fields)
    user.groups.set(Group.objects.filter(name__in=[role.name for role in roles]))
    return user


def two_people_everywhere(approvers) -> Workflow:
    """Let everything be approved by a second person, who is one of this group."""
    task = SecondPairOfEyes.objects.create(name="Look")
    task.groups.add(approvers)
    workflow = Workflow.objects.create(name="Second pair of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr)
    WorkflowPage.objects.update_or_create(page=make_root(), defaults={"workflow": workflow})
    return workflow
