"""Health checks, and the pages that stand in when something is wrong."""

import sys
from pathlib import Path

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from clock.alarms import raised_alarms

RETRY_SECONDS = 30


@never_cache
@require_safe
def live(request):
    """Say that the process answers."""
    return HttpResponse("ok\n", "text/plain")


@never_cache
@require_safe
def ready(request):
    """Say whether the site can do its work: 200, or 503 while the database is away. No detail for strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (InterfaceError, OperationalError):
        return HttpResponse("not ready\n", "text/plain", status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse("ok\n", "text/plain")


@never_cache
@require_safe
def work(request):
    """Say whether what is done at its time is done: 200, or 503 with any alarm. No detail for strangers.

    Not for whoever decides which machine gets readers: stuck mail is no reason to take one out.
    """
    try:
        well = not raised_alarms(now=timezone.now())
    except Error:
        well = False
    return HttpResponse("ok\n" if well else "not ok\n", "text/plain", status=200 if well else 503)


def server_error(request):
    """Answer 500, or 503 when the database is away, with a page that needs nothing from the database."""
    if isinstance(sys.exc_info()[1], InterfaceError | OperationalError):
        response = HttpResponse(_standing_alone("503.html"), status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return HttpResponse(_standing_alone("500.html"), status=500)


def _standing_alone(template: str) -> str:
    return render_to_string(template)


@require_safe
def robots(request):
    """Tell search engines where the list of pages is, and what is not for them."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        "Disallow: /search/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", "text/plain")


@require_safe
def rendition(request, path):
    """Send a picture as pages show it. Originals and documents lie beside them and are not for everybody."""
    try:
        return serve(request, path, document_root=Path(settings.MEDIA_ROOT) / "images")
    except OSError as error:
        # A name that no file system takes.
        raise Http404 from error
