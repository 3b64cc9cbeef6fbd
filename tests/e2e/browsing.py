"""A visit to the site: a fresh browser that writes down what it was made to do."""

from urllib.parse import urlsplit

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

    def close(self):
        """Close this browser."""
        self.context.close()
