"""The XML of a Word document: its names, and how elements are found, taken out and put in."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# “Strict Open XML”, which Word can write too, has the same elements under other names.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip
OFF = {"0", "false", "off", "none", "nil"}


def parsed(data: bytes) -> Element:
    """Return the root of some XML, which must have been looked through for a DTD. Raises ParseError."""
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    # What says that it is neither UTF-8 nor UTF-16 was not made by an office program; it fails here or reads as such.
    return ElementTree.fromstring(data)  # noqa: S314 (no DTD is let in: `word._refuse`)


def written(root: Element) -> bytes:
    """Return the XML of an element."""
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def value(parent: Element | None, path: str, default: str = "") -> str:
    """Return the `w:val` of the element below another by names such as "pPr/pStyle", or the default."""
    found = child(parent, path)
    return default if found is None else found.get(f"{W}val", default)


def child(parent: Element | None, path: str) -> Element | None:
    """Return the element below another by names such as "pPr/numPr"."""
    return None if parent is None else parent.find("/".join(f"{W}{name}" for name in path.split("/")))


def is_on(properties: Element | None, name: str) -> bool | None:
    """Tell whether a property is switched on; None where it is not there."""
    found = child(properties, name)
    return None if found is None else found.get(f"{W}val", "1").lower() not in OFF


def parents_in(root: Element) -> dict[Element, Element]:
    """Return the parent of each element."""
    return {below: above for above in root.iter() for below in above}


def rewrite(root: Element, change: Callable[[Element], Sequence[Element] | None]) -> None:
    """Put what `change` returns in the place of each element below the root; None leaves it as it is.

    What was put there is looked at too. Text between elements means nothing in these files.
    """
    stack = [root]
    while stack:
        above = stack.pop()
        kept: list[Element] = []
        waiting = list(reversed(above))
        while waiting:
            element = waiting.pop()
            instead = change(element)
            if instead is None:
                kept.append(element)
            else:
                waiting += reversed(instead)
        if len(kept) != len(above) or any(new is not old for new, old in zip(kept, above, strict=True)):
            above[:] = kept
        stack += kept


def text_of(element: Element) -> str:
    """Return the words in an element: of a paragraph on one line, where breaks and tabs are spaces."""
    return "".join(_texts(element))


def words_in(root: Element) -> str:
    """Return all words, one paragraph a line."""
    return "\n".join(text_of(paragraph) for paragraph in root.iter(f"{W}p"))


def properties_of(paragraph: Element) -> Element:
    """Return the properties of a paragraph, made where there are none."""
    found = child(paragraph, "pPr")
    if found is None:
        found = Element(f"{W}pPr")
        paragraph.insert(0, found)
    return found


def give_style(paragraph: Element, style: str) -> None:
    """Give a paragraph a style, and no place in a list."""
    properties = properties_of(paragraph)
    for name in ("pStyle", "numPr"):
        for found in properties.findall(f"{W}{name}"):
            properties.remove(found)
    properties.insert(0, made("pStyle", val=style))


def made(name: str, *inside: Element, text: str = "", **attributes: str) -> Element:
    """Return a new element of Word's."""
    element = Element(f"{W}{name}", {f"{W}{key}": val for key, val in attributes.items()})
    element.extend(inside)
    if text:
        element.text = text
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _texts(element: Element) -> Iterator[str]:
    for found in element.iter():
        if found.tag == f"{W}t":
            yield found.text or ""
        elif found.tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
            yield " "
        elif found.tag == f"{W}noBreakHyphen":
            yield "\u2011"
