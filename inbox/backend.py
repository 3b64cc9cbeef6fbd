"""Where mail goes while the site runs on one's own machine: into a folder, and to nobody."""

import os
import time
from uuid import uuid4

from django.core.mail.backends.base import BaseEmailBackend

from inbox.folder import ENDING, folder


class EmailBackend(BaseEmailBackend):
    """Keeps each mail as a file of its own, written whole or not at all."""

    def send_messages(self, email_messages) -> int:
        """Keep the mails and return how many. Raises OSError where the folder cannot be written to."""
        return sum(self._keep(message) for message in email_messages)

    def _keep(self, message) -> bool:
        if not message.recipients():
            return False
        content = message.message().as_bytes()
        try:
            _write(content)
        except OSError:
            if not self.fail_silently:
                raise
            return False
        return True


def _write(content: bytes) -> None:
    inbox = folder()
    inbox.mkdir(parents=True, exist_ok=True)
    # In the order in which they were sent.
    name = f"{time.time_ns():020d}-{uuid4().hex[:8]}"
    unfinished = inbox / f"{name}.part"
    try:
        unfinished.write_bytes(content)
        os.replace(unfinished, inbox / f"{name}{ENDING}")
    finally:
        unfinished.unlink(missing_ok=True)
