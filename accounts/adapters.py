"""What allauth asks this site: how somebody signs in, what is counted, what mail goes out, where it leads."""

import base64
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import browsers, limits, second_factor
from accounts.letters import letterhead, write_notice
from accounts.models import User

DOES_NOT_FIT = "E-mail address and password do not fit together. Check both, and try again."
# What allauth calls its mails, and which of ours each is (accounts.letters.NOTICES).
NOTICES = {
    "account/email/password_changed": ("password", None),
    "account/email/password_reset": ("password", None),
    "account/email/password_set": ("password", None),
    "mfa/email/totp_activated": ("added", Authenticator.Type.TOTP),
    "mfa/email/webauthn_added": ("added", Authenticator.Type.WEBAUTHN),
    "mfa/email/totp_deactivated": ("removed", Authenticator.Type.TOTP),
    "mfa/email/webauthn_removed": ("removed", Authenticator.Type.WEBAUTHN),
    "mfa/email/recovery_codes_generated": ("codes", None),
}


class StaffAdapter(DefaultAccountAdapter):
    """Signing in by e-mail address and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": DOES_NOT_FIT,
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your password.",
        "invalid_password_reset": "This link does not work any more.",
    }

    def is_open_for_signup(self, request):
        """Let nobody make an account for themselves."""
        return False

    def get_client_ip(self, request):
        """Return the address that the limits count, whatever a client says of itself."""
        return limits.network_of(request)

    def authenticate(self, request, **credentials):
        """Return whose address and password these are, or None; each try is counted. Raises ValidationError.

        The work is the same whether or not there is such an account: one question, one row, one password hashed.
        """
        name = credentials.get("email") or ""
        user_id = User.objects.filter(email__iexact=name.strip()).values_list("pk", flat=True).first()
        attempt = counted(limits.PASSWORDS, request, name=name, user_id=user_id)
        user = authenticate(request, **credentials)
        # Of a deactivated account allauth keeps who it is, to say so. Here it is told from no other failure.
        AuthenticationBackend.unstash_authenticated_user()
        if user is not None:
            attempt.delete()
        return user

    def get_login_stages(self):
        """Ask for the second factor after the password, and after a provider that does not vouch for one."""
        return ["accounts.stages.SecondFactorStage"]

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask for the password again before anything changes, but not on the way to the first second factor."""
        if app == "allauth.mfa" and self.request.user.is_authenticated and not second_factor.has_one(self.request.user):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """Name them plainly."""
        names = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code from your app, or a recovery code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        return [method | {"description": names[method["id"]]} for method in super().get_reauthentication_methods(user)]

    def post_login(self, request, user, **kwargs):
        """Let the browser be known from now on."""
        response = super().post_login(request, user, **kwargs)
        browsers.remember(response, user_id=user.pk)
        return response

    def get_login_redirect_url(self, request):
        """Lead to the admin whoever may open it."""
        return reverse("wagtailadmin_home") if request.user.has_perm(second_factor.OPENS_THE_ADMIN) else "/"

    def get_password_change_redirect_url(self, request):
        """Lead back to the page from which it was changed."""
        return reverse("mfa_index")

    def is_safe_url(self, url):
        """Lead to this very site and nowhere else, over HTTPS where the request came so."""
        request = self.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Owe the person word of a change to their account; a first password is none."""
        of, kind = NOTICES.get(template_prefix, (None, None))
        if of and not (of == "password" and user.last_login is None):
            write_notice(user, of=of, what=second_factor.NAMES.get(kind, ""), now=timezone.now())

    def send_mail(self, template_prefix, email, context):
        """Send nothing of allauth's own: every mail to staff is a letter (accounts.letters)."""


def counted(limit: limits.Limits, request, *, name: str, user_id):
    """Count a try of this request and return it. Raises ValidationError when there were too many."""
    browser = browsers.known_as(request, user_id=user_id)
    sender = {"network": limits.network_of(request), "browser": browser}
    try:
        return limits.begin(limit, name=name, user_id=user_id, now=timezone.now(), **sender)
    except limits.TooManyTries as error:
        raise ValidationError(too_many(error.minutes), code="too_many_login_attempts") from error


def too_many(minutes: int) -> str:
    """Return what is said to whoever tried too often."""
    wait = f"{minutes // 60} hours" if minutes > 60 else "an hour" if minutes == 60 else f"{minutes} minutes"
    return f"This has been tried too often. Wait {wait}, then try again, or sign in with a passkey."


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys, codes from an app, recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This does not fit. Codes change every 30 seconds, and each can be used once.",
    }

    def get_totp_issuer(self):
        """Return the name under which an app lists the account."""
        return letterhead().name

    def get_public_key_credential_rp_entity(self):
        """Return what a passkey is for: this host, under the board's name."""
        return super().get_public_key_credential_rp_entity() | {"name": letterhead().name}

    def generate_authenticator_name(self, user, type):
        """Return a name for a passkey that was given none."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def encrypt(self, text):
        """Return what is stored of a secret, so that a stolen backup alone opens no account."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Return the secret; what no code fits where SECRET_KEY is another one by now."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _keys() -> MultiFernet:
    """Return the keys made from SECRET_KEY, and from those before it that still count."""
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.second_factor").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
