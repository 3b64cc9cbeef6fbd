"""The style sheet with the board's own colours."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from organisation.gather import organisation_for
from organisation.styles import compressed_stylesheet

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def stylesheet(request, digest):
    """Send the style sheet; an address from before a change leads to the one of now."""
    organisation = organisation_for(request)
    if organisation.stylesheet_url != request.path:
        response = redirect(organisation.stylesheet_url)
        response["Cache-Control"] = "no-store"
        return response
    encodings = compressed_stylesheet(organisation.colours)
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next(name for name in encodings if name in accepted)
    response = HttpResponse(encodings[encoding], content_type="text/css; charset=utf-8")
    if encoding:
        response["Content-Encoding"] = encoding
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
