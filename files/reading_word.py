"""Word documents: words under their headings, and what a screen reader would miss."""

from files.findings import Findings
from files.kinds import KINDS
from files.office import main_part, relations
from files.packages import Package
from files.paragraphs import Paragraphs
from files.properties import properties_of
from files.words import Words, language_from
from files.xml_streams import Handler

KIND = KINDS["docx"]
# A leaflet of one page does well without headings.
LONG_WITHOUT_HEADINGS = 3000
NO = {"0", "false", "off"}


def read_word(package: Package) -> Findings:
    """Return what is in a Word document. Raises Damaged or TooLarge."""
    main = main_part(package, KIND)
    styles, properties, words = _Styles(), properties_of(package), Words()
    parts = relations(package, main).values()
    for part in parts:
        if part.lower().endswith("styles.xml"):
            package.listen(part, styles)
    text = package.listen(main, _Text(words, styles.headings))
    text.flush()
    notes = [part for part in parts if part.lower().endswith(("footnotes.xml", "endnotes.xml"))]
    for part in notes:
        text.place = "notes"
        package.listen(part, text)
        text.flush()
    language = styles.language or properties.language
    length = sum(len(passage.text) for passage in words.passages)
    faults = {
        "no_title": not properties.title,
        "no_language": not language,
        "no_text": not words.passages,
        "no_headings": not text.headings and length > LONG_WITHOUT_HEADINGS,
        "undescribed_pictures": text.undescribed,
        "table_without_header": text.tables_without_header,
        "tracked_changes": text.is_tracked,
        "partly_read": words.is_cut,
    }
    return Findings(
        media_type=KIND.media_type,
        pages=properties.pages,
        language=language,
        title=properties.title,
        passages=tuple(words.passages),
        faults=tuple(code for code, is_so in faults.items() if is_so),
    )


class _Styles(Handler):
    """Hears which styles are headings, and the language of the text."""

    def __init__(self):
        super().__init__()
        self.headings, self.language, self._style = set(), "", ""

    def start_style(self, attributes):
        self._style = attributes.get("styleId", "")

    def start_name(self, attributes):
        # Built-in styles keep their English name in every language of Word.
        if attributes.get("val", "").lower().startswith("heading "):
            self.headings.add(self._style)

    def start_basedOn(self, attributes):
        if attributes.get("val") in self.headings:
            self.headings.add(self._style)

    def start_outlineLvl(self, attributes):
        if attributes.get("val", "9") in "012345678":
            self.headings.add(self._style)

    def start_lang(self, attributes):
        self.language = self.language or language_from(attributes.get("val", ""))


class _Text(Paragraphs):
    # What AlternateContent offers to old versions of Word, and where moved text was before.
    skipped = frozenset({"Fallback", "moveFrom"})

    def __init__(self, words: Words, heading_styles: set[str]):
        super().__init__(words)
        self._heading_styles = heading_styles
        self._is_word, self._is_heading = False, False
        self._pictures, self._tables = [], []
        self.headings = self.undescribed = self.tables_without_header = 0
        self.is_tracked = False

    def start_p(self, attributes):
        self.begin_paragraph()
        self._is_heading = False

    def start_pStyle(self, attributes):
        self._is_heading = attributes.get("val") in self._heading_styles

    def start_outlineLvl(self, attributes):
        self._is_heading = attributes.get("val", "9") in "012345678"

    def end_p(self):
        if not self._is_heading:
            self.end_paragraph()
        elif self.end_heading().strip():
            self.headings += 1
        self._is_heading = False

    def start_t(self, attributes):
        self._is_word = True

    def end_t(self):
        self._is_word = False

    def text(self, data):
        if self._is_word:
            self.hear(data)

    def start_tab(self, attributes):
        self.hear(" ")

    start_br = start_cr = start_tab

    def start_ins(self, attributes):
        self.is_tracked = True

    start_del = start_moveTo = start_commentReference = start_ins

    def start_inline(self, attributes):
        self._pictures.append({"is_picture": False, "is_described": False})

    start_anchor = start_inline

    def start_docPr(self, attributes):
        if self._pictures and (attributes.get("descr", "").strip() or attributes.get("title", "").strip()):
            self._pictures[-1]["is_described"] = True

    def start_decorative(self, attributes):
        if self._pictures and attributes.get("val") not in NO:
            self._pictures[-1]["is_described"] = True

    def start_pic(self, attributes):
        if self._pictures:
            self._pictures[-1]["is_picture"] = True

    def end_inline(self):
        if self._pictures:
            picture = self._pictures.pop()
            self.undescribed += picture["is_picture"] and not picture["is_described"]

    end_anchor = end_inline

    def start_tbl(self, attributes):
        self._tables.append({"rows": 0, "columns": 0, "has_header": False})

    def start_tr(self, attributes):
        if self._tables:
            self._tables[-1]["rows"] += 1

    def start_tc(self, attributes):
        if self._tables and self._tables[-1]["rows"] == 1:
            self._tables[-1]["columns"] += 1

    def start_tblHeader(self, attributes):
        if self._tables and self._tables[-1]["rows"] == 1 and attributes.get("val") not in NO:
            self._tables[-1]["has_header"] = True

    def end_tbl(self):
        if self._tables:
            table = self._tables.pop()
            is_data = table["rows"] > 1 and table["columns"] > 1
            self.tables_without_header += is_data and not table["has_header"]
