"""Lists in the admin of what nobody writes by hand: people choose themselves, and messages write themselves."""

from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class OnlyLookedAt(ModelPermissionPolicy):
    """Lets those look who may, and nobody write: not even a site manager."""

    def user_has_permission(self, user, action):
        """Tell whether somebody may."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        """Tell whether somebody may do one of these."""
        return any(self.user_has_permission(user, action) for action in actions)


class ListAndScreen(ModelViewSet):
    """The list, and the screen of one; no other way to a row."""

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None

    def get_urlpatterns(self):
        """Offer the list and the screen of one."""
        offered_here = ("index", "index_results", "inspect")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in offered_here]

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the ways to the others, too."""
        others = ("add", "edit", "delete", "usage", "copy", "history")
        return super().get_common_view_kwargs(**kwargs) | {f"{name}_url_name": None for name in others}
