"""What a page says, as passages in reading order: what is compared between two editions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from updates.reading import Reader
from updates.wording import Mark, Passage, Section, line_of

__all__ = ["Passage", "Section", "passages_of", "passages_of_all"]


def passages_of(page, fields=None) -> list[Passage]:
    """Return what the page says in the fields that it names in `compared_fields`, in reading order.

    `page` may be made from a revision of any age. What is linked to and chosen is asked for by model, once for each.
    `fields`: others to read instead, each (name, label).
    """
    return passages_of_all([page], fields)[0]


def passages_of_all(pages: Iterable, fields=None) -> list[list[Passage]]:
    """Do the same for several pages, asking once for what they all refer to."""
    names: dict = {}
    found = [Reader(names).read(page, fields) for page in pages]
    names.update(_names(chain.from_iterable(found)))
    return [[_named(passage) for passage in passages] for passages in found]


def _named(passage: Passage) -> Passage:
    if passage.chosen is None:
        return passage
    return replace(passage, lines=(line_of(str(passage.chosen), Mark(link=passage.chosen)),))


def _names(passages: Iterable[Passage]) -> dict:
    """Return {(model, key): name} for what the passages refer to; pages that readers may not see are left out."""
    wanted = defaultdict(set)
    for target in _targets(passages):
        if target.model and target.key.isdecimal() and len(target.key) < 19:
            wanted[target.model].add(int(target.key))
    names = {}
    for model, keys in wanted.items():
        objects = model._default_manager.all()
        # Pages, files: what knows itself whether readers may have it.
        objects = objects.visible() if hasattr(objects, "visible") else objects
        names.update({(model, str(key)): str(found) for key, found in objects.in_bulk(keys).items()})
    return names


def _targets(passages: Iterable[Passage]):
    for passage in passages:
        if passage.chosen:
            yield passage.chosen
        for line in passage.lines:
            yield from (mark.link for mark in set(line.marks) if mark.link)
