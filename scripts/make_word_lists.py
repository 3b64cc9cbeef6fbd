"""Write the words that searches are kept by: `search/insight/words/`. Run with `make words`; needs Node's packages.

From the British dictionary of SCOWL (http://wordlist.aspell.net; its licence lies beside the lists) and from our own
lists in scripts/word_lists/. Ordinary words are written as stems, so that endings do not matter. What is a name as well
("grace", "baker") is among the names alone.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from search.engine.words import stem_of  # noqa: E402

DICTIONARY = ROOT / "node_modules" / "dictionary-en-gb"
OURS = ROOT / "scripts" / "word_lists"
INTO = ROOT / "search" / "insight" / "words"
ORDINARY = re.compile(r"[a-z]{2,}")
NAME = re.compile(r"[A-Z][a-z]+")


def main():
    """Write both lists and the licence."""
    entries = list(entries_of_dictionary())
    ours = ours_of("more_words.txt")
    named = {entry.lower() for entry in entries if NAME.fullmatch(entry)} | ours_of("more_names.txt")
    ordinary = {entry for entry in entries if ORDINARY.fullmatch(entry)} - named | ours
    write("ordinary.txt", {stem_of(word) for word in ordinary})
    write("names.txt", named - ours)
    (INTO / "LICENCE.txt").write_text((DICTIONARY / "license").read_text())


def entries_of_dictionary():
    """Yield the words without their endings, and those that are made by putting something before one: profile."""
    rules = (line.split() for line in (DICTIONARY / "index.aff").read_text().splitlines())
    # "PFX K 0 pro ." says that words marked K may have "pro" before them.
    before = {rule[1]: rule[3] for rule in rules if rule[:1] == ["PFX"] and len(rule) > 4}
    for line in (DICTIONARY / "index.dic").read_text().splitlines()[1:]:
        word, _, marks = line.partition("/")
        yield word
        yield from (before[mark] + word for mark in marks if mark in before)


def ours_of(name: str) -> set[str]:
    """Return the words of one of our lists."""
    lines = (OURS / name).read_text().splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def write(name: str, words: set[str]):
    """Write a list, a word a line."""
    (INTO / name).write_text("\n".join(sorted(words)) + "\n")
    print(f"{name}: {len(words)} words")


if __name__ == "__main__":
    main()
