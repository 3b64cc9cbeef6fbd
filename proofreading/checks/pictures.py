"""Descriptions of pictures, for people who cannot see them (WCAG 1.1.1). The block insists that there is one."""

import re
from collections.abc import Iterator

from content.blocks import PictureBlock
from proofreading.faults import Fault, fault_in
from proofreading.known import Known
from updates.wording import Passage

# Some screen readers cut off what is longer, and none lets people go back inside it.
LONGEST = 150

_BLOCK = PictureBlock()
# What the reader of pages calls the description, and the box that it stands in.
DESCRIPTION, PICTURE = str(_BLOCK.child_blocks["alt_text"].label), str(_BLOCK.label)
_FILE_NAME = re.compile(
    r"\S*\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)|\S*_\S*|(?:img|dsc|dscn|image|photo|picture|screenshot)[\s_-]*\d*",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"(?:an?\s+|the\s+)?(?:image|photo|photograph|picture|graphic|logo image)\s+(?:of|showing)\b", re.I
)

ADVICE_FILE = "This is the name of a file. Say in a few words what the picture shows, for people who cannot see it."
ADVICE_BEGINNING = "Leave out “picture of”: screen readers say that it is a picture. Begin with what it shows."
ADVICE_LONG = (
    f"This is longer than {LONGEST} characters, and people who listen to it cannot stop and go back. "
    "Say the main thing here, and the rest in the text beside the picture."
)


def poor_descriptions(passages: list[Passage], known: Known) -> Iterator[Fault]:
    """Yield descriptions that are a file's name, say that it is a picture, or are too long to listen to."""
    for passage in passages:
        if passage.within != PICTURE or passage.label != DESCRIPTION:
            continue
        text = passage.text
        if _FILE_NAME.fullmatch(text):
            yield fault_in(passage, "picture", text, ADVICE_FILE)
        elif _BEGINNING.match(text):
            yield fault_in(passage, "picture", text, ADVICE_BEGINNING)
        elif len(text) > LONGEST:
            yield fault_in(passage, "picture", text, ADVICE_LONG)
