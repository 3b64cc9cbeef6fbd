"""Who may do what with messages."""

from django.core.exceptions import PermissionDenied


def may_see(user) -> bool:
    """Tell whether somebody may see messages and how they went out, without the people they went to."""
    return user.has_perm("alerts.view_message")


def may_see_people(user) -> bool:
    """Tell whether somebody may see addresses."""
    return user.has_perm("alerts.view_subscriber")


def may_retry(user) -> bool:
    """Tell whether somebody may have sent again what failed. What cannot be seen cannot be worked on."""
    return user.has_perms(["alerts.view_message", "alerts.retry_message"])


def may_send_urgent(user) -> bool:
    """Tell whether somebody may send an update to everybody at once."""
    return user.has_perm("alerts.send_urgent_message")


def may_send_issues(user) -> bool:
    """Tell whether somebody may send a bulletin to its subscribers."""
    return user.has_perm("alerts.send_issue_message")


class Needs:
    """A view for those of whom `right` is true; anybody else is turned away."""

    right = staticmethod(may_see)

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not do this."""
        if not self.right(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
