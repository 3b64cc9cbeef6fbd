"""Short forms that readers may not know: neither everyday words, nor in the glossary, nor explained on the page."""

import re
from collections.abc import Iterator

from proofreading.faults import Fault, fault_in
from proofreading.known import Known
from updates.wording import CONTACT, PAGE_LINK, PICTURE, Passage

# What everybody in the United Kingdom knows better than the words it stands for, and what is often written large.
# Everything else that the board takes as known, staff put into the glossary.
_EVERYDAY = """
A&E AM BBC CD CV DIY DVD EU FAQ FAQs GB GMT BST GP GPs ID IDs IT JPEG MP MPs NHS OK PC PCs PDF PDFs PIN PM PO QR
RTF SMS TV UK UN URL USA USB VAT WiFi Wi-Fi CSV HTML ZIP AD BC BSc MSc PhD MA BA RE PE PS NB CCTV DNA HIV AIDS
LGBT LGBTQ LGBTQ+ BSL HM DOB WW1 WW2 BCE CE
ALL ALWAYS AND ANY BOTH DO DRAFT EVERY IF MAY MUST NEVER NO NOT NOTE NOW OF ON ONLY OR STOP THE TO URGENT WHEN YES
"""
EVERYDAY = frozenset(_EVERYDAY.split())
# Two capitals at least, with small letters and numbers between them; no part of a longer word, address or reference.
_SHORT_FORM = re.compile(r"(?<![\w@./&+’'-])[A-Z][A-Za-z0-9]{0,7}[A-Z][A-Za-z0-9]?\b(?![@/&+-]?\w)")
_ROMAN = re.compile(r"[IVXLCM]+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
# Longer words in capitals are shouted, not shortened.
LONGEST = 6
_NAMED_ELSEWHERE = {CONTACT, PAGE_LINK, PICTURE}


def unexplained_short_forms(passages: list[Passage], known: Known) -> Iterator[Fault]:
    """Yield each short form once, where it is first used."""
    explained = EVERYDAY | known.short_forms | {form for passage in passages for form in _explained_in(passage.text)}
    seen = set()
    for passage in passages:
        if passage.kind in _NAMED_ELSEWHERE or _is_shouted(passage.text):
            continue
        for form in _SHORT_FORM.findall(_POSTCODE.sub("", passage.text)):
            one = _singular(form)
            if one in seen or _is_word(one) or {form, one} & explained:
                continue
            seen.add(one)
            yield fault_in(passage, "short form", one, _advice(one))


def _is_word(form: str) -> bool:
    """Whether it is no short form after all: a Roman number, a grade like AA, a shouted word, a name like McDonald."""
    capitals = sum(map(str.isupper, form))
    is_number = bool(_ROMAN.fullmatch(form)) or len(set(form)) == 1
    return is_number or len(form) > LONGEST or capitals * 2 < len(form)


def _is_shouted(text: str) -> bool:
    """Whether a whole passage is in capitals: that is a matter of style, and no row of short forms."""
    words = [word for word in text.split() if word.isalpha()]
    return len(words) > 2 and all(map(str.isupper, words))


def _explained_in(text: str) -> Iterator[str]:
    """Yield short forms that stand in brackets behind their words, or whose words stand in brackets behind them."""
    for inside in re.findall(r"[a-z]\s*\(([^()]{2,60})\)", text):
        yield from (_singular(form) for form in _SHORT_FORM.findall(inside))
    for form, inside in re.findall(r"\b([A-Z][A-Za-z0-9]{1,8})\s*\(([^()]{5,120})\)", text):
        if len(inside.split()) > 1:
            yield _singular(form)


def _singular(form: str) -> str:
    return form[:-1] if form.endswith("s") and len(form) > 2 else form


def _advice(form: str) -> str:
    return (
        f"Not everybody knows what {form} stands for. Write it out where you first use it, "
        f"with ({form}) behind it, or add it to the glossary."
    )
