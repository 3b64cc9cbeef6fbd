"""Files for tests, made by hand: the least that makes a file one of its kind, and many ways to be bad."""

import io
import struct
import zipfile
import zlib
from functools import cache

import docx
import openpyxl

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODF_SPACES = " ".join(
    f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for space in ("office", "text", "table", "style", "presentation", "script", "meta", "manifest")
) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def zipped(members: dict, *, method=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of names and contents."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def rezipped(content: bytes, members: dict, *, without=()) -> bytes:
    """A zip file with some members put in or replaced, and others left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name not in without}
    return zipped(kept | members)


def member(content: bytes, name: str) -> bytes:
    """One member of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def names(content: bytes) -> list[str]:
    """The names of a zip file's members."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def pdf(
    *texts: str,
    size=(595, 842),
    picture: bytes = b"",
    content: bytes = b"",
    catalogue: bytes = b"",
    title: str = "",
    pages_claimed: int | None = None,
) -> bytes:
    """A PDF with a page for each text. `picture` and `content` (instead of the text) are objects of their own."""
    first = 20
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(texts)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R %s>>" % catalogue,
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(texts) if pages_claimed is None else pages_claimed),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: b"<</Title(%s)>>" % title.encode(),
    }
    if picture:
        objects[5] = picture
    for number, text in enumerate(texts):
        draw = b"q %d 0 0 %d 0 0 cm /I Do Q " % size if picture else b""
        draw += b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % text.encode() if text else b""
        resources = b"<</Font<</F 3 0 R>>%s>>" % (b"/XObject<</I 5 0 R>>" if picture else b"")
        objects[first + 2 * number] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources%s>>" % (
            *size,
            first + 2 * number + 1,
            resources,
        )
        objects[first + 2 * number + 1] = content or stream(draw)
    return _numbered(objects)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A PDF object that is a stream."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _numbered(objects: dict[int, bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, data in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start, most = len(out), max(objects) + 1
    lines = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(most)]
    out += b"xref\n0 %d\n%s" % (most, b"".join(lines))
    return bytes(out + b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (most, start))


def picture_of(side: int) -> bytes:
    """An image object for a PDF of `side` by `side` pixels, which packs well."""
    packer = zlib.compressobj(9)
    row = b"\x80" * side * 3
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % (side, side)
    return stream(data, entries + b"/Filter/FlateDecode")


def word(*paragraphs, title: str = "Plan for a child", build=None) -> bytes:
    """A Word document; a paragraph may be (text, style). `build` is called with python-docx's document."""
    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs or ("Some words.",):
        text, style = paragraph if isinstance(paragraph, tuple) else (paragraph, None)
        document.add_paragraph(text, style=style)
    if build:
        build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def sheets(build=None) -> bytes:
    """An Excel spreadsheet with a sheet called Costs; `build` is called with openpyxl's book."""
    book = openpyxl.Workbook()
    book.active.title = "Costs"
    book.active.append(["Placement", "Pounds"])
    book.active.append(["Foster care", 1200.5])
    if build:
        build(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def shared_strings(strings: str, *, sheet: str = "") -> bytes:
    """An Excel spreadsheet as Excel writes it, with its words in a part of their own; `strings` are its si elements."""
    content = sheets()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = member(content, "[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    relations = member(content, "xl/_rels/workbook.xml.rels").decode()
    relation = f'<Relationship Id="rs" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    parts = {
        "[Content_Types].xml": types.replace("</Types>", override),
        "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", relation),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return rezipped(content, parts)


def slide(*shapes: str) -> str:
    """A slide's part."""
    return f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{"".join(shapes)}</p:spTree></p:cSld></p:sld>'


def shape(text: str, *, kind: str = "body") -> str:
    """A shape with text; `kind` is title, ctrTitle or another."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>'
        f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def slide_picture(*, description: str = "") -> str:
    """A picture on a slide."""
    return f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="Picture 2" descr="{description}"/></p:nvPicPr></p:pic>'


def slides(*parts: str, title: str = "Training") -> bytes:
    """A PowerPoint presentation of slides, shown in this order but numbered the other way round."""
    parts = parts or (slide(shape("Neglect", kind="title"), shape("What to look for")),)
    names = {f"r{number}": f"slide{len(parts) - number}.xml" for number in range(len(parts))}
    relations = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/slide" Target="slides/{name}"/>' for key, name in names.items()
    )
    order = "".join(f'<p:sldId id="{256 + number}" r:id="r{number}"/>' for number in range(len(parts)))
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" '
            f'ContentType="{PRESENTATION}.main+xml"/></Types>',
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{OFFICE}"><p:sldIdLst>{order}</p:sldIdLst>'
            "</p:presentation>",
            "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
            "</Relationships>",
            "docProps/core.xml": f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>',
            **{f"ppt/slides/{names[f'r{number}']}": part for number, part in enumerate(parts)},
        }
    )


def open_document(extension: str, body: str, *, title: str = "Policy", extra: dict | None = None) -> bytes:
    """An OpenDocument file; `body` goes into office:text, office:spreadsheet or office:presentation."""
    inside, name = {
        "odt": ("text", "text"),
        "ods": ("spreadsheet", "spreadsheet"),
        "odp": ("presentation", "presentation"),
    }[extension]
    members = {
        "mimetype": f"application/vnd.oasis.opendocument.{name}",
        "META-INF/manifest.xml": f"<manifest:manifest {ODF_SPACES}/>",
        "content.xml": f"<office:document-content {ODF_SPACES}><office:body><office:{inside}>{body}"
        f"</office:{inside}></office:body></office:document-content>",
        "styles.xml": f'<office:document-styles {ODF_SPACES}><style:default-style style:family="paragraph">'
        '<style:text-properties fo:language="en" fo:country="GB"/></style:default-style></office:document-styles>',
        "meta.xml": f"<office:document-meta {ODF_SPACES}><dc:title>{title}</dc:title>"
        '<meta:document-statistic meta:page-count="7"/></office:document-meta>',
    }
    return zipped(members | (extra or {}))


RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0\deflang2057{\fonttbl{\f0 Arial;}}{\info{\title Early help}{\author A}}"
    rb"\pard Children\'92s services\par Second line\par}"
)


def old_office(*names: str, padding: int = 0) -> bytes:
    """An old Office container (OLE) with entries of these names; `padding` sectors stand before its directory."""
    entries = b"".join(_entry(name) for name in ("Root Entry", *names))
    entries += b"\0" * (-len(entries) % 512)
    directory = [entries[start : start + 512] for start in range(0, len(entries), 512)]
    # Sector 0 is the allocation table; the directory's sectors stand after the padding, with a gap between them.
    places = [1 + padding + 2 * number for number in range(len(directory))]
    chain = [0xFFFFFFFF] * 128
    chain[0] = 0xFFFFFFFD
    for place, following in zip(places, [*places[1:], 0xFFFFFFFE], strict=True):
        chain[place] = following
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, places[0])
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    sectors = {0: struct.pack("<128I", *chain), **dict(zip(places, directory, strict=True))}
    return bytes(header) + b"".join(sectors.get(number, b"\0" * 512) for number in range(max(sectors) + 1))


def _entry(name: str) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HB", len(raw), 2) + b"\0" * 61


@cache
def valid() -> dict[str, bytes]:
    """A sound file of each kind, by extension."""
    return {
        "pdf": pdf("Thresholds for help", "Second page", title="Thresholds"),
        "docx": word(("Referral", "Heading 1"), "Ring us.", title="Referral form"),
        "xlsx": sheets(),
        "pptx": slides(),
        "odt": open_document("odt", "<text:h>Referral</text:h><text:p>Ring us.</text:p>"),
        "ods": open_document(
            "ods",
            '<table:table table:name="Costs"><table:table-row><table:table-cell><text:p>Foster care</text:p>'
            "</table:table-cell></table:table-row></table:table>",
        ),
        "odp": open_document(
            "odp",
            '<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Neglect</text:p></draw:text-box>'
            "</draw:frame></draw:page>",
        ),
        "rtf": RTF,
        "txt": "Children’s services\nRing us.".encode(),
        "csv": b"Name,Phone\nDuty desk,01632 960000\n",
    }
