"""A long page in a real browser, without a server: Playwright answers for the site and for the world outside."""

from mimetypes import guess_type
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from organisation.facts import Emergency, Link, Organisation

SITE = "http://site.example"
LONG_PAGE = """{% extends "base.html" %}{% block main %}<h1>A long page</h1>{% for part in parts %}
<h2>Part {{ part }}</h2>{% for line in parts %}<p>Words. <a href="/{{ part }}/{{ line }}/">A link</a></p>{% endfor %}
{% endfor %}{% endblock %}"""


@pytest.fixture(scope="session")
def long_page() -> str:
    """The HTML of a page of several windows' height, with a menu, numbers and a link at its very end."""
    organisation = Organisation(
        name="A board",
        short_name="Board",
        noun="board",
        logo_text="A board",
        stylesheet_url="",
        exit_url="https://www.bbc.co.uk/weather",
        header_menu=tuple(Link(title, f"/{title.lower()}/") for title in ("Bulletins", "Contacts", "About")),
        emergency=Emergency(all_contacts_url="/contacts/"),
        staying_safe_url="/staying-safe/",
    )
    page = engines["django"].from_string(LONG_PAGE)
    return page.render({"organisation": organisation, "parts": range(7)})


@pytest.fixture
def open_page(chromium, long_page):
    """Return a function that opens the page in a fresh browser session."""
    contexts = []

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith(settings.STATIC_URL):
            file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
            route.fulfill(body=file.read_bytes(), content_type=guess_type(file.name)[0])
        else:
            route.fulfill(body=long_page, content_type="text/html")

    def open_it(**options):
        context = chromium.new_context(base_url=SITE, **options)
        contexts.append(context)
        context.route("https://**/*", lambda route: route.fulfill(body="Weather", content_type="text/html"))
        context.route(f"{SITE}/**", answer)
        page = context.new_page()
        page.goto("/long/")
        return page

    yield open_it
    for context in contexts:
        context.close()
