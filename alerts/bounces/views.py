"""The address at which the provider of mail reports what became of it."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

# Those that report many at once send some hundred kilobytes.
LARGEST = 2_000_000


@csrf_exempt
def reports(request, provider: str) -> HttpResponse:
    """Hand over what the provider reports; there is no such address for a site that has none, or another.

    Nothing of the body is read before name and password are right.
    """
    if not settings.EMAIL_PROVIDER or provider != settings.EMAIL_PROVIDER:
        raise Http404
    if not _knows_the_secret(request):
        # Amazon sends them only when it is asked for them like this.
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="reports"'})
    if _size(request) > LARGEST:
        return HttpResponse(status=413)
    return _view_of(provider)(request)


def _knows_the_secret(request) -> bool:
    from anymail.utils import get_request_basic_auth

    return constant_time_compare(get_request_basic_auth(request) or "", settings.ANYMAIL["WEBHOOK_SECRET"])


def _size(request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return LARGEST + 1


def _view_of(provider: str):
    """Return the package's view for it, which checks signatures too and sends the signal."""
    from anymail.urls import urlpatterns

    name = f"{provider}_tracking_webhook"
    view = next((pattern.callback for pattern in urlpatterns if pattern.name == name), None)
    if view is None:
        raise Http404
    return view
