"""Who may do what in the archives of bulletins; asked by menus, and so of everybody, on each screen of the admin."""

from bulletins.models import BulletinIndexPage
from pages.permissions import once_a_request
from pages.prepared import Prepared

_all = Prepared(lambda: BulletinIndexPage.objects.order_by("path"))


def archives(user) -> list[BulletinIndexPage]:
    """Return all archives in the order of the tree, asked for once a request."""
    return once_a_request(user, "archives", lambda: _all.objects(BulletinIndexPage))


def archives_for(user) -> list[BulletinIndexPage]:
    """Return the archives in which somebody may make an issue."""
    return [archive for archive in archives(user) if archive.permissions_for_user(user).can_add_subpage()]
