"""The one door for staff. allauth looks for its views by these names; what lets strangers make accounts is absent."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as social
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts import provider, views

urlpatterns = [
    path("", views.SignIn.as_view(), name="account_login"),
    path("code/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("code/begin-again/", views.begin_again, name="sign_in_begin_again"),
    path("passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("off/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/choose/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    # allauth calls the first part uidb36; here it says what the link is for (accounts.links).
    path(
        "password/choose/<slug:uidb36>/<str:key>/",
        views.ChoosePassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("second-factor/", views.SecondFactors.as_view(), name="mfa_index"),
    path("second-factor/app/", app.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("second-factor/passkeys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("second-factor/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("elsewhere/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("with/<slug:provider_id>/back/", provider.come_back, name="openid_connect_callback"),
    path("with/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("with/failed/", social.login_error, name="socialaccount_login_error"),
    path("with/<slug:provider_id>/", provider.start, name="openid_connect_login"),
]

# Nothing of it stays behind on a shared computer.
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
