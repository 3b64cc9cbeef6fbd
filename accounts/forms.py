"""The forms of sign-in, where they differ from allauth's: their words, and what is counted."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.adapter import get_adapter as second_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import letters, limits, links
from accounts.adapters import counted
from accounts.second_factor import authenticator_that_fits

LONGEST_NAME = 60


def _plain(field, label: str, missing: str, hint: str = "", **attrs: str) -> None:
    """Give a field its words; a placeholder would be gone as soon as somebody types."""
    field.label, field.help_text = label, hint
    field.error_messages = field.error_messages | {"required": missing}
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"class": "govuk-input", **attrs})


def _plain_new_password(form) -> None:
    hint = "At least 12 characters. Three or four words that do not belong together are easy to remember."
    form.fields["password1"].min_length = None
    _plain(form.fields["password1"], "New password", "Enter a new password", hint, autocomplete="new-password")
    _plain(form.fields["password2"], "The same password again", "Enter it again", autocomplete="new-password")


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], "E-mail address", "Enter your e-mail address", autocomplete="username")
        _plain(self.fields["password"], "Password", "Enter your password", autocomplete="current-password")


class AgainForm(ReauthenticateForm):
    """The password again, before something changes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], "Your password", "Enter your password", autocomplete="current-password")


class ForgottenForm(ResetPasswordForm):
    """Asks for the link with which a new password is chosen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["email"], "Your e-mail address", "Enter your e-mail address", autocomplete="username")

    def clean_email(self):
        """Count it. Nothing is looked up: see accounts.letters."""
        email = self.cleaned_data["email"]
        counted(limits.RESETS, get_adapter().request, name=email, user_id=None)
        return email

    def save(self, request, **kwargs):
        """Write down that the link is owed."""
        letters.write_reset(self.cleaned_data["email"], now=timezone.now())
        return self.cleaned_data["email"]


class LinkForm(forms.Form):
    """Reads the link of a mail: what it is for, and its signed part. allauth calls the first `uidb36`."""

    uidb36 = forms.CharField()
    key = forms.CharField()
    reset_user = None

    def clean(self):
        """Find whose link it is."""
        said = super().clean()
        self.reset_user = links.person_behind(said.get("key", ""), purpose=said.get("uidb36", ""))
        if self.reset_user is None:
            raise get_adapter().validation_error("invalid_password_reset")
        return said


class ChooseForm(ResetPasswordKeyForm):
    """A new password, by the link of a mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain_new_password(self)


class FirstPasswordForm(SetPasswordForm):
    """A password for somebody who has none, because they sign in with a provider."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain_new_password(self)


class ChangeForm(ChangePasswordForm):
    """A new password, for somebody who knows the old one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], "Your password now", "Enter your password", autocomplete="current-password")
        _plain_new_password(self)

    def clean_oldpassword(self):
        """Count tries here too: a session that somebody left open must not be the place to guess."""
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["oldpassword"]


class CodeIsCounted:
    """A code from the app, or a recovery code. Each can be used once, and each try is counted."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(
            self.fields["code"],
            "Code",
            "Enter a code",
            "The six digits that your app shows now, or one of your recovery codes.",
            inputmode="numeric",
            autocomplete="one-time-code",
        )

    def clean_code(self):
        """Find what it is a code of."""
        attempt = counted(limits.CODES, get_adapter().request, name=str(self.user.pk), user_id=self.user.pk)
        self.authenticator = authenticator_that_fits(self.user, self.cleaned_data["code"])
        if self.authenticator is None:
            if main := Authenticator.objects.filter(user=self.user).order_by("-type").first():
                self._emit_authentication_failed(main)
            raise second_factor_adapter().validation_error("incorrect_code")
        attempt.delete()
        self.authenticator.user = self.user
        return self.cleaned_data["code"]


class CodeForm(CodeIsCounted, AuthenticateForm):
    """The code after the password."""


class CodeAgainForm(CodeIsCounted, ReauthenticateByCodeForm):
    """A code before something changes."""


class AppForm(ActivateTOTPForm):
    """The first code from an app, which shows that it was set up."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(
            self.fields["code"],
            "The code that the app shows now",
            "Enter the code",
            "Six digits.",
            inputmode="numeric",
            autocomplete="one-time-code",
        )


class CredentialField(forms.JSONField):
    """What a browser says of a passkey. A list of lists of lists… is more than JSON's reader bears."""

    MOST = 50_000

    def to_python(self, value):
        """Return what it says. Raises ValidationError."""
        if isinstance(value, str) and len(value) > self.MOST:
            raise ValidationError("Too long.", code="invalid")
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError("Too deep.", code="invalid") from error


class AnswersOfPasskeys:
    """An answer that no browser gives is refused like one that does not fit."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def full_clean(self):
        """Read it. What breaks allauth's reading does not fit either."""
        try:
            super().full_clean()
        except (TypeError, ValueError, KeyError, AttributeError):
            self.add_error(None, second_factor_adapter().validation_error("incorrect_code"))


class PasskeyForm(AnswersOfPasskeys, AddWebAuthnForm):
    """A new passkey. Every passkey may sign in by itself, because each asks for a finger, a face or a PIN."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        hint = "For example: work laptop, my phone, key on my key ring."
        _plain(self.fields["name"], "What you call it", "Enter a name", hint)
        self.fields["name"].widget.attrs["maxlength"] = LONGEST_NAME

    def clean_name(self):
        """Return a name that fits into a list."""
        return super().clean_name()[:LONGEST_NAME]


class PasskeySignInForm(AnswersOfPasskeys, LoginWebAuthnForm):
    """A passkey alone."""


class PasskeyStepForm(AnswersOfPasskeys, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAgainForm(AnswersOfPasskeys, ReauthenticateWebAuthnForm):
    """A passkey before something changes."""


class RenameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(max_length=LONGEST_NAME)
        _plain(self.fields["name"], "What you call it", "Enter a name")
