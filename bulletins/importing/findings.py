"""The two lists of an inspection or audit: what was good, and what must get better."""

import re
from dataclasses import dataclass, field

from content.reading.outline import Block, BulletList, Heading, Paragraph, Picture, Table, text_of

GOOD = re.compile(
    r"\bgood\b.{0,20}\bpractice\b|\bstrengths?\b|\bwork(?:s|ed|ing)? well\b|\bwent well\b|\bpositives?\b", re.I
)
BETTER = re.compile(
    r"\bdevelopment\b|\bimprove(?:ment|d|s)?\b|\bareas? for\b|\bneeds? to\b"
    r"|\beven better\b|\blearning\b|\bconcerns?\b|\bless well\b",
    re.I,
)
LONGEST_LEAD = 120


@dataclass
class Findings:
    """A section's blocks, sorted into the fields of an inspection."""

    body: list[Block] = field(default_factory=list)
    good_heading: str = ""
    good: BulletList | None = None
    development_heading: str = ""
    development: BulletList | None = None
    next_steps: list[Block] = field(default_factory=list)
    # What stood between or after the lists and can only be shown before them.
    moved: list[Block] = field(default_factory=list)


def findings_in(blocks: list[Block]) -> Findings:
    """Return the blocks sorted. A list belongs to what is good, or to develop, when the line above it says so.

    What follows the last of the two lists are the next steps; a table or picture among them cannot be shown there.
    """
    found, last, taken = Findings(), -1, set()
    for index, (lead, block) in enumerate(zip(blocks, blocks[1:], strict=False)):
        if not isinstance(block, BulletList) or not _leads(lead):
            continue
        name = text_of(lead).strip().rstrip(":").strip()
        if found.good is None and GOOD.search(name):
            found.good_heading, found.good = name, block
        elif found.development is None and BETTER.search(name):
            found.development_heading, found.development = name, block
        else:
            continue
        last = index + 1
        taken |= {index, last}
    for index, block in enumerate(blocks):
        if index in taken:
            continue
        if index < last and index > min(taken):
            found.moved.append(block)
        elif last == -1 or index < last:
            found.body.append(block)
        elif isinstance(block, Table | Picture):
            found.moved.append(block)
        else:
            found.next_steps.append(block)
    return found


def _leads(block: Block) -> bool:
    if not isinstance(block, Heading | Paragraph):
        return False
    text = text_of(block).strip()
    is_lead = isinstance(block, Heading) or text.endswith(":") or not text.endswith((".", "!", "?"))
    return is_lead and len(text) <= LONGEST_LEAD and "\n" not in text and not any(run.href for run in block.runs)
