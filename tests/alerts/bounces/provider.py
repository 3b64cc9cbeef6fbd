"""A provider's web interface on this machine: Postmark's, as far as sending goes."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from django.test import override_settings

SECRET = "board:abcdefghij0123456789"
TAKEN = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a"})
BACKEND = "anymail.backends.postmark.EmailBackend"


class Provider:
    """What it got, and how it answers. `answers`: {address: (status, what it says)}; None hangs up."""

    def __init__(self):
        self.mails: list[dict] = []
        self.answers: dict[str, tuple | None] = {}

    def answer(self, mail: dict) -> tuple | None:
        """Take a mail, or not."""
        answer = self.answers.get(mail["To"], self.answers.get("everybody", TAKEN))
        if answer == TAKEN:
            self.mails.append(mail)
        return answer


@contextmanager
def provider():
    """Run one, let Django's mail go there, and yield it."""
    taking = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            answer = taking.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if answer is None:
                self.close_connection = True
                return
            body = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    keys = {"POSTMARK_SERVER_TOKEN": "token", "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/"}
    try:
        with override_settings(EMAIL_BACKEND=BACKEND, ANYMAIL=keys | {"WEBHOOK_SECRET": SECRET}):
            yield taking
    finally:
        server.shutdown()
        server.server_close()
