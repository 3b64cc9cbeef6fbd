"""Papers as tagged PDFs (PDF/UA-1): first as HTML, then set by WeasyPrint with the sheet beside this file."""

import os
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import sha256
from html import escape
from pathlib import Path

from demo.content import organisation
from demo.content.library.papers import LABELS, Callout, Paper, Section, Table, Ticks
from demo.content.manual.writing import html

SHEET = Path(__file__).with_name("paper.css")
FORM = {"pdf_variant": "pdf/ua-1", "custom_metadata": True}
# The name under which a PDF keeps the fingerprint of what it was made from.
FINGERPRINT = "fingerprint"


def write(paper: Paper) -> bytes:
    """Return the paper as a PDF. What is left to chance elsewhere, its number, comes from what it was made from."""
    # Only now: the text of a paper can be had on machines without Pango.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    marked = page_of(paper).replace("</head>", f'<meta name="{FINGERPRINT}" content="{fingerprint(paper)}"></head>')
    look = CSS(filename=SHEET, font_config=fonts)
    number = bytes.fromhex(fingerprint(paper)[:32])
    with _fonts_dated(paper.dated):
        return HTML(string=marked).write_pdf(stylesheets=[look], font_config=fonts, pdf_identifier=number, **FORM)


@contextmanager
def _fonts_dated(day: date):
    """Let the fonts in the file bear this day; they would bear the moment of writing (reproducible-builds.org)."""
    name, before = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    os.environ[name] = str(int(datetime.combine(day, time(), UTC).timestamp()))
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def fingerprint(paper: Paper) -> str:
    """Return what tells apart two papers, or one paper set by two sheets."""
    return sha256(page_of(paper).encode() + SHEET.read_bytes()).hexdigest()


def page_of(paper: Paper) -> str:
    """Return the paper as a page of HTML."""
    words = LABELS[paper.language]
    language = {"en": "en-GB"}.get(paper.language, paper.language)
    kinds = " ".join(kind for kind in ("wide", "family") if getattr(paper, kind))
    day = paper.dated.isoformat()
    before, between, after = words["pages"].replace("{pages}", "{page}").split("{page}")
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{escape(paper.title)}</title>
<meta name="author" content="{escape(organisation.NAME)}">
<meta name="description" content="{escape(f"{paper.edition}. {paper.notice}")}">
<meta name="dcterms.created" content="{day}"><meta name="dcterms.modified" content="{day}"></head>
<body class="{kinds}" data-title="{escape(paper.title)}" data-edition="{escape(paper.edition)}"
 data-notice="{escape(paper.notice)}" data-pages="{before}" data-of="{between}" data-after="{after}">
<header><p class="board">{escape(organisation.NAME)}</p><h1>{escape(paper.title)}</h1>
<p class="edition">{escape(paper.edition)}</p></header>
<p class="notice">{escape(paper.notice)}</p>
<div class="opening">{html(paper.opening)}</div>
{_set(paper.body, level=2)}
</body></html>"""


def _set(body: tuple, *, level: int) -> str:
    return "\n".join(_part(part, level) for part in body)


def _part(part, level: int) -> str:
    if isinstance(part, Section):
        kind = ' class="new-page"' if part.new_page else ""
        heading = f"<h{level}>{escape(part.heading)}</h{level}>"
        return f"<section{kind}>{heading}{_set(part.body, level=level + 1)}</section>"
    if isinstance(part, Callout):
        return f'<div class="callout"><p class="callout-title">{escape(part.title)}</p>{html(part.words)}</div>'
    if isinstance(part, Ticks):
        return f'<ul class="ticks">{"".join(f"<li>{line}</li>" for line in part.lines)}</ul>'
    return _table(part) if isinstance(part, Table) else html(part)


def _table(table: Table) -> str:
    widths = "".join(f'<col style="width: {width}%">' for width in table.widths)
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(_row(row) for row in table.rows)
    room = f' style="height: {table.room}mm"' if table.room else ""
    return (
        f"<table><caption>{escape(table.caption)}</caption><colgroup>{widths}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows.replace('<tr>', f'<tr{room}>')}</tbody></table>"
    )


def _row(row: tuple[str, ...]) -> str:
    first, *others = row
    name = f'<th scope="row">{first}</th>' if first else "<td></td>"
    return f"<tr>{name}{''.join(f'<td>{cell}</td>' for cell in others)}</tr>"
