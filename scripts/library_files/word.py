"""Papers as Word files, with real headings, lists and header rows, so that Word’s own tools find their way in them."""

from datetime import datetime, time
from html import escape
from io import BytesIO
from xml.etree import ElementTree

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import _Cell

from demo.content import organisation
from demo.content.library.papers import LABELS, Callout, Paper, Section, Table, Ticks
from demo.content.manual.writing import html
from scripts.library_files.packing import pack, parts_of
from scripts.library_files.word_styles import RULE, TEAL, TINT, give_styles, mark_off, shade

TICK_BOX = "\u2610"


def write(paper: Paper) -> bytes:
    """Return the paper as a Word file. Its pages are A4."""
    document = Document()
    give_styles(document)
    _describe(document, paper)
    _set_page(document, paper)
    document.add_paragraph(organisation.NAME, "Board")
    document.add_heading(paper.title, 1)
    document.add_paragraph(paper.edition, "Edition")
    mark_off(document.add_paragraph(paper.notice, "Notice"), fill="FDF0D3", line="F4B63F")
    _write(document, paper.opening, "Opening")
    _set(document, paper.body, level=2)
    packed = BytesIO()
    document.save(packed)
    return pack(parts_of(packed.getvalue()), dated=paper.dated)


def _describe(document, paper: Paper):
    finished = datetime.combine(paper.dated, time())
    about = document.core_properties
    about.title, about.author, about.last_modified_by = paper.title, organisation.NAME, organisation.NAME
    about.comments, about.version = f"{paper.edition}. {paper.notice}", paper.version
    about.language, about.keywords, about.revision = "en-GB", "", 1
    about.created = about.modified = finished
    # The picture of a page that the template brings shows another document.
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        links.pop(key)


def _set_page(document, paper: Paper):
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if paper.wide else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(16), Mm(20)
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{paper.title}. {paper.edition}. {paper.notice} ")
    before, between, _after = LABELS[paper.language]["pages"].replace("{pages}", "{page}").split("{page}")
    for words, code in ((before, "PAGE"), (between, "NUMPAGES")):
        footer.add_run(words)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        # Word counts for itself; other programs show what stands here.
        field.append(footer.add_run("1")._r)
        footer._p.append(field)


def _set(document, body: tuple, *, level: int):
    for part in body:
        if isinstance(part, Section):
            heading = document.add_heading(part.heading, level)
            heading.paragraph_format.page_break_before = part.new_page
            _set(document, part.body, level=level + 1)
        elif isinstance(part, Table):
            _add_table(document, part)
        elif isinstance(part, Callout):
            _add_callout(document, part)
        elif isinstance(part, Ticks):
            for line in part.lines:
                document.add_paragraph(f"{TICK_BOX}\u2002{line}", "Tick")
        else:
            _write(document, part, "Normal")


def _write(document, words: str, style: str):
    """Add plainly written words: paragraphs and lists."""
    for element in ElementTree.fromstring(f"<div>{html(words)}</div>"):  # noqa: S314 -- our own words
        if element.tag == "p":
            _add_runs(document.add_paragraph(style=style), element)
            continue
        paragraphs = [_add_runs(document.add_paragraph(), item) for item in element]
        for paragraph in paragraphs:
            paragraph.style = "List Bullet" if element.tag == "ul" else "List Number"
        if element.tag == "ol":
            _count_from_one(document, paragraphs)


def _add_runs(paragraph, element):
    """Add the words of an element to a paragraph; `<b>` becomes bold."""
    paragraph.add_run(element.text or "")
    for child in element:
        paragraph.add_run(child.text).bold = True
        paragraph.add_run(child.tail or "")
    return paragraph


def _count_from_one(document, paragraphs: list):
    """Without this, a second list goes on where the first one ended."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    own = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    own.add_lvlOverride(0).add_startOverride(1)
    for paragraph in paragraphs:
        numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_ilvl().val, numbers.get_or_add_numId().val = 0, own.numId


def _add_callout(document, callout: Callout):
    before = len(document.paragraphs)
    document.add_paragraph(callout.title, "Callout title")
    _write(document, callout.words, "Callout")
    for paragraph in document.paragraphs[before:]:
        mark_off(paragraph, fill="DCECEE", line=TEAL)


def _add_table(document, table: Table):
    document.add_paragraph(table.caption, "Caption")
    grid = document.add_table(len(table.rows) + 1, len(table.columns), "Table Grid")
    grid.autofit = False
    page = document.sections[0]
    across = page.page_width - page.left_margin - page.right_margin
    widths = [int(across * share / 100) for share in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for number, (row, words) in enumerate(zip(grid.rows, (table.columns, *table.rows), strict=True)):
        _mark_row(row, head=number == 0, room=table.room)
        for order, (cell, text, width) in enumerate(zip(row.cells, words, widths, strict=True)):
            cell.width = width
            _fill(cell, text, kind="head" if number == 0 else "name" if order == 0 and text else "words")
    _describe_table(grid, table)
    document.add_paragraph(style="After table")


def _mark_row(row, *, head: bool, room: int):
    """A row is not split between pages, and the header row comes again on each page."""
    if room and not head:
        row.height = Mm(room)
    rules = row._tr.get_or_add_trPr()
    rules.append(OxmlElement("w:cantSplit"))
    if head:
        rules.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, text: str, *, kind: str):
    paragraph = cell.paragraphs[0]
    paragraph.style = {"head": "Table head", "name": "Table name"}.get(kind, "Table words")
    words = escape(text) if kind == "head" else text
    _add_runs(paragraph, ElementTree.fromstring(f"<p>{words}</p>"))  # noqa: S314 -- our own words
    if kind != "words":
        shade(cell._tc.get_or_add_tcPr(), TEAL if kind == "head" else TINT)


def _describe_table(grid, table: Table):
    """Give the table its title for screen readers, and quiet lines."""
    rules = grid._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    rules.find(qn("w:tblLayout")).addprevious(borders)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), table.caption)
    rules.append(caption)
