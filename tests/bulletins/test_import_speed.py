"""No text, however strange, takes more than a few seconds to read."""

import time
from contextlib import suppress

import pytest

from content.reading.refusals import CannotImport
from tests.bulletins.importing import Imported

SIZE = 1_000_000
# Generous: several test runs may share a slow machine. A search that goes back and forth would need hours.
SECONDS = 30


def filled(pattern: str, size: int = SIZE, before: str = "") -> str:
    return (before + pattern * (size // len(pattern) + 1))[:size]


TEXTS = {
    "ordinary paragraphs": filled(
        "Heading here\n\nThe board met on 3 May 2017. Write to a@board.example or 01632 960123.\n\n"
    ),
    "one word": filled("a"),
    "digits": filled("0"),
    "digits with spaces": filled("0 "),
    "at signs": filled("a@b."),
    "half addresses": filled("http://( "),
    "brackets": filled("(", before="http://a.example/"),
    "dots": filled("a."),
    "spaces": "x" + " " * SIZE + "y",
    "tabs": filled("a\t"),
    "months": filled("3 May ", before="Spring 2017\n\nNew law\n\n"),
    "words of an Act": filled("The Of And ", before="New law\n\nSection 1 "),
    "penalties": filled("maximum penalty of ", before="New law\n\n"),
    "themes": filled("theme is aaa ", before="Audit\n\n"),
    "lists below lists": "".join(f"{' ' * (number % 200)}- x\n" for number in range(20_000)),
    "table rules": filled("|-|-|\n", 300_000, before="|a|b|\n"),
    "underlines": filled("a\n===\n", 200_000),
    "signs of HTML": filled("<", before="<html>"),
    "ampersands": filled("&", before="<html>"),
    "comments that do not end": filled("<!--", before="<html>"),
    "scripts that do not end": filled("<script>", before="<html>"),
    "tags that do not end": filled("<a ", before="<html>"),
    "attributes": filled(" on", before="<html><a"),
    "breaks": filled("a<br>", 300_000, before="<html><p>"),
    "tables in tables": "<html>" + ("<table><tr><td>" * 100 + "x" + "</td></tr></table>" * 100) * 100,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_reading_takes_seconds(text):
    started = time.process_time()
    with suppress(CannotImport):
        Imported(text)
    assert time.process_time() - started < SECONDS


def test_ten_thousand_lines_are_read_whole():
    found = Imported(
        "One thing\n\n" + "".join(f"Line {number} of the text says something.\n\n" for number in range(10_000))
    )
    assert "Line 9999 of the text" in found.text
