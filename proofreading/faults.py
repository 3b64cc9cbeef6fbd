"""What is said of a fault: what it is, how to mend it, and where it stands."""

from dataclasses import dataclass

from updates.wording import Passage

LONGEST_QUOTE = 90

# A child's details: the one fault that is asked about before it is published.
DETAILS = "details"
NAMES = {
    DETAILS: "A child’s details",
    "heading": "Heading",
    "link": "Words of a link",
    "picture": "Description of a picture",
    "short form": "Short form",
    "contact": "Typed contact",
    "reading age": "Hard to read",
}


@dataclass(frozen=True)
class Fault:
    """One fault of a draft.

    `kind` is a key of NAMES; `advice` is one or two sentences, with how to mend it. `field` and `block` (the id of a
    block of a stream, or "") lead to the place in the editor.
    """

    kind: str
    quote: str
    advice: str
    field: str = ""
    block: str = ""

    @property
    def name(self) -> str:
        """What kind of fault it is, in a word or two."""
        return NAMES[self.kind]

    @property
    def is_detail(self) -> bool:
        """Whether it may be a child's detail."""
        return self.kind == DETAILS


def fault_in(passage: Passage, kind: str, quote: str, advice: str) -> Fault:
    """Return the fault of a passage."""
    return Fault(kind, shortened(quote), advice, field=passage.section.field, block=passage.block)


def shortened(text: str) -> str:
    """Return the beginning of a text, in at most so many characters that it still fits beside its advice."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"
