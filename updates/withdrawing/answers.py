"""What a reader gets at the address of a page that cannot be read any more."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control


def answer_withdrawn(page, request) -> HttpResponse:
    """Send the reader to what takes the page's place; 410 with the reason, without the title, where nothing does.

    Browsers must ask again each time: the page may come back, or another one take its place.
    """
    withdrawal = page.withdrawal()
    target = withdrawal and withdrawal.leads_to()
    address = target and target.get_url(request)
    if address:
        response = HttpResponsePermanentRedirect(address)
    else:
        response = render(request, "410.html", {"withdrawal": withdrawal}, status=410)
    patch_cache_control(response, no_cache=True)
    return response
