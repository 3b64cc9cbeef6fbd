"""A draft as its readers will see it, for somebody with a link.

The page is asked for its preview with a copy of the request that knows nobody: not who is signed in, no cookie, and the
page's own address, so that neither what staff see nor the secret of the link gets into what is shown. Wagtail's own way
(`make_preview_request`) sends a second request through all middleware, which would answer with a stored public page.
"""

from copy import copy
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict

from content.fetching import rendered
from drafts.forms import CommentForm
from drafts.models import DraftLink
from pages.models import BasePage


@dataclass(frozen=True)
class SharedDraftNotice:
    """What stands above and below a shared draft; see templates/drafts/banner.html and comment.html."""

    link: DraftLink
    form: CommentForm
    address: str
    list_url: str = ""
    is_public: bool = False
    is_sent: bool = False
    refused: str = ""
    minutes: int = 0


def show_draft(request: HttpRequest, page, notice: SharedDraftNotice) -> HttpResponse:
    """Return the finished page, as its type shows it by default, with what `notice` says around it."""
    mode = page.default_preview_mode
    shown = _as_a_stranger(request, page)
    # Above a draft there may be others, and what is private: whose names are no part of what was shared.
    page._trail = list(BasePage.objects.ancestor_of(page).visible().filter(depth__gt=1).order_by("depth"))
    shown.is_preview, shown.preview_mode, shown.shared_draft = True, mode, notice
    return rendered(page.serve_preview(shown, mode))


def _as_a_stranger(request: HttpRequest, page) -> HttpRequest:
    shown = copy(request)
    shown.method, shown.POST, shown.COOKIES, shown.user = "GET", QueryDict(), {}, AnonymousUser()
    shown.path = shown.path_info = urlsplit(page.url or "/").path
    kept = {name: value for name, value in request.META.items() if name != "HTTP_COOKIE"}
    shown.META = kept | {"REQUEST_METHOD": "GET", "PATH_INFO": shown.path}
    return shown
