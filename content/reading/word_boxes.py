"""Text boxes of a Word document: each is read once, after the paragraph that it is fastened to."""

from xml.etree.ElementTree import Element

from content.reading.word_xml import MC, W, parents_in, rewrite, text_of

BOX = f"{W}txbxContent"
DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}


def choose_once(root: Element) -> None:
    """Keep one of the forms in which Word writes drawings twice, for itself and for older programs."""

    def change(element: Element) -> list[Element] | None:
        if element.tag != f"{MC}AlternateContent":
            return None
        choices = [*element.findall(f"{MC}Fallback"), *element.findall(f"{MC}Choice")]
        # The first that has the most; the older form has its pictures where they are looked for.
        return list(max(choices, key=_worth)) if choices else []

    rewrite(root, change)


def open_boxes(root: Element) -> list[str]:
    """Move the paragraphs of text boxes behind the paragraphs they are in; return the words of each box."""
    words: list[str] = []
    parents = parents_in(root)
    boxes = list(root.iter(BOX))
    after: dict[Element, list[Element]] = {}
    for box in boxes:
        home = box
        while home is not None and home.tag != f"{W}p":
            home = parents.get(home)
        if home is None:
            continue
        parents[box].remove(box)
        # A box of this paragraph that held this very paragraph has been moved with it.
        after.setdefault(home, []).extend(box)
        if said := " ".join(text_of(box).split()):
            words.append(said)
    if after:
        rewrite(root, lambda element: [element, *found] if (found := after.pop(element, None)) else None)
    return words


def _worth(form: Element) -> int:
    return sum(10 if element.tag == BOX else element.tag in DRAWN or element.tag == f"{W}t" for element in form.iter())
