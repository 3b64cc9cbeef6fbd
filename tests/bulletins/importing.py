"""What the tests of the import share: made-up files, and a file read without a database."""

from datetime import date
from pathlib import Path

from bulletins.importing.items import Maker
from bulletins.importing.sections import issue_of
from content.reading import html_outline, plain_text
from content.reading.headings import settle
from content.reading.report import Report
from content.reading.sources import read
from content.reading.words import text_in

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 2, 3)


class NoPictures:
    """Stands in for the image library: takes every picture."""

    def take(self, picture, heading):
        return 1


class Imported:
    """What a text becomes, short of being saved."""

    def __init__(self, content: str | bytes, filename: str = ""):
        self.report = Report()
        source = read(content.encode() if isinstance(content, str) else content, filename=filename)
        if source.is_html:
            blocks, self.words = html_outline.outline_of(source.text, self.report)
        else:
            blocks, self.words = plain_text.outline_of(source.text), source.text
        self.issue = issue_of(
            settle(blocks, self.report), filename=filename, document_title="", today=TODAY, report=self.report
        )
        maker = Maker(self.issue, self.report, NoPictures())
        self.items = maker.items()
        self.deadline = maker.deadline
        self.text = text_in(self.items)

    @property
    def headings(self) -> list[str]:
        return [item["value"]["heading"] for item in self.items]

    @property
    def kinds(self) -> list[str]:
        return [item["type"] for item in self.items]

    @property
    def notes(self) -> str:
        return "\n".join(f"{note.item}: {note.text}" for note in self.report.notes)

    def value(self, heading: str) -> dict:
        return next(item["value"] for item in self.items if item["value"]["heading"] == heading)

    def html(self, heading: str | None = None) -> str:
        """All rich text of one item's body, or of the first."""
        value = self.value(heading) if heading else self.items[0]["value"]
        return "".join(block["value"] for block in value["body"] if block["type"] == "text")
