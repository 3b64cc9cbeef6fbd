"""Short links that last: they lead to a chapter or section wherever it stands and whatever it is called."""

import re

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from pages.models import BasePage, WithdrawnAs
from procedures.models import ChapterPage

CODE = re.compile(r"[0-9a-f]{8}")


@require_safe
def permanent_link(request, key: int, code: str = ""):
    """Lead to the chapter, or to the section with this code; 404 for what readers may not see."""
    found = ChapterPage.objects.filter(pk__in=BasePage.objects.readable_as_it_was().filter(pk=key).values("pk")).first()
    # Of a withdrawn chapter the last edition is read, not the row: later drafts are written to that.
    chapter = found.last_edition() if found and found.withdrawn_as else found
    if chapter is None or (code and not CODE.fullmatch(code)):
        raise Http404("There is no such chapter.")
    address = chapter.get_url(request)
    if code and chapter.section_title(code) is not None:
        address = f"{address}#s-{code}"
    elif code and chapter.withdrawn_as != WithdrawnAs.CONSOLIDATED:
        address = chapter.url_of("gone", request, code)
    response = redirect(address)
    # The address that it leads to may be another tomorrow.
    response["Cache-Control"] = "no-cache"
    return response
