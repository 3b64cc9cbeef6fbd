"""PowerPoint presentations: words slide by slide, in the order they are shown."""

from collections import Counter

from files.findings import Findings
from files.kinds import KINDS
from files.office import main_part, relations
from files.packages import Package
from files.paragraphs import Paragraphs
from files.properties import properties_of
from files.refusals import Damaged
from files.words import Words, language_from
from files.xml_streams import Enough, Handler

KIND = KINDS["pptx"]
MOST_SLIDES = 5000
TITLES = {"title", "ctrTitle"}
NO = {"0", "false", "off"}


def read_slides(package: Package) -> Findings:
    """Return what is in a PowerPoint presentation. Raises Damaged or TooLarge."""
    names, properties, words = _slides(package), properties_of(package), Words()
    text = _Slide(words)
    try:
        for number, name in enumerate(names, start=1):
            text.begin_slide(number)
            package.listen(name, text)
            text.end_slide()
    except Enough:
        pass
    language = language_from(text.languages.most_common(1)[0][0]) if text.languages else properties.language
    faults = {
        "no_title": not properties.title,
        "no_language": not language,
        "no_text": not words.passages,
        "untitled_slides": text.untitled,
        "undescribed_pictures": text.undescribed,
        "partly_read": words.is_cut,
    }
    return Findings(
        media_type=KIND.media_type,
        pages=len(names),
        language=language,
        title=properties.title,
        passages=tuple(words.passages),
        faults=tuple(code for code, is_so in faults.items() if is_so),
    )


def _slides(package: Package) -> list[str]:
    """Return the names of the slides' parts in order. Raises Damaged when there is none, or one is missing."""
    main = main_part(package, KIND)
    targets = relations(package, main)
    keys = package.listen(main, _Order()).keys
    names = [targets.get(key, "") for key in keys]
    if not names or len(names) > MOST_SLIDES or any(name not in package for name in names):
        raise Damaged(KIND.label)
    return names


class _Order(Handler):
    def __init__(self):
        super().__init__()
        self.keys = []

    def start_sldId(self, attributes):
        self.keys.append(attributes.get("r:id", ""))


class _Slide(Paragraphs):
    skipped = frozenset({"Fallback"})

    def __init__(self, words: Words):
        super().__init__(words)
        self.languages, self.untitled, self.undescribed = Counter(), 0, 0
        self._is_word = self._is_titled = False
        # Of the innermost shape: whether it is the title, and whether it is a picture without a description.
        self._is_title = self._is_bare_picture = False

    def begin_slide(self, number: int):
        """What comes now is on another slide."""
        self.move_on(place=f"slide {number}", page=number)
        self._is_titled = False

    def end_slide(self):
        """All of a slide was heard."""
        self.untitled += not self._is_titled
        self.flush()

    def start_sp(self, attributes):
        self._is_title = False

    def start_ph(self, attributes):
        self._is_title = attributes.get("type") in TITLES

    def end_sp(self):
        self._is_title = False

    def start_pic(self, attributes):
        self._is_bare_picture = True

    def start_cNvPr(self, attributes):
        if attributes.get("descr", "").strip() or attributes.get("title", "").strip():
            self._is_bare_picture = False

    def start_decorative(self, attributes):
        if attributes.get("val") not in NO:
            self._is_bare_picture = False

    def end_pic(self):
        self.undescribed += self._is_bare_picture
        self._is_bare_picture = False

    def start_p(self, attributes):
        self.begin_paragraph()

    def end_p(self):
        if self.end_paragraph().strip() and self._is_title:
            self._is_titled = True

    def start_rPr(self, attributes):
        if len(self.languages) < 100 and attributes.get("lang"):
            self.languages[attributes["lang"]] += 1

    def start_t(self, attributes):
        self._is_word = True

    def end_t(self):
        self._is_word = False

    def start_br(self, attributes):
        self.hear(" ")

    def text(self, data):
        if self._is_word:
            self.hear(data)
