"""The step between the password and being signed in."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor of whoever has one, unless a passkey or the provider has been asked for it already."""

    def _should_handle(self, request):
        methods = [record["method"] for record in get_authentication_records(request, self.login.user)]
        if settings.OIDC_SECOND_FACTOR and methods[-1:] == ["socialaccount"]:
            return False
        return super()._should_handle(request)
