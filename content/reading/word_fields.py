"""Fields, controls and odd elements of a Word document in the plain form that is read: text, and links as one kind."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

from content.reading.refusals import TooLong
from content.reading.word_styles import Styles
from content.reading.word_xml import W, child, made, rewrite, text_of, value

# Elements that say something of what is in them, which is read as if they were not there.
TRANSPARENT = {f"{W}{name}" for name in ("dir", "bdo", "ruby", "rubyBase", "smartTag", "customXml")}
NOT_READ = {f"{W}rt", f"{W}rubyPr", f"{W}smartTagPr", f"{W}customXmlPr"}
LINK = re.compile(r"^\s*HYPERLINK\b(?P<rest>.*)$", re.I | re.S)
PLACE = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))', re.I)
SWITCH = re.compile(r'\\[a-z]\b(?:\s+"[^"]*")?', re.I)
ADDRESS = re.compile(r'"([^"]*)"|(\S+)')
# Each costs mammoth a look at every word inside.
MOST_OPEN = 50
CONTENTS = re.compile(r"^(?:(?:toc|contents|table of figures|illustration index) ?\d?|(?:toc|contents) heading)$", re.I)


def simplify(root: Element, styles: Styles) -> Counter:
    """Change what mammoth does not read to what it does; return how often something was left out, by what it was."""
    left: Counter[str] = Counter()

    def change(element: Element) -> list[Element] | None:
        if element.tag in NOT_READ:
            return []
        if element.tag in TRANSPARENT:
            return list(element)
        if element.tag == f"{W}fldSimple":
            return _field(element)
        if element.tag == f"{W}sdt":
            return _control(element, left)
        if element.tag == f"{W}p" and CONTENTS.match(styles.name(value(element, "pPr/pStyle"))):
            left["contents"] += 1
            return []
        return None

    rewrite(root, change)
    left["chunks"] = sum(1 for _ in root.iter(f"{W}altChunk"))
    _simplify_breaks(root)
    _simplify_links(root)
    return left


def _simplify_breaks(root: Element) -> None:
    for element in root.iter():
        if element.tag == f"{W}br":
            # The end of a page or column parts words too.
            element.attrib.clear()
        elif element.tag == f"{W}cr":
            element.tag = f"{W}br"
        elif element.tag == f"{W}ptab":
            element.tag = f"{W}tab"


def _field(element: Element) -> list[Element]:
    """Return a field in one element as the several that a link is read from; of other fields, the text."""
    instruction = element.get(f"{W}instr", "")
    if not LINK.match(instruction):
        return list(element)
    return [
        made("r", made("fldChar", fldCharType="begin")),
        made("r", made("instrText", text=instruction)),
        made("r", made("fldChar", fldCharType="separate")),
        *element,
        made("r", made("fldChar", fldCharType="end")),
    ]


def _control(element: Element, left: Counter) -> list[Element]:
    """Return what is in a content control: nothing for a list of contents and for words that ask to be replaced."""
    properties, content = child(element, "sdtPr"), child(element, "sdtContent")
    if content is None:
        return []
    if "contents" in value(properties, "docPartObj/docPartGallery").lower():
        left["contents"] += 1
        return []
    if child(properties, "showingPlcHdr") is not None and text_of(content).strip():
        left["prompts"] += 1
        return []
    return list(content)


def _simplify_links(root: Element) -> None:
    """Write the instructions of links in the one way that is understood: an address, or a place in the document."""
    open_fields: list[list[Element]] = []
    for element in root.iter():
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append([])
                if len(open_fields) > MOST_OPEN:
                    raise TooLong
            elif open_fields:
                _write_link(open_fields[-1])
                open_fields[-1] = []
                if kind == "end":
                    open_fields.pop()
        elif element.tag == f"{W}instrText" and open_fields:
            open_fields[-1].append(element)


def _write_link(pieces: list[Element]) -> None:
    found = LINK.match("".join(piece.text or "" for piece in pieces))
    if not found:
        return
    place = PLACE.search(found["rest"])
    rest = SWITCH.sub(" ", PLACE.sub(" ", found["rest"]))
    address = ADDRESS.search(rest)
    name = (place[1] or place[2]) if place else ""
    href = (address[1] or address[2] or "") if address else ""
    for piece in pieces:
        piece.text = ""
    if href:
        pieces[0].text = f'HYPERLINK "{href}{f"#{name}" if name and "#" not in href else ""}"'
    elif name:
        pieces[0].text = f'HYPERLINK \\l "{name}"'
