"""What is done to HTML before it is parsed, so that no file can keep a process busy for minutes.

The time of the parser grows with the square of how deep elements are nested (200,000 took 89 s), and it is slow with
millions of entities. So both are looked at first, in one pass.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from content.reading.encodings import UNSEEN
from content.reading.refusals import CannotImport, TooLong

DEEPEST_READ = 400
MOST_TAGS = 200_000
TAG = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})")
RAW_TEXT = {"script", "style", "title", "textarea", "iframe", "noscript", "xmp", "noembed", "noframes"}
# They end by themselves, or never hold anything.
NOT_NESTING = {
    "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "br", "img", "hr", "meta", "link",
    "input", "col", "area", "base", "embed", "source", "wbr", "html", "head", "body",
}  # fmt: skip
REPORTED = {
    "script", "iframe", "object", "embed", "applet", "form", "video", "audio", "svg", "input", "textarea", "select",
}  # fmt: skip
ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};)?")
MARKUP = "&<>\"'"
STAND_INS = {ord(character): chr(0xF8E0 + index) for index, character in enumerate(MARKUP)}
SHOWN = UNSEEN | {ord(stand_in): chr(code) for code, stand_in in STAND_INS.items()}
HANDLER = re.compile(r"<[a-z][^<>]*?\son[a-z]{3,20}\s{0,9}=", re.IGNORECASE)


class NestedTooDeep(CannotImport):
    """The HTML has elements inside each other beyond anything that a person or an editor writes."""

    def __init__(self):
        super().__init__(
            "This page is built in a way that cannot be read: hundreds of elements inside each other. "
            "Open it in a browser, copy the text and paste it."
        )


def without_entities(html: str) -> str:
    """Return HTML with its entities as characters: nh3 needs minutes for millions of them, or of bare `&`.

    Those that would become markup stand as private characters until the tree is built.
    """
    return ENTITY.sub(lambda found: unescape(found[0]).translate(STAND_INS), html)


def refuse_excess(html: str) -> Counter:
    """Raise NestedTooDeep or TooLong where the parser would need minutes; return how many of each active element."""
    if html.count("<") + html.count("&") > 2 * MOST_TAGS:
        raise TooLong
    opened, lost = Counter(), Counter()
    depth = 0
    for elements, (name, is_end) in enumerate(_tags(html.lower())):
        if not is_end:
            lost[name] += name in REPORTED
        if name not in NOT_NESTING and name not in RAW_TEXT and (opened[name] or not is_end):
            step = -1 if is_end else 1
            opened[name] += step
            depth += step
        if elements > MOST_TAGS:
            raise TooLong
        if depth > DEEPEST_READ:
            raise NestedTooDeep
    lost["event handler"] = len(HANDLER.findall(html))
    return +lost


def _tags(lower: str) -> Iterator[tuple[str, bool]]:
    """Yield the name of each tag and whether it is an end tag; not those in comments, scripts and the like."""
    at = 0
    while at >= 0 and (found := TAG.search(lower, at)):
        at = found.end()
        if found[2] is None:
            at = lower.find("-->", at)
            continue
        yield found[2], bool(found[1])
        if found[2] in RAW_TEXT and not found[1]:
            at = lower.find(f"</{found[2]}", at)
