"""Keeps the workflows that rooms declare: one each, with one step, on the pages they are for."""

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from accounts.granting import all_approved
from accounts.roles import SITE_MANAGERS, Approved
from approval.models import SecondPairOfEyes

# Wagtail makes it, for groups that a site with our roles does not have.
WAGTAILS_OWN = "Moderators approval"


@transaction.atomic
def keep_workflows() -> list[Workflow]:
    """Let there be the workflows that rooms declare, and return them.

    What a site manager has changed since stays: a workflow that was disabled, and pages that were given another. Groups
    have to be there (`accounts.granting.keep_roles`).
    """
    _remove_wagtails_own()
    return [_kept(approved) for approved in all_approved()]


def _kept(approved: Approved) -> Workflow:
    workflow, _ = Workflow.objects.get_or_create(name=approved.name)
    task, _ = SecondPairOfEyes.objects.get_or_create(name=f"{approved.name}: a second pair of eyes")
    task.groups.set(Group.objects.filter(name__in=[role.name for role in (*approved.by, SITE_MANAGERS)]))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    for page in apps.get_model(approved.page).objects.filter(workflowpage=None):
        WorkflowPage.objects.create(page=page, workflow=workflow)
    return workflow


def _remove_wagtails_own() -> None:
    unused = Workflow.objects.filter(name=WAGTAILS_OWN).exclude(pk__in=WorkflowState.objects.values("workflow"))
    Task.objects.filter(workflow_tasks__workflow__in=unused, name=WAGTAILS_OWN).delete()
    unused.delete()
