"""Finding a page by its title or summary, until the search room exists."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.models import BasePage

LONGEST_QUERY = 200
MOST_WORDS = 8
RESULTS_A_PAGE = 20


def matching(query: str):
    """Return the pages readers may see that hold every word of the query in title or summary; none for no word."""
    words = query.split()[:MOST_WORDS]
    if not words:
        return BasePage.objects.none()
    every_word = Q()
    for word in words:
        every_word &= Q(title__icontains=word) | Q(search_description__icontains=word)
    return BasePage.objects.visible().filter(every_word, depth__gt=1).order_by("title", "pk")


@require_safe
def search(request):
    """Answer a search; any input gets a page. Never stored: results must not outlive a page that is taken back."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    results = Paginator(matching(query), RESULTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "home/search.html", {"query": query, "results": results})
