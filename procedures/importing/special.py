"""What a chapter says beside its text: scope, guidance, related chapters; and what is left out: amendments."""

import re
from dataclasses import dataclass, field

from content.reading.outline import Block, Box, Heading, Paragraph, text_of
from content.reading.typed_numbers import without_number
from procedures.importing.report import ManualReport, quoted

SCOPE, GUIDANCE, RELATED, AMENDMENT = "scope", "relevant_guidance", "related", "amendment"
NAMES = (
    (SCOPE, r"scope(?: of (?:this|the) (?:chapter|procedure|policy|guidance))?"),
    (AMENDMENT, r"amendments?(?: to this chapter)?"),
    (RELATED, r"(?:related|linked|associated) (?:chapters?|procedures?)(?: and (?:procedures?|chapters?))?|use with"),
    (
        GUIDANCE,
        r"(?:relevant|related|national|statutory|key)(?: national| statutory)? (?:guidance|legislation)"
        r"(?: (?:and|&) (?:guidance|legislation|research))?|relevant chapters and guidance",
    ),
)
KNOWN = [(kind, re.compile(rf"^(?:{pattern})\s*:?$", re.I)) for kind, pattern in NAMES]
AMENDED = re.compile(r"^(?:this|the) (?:chapter|procedure|section|policy|guidance) (?:was|has been|is) (?:last )?"
                     r"(?:added|updated|amended|reviewed|revised|rewritten|refreshed)\b", re.I)  # fmt: skip
LONGEST_AMENDED = 600
SAID = {SCOPE: "the scope", GUIDANCE: "relevant guidance", RELATED: "related chapters"}
# How far from the top and the end a sentence on the last amendment is looked for.
EDGE = 6


@dataclass
class Special:
    """Blocks by what they are for."""

    scope: list[Block] = field(default_factory=list)
    relevant_guidance: list[Block] = field(default_factory=list)
    related: list[Block] = field(default_factory=list)


def without_special(blocks: list[Block], report: ManualReport) -> tuple[Special, list[Block]]:
    """Return what has a place of its own in a chapter, and the other blocks in order."""
    special, rest = Special(), []
    kind, level = "", 0
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            kind, level = _after_heading(block, kind, level)
            if kind and kind_of(block.text) == kind:
                _say(kind, report)
                continue
        if isinstance(block, Box) and (pieces := _pieces(block)):
            kind = ""
            for name, found in pieces:
                _say(name, report)
                _put(name, found, special, rest, report)
        elif _is_amendment(block, is_edge=index < EDGE or index >= len(blocks) - EDGE):
            _put(AMENDMENT, [block], special, rest, report)
        else:
            _put(kind, [block], special, rest, report)
    return special, rest


def kind_of(text: str) -> str:
    """Return what a heading leads to, "" for ordinary text."""
    words = without_number(text, expected=1)[0].strip().rstrip(":").strip()
    return next((kind for kind, pattern in KNOWN if pattern.match(words)), "") if len(words) < 80 else ""


def _after_heading(heading: Heading, kind: str, level: int) -> tuple[str, int]:
    if found := kind_of(heading.text):
        return found, heading.level
    return ("", 0) if heading.level <= level or not kind else (kind, level)


def _pieces(box: Box) -> list[tuple[str, list[Block]]]:
    """Return the parts of a box that have a known heading; nothing for any other box."""
    pieces: list[tuple[str, list[Block]]] = []
    for block in box.blocks:
        is_short = isinstance(block, Heading | Paragraph) and len(block.text) < 80
        if is_short and (kind := kind_of(block.text)):
            pieces.append((kind, []))
        elif not pieces and isinstance(block, Paragraph) and AMENDED.match(block.text):
            pieces.append((AMENDMENT, [block]))
        elif not pieces:
            return []
        else:
            pieces[-1][1].append(block)
    return pieces


def _put(kind: str, blocks: list[Block], special: Special, rest: list[Block], report: ManualReport) -> None:
    if kind == AMENDMENT:
        words = " ".join(text_of(block) for block in blocks)
        if words.strip():
            report.left_out(f"The note on an amendment (this site writes its own): {quoted(words)}")
    elif kind:
        getattr(special, kind).extend(blocks)
    else:
        rest += blocks


def _is_amendment(block: Block, *, is_edge: bool) -> bool:
    if isinstance(block, Box):
        block = block.blocks[0] if len(block.blocks) == 1 else block
    is_short = isinstance(block, Paragraph) and len(block.text) < LONGEST_AMENDED
    return is_edge and is_short and bool(AMENDED.match(block.text.strip()))


def _say(kind: str, report: ManualReport) -> None:
    if kind in SAID:
        report.guess(f"Read as {SAID[kind]}, by its heading.")
