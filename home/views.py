"""The search, until it has a room of its own."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.finding import files_with, items_with, pages_with, words_of

LONGEST_QUERY = 200
RESULTS_A_PAGE = 20


@require_safe
def search(request):
    """Answer a search; any input gets a page. Never stored: results must not outlive a page that is taken back."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    words = words_of(query)
    results = Paginator(pages_with(words), RESULTS_A_PAGE).get_page(request.GET.get("page"))
    found = {"query": query, "results": results}
    if results.number == 1:
        # These stand under the first page of results only.
        found |= {"items": items_with(words), "files": files_with(words)}
    return render(request, "home/search.html", found)
