"""What somebody may do with a page: as Wagtail says, but what needs approval is published by being approved alone."""

from collections.abc import Callable, Hashable

from wagtail.images import get_image_model
from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

# Told by the room that knows of approval, which stands above this one.
_ask: list[Callable] = []


def publish_only_when_approved(needs_approval: Callable) -> None:
    """Let `needs_approval(page, user)` say which pages nobody may publish by a press of the button."""
    _ask.append(needs_approval)


def once_a_request(user, name: str, find_out: Callable):
    """Return `find_out()`, asked once a request: menus, lists and panels ask again for each of their entries.

    Kept under `name` with the person, as Django keeps their permissions: each request reads its own user.
    """
    if not hasattr(user, "_found_out"):
        user._found_out = {}
    if name not in user._found_out:
        user._found_out[name] = find_out()
    return user._found_out[name]


def what_somebody_may(user) -> Hashable:
    """Return who somebody is and all that they may: the same value as long as that stays the same.

    No query that a screen of the admin does not ask anyway. Superusers may everything, wherever it lies.
    """
    if user.is_superuser or not user.is_active:
        return user.pk, user.is_superuser, user.is_active
    in_pages = PagePermissionPolicy().get_cached_permissions_for_user(user)
    in_collections = policy_registry.get_by_type(get_image_model()).get_cached_permissions_for_user(user)
    return (
        user.pk,
        frozenset(user.get_all_permissions()),
        frozenset((each.pk, each.page.path) for each in in_pages),
        frozenset((each.pk, each.collection.path) for each in in_collections),
    )


class PagePermissions(PagePermissionTester):
    """Wagtail's answers, with approval in mind.

    `can_publish` is what the editor, lists, bulk actions and copying ask before something becomes public. What Wagtail
    derives from it without making anything public is asked of the right itself.
    """

    def can_publish(self):
        """Tell whether the page may be published now, without anybody else."""
        return self.has_right_to_publish() and not self.needs_approval()

    def can_publish_subpage(self):
        """Tell whether a page below may be made and published in one go."""
        return super().can_publish_subpage() and not self.needs_approval()

    def has_right_to_publish(self) -> bool:
        """Tell whether the right is there, whoever has to approve."""
        return super().can_publish()

    def needs_approval(self) -> bool:
        """Tell whether somebody else has to approve what is to be published here."""
        return any(asked(self.page, self.user) for asked in _ask)

    def can_set_view_restrictions(self):
        """Tell whether the page may be made private, or opened."""
        return self.has_right_to_publish()

    def can_unschedule(self):
        """Tell whether a publication that was scheduled may be cancelled."""
        return self.has_right_to_publish()
