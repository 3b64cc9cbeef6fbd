"""The admin's face of the clock."""

from django.contrib.auth.models import Permission
from wagtail import hooks

from clock.dashboard import AlarmsPanel


@hooks.register("construct_homepage_panels")
def show_alarms(request, panels):
    """Say what is wrong."""
    panels.append(AlarmsPanel())


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given the right to be told of alarms."""
    return Permission.objects.filter(content_type__app_label="clock", codename="view_jobrecord")
