"""Word documents for tests, written by hand: the least that makes a document one."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
PICTURE_SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
NAMES = f"{W} {R} {VML} {PICTURE_SPACES}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def run(text: str, properties: str = "") -> str:
    """A piece of text; properties such as "<w:b/>"."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def lines(*texts: str, properties: str = "") -> str:
    """Paragraphs of one run each, all looking alike."""
    return "".join(f"<w:p>{run(text, properties)}</w:p>" for text in texts)


def text_box(*paragraphs: str) -> str:
    """What Word writes for a text box inside a run: once for itself and once for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="Text Box 2"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def styles(*definitions: str, size: int = 22) -> dict[str, str]:
    """The member with styles, for `extra`; `size` of ordinary text in half-points."""
    usual = f'<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="{size}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    return {"word/styles.xml": f"<w:styles {W}>{usual}{''.join(definitions)}</w:styles>"}


def style(
    key: str, name: str, *, based_on: str = "", paragraph: str = "", text: str = "", kind: str = "paragraph"
) -> str:
    """A style; `paragraph` and `text` are properties."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


def notes(kind: str, **texts: str) -> dict[str, str]:
    """The member with footnotes or endnotes, for `extra`: the inside of paragraphs by "n" and the key of a note."""
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    found = "".join(
        f'<w:{kind} w:id="{key[1:]}"><w:p><w:r><w:{kind}Ref/></w:r>{text}</w:p></w:{kind}>'
        for key, text in texts.items()
    )
    return {f"word/{kind}s.xml": f"<w:{kind}s {W} {R}>{separator}{found}</w:{kind}s>"}


def paragraph(
    text: str, *, style: str = "", bold: bool = False, level: int | None = None, numbered: bool = False
) -> str:
    """A paragraph; `style` as Word names it inside ("Heading1"), `level` (0…) of a list."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{2 if numbered else 1}"/></w:numPr>'
    run = f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def table(rows: list[list[str]], *, lines: bool = True) -> str:
    """A table of plain cells, with or without lines between them."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    borders = '<w:tblBorders><w:insideH w:val="single" w:sz="4"/></w:tblBorders>' if lines else ""
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def link(text: str, relation: str) -> str:
    """A paragraph that is a link; `relation` is a key of the document's `links`."""
    return f'<w:p><w:hyperlink r:id="{relation}"><w:r><w:t>{escape(text)}</w:t></w:r></w:hyperlink></w:p>'


def picture(relation: str, alt: str) -> str:
    """A paragraph with a picture; `relation` is a key of the document's `pictures`."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{escape(alt)}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def word(*body: str, links: dict = {}, pictures: dict = {}, extra: dict = {}, macros: bool = False) -> bytes:  # noqa: B006
    """A Word document. `links`: addresses, `pictures`: PNG bytes, both by relation; `extra`: further members."""
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml" if macros else DOCUMENT_TYPE
    relations = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for key, target in links.items()
    ) + "".join(f'<Relationship Id="{key}" Type="{OFFICE}/image" Target="media/{key}.png"/>' for key in pictures)
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r0" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        f'<Relationship Id="n" Type="{OFFICE}/numbering" Target="numbering.xml"/></Relationships>',
        "word/numbering.xml": f"<w:numbering {W}>{_numbering(0, 'bullet')}{_numbering(1, 'decimal')}"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>",
        **{f"word/media/{key}.png": data for key, data in pictures.items()},
        **extra,
    }
    return zipped(members)


def zipped(members: dict) -> bytes:
    """A zip file of names and contents."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _numbering(key: int, kind: str) -> str:
    levels = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(3))
    return f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
