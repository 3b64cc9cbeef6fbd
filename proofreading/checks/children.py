"""What looks like the details of a real child. Few false alarms matter more than finding everything: it asks, once."""

import re
from collections.abc import Iterator

from enquiries.details import POSTCODE, details_found
from proofreading.faults import DETAILS, Fault, fault_in
from proofreading.known import Known
from updates.wording import Passage

# "J.S., aged 7", "JS (7)": how cases are written down. Not "Child A": reviews call children so.
_INITIALS = re.compile(
    r"\b(?!U\.|E\.G|I\.E|[AP]\.M)[A-Z]\.\s?[A-Z]\.?(?:\s?\((?:aged\s)?\d{1,2}\)|,\s\d{1,2},|,?\saged\s\d{1,2}\b)"
)
_NAME_AGED = re.compile(
    r"\b(?P<first>[A-Z][a-z]+)\s(?P<last>[A-Z][a-z]+),?\s(?:\((?:aged\s)?\d{1,2}\)|aged\s\d{1,2}\b)(?!\s?(?:to|or|and|–|-)\s?\d)"
)
# First words of what is no name: "Young People aged 16", "Every Child aged 5".
_NO_NAMES = re.compile(
    "A|All|Any|Both|Each|Every|For|From|If|In|No|Our|Some|The|These|Those|Two|Three|Young|Older|Younger|Under|Over|"
    "Looked|Disabled|Unaccompanied|Key|Year|Stage|Group"
)
_NOBODY = re.compile("Adults|Babies|Boys|Child|Children|Girls|Infants|People|Person|Pupils|Students|Women|Men")

ADVICE = (
    "This looks like {what}. Take out whatever could tell readers who a child is. "
    "If it is about nobody real, leave it: you are asked once more when you publish."
)


def childs_details(passages: list[Passage], known: Known) -> Iterator[Fault]:
    """Yield what looks like details, at most one fault for each kind in a passage."""
    for passage in passages:
        for what, words in _details_in(passage.text):
            yield fault_in(passage, DETAILS, words, ADVICE.format(what=what))


def _details_in(text: str) -> Iterator[tuple[str, str]]:
    for what, words in details_found(text):
        # Where a meeting is held has a postcode too.
        if what != POSTCODE:
            yield what, words
    if match := _INITIALS.search(text):
        yield "somebody’s initials with an age", match[0]
    if match := next(filter(_is_name, _NAME_AGED.finditer(text)), None):
        yield "somebody’s name with an age", match[0]


def _is_name(match: re.Match) -> bool:
    return not (_NO_NAMES.fullmatch(match["first"]) or _NOBODY.fullmatch(match["last"]))
