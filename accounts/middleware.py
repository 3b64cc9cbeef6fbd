"""What somebody who is signed in may do yet."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts import second_factor, sessions


class SecondFactorFirst:
    """Lead staff who have yet to show a second factor to where they set one up; end sessions that are too old.

    Until then they can do nothing in the admin, and are readers like all others on the public site. Requests without
    a session cookie are not looked at, so that the answers to readers can be stored.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        if sessions.is_over(request, now=timezone.now()):
            logout(request)
        elif second_factor.is_owed(request):
            return self._lead(request)
        return self.get_response(request)

    def _lead(self, request):
        """Answer somebody who has yet to show a second factor."""
        admin, door = reverse("wagtailadmin_home"), reverse("account_login")
        if request.path == door or (request.path.startswith(admin) and request.path != reverse("wagtailadmin_logout")):
            if request.headers.get("X-Requested-With") == "XMLHttpRequest":
                raise PermissionDenied("Set up a second factor first.")
            return redirect("mfa_index")
        if not request.path.startswith((door, admin)):
            request.user = AnonymousUser()
        return self.get_response(request)
