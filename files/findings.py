"""What was found in a file: its words with their places, and what makes it hard to use for some readers."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, fields

MOST_PREVIEW = 60 * 1024

# Codes are stored; sentences may be reworded. Only what can be told for certain, and what an editor can mend.
FAULTS = {
    "untagged": "This PDF is not tagged, so a screen reader cannot tell headings, lists and tables from plain text. "
    "Make it again from the original document with “Document structure tags for accessibility” ticked.",
    "no_title": "The document has no title of its own, so a screen reader reads out the name of the file. In the "
    "original, fill in the title under File, Info; then save it or make the PDF again.",
    "no_language": "The document does not say which language it is in, so a screen reader may pronounce it wrongly. "
    "Set the language of the text in the original; then save it or make the PDF again.",
    "no_text": "There are no words in this file, perhaps only scanned pages: nobody can search it or have it read out. "
    "Upload the original document, or run text recognition (OCR) over the scan.",
    "copy_protected": "The text of this PDF is protected against copying, which also stops some screen readers. "
    "Make it again without restrictions.",
    "script": "This PDF holds scripts. Most readers never run them, so make sure that it is of use without them.",
    "adobe_form": "This is a form that only Adobe’s own reader can show (XFA). Make it again as an ordinary PDF form, "
    "or as a Word document.",
    "no_headings": "The document has no headings that a screen reader can jump to. Give headings the styles Heading 1, "
    "Heading 2 and so on.",
    "undescribed_pictures": "There are pictures without a description, so readers who do not see them miss what they "
    "say. Add alternative text to each, or mark it as decorative.",
    "table_without_header": "There is a table whose first row is not marked as its header. Select the row and choose "
    "“Repeat header rows” under Table layout.",
    "untitled_slides": "There are slides without a title, so a screen reader cannot list them. Give each slide a title "
    "of its own; it may be hidden.",
    "merged_cells": "There are merged cells in this spreadsheet, so a screen reader may lose its place. Unmerge them, "
    "and fill in each cell.",
    "hidden_sheets": "There are hidden sheets in this spreadsheet, and any reader can show them. Delete them unless "
    "they may be public.",
    "tracked_changes": "The document still holds tracked changes or comments, and any reader can see them. Accept or "
    "reject all changes and delete the comments, then save it again.",
    "partly_read": "This file is very long: the search finds only what stands in its first part. Split it if readers "
    "need to find the rest.",
}


@dataclass(frozen=True)
class Passage:
    """Words of one place: `page` counts from 1 where there are pages; `place` is for people, such as “slide 2”."""

    page: int | None
    place: str
    text: str


@dataclass(frozen=True)
class Findings:
    """What is in a file.

    `language` is a BCP 47 tag or "". `is_tagged` is None where it has no meaning. `faults` are keys of FAULTS.
    `preview` is a picture of the first page (WebP, at most 480 pixels wide and 60 KB), b"" where there is none.
    """

    media_type: str
    pages: int | None = None
    language: str = ""
    title: str = ""
    is_tagged: bool | None = None
    passages: tuple[Passage, ...] = ()
    faults: tuple[str, ...] = ()
    preview: bytes = b""

    def as_json(self) -> dict:
        """Return the findings as what JSON knows."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return plain | {
            "passages": [[passage.page, passage.place, passage.text] for passage in self.passages],
            "faults": list(self.faults),
            "preview": b64encode(self.preview).decode("ascii"),
        }

    @classmethod
    def from_json(cls, said: dict) -> "Findings":
        """Return the findings that `as_json` gave. Raises ValueError for anything else."""
        try:
            findings = cls(
                **said
                | {
                    "passages": tuple(Passage(page, place, text) for page, place, text in said["passages"]),
                    "faults": tuple(said["faults"]),
                    "preview": b64decode(said["preview"], validate=True),
                }
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("These are no findings.") from error
        if not _is_sound(findings):
            raise ValueError("These are no findings.")
        return findings


def _is_sound(findings: Findings) -> bool:
    """Tell whether everything is of its type: findings come from another process that read a stranger's file."""
    texts = [findings.media_type, findings.language, findings.title]
    texts += [text for passage in findings.passages for text in (passage.place, passage.text)]
    pages = [findings.pages, *(passage.page for passage in findings.passages)]
    return (
        all(isinstance(text, str) and "\x00" not in text for text in texts)
        and all(page is None or type(page) is int for page in pages)
        and findings.is_tagged in (None, True, False)
        and (not findings.preview or is_preview(findings.preview))
        and all(fault in FAULTS for fault in findings.faults)
    )


def is_preview(picture: bytes) -> bool:
    """Tell whether a picture is of the form that is kept as a preview, and no larger."""
    return picture[:4] == b"RIFF" and picture[8:12] == b"WEBP" and len(picture) <= MOST_PREVIEW
