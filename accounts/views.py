"""The pages of sign-in that are ours, or that differ from allauth's in more than their words."""

from allauth.account import views as account_views
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base import views as second_factor_views
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as passkey_views
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from accounts import links, provider, second_factor
from accounts.sessions import end_sessions

SIGNED_OUT_ELSEWHERE = "accounts.signed_out_elsewhere"


class SignIn(account_views.LoginView):
    """The one door for staff."""

    def dispatch(self, request, *args, **kwargs):
        """Lead on who is signed in; not to a page that has sent them here, which would do it again."""
        wanted = get_next_redirect_url(request)
        if request.user.is_authenticated and wanted and not self._opens(wanted):
            return render(request, "accounts/signed_in.html", {"next_url": wanted}, status=403)
        return super().dispatch(request, *args, **kwargs)

    def _opens(self, wanted: str) -> bool:
        in_admin = wanted.startswith(reverse("wagtailadmin_home"))
        return in_admin and self.request.user.has_perm(second_factor.OPENS_THE_ADMIN)

    def get_context_data(self, **kwargs):
        """Add the provider, where one is set up, and whether it was a page of the public site that was asked for."""
        wanted = get_next_redirect_url(self.request)
        is_for_reader = bool(wanted) and not wanted.startswith(reverse("wagtailadmin_home"))
        return super().get_context_data(**kwargs) | {"provider": provider.name(), "is_for_reader": is_for_reader}


class SecondStep(second_factor_views.AuthenticateView):
    """The second factor, after the password."""

    def get_context_data(self, **kwargs):
        """Say whether there is a passkey to ask for."""
        passkeys_of = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        return super().get_context_data(**kwargs) | {"has_passkey": passkeys_of.exists()}


class ChoosePassword(account_views.PasswordResetFromKeyView):
    """A password by the link of a mail: an invitation, or because the old one was forgotten."""

    def get_context_data(self, **kwargs):
        """Say which of the two it is."""
        is_invitation = self.kwargs["uidb36"] == links.INVITATION
        return super().get_context_data(**kwargs) | {"is_invitation": is_invitation, "person": self.reset_user}


class SecondFactors(second_factor_views.IndexView):
    """What somebody signs in with, and what they can do about it."""

    def get_context_data(self, **kwargs):
        """Say whether they can do nothing else before they have set one up."""
        owed = second_factor.is_owed(self.request)
        return super().get_context_data(**kwargs) | {"is_owed": owed, "admin_url": reverse("wagtailadmin_home")}


class AddPasskey(passkey_views.AddWebAuthnView):
    """A passkey that may sign in by itself: it asks for a finger, a face or a PIN, and knows whose it is."""

    def get_context_data(self, **kwargs):
        """Ask the browser for such a one."""
        context = super().get_context_data(**kwargs)
        # After allauth's own, because the last question is the one that an answer is compared with.
        options = passkeys.begin_registration(authenticated_user(self.request), True)
        return context | {"js_data": {"creation_options": options}}


@require_POST
def begin_again(request):
    """Forget whose password was typed, before the second step."""
    clear_login(request)
    return redirect("account_login")


@require_POST
@login_required
def sign_out_elsewhere(request):
    """End all other sessions of whoever asks."""
    end_sessions(user=request.user, but=request)
    log(instance=request.user, action=SIGNED_OUT_ELSEWHERE, user=request.user)
    messages.success(request, "You are signed out everywhere else.")
    return redirect("mfa_index")
