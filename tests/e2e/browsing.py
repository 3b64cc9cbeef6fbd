"""A visit to the site: a fresh browser that writes down what it was made to do."""

from contextlib import ExitStack
from types import SimpleNamespace
from unittest import mock
from urllib.parse import urlsplit

from django.core import signing

# Elsewhere: nothing that a test opens may leave the machine.
EXIT = "https://www.bbc.co.uk/weather"
WAIT = 15_000


class Visit:
    """One person's browser. Everything off the site is refused and kept in `requests_elsewhere`."""

    def __init__(self, chromium, address, *, width=1280, height=800, javascript=True, **options):
        self.address = address
        self.javascript = javascript
        self.requests_elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            **options,
        )
        self.context.set_default_timeout(WAIT)
        self.context.route(self._is_elsewhere, self._refuse)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._time_passed = ExitStack()

    def _is_elsewhere(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.address

    def _refuse(self, route):
        self.requests_elsewhere.append(route.request.url)
        route.abort()

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def go(self, path: str):
        """Open an address of the site; return the response."""
        return self.page.goto(path)

    def take(self, seconds: float):
        """Take some time over a form: until this browser is closed it is later by the clock that signs forms.

        The site runs in this process, so nobody has to wait.
        """
        clock = signing.time
        later = SimpleNamespace(time=lambda: clock.time() + seconds)
        self._time_passed.enter_context(mock.patch.object(signing, "time", later))

    def close(self):
        """Close this browser; of several, the one opened last comes first."""
        self._time_passed.close()
        self.context.close()
