"""Which kind of item a section is, by the words in its heading and its text."""

import re

from bulletins.importing.sections import Section
from content.reading.outline import BulletList, Paragraph, text_of

# The first that fits is taken. Headings say most; the text decides only where the heading says nothing.
BY_HEADING = (
    (
        "new_law",
        r"\b(?:new|change[sd]?|amended)\b.{0,40}\b(?:offences?|laws?|legislation|acts?|bills?)\b|\bcomes? into force\b",
    ),
    (
        "call_for_information",
        r"\bfuture news\b|\bnews items\b|\b(?:your|share|send)\b.{0,20}\bnews\b|\bcall for\b|\bsurvey\b"
        r"|\bconsultations?\b|\bnext (?:bulletin|newsletter|issue|edition)\b|\bhave your say\b",
    ),
    ("inspection", r"\bjtai\b|\binspections?\b|\baudits?\b|\bofsted\b|\b(?:case|practice|learning) reviews?\b"),
    (
        "training",
        r"\btraining\b|\bcourses?\b|\bworkshops?\b|\bwebinars?\b|\bseminars?\b|\bconference\b|\be-?learning\b"
        r"|\blearning (?:and|&) development\b|\bbriefings?\b",
    ),
    ("procedures_update", r"\bprocedures?\b|\bpolic(?:y|ies)\b|\bchapters?\b"),
    ("decision", r"\bdecisions?\b|\bboard meeting\b|\bmeeting of the board\b"),
    ("priority_update", r"\bpriorit(?:y|ies)\b|\bkey work\b|\bbusiness plan\b"),
    (
        "highlight",
        r"\btool(?:kit|box)?s?\b|\bleaflets?\b|\bposters?\b|\bfactsheets?\b|\btemplates?\b"
        r"|\bnew (?:guide|guidance|resources?|document)\b",
    ),
)
BY_TEXT = (
    ("new_law", r"\b(?:act|offence|regulations)\b.{0,300}\bcomes? into force\b"),
    ("priority_update", r"\bpriority areas? for\b"),
    ("call_for_information", r"\bdeadline for the next (?:bulletin|newsletter|issue|edition)\b"),
)
HEADINGS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in BY_HEADING]
TEXTS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in BY_TEXT]

NAMES = {
    "news": "News",
    "priority_update": "Priority update",
    "decision": "Board decision",
    "new_law": "New offence or law",
    "inspection": "Inspection or audit",
    "procedures_update": "Procedures update",
    "highlight": "Tool or document",
    "training": "Training",
    "call_for_information": "Call for information",
}
PRIORITIES = re.compile(r"\bpriorit(?:y|ies)\b", re.IGNORECASE)
LOOKED_AT = 4000


def kind_of(section: Section, *, priorities: set[str]) -> tuple[str, str]:
    """Return the kind of a section, and the reason in words ("" for plain news)."""
    heading = section.heading.text[:LOOKED_AT]
    for kind, pattern in HEADINGS:
        if found := pattern.search(heading):
            return kind, f"because of “{found[0]}” in its heading"
    if " ".join(heading.lower().split()) in priorities:
        return "priority_update", "because the issue names it among the priorities"
    text = _beginning(section)
    for kind, pattern in TEXTS:
        if pattern.search(text):
            return kind, "because of what its text says"
    return "news", ""


def priorities_in(sections: list[Section]) -> set[str]:
    """Return the points of the lists that a line about priorities leads into, in lower case."""
    points: set[str] = set()
    for section in sections:
        for before, block in zip(section.blocks, section.blocks[1:], strict=False):
            is_lead = isinstance(before, Paragraph) and before.text.rstrip().endswith(":")
            if is_lead and isinstance(block, BulletList) and PRIORITIES.search(before.text[:LOOKED_AT]):
                points |= {
                    " ".join(text_of(BulletList(items=[item])).lower().split()).rstrip(".;") for item in block.items
                }
    return points


def _beginning(section: Section) -> str:
    parts, length = [], 0
    for block in section.blocks:
        if length > LOOKED_AT:
            break
        parts.append(text_of(block)[:LOOKED_AT])
        length += len(parts[-1])
    return " ".join(parts)
