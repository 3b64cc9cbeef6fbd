"""Words of links: who hears only the links of a page has to know where each leads (WCAG 2.4.4)."""

import re
from collections.abc import Iterator
from itertools import groupby

from proofreading.faults import Fault, fault_in
from proofreading.known import Known
from updates.wording import Passage, Target

# As `said` writes them.
SAYS_NOTHING = frozenset(
    phrase.strip()
    for phrase in """
    click, click here, click on this link, click the link, click this, click this link, details, download,
    download here, download it, find out more, find out more here, follow this link, form, go, go here, here, info,
    information, learn more, link, more, more details, more here, more info, more information, on this link, open,
    page, pdf, please click here, press here, read, read here, read more, read this, see here, see more,
    see this link, see this page, site, tap here, the link, the website, this, this document, this link, this page,
    this site, this website, view, view here, visit, web page, web site, webpage, website, word
    """.replace("\n", " ").split(",")
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)

ADVICE_NOTHING = (
    "These words do not say where the link leads. Put the link on the name of the page or file instead, "
    "for example “the escalation policy”."
)
ADVICE_ADDRESS = (
    "A web address is hard to read, and worse to listen to. Write the name of the page that it leads to, "
    "and put the link on that."
)


def links_that_say_nothing(passages: list[Passage], known: Known) -> Iterator[Fault]:
    """Yield links whose words say nothing by themselves, or are an address."""
    for passage in passages:
        for text, _target in links_in(passage):
            if said(text) in SAYS_NOTHING:
                yield fault_in(passage, "link", text, ADVICE_NOTHING)
            elif _ADDRESS.fullmatch(text):
                yield fault_in(passage, "link", text, ADVICE_ADDRESS)


def links_in(passage: Passage) -> Iterator[tuple[str, Target]]:
    """Yield (words, where it leads) for each link in a passage; what was chosen by itself is no link in a text."""
    if passage.chosen is not None:
        return
    for line in passage.lines:
        for link, tokens in groupby(zip(line.tokens, line.marks, strict=False), key=lambda pair: pair[1].link):
            if link is not None and (text := "".join(token for token, _ in tokens).strip()):
                yield text, link


def said(text: str) -> str:
    """Return the words of a link as they are compared: no matter how they are written."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
