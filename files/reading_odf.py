"""OpenDocument texts, spreadsheets and presentations: all three have their words in content.xml."""

from files.findings import Findings
from files.kinds import Kind
from files.packages import Package
from files.paragraphs import Paragraphs
from files.properties import properties_of
from files.reading_word import LONG_WITHOUT_HEADINGS
from files.refusals import HasMacros
from files.words import Words, language_from
from files.xml_streams import Handler

CONTENT, STYLES = "content.xml", "styles.xml"


def read_open_document(package: Package, kind: Kind) -> Findings:
    """Return what is in an OpenDocument file. Raises Damaged, TooLarge or HasMacros."""
    properties, words = properties_of(package), Words()
    text = package.listen(CONTENT, _Text(words))
    text.flush()
    language = package.listen(STYLES, _Language()).found or properties.language
    return Findings(
        media_type=kind.media_type,
        pages={"odt": properties.pages, "odp": text.slides}.get(kind.extension),
        language=language,
        title=properties.title,
        passages=tuple(words.passages),
        faults=_faults(kind.extension, text, words, properties.title, language),
    )


def _faults(extension: str, text: "_Text", words: Words, title: str, language: str) -> tuple[str, ...]:
    is_text, is_sheet, is_slides = (extension == other for other in ("odt", "ods", "odp"))
    length = sum(len(passage.text) for passage in words.passages)
    faults = {
        "no_title": not title and not is_sheet,
        "no_language": not language and not is_sheet,
        "no_text": not words.passages,
        "no_headings": is_text and not text.headings and length > LONG_WITHOUT_HEADINGS,
        "undescribed_pictures": text.undescribed and not is_sheet,
        "untitled_slides": is_slides and text.titled_slides < text.slides,
        "merged_cells": is_sheet and text.is_merged,
        "tracked_changes": is_text and text.is_tracked,
        "partly_read": words.is_cut,
    }
    return tuple(code for code, is_so in faults.items() if is_so)


class _Language(Handler):
    """Hears the language of the standard style."""

    def __init__(self):
        super().__init__()
        self.found, self._is_standard = "", False

    def start_default_style(self, attributes):
        self._is_standard = True

    def end_default_style(self):
        self._is_standard = False

    def start_text_properties(self, attributes):
        language, country = attributes.get("language", ""), attributes.get("country", "")
        if self._is_standard and not self.found and language != "none":
            self.found = language_from(f"{language}-{country}" if country not in ("", "none") else language)


class _Text(Paragraphs):
    # Comments, what was deleted with changes tracked, and what only the speaker sees.
    skipped = frozenset({"annotation", "notes", "deletion", "previous"})

    def __init__(self, words: Words):
        super().__init__(words)
        self.headings = self.slides = self.titled_slides = self.undescribed = 0
        self.is_merged = self.is_tracked = self._is_spreadsheet = False
        self._frames, self._is_slide_titled = [], False

    def start_p(self, attributes):
        self.begin_paragraph()

    start_h = start_p

    def end_p(self):
        text = self.end_paragraph()
        if text.strip() and any(frame["is_title"] for frame in self._frames):
            self._is_slide_titled = True

    def end_h(self):
        if self.end_heading().strip():
            self.headings += 1

    def text(self, data):
        self.hear(data)

    def start_s(self, attributes):
        self.hear(" ")

    start_tab = start_line_break = start_s

    def start_page(self, attributes):
        self.slides += 1
        self.move_on(place=f"slide {self.slides}", page=self.slides)
        self._is_slide_titled = False

    def end_page(self):
        self.titled_slides += self._is_slide_titled

    def start_table(self, attributes):
        if self._is_spreadsheet:
            self.move_on(place=f"sheet {attributes.get('name', '')}")

    def start_spreadsheet(self, attributes):
        self._is_spreadsheet = True

    def start_table_cell(self, attributes):
        spans = (attributes.get(f"number-{side}-spanned", "1") for side in ("columns", "rows"))
        self.is_merged = self.is_merged or any(span != "1" for span in spans)

    def start_changed_region(self, attributes):
        self.is_tracked = True

    def start_event_listener(self, attributes):
        # They call macros: of this file, or of those that come with the program.
        raise HasMacros(
            "This file starts macros: small programs that would run on readers’ computers. Save it without them."
        )

    def start_frame(self, attributes):
        is_title = attributes.get("class") == "title"
        self._frames.append({"is_title": is_title, "is_picture": False, "is_described": False})

    def start_image(self, attributes):
        if self._frames:
            self._frames[-1]["is_picture"] = True

    def start_object(self, attributes):
        # Of a chart or formula, the picture beside it is for programs that do not know these.
        self.start_title(attributes)

    def start_title(self, attributes):
        if self._frames:
            self._frames[-1]["is_described"] = True

    start_desc = start_title

    def end_frame(self):
        if self._frames:
            frame = self._frames.pop()
            self.undescribed += frame["is_picture"] and not frame["is_described"]
