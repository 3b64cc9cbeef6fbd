"""Between the server and the views: what is refused, what is remembered, what waits its turn."""

import re
from hashlib import md5
from uuid import uuid4

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.cache import caches
from django.core.validators import slug_re
from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from pages.caching import generation, is_public, remember
from pages.logs import request_id
from pages.models import FormerTopic
from pages.tree import TreeBusy, tree_lock
from pages.views import live, ready, work

KNOWN_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
STORED_SECONDS = 60
LONGEST_STORED_QUERY = 100


class RequestId:
    """Give each request an id, the proxy's own if it sent one, that stands in every log line and in the answer."""

    SENT_BY_PROXY = re.compile(r"[A-Za-z0-9-]{8,64}")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sent = request.headers.get("X-Request-ID", "")
        name = sent if self.SENT_BY_PROXY.fullmatch(sent) else uuid4().hex[:16]
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response


class HealthChecks:
    """Answer the health checks before anything else: whatever name they ask by, without redirect or cookie."""

    CHECKS = {"/health/live": live, "/health/ready": ready, "/health/work": work}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        check = self.CHECKS.get(request.path_info)
        return check(request) if check else self.get_response(request)


class RefuseBadRequests:
    """Answer 400 to NUL, which PostgreSQL refuses, and 405 to methods nobody uses; send HEAD an empty body."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in KNOWN_METHODS:
            return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(KNOWN_METHODS))})
        if self._holds_nul(request):
            return HttpResponseBadRequest("The request holds a character that cannot be part of one.", "text/plain")
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    def _holds_nul(self, request) -> bool:
        in_address = "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        # A quoted cookie may spell it \\000.
        return in_address or any("\x00" in value for value in request.COOKIES.values())


class ContentSecurityPolicy(CSPMiddleware):
    """Only our own files on the public site; the admin's inline scripts and styles are allowed in the admin alone."""

    def get_policy_parts(self, request, response, report_only=False):
        """Return the policy for this response, as django-csp asks."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(reverse("wagtailadmin_home")):
            inline = ["'unsafe-inline'"]
            parts.update = {"script-src": inline, "style-src": inline, "img-src": ["blob:"], **(parts.update or {})}
        return parts


class FormerTopics:
    """Lead addresses of lists and feeds on, from the word of a topic that was merged to that of the one that stayed."""

    PARAMETER = "topic"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in ("GET", "HEAD") and self.PARAMETER in request.GET and not self._is_of_staff(request):
            before = request.GET.getlist(self.PARAMETER)
            # What is no word of a topic (alerts name theirs as "page:12") is not asked about.
            stayed = _stayed() if any(map(slug_re.match, before)) else {}
            after = [stayed.get(slug, slug) for slug in before]
            if after != before:
                return self._lead_on(request, after)
        return self.get_response(request)

    def _is_of_staff(self, request) -> bool:
        return request.path_info.startswith(reverse("wagtailadmin_home"))

    def _lead_on(self, request, slugs: list[str]):
        asked = request.GET.copy()
        asked.setlist(self.PARAMETER, slugs)
        # For good, but asked for again: a topic with this word may be made anew.
        response = HttpResponsePermanentRedirect(f"?{asked.urlencode()}")
        patch_cache_control(response, no_cache=True)
        return response


def _stayed() -> dict[str, str]:
    """Return {word of a topic that was merged: that of the one that stayed}, remembered until a topic changes."""
    return remember(
        "former-topics", lambda: dict(FormerTopic.objects.values_list("slug", "topic__slug")), timeout=STORED_SECONDS
    )


class StoredPublicPages:
    """Answer anonymous readers from what is stored; store what a view has marked with `pages.caching.public`.

    Stored for a minute, because opening hours and alert banners change with the clock, compressed as sent, under the
    generation that held when the request began: a page rendered from what has changed meanwhile is never found again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self._may_be_stored(request):
            return self.get_response(request)
        accepts_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
        address = md5(request.build_absolute_uri().encode(), usedforsecurity=False).hexdigest()
        key = f"{generation()}:{accepts_gzip}:{address}"
        if stored := caches["pages"].get(key):
            content, headers = stored
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        # What a view answers to HEAD may have no body.
        if request.method == "GET" and is_public(response):
            seconds = STORED_SECONDS
            if response.public_until:
                seconds = min(seconds, (response.public_until - timezone.now()).total_seconds())
            caches["pages"].set(key, (response.content, dict(response.items())), seconds)
        return response

    def _may_be_stored(self, request) -> bool:
        """Whether this may be a plain request of an anonymous reader; staff always see the page as it is now."""
        return (
            request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and len(request.META.get("QUERY_STRING", "")) <= LONGEST_STORED_QUERY
        )


class LockTreeWrites:
    """Hold the tree lock for the whole of an admin request that writes to the page tree.

    What the view checks (is the address free? may this page go there? is this the newest draft?) then still holds when
    it writes, and a request that fails half-way or is refused leaves nothing behind. Who has to wait too long is told
    that others are saving, and that nothing is lost.
    """

    # Below the admin's own address. Previews write nothing to the tree.
    WRITING = ("pages/", "bulk/", "translation/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self._writes_to_the_tree(request):
            return self.get_response(request)
        try:
            with tree_lock():
                response = self.get_response(request)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
                return response
        except TreeBusy:
            return self._ask_to_try_again(request)

    def _writes_to_the_tree(self, request) -> bool:
        admin = reverse("wagtailadmin_home")
        below = tuple(f"{admin}{part}" for part in self.WRITING)
        writes = request.method == "POST" and request.path.startswith(below) and "/preview/" not in request.path
        # Strangers get no further than the sign-in page. A slow upload is read to its end before anyone has to wait.
        return writes and request.user.is_authenticated and request.POST is not None

    def _ask_to_try_again(self, request):
        """Answer a save that could not be made: in the shape Wagtail's autosave knows, or as a page."""
        if not request.accepts("text/html"):
            # "locked" and 400 are what autosave takes as a reason to try again; on a 503 it would switch itself off.
            problem = {"success": False, "error_code": "locked", "error_message": "Someone else is saving. Try again."}
            return JsonResponse(problem, status=400)
        response = render(request, "pages/busy.html", status=503)
        response["Retry-After"] = "10"
        return response
