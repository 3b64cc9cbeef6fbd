"""Reads a draft: all checks, and the reading age."""

from dataclasses import dataclass
from hashlib import sha256

from wagtail.blocks import StreamValue

from pages.caching import generation
from pages.models import BasePage
from proofreading.checks import CHECKS
from proofreading.faults import Fault, fault_in
from proofreading.known import Known, known
from proofreading.models import ProofreadingSettings
from proofreading.reading_age import LONG_SENTENCE, hardest, reading_age, sentences_of
from updates.written import passages_written, written_fields

# Who has more than this to mend begins with these.
MOST_SHOWN = 50
# Drafts whose proof is kept, in each process.
MOST_KEPT = 32
_kept: dict[tuple, "Proof"] = {}


@dataclass(frozen=True)
class Proof:
    """What was found in a draft. `age`: its reading age in years, None where there is too little text to tell."""

    faults: tuple[Fault, ...]
    age: int | None
    wanted_age: int

    @property
    def shown(self) -> tuple[Fault, ...]:
        """Those that are listed."""
        return self.faults[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return len(self.faults) - len(self.shown)


def proof_of_draft(page: BasePage) -> Proof:
    """Return the same for whoever has the draft open: it is read again only when something in it has changed.

    Opening a page, and each save while somebody writes, ask for it. Kept in the memory of this process alone, for the
    last few drafts, because it quotes them; what the site knows may change, so a new generation reads all again.
    """
    words = repr([page.__class__, *(_stored(page, name) for name, _ in written_fields(type(page)))])
    key = (generation(), sha256(words.encode()).digest())
    if key not in _kept:
        _kept[key] = proofread(page)
        while len(_kept) > MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
    return _kept[key]


def _stored(page, name: str):
    value = getattr(page, name)
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def proofread(page: BasePage, *, with_known: Known | None = None, settings=None) -> Proof:
    """Return what there is to mend in a page, as it is in this object; nothing is stored.

    Who reads many pages gives what is known and the settings; else they are asked for: four queries.
    """
    passages = passages_written(page)
    site = with_known or known()
    faults = [fault for check in CHECKS for fault in check(passages, site)]
    sentences = sentences_of(passages)
    age = reading_age(sentences)
    wanted = (settings or ProofreadingSettings.load()).wanted_age(page)
    if age is not None and age > wanted:
        faults.append(_too_hard(hardest(sentences), age, wanted))
    return Proof(tuple(faults), age, wanted)


def _too_hard(sentence, age: int, wanted: int) -> Fault:
    begin = f"The reading age of this page is about {age}, and we write for {wanted}."
    if sentence.words > LONG_SENTENCE:
        mend = f"Begin with the longest sentence, which has {sentence.words} words: make two of it."
    else:
        mend = "The sentences are short enough: look for long words that have a shorter one."
    return fault_in(sentence.passage, "reading age", sentence.text, f"{begin} {mend}")
