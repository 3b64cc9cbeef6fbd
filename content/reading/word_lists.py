"""Lists of a Word document: the list each paragraph is in and how deep, said in the one way that is understood."""

from collections import Counter
from xml.etree.ElementTree import Element

from content.reading.word_styles import Styles
from content.reading.word_xml import W, child, made, properties_of, value

# The editor knows five levels; Word has nine.
DEEPEST = 4
# All lists that are left have these two forms.
BULLETS, NUMBERS = "1", "2"
LETTERED = {"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}


class Numbering:
    """What numbering.xml says."""

    def __init__(self, root: Element | None):
        found = [] if root is None else root.findall(f"{W}abstractNum")
        abstract = {element.get(f"{W}abstractNumId", ""): element for element in found}
        self._levels: dict[tuple[str, str], str] = {}
        self.by_style: dict[str, tuple[str, str]] = {}
        for number in [] if root is None else root.findall(f"{W}num"):
            key = number.get(f"{W}numId", "")
            for level in self._levels_of(number, abstract):
                depth = level.get(f"{W}ilvl", "0")
                self._levels[key, depth] = value(level, "numFmt", "decimal")
                if style := value(level, "pStyle"):
                    self.by_style.setdefault(style, (key, depth))

    def format(self, key: str, depth: str) -> str:
        """Return how a level is marked: bullet, decimal, lowerLetter…; "" for a list that is not defined.

        A list of one level only, such as that of “List Bullet 2”, is marked alike on all.
        """
        return self._levels.get((key, depth)) or self._levels.get((key, "0"), "")

    @staticmethod
    def _levels_of(number: Element, abstract: dict[str, Element]) -> list[Element]:
        """Return the levels of a list, and last those that it overrides."""
        base = abstract.get(value(number, "abstractNumId"))
        levels = [] if base is None else base.findall(f"{W}lvl")
        return [*levels, *number.findall(f"{W}lvlOverride/{W}lvl")]


def settle_lists(root: Element, styles: Styles, numbering: Numbering) -> Counter:
    """Give each paragraph the list it is in, and no list to others; return what readers will see otherwise."""
    seen: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    before = ""
    for paragraph in root.iter(f"{W}p"):
        key, depth = _place(paragraph, styles, numbering)
        kind = numbering.format(key, depth)
        _put(paragraph, kind, depth, seen)
        if kind in {"", "none"}:
            before = ""
            continue
        seen["lettered"] += kind in LETTERED and not counted[key]
        seen["continued"] += kind not in {"bullet", *LETTERED} and depth == "0" and before != key and counted[key] > 0
        counted[key] += 1
        before = key
    return seen


def settled_numbering() -> Element:
    """Return what numbering.xml says of lists that are settled."""
    root = made("numbering")
    for key, kind in ((BULLETS, "bullet"), (NUMBERS, "decimal")):
        levels = [made("lvl", made("numFmt", val=kind), ilvl=str(level)) for level in range(DEEPEST + 1)]
        root.append(made("abstractNum", *levels, abstractNumId=key))
    for key in (BULLETS, NUMBERS):
        root.append(made("num", made("abstractNumId", val=key), numId=key))
    return root


def place_of(paragraph: Element) -> tuple[str, int]:
    """Return BULLETS or NUMBERS and the level (0…) of a paragraph whose list is settled; "" for none."""
    return value(paragraph, "pPr/numPr/numId"), int(value(paragraph, "pPr/numPr/ilvl", "0"))


def _place(paragraph: Element, styles: Styles, numbering: Numbering) -> tuple[str, str]:
    """Return the list and level that a paragraph has of its own or by its style."""
    style = value(paragraph, "pPr/pStyle")
    key, depth = value(paragraph, "pPr/numPr/numId"), value(paragraph, "pPr/numPr/ilvl")
    if key:
        return key, depth or "0"
    if style in numbering.by_style:
        key, by_style = numbering.by_style[style]
        # “List Bullet 2” is a list of its own in Word, on its first level.
        return key, depth or max(by_style, _depth_in_name(styles.name(style)))
    key = styles.paragraph_value(style, "numPr/numId")
    depth = depth or styles.paragraph_value(style, "numPr/ilvl") or "0"
    return key, max(depth, _depth_in_name(styles.name(style)))


def _depth_in_name(name: str) -> str:
    last = name[-1:]
    is_list = name.lower().startswith(("list bullet", "list number")) and last in "2345" and last != ""
    return str(int(last) - 1) if is_list else "0"


def _put(paragraph: Element, kind: str, depth: str, seen: Counter) -> None:
    is_listed = kind not in {"", "none"}
    if child(paragraph, "pPr/numPr") is None and not is_listed:
        return
    properties = properties_of(paragraph)
    for found in properties.findall(f"{W}numPr"):
        properties.remove(found)
    if is_listed:
        key = BULLETS if kind == "bullet" else NUMBERS
        level = int(depth) if depth.isascii() and depth.isdigit() and len(depth) < 3 else 0
        seen["deeper"] += level > DEEPEST
        properties.append(made("numPr", made("ilvl", val=str(min(level, DEEPEST))), made("numId", val=key)))
