"""The admin's face of the clock."""

from wagtail import hooks

from clock.dashboard import AlarmsPanel


@hooks.register("construct_homepage_panels")
def show_alarms(request, panels):
    """Say what is wrong."""
    panels.append(AlarmsPanel())
