"""The styles of the Word files, in the site’s colours and a font that every computer has."""

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

TEAL, TINT, RULE, INK, MUTED = "0D4453", "F1F6F7", "B9C4C8", "14212B", "4D5B65"
FONT = "Arial"
# Style: size, bold, colour, distance above and below in points.
LOOK = {
    "Normal": (11, False, INK, 0, 6),
    "Heading 1": (24, True, TEAL, 0, 2),
    "Heading 2": (15, True, TEAL, 16, 5),
    "Heading 3": (12, True, TEAL, 10, 3),
    "List Bullet": (11, False, INK, 0, 3),
    "List Number": (11, False, INK, 0, 3),
    "Caption": (11, True, TEAL, 6, 4),
    "Footer": (8, False, MUTED, 0, 0),
    "Board": (10, True, TEAL, 0, 6),
    "Edition": (10, False, MUTED, 0, 8),
    "Notice": (10, False, INK, 0, 10),
    "Opening": (12.5, False, INK, 0, 6),
    "Callout title": (12, True, TEAL, 8, 0),
    "Callout": (11, False, INK, 0, 0),
    "Tick": (11, False, INK, 0, 4),
    "Table head": (10, True, "FFFFFF", 3, 3),
    "Table name": (10, True, INK, 3, 3),
    "Table words": (10, False, INK, 3, 3),
    "After table": (4, False, INK, 0, 4),
}
LEADS_ON = {"Heading 1", "Heading 2", "Heading 3", "Caption", "Callout title"}


def give_styles(document):
    """Give the document its styles and its language, British English."""
    for name, look in LOOK.items():
        _give_style(document.styles, name, *look)
    for style in ("Tick", "Callout", "Callout title", "Notice"):
        document.styles[style].paragraph_format.left_indent = Pt(18 if style == "Tick" else 8)
    document.styles["Tick"].paragraph_format.first_line_indent = Pt(-18)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _give_style(styles, name: str, size: float, bold: bool, colour: str, above: float, below: float):
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in ("Normal", "Footer") and not name.startswith(("Heading", "List", "Caption")):
        style.base_style = styles["Normal"]
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    # A font of the template’s theme would win over the one that is named.
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]
    for script in ("cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(above), Pt(below)
    form.line_spacing = 1.1 if size > 14 or name.startswith("Table") else 1.2
    form.keep_with_next = name in LEADS_ON


def shade(properties, fill: str):
    """Give a cell or a paragraph, by its properties, a background."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shading.set(qn(f"w:{name}"), value)
    properties.append(shading)


def mark_off(paragraph, *, fill: str, line: str):
    """Give a paragraph a background and a thick line on its left."""
    properties = paragraph._p.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "36"), ("space", "8"), ("color", line)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties.append(borders)
    shade(properties, fill)
