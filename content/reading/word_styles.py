"""The styles of a Word document: what each is called, which outline level and list it has, how its text looks."""

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from content.reading.word_xml import W, child, is_on, value

# Half-points: what Word takes where nothing says a size.
USUAL_SIZE = 20
DEEPEST_CHAIN = 20


@dataclass(frozen=True)
class Look:
    """How text looks. `size` is in half-points."""

    size: int = USUAL_SIZE
    bold: bool = False
    underlined: bool = False
    capitals: bool = False
    hidden: bool = False

    def inside(self, properties: Element | None) -> "Look":
        """Return how text with these properties (`w:rPr`) looks where text around it looks like this."""
        if properties is None:
            return self
        changed: dict[str, int | bool] = {}
        for name, tag in (("bold", "b"), ("underlined", "u"), ("capitals", "caps"), ("hidden", "vanish")):
            if (on := is_on(properties, tag)) is not None:
                changed[name] = on
        size = value(properties, "sz")
        if size.isascii() and size.replace(".", "", 1).isdigit() and len(size) < 8:
            changed["size"] = int(float(size))
        return replace(self, **changed) if changed else self


class Styles:
    """What styles.xml says."""

    def __init__(self, root: Element | None):
        styles = [] if root is None else root.findall(f"{W}style")
        self._by_id = {style.get(f"{W}styleId", ""): style for style in styles}
        self._usual = Look().inside(child(root, "docDefaults/rPrDefault/rPr"))
        self._looks: dict[str, Look] = {}
        self._default = next(
            (
                key
                for key, style in self._by_id.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0").lower() in {"1", "true", "on"}
            ),
            "",
        )

    def name(self, key: str) -> str:
        """Return what a style is called: built-in ones have their English names in every language of Word."""
        return value(self._by_id.get(key), "name", key)

    def look(self, key: str) -> Look:
        """Return how text of a paragraph style looks; "" is the default one."""
        key = key or self._default
        if key not in self._looks:
            look = self._usual
            for style in reversed(self._chain(key)):
                look = look.inside(child(style, "rPr"))
            self._looks[key] = look
        return self._looks[key]

    def character_properties(self, key: str) -> list[Element]:
        """Return the properties of text that a character style and those it is based on give, the basic ones first."""
        found = (child(style, "rPr") for style in reversed(self._chain(key)))
        return [properties for properties in found if properties is not None]

    def names(self, key: str) -> list[str]:
        """Return the names of a style and of those it is based on."""
        return [value(style, "name").lower() for style in self._chain(key)]

    def paragraph_value(self, key: str, path: str) -> str:
        """Return what a paragraph style or one it is based on says at a path such as "outlineLvl", "" for nothing."""
        found = (value(style, f"pPr/{path}") for style in self._chain(key))
        return next((said for said in found if said), "")

    def table_has_lines(self, key: str) -> bool:
        """Tell whether a table style draws lines."""
        return any(has_lines(child(style, "tblPr/tblBorders")) for style in self._chain(key))

    def _chain(self, key: str) -> list[Element]:
        """Return a style and those it is based on, no further than a ring of them goes round once."""
        chain: list[Element] = []
        while (style := self._by_id.get(key)) is not None and style not in chain and len(chain) < DEEPEST_CHAIN:
            chain.append(style)
            key = value(style, "basedOn")
        return chain


def has_lines(borders: Element | None) -> bool:
    """Tell whether borders of a table or cell can be seen."""
    return borders is not None and any(side.get(f"{W}val", "nil") not in {"nil", "none"} for side in borders)
