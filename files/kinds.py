"""The kinds of file that the library takes. Whatever is not here is refused: a strict list, kept short on purpose."""

from dataclasses import dataclass

from files.names import extension_of

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """A kind of file: `extension` without dot, `label` for a list, `short` for a button, `named` within a sentence."""

    extension: str
    media_type: str
    label: str
    short: str
    named: str


KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", "PDF", "PDF", "a PDF"),
        Kind("docx", f"{OOXML}.wordprocessingml.document", "Word document", "Word", "a Word document"),
        Kind("xlsx", f"{OOXML}.spreadsheetml.sheet", "Excel spreadsheet", "Excel", "an Excel spreadsheet"),
        Kind(
            "pptx",
            f"{OOXML}.presentationml.presentation",
            "PowerPoint presentation",
            "PowerPoint",
            "a PowerPoint presentation",
        ),
        Kind("odt", f"{ODF}.text", "OpenDocument text", "ODT", "an OpenDocument text"),
        Kind("ods", f"{ODF}.spreadsheet", "OpenDocument spreadsheet", "ODS", "an OpenDocument spreadsheet"),
        Kind("odp", f"{ODF}.presentation", "OpenDocument presentation", "ODP", "an OpenDocument presentation"),
        Kind("rtf", "application/rtf", "Rich text document", "RTF", "a rich text document"),
        Kind("txt", "text/plain", "Plain text", "Text", "plain text"),
        Kind("csv", "text/csv", "Table in plain text (CSV)", "CSV", "a table in plain text (CSV)"),
    )
}


def kind_of(name: str) -> Kind | None:
    """Return the kind that a file's name claims, None for what is not on the list."""
    return KINDS.get(extension_of(name))
