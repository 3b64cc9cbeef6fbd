"""Log lines for machines: one JSON object a line, with the traceback, without anything about the reader (row V3)."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# The id of the request that is being answered; set by pages.middleware.RequestId.
request_id: ContextVar[str] = ContextVar("request_id", default="")

# What may stand in a message or a traceback and belongs to a person, and what is written in its place.
_PERSONAL = [
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])"), "[address]"),
    # A query string holds what people searched for.
    (re.compile(r"\?[^\s\"'<>]+"), "?[query]"),
    # Keys and tokens: long hexadecimal runs, signed values, and long runs of letters of both sorts with digits.
    (re.compile(r"\b[0-9a-fA-F]{20,}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "[token]"),
    (re.compile(r"[\w-]{4,}:[\w-]{5,}:[\w-]{20,}"), "[token]"),
    (re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{24,}"), "[token]"),
]


class JsonLines(logging.Formatter):
    """Formats a record as JSON: time, level, logger, request id, message, and the traceback when there is one."""

    def format(self, record):
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
            "message": without_personal_data(record.getMessage()),
        }
        if record.exc_info:
            line["traceback"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def without_personal_data(text: str) -> str:
    """Return the text without e-mail and network addresses, query strings, keys and tokens."""
    for pattern, replacement in _PERSONAL:
        text = pattern.sub(replacement, text)
    return text
