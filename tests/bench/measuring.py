"""How a page is measured: queries in this process, time behind a real server, and once in a real browser.

Time is that of the processor, spent by the server's threads on one request over HTTP: what a page costs a machine. The
reference is a minimal view of a project as Django makes it, behind the same server in the same run.
"""

import gc
import gzip
import http.client
import re
import statistics
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse
from django.test.client import RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path
from waitress.server import create_server

from board_site.wsgi import application
from pages.caching import forget_public_pages
from tests.conftest import CHROMIUM_OPTIONS, chromium_path

REPEATS = 100
# As `django-admin startproject` writes them.
OF_A_NEW_PROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


@dataclass(frozen=True)
class Times:
    """Processor time in milliseconds."""

    least: float
    median: float


@dataclass(frozen=True)
class Queries:
    """How many on the first request ever, just after an edit, and when header and footer are remembered."""

    first: int
    edited: int
    warm: int


@dataclass(frozen=True)
class Cost(Queries):
    """What one page costs; sizes in bytes as sent."""

    uncached: Times
    minimal: Times
    stored: Times
    html: int
    css: int
    sheets: int
    js: int


@dataclass(frozen=True)
class View:
    """What a browser fetched that had never been here before."""

    requests: int
    bytes: int
    elsewhere: int


def ask(app, address, encoding="gzip") -> bytes:
    """Ask for an address as a server does and return the body as sent. Raises RuntimeError unless it is found."""
    path_only, _, query = address.partition("?")
    environ = RequestFactory().get(path_only, headers={"accept-encoding": encoding}).environ
    environ |= {"SERVER_NAME": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "QUERY_STRING": query}
    status = []
    response = app(environ, lambda line, headers: status.append(line))
    body = b"".join(response)
    response.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{address}: {status[0]}")
    return body


def forget(*names):
    """Forget what these caches hold."""
    for name in names:
        caches[name].clear()


def queries(address) -> Queries:
    """Count the queries of a page that is not stored."""
    numbers = []
    # The first request ever also asks for Wagtail's list of sites, which no edit of ours makes it forget.
    for begin in (lambda: forget("default", "pages"), forget_public_pages, lambda: forget("pages")):
        begin()
        with CaptureQueriesContext(connection) as captured:
            ask(application, address)
        numbers.append(len(captured))
    return Queries(*numbers)


def processor_time(address, before=lambda: None, *, repeats: int = REPEATS) -> tuple[Times, Times]:
    """Measure many requests for a page, and as many for a minimal view; return both.

    In turns, so that whatever else the machine does meets both, and neither runs in a loop that the processor has by
    heart. The least says what the work costs, the median what else the machine was doing.
    """
    page, minimal = [], []
    with served(application) as site, served(minimal_application()) as reference:
        gc.collect()
        warming = repeats // 5
        for number in range(warming + repeats):
            before()
            spent = _spent_on(reference, "/"), _spent_on(site, address)
            if number >= warming:
                minimal.append(spent[0])
                page.append(spent[1])
    return Times(min(page), statistics.median(page)), Times(min(minimal), statistics.median(minimal))


def _spent_on(client, address) -> float:
    """Return the milliseconds that the process spent on one request, less what this thread spent on asking."""
    everybody, here = time.process_time(), time.thread_time()
    client.request("GET", address, headers={"Accept-Encoding": "gzip"})
    client.getresponse().read()
    return 1000 * ((time.process_time() - everybody) - (time.thread_time() - here))


@contextmanager
def served(app):
    """Serve an application on this machine and yield an HTTP connection to it."""
    server = create_server(app, host="127.0.0.1", port=0, threads=1)
    threading.Thread(target=server.run, daemon=True).start()
    client = http.client.HTTPConnection("127.0.0.1", server.effective_port)
    try:
        yield client
    finally:
        client.close()
        # The last request's thread still has to tell the server that it has finished.
        time.sleep(0.3)
        server.close()


def cost(address) -> Cost:
    """Measure one page."""
    counted = queries(address)
    uncached, minimal = processor_time(address, before=lambda: forget("pages"))
    stored, _ = processor_time(address)
    body = ask(application, address)
    page = gzip.decompress(body).decode()
    sheets = re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"', page)
    scripts = re.findall(r'<script[^>]*src="([^"]+)"', page)
    return Cost(
        first=counted.first,
        edited=counted.edited,
        warm=counted.warm,
        uncached=uncached,
        minimal=minimal,
        stored=stored,
        html=len(body),
        css=sum(len(ask(application, sheet, "br, gzip")) for sheet in sheets),
        sheets=len(sheets),
        js=sum(len(ask(application, script, "br, gzip")) for script in scripts),
    )


def _nothing(request):
    return HttpResponse("ok")


urlpatterns = [path("", _nothing)]


class _Bare(WSGIHandler):
    """A Django that knows one view."""

    def get_response(self, request):
        """Answer by the addresses above, not by the site's."""
        request.urlconf = __name__
        return super().get_response(request)


def minimal_application():
    """Return a Django with one view that says ok, behind the middleware of a new project."""
    with override_settings(MIDDLEWARE=OF_A_NEW_PROJECT):
        return _Bare()


def first_views(addresses) -> dict[str, View] | None:
    """Open each page in a browser of its own; None where there is no browser."""
    if chromium_path() is None:
        return None
    from playwright.sync_api import sync_playwright

    server = create_server(application, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    home = f"http://127.0.0.1:{server.effective_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
        views = {name: _first_view(browser, home, address) for name, address in addresses.items()}
        browser.close()
    server.close()
    return views


def _first_view(browser, home, address) -> View:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    requests, sizes = [], []
    watcher = page.context.new_cdp_session(page)
    watcher.send("Network.enable")
    watcher.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    watcher.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(home + address, wait_until="networkidle")
    page.context.close()
    fetched = [url for url in requests if not url.startswith("data:")]
    return View(len(fetched), int(sum(sizes)), sum(not url.startswith(home) for url in fetched))
