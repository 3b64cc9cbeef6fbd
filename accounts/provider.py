"""Single sign-on: an OpenID Connect provider, by settings alone (OIDC_ISSUER and the others).

It signs in people who have an account already, found by the address that the provider has verified; nobody gets an
account by it. Then the account is known by the provider's own key for the person, whatever becomes of the address.
"""

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from jwt import PyJWTError
from requests import RequestException
from wagtail.log_actions import log

from accounts.letters import write_notice
from accounts.models import User

CONNECTED = "accounts.provider_connected"
UNKNOWN = "There is no account here for the address with which you signed in. Ask a site manager to invite you."


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Who may come in by way of the provider."""

    def is_open_for_signup(self, request, sociallogin):
        """Let nobody get an account by it."""
        return False

    def send_notification_mail(self, *args, **kwargs):
        """Send nothing of allauth's own."""

    def pre_social_login(self, request, sociallogin):
        """Find whose account it is. Keeps nothing of what the provider tells of the person."""
        claims = _claims(sociallogin.account.extra_data)
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            SocialAccount.objects.filter(pk=sociallogin.account.pk).update(extra_data={})
            return
        user = _person_with(claims)
        if user is None:
            messages.error(request, UNKNOWN)
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)
        log(instance=user, action=CONNECTED, user=user, data={"provider": settings.OIDC_NAME})
        write_notice(user, of="provider", what=settings.OIDC_NAME, now=timezone.now())


def _claims(told: dict) -> dict:
    return {**told.get("id_token", {}), **told.get("userinfo", {})}


def _person_with(claims: dict) -> User | None:
    """Return the account with the address, if the provider says that it has verified it."""
    verified = claims.get("email_verified") in (True, "true") or settings.OIDC_EMAILS_VERIFIED
    address = claims.get("email")
    if not verified or not isinstance(address, str) or not address:
        return None
    # Compared in small letters here, too: databases take letters for each other that are not, such as ſ for s.
    user = User.objects.filter(email__iexact=address.strip(), is_active=True).first()
    return user if user and user.email.lower() == address.strip().lower() else None


class SignedConnect(OpenIDConnectOAuth2Adapter):
    """OpenID Connect, believing only what is signed for this site and about one and the same person."""

    def complete_login(self, request, app, token, **kwargs):
        """Return who it is. Raises OAuth2Error, which says to the person that it did not work."""
        try:
            login = super().complete_login(request, app, token, **kwargs)
            told = login.account.extra_data
            # OpenID Connect Core 5.3.2: what the second answer says counts only if it is about the same person.
            if told["userinfo"]["sub"] != told["id_token"]["sub"]:
                raise OAuth2Error("The provider spoke of two people.")
        except (KeyError, TypeError, ValueError, PyJWTError) as error:
            raise OAuth2Error("The provider's answer cannot be read.") from error
        return login

    def _decode_id_token(self, app, id_token):
        """Ask for the signature too, although the answer came over TLS: proxies and mistakes are not excluded."""
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


@never_cache
@require_POST
def start(request, provider_id):
    """Send somebody to the provider, by a page of ours.

    Not by a redirect: the policy of what a form may lead to (`form-action`) would be asked of every address on the
    way, and providers pass people on to others of which nobody here knows.
    """
    _refuse_others(provider_id)
    adapter = SignedConnect(request, provider_id)
    provider = adapter.get_provider()
    provider.oauth2_adapter_class = SignedConnect
    try:
        answer = provider.redirect(request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except (RequestException, ValueError, KeyError, TypeError) as error:
        return render_authentication_error(request, provider, exception=error)
    if answer.status_code != 302:
        return answer
    return render(request, "socialaccount/leaving.html", {"provider_url": answer.url, "provider": settings.OIDC_NAME})


@never_cache
@require_GET
def come_back(request, provider_id):
    """Sign in whoever comes back from the provider."""
    _refuse_others(provider_id)
    adapter = SignedConnect(request, provider_id)
    try:
        return OAuth2CallbackView.adapter_view(adapter)(request)
    except (ValueError, KeyError, TypeError) as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)


def _refuse_others(provider_id: str) -> None:
    if not settings.OIDC_ISSUER or provider_id != settings.OIDC_KEY:
        raise Http404


def name() -> str:
    """Return what the button calls the provider; "" where there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""
