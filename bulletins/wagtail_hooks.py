"""What staff see of the bulletin in the admin."""

from wagtail import hooks

from bulletins.dashboard import BulletinPanel


@hooks.register("construct_homepage_panels")
def show_bulletin(request, panels):
    """Put the bulletin first."""
    panels.append(BulletinPanel())
