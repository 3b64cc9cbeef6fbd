"""The search."""

from dataclasses import asdict

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from search.answers import first_for
from search.asked import asked_by, typed_in
from search.insight.noting import note_search
from search.results import results
from search.suggesting import suggestions as suggestions_for


@require_safe
def search(request):
    """Answer a search; any input gets a page.

    Stored nowhere: results must not outlive a page that is taken back, and what somebody looked for is theirs.
    """
    asked = asked_by(request.GET)
    now = timezone.now()
    context = {"asked": asked}
    if asked.query:
        found = results(asked=asked, now=now)
        context |= {"results": found, "first": first_for(asked.query, today=timezone.localdate(now))}
        if not found.is_plain:
            # Without the index, what is not found may be there all the same.
            note_search(request=request, asked=asked, found=found.found)
    response = render(request, "search/results.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def suggestions(request):
    """Answer what may be meant by what has been typed so far; stored nowhere, for the same reasons as results."""
    found = suggestions_for(typed_in(request.GET), now=timezone.now())
    response = JsonResponse({"suggestions": [asdict(one) for one in found]})
    patch_cache_control(response, private=True, no_store=True)
    return response
