"""What Office documents say about themselves: title, language, pages."""

from files.packages import Package
from files.words import language_from, title_from
from files.xml_streams import Handler

PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
LONGEST = 2000
MOST_PAGES = 1_000_000


class Properties(Handler):
    """Hears the parts with properties of Microsoft's formats and of OpenDocument."""

    def __init__(self):
        super().__init__()
        self._said, self._now = {"title": "", "language": "", "pages": "", "words": ""}, ""

    @property
    def title(self) -> str:
        """The document's own title, "" for none."""
        return title_from(self._said["title"])

    @property
    def language(self) -> str:
        """The language as a BCP 47 tag, "" for none."""
        return language_from(self._said["language"])

    @property
    def pages(self) -> int | None:
        """How many pages the program counted when it saved the file last; None where it did not say.

        A program that made the file from a template may not have counted at all: then there are no words either.
        """
        if self._said["words"].strip() == "0":
            return None
        said = self._said["pages"].strip()
        is_number = said.isascii() and said.isdigit() and len(said) < 8
        return int(said) if is_number and 0 < int(said) < MOST_PAGES else None

    def start_title(self, attributes):
        self._now = "title"

    def start_language(self, attributes):
        self._now = "language"

    def start_Pages(self, attributes):
        self._now = "pages"

    def start_Words(self, attributes):
        self._now = "words"

    def start_document_statistic(self, attributes):
        self._said["pages"] = attributes.get("page-count", "")

    def end_title(self):
        self._now = ""

    end_language = end_Pages = end_Words = end_title

    def text(self, data):
        if self._now and len(self._said[self._now]) < LONGEST:
            self._said[self._now] += data


def properties_of(package: Package) -> Properties:
    """Return what a document says about itself."""
    properties = Properties()
    for part in PARTS:
        package.listen(part, properties)
    return properties
