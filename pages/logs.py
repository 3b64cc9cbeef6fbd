"""Log lines for machines: one JSON object a line, with the traceback, without anything about the reader."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Formats a record as JSON: time, level, logger, message, and the traceback when there is one.

    The request is left out on purpose: no address, token or search word of a reader belongs in a log (row V3).
    """

    def format(self, record):
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
