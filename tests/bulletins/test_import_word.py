"""A bulletin written in Word becomes the same items as one in plain text."""

from pathlib import Path

import pytest
from django.core.management import call_command

from bulletins.importing.items import Maker
from bulletins.importing.sections import issue_of
from bulletins.models import BulletinPage
from content.reading import plain_text
from content.reading.headings import settle
from content.reading.outline import BulletList, Heading, Paragraph, Table, plain
from content.reading.outlining import outline_of
from content.reading.report import Report
from content.reading.sources import read
from content.reading.words import text_in, words_of
from tests.bulletins.importing import TODAY, Imported, NoPictures
from tests.content.test_reading_word import PNG
from tests.content.word_files import W, lines, notes, paragraph, picture, run, table, text_box, word
from tests.factories import add_archive, add_home

AROUND = {"word/header1.xml": f"<w:hdr {W}>{lines('Draft')}</w:hdr>"}
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "bulletin-2017-04.txt"
TEXT = "Some words of ordinary text that stand below it and end in a full stop."


class FromWord(Imported):
    """What a Word document becomes, short of being saved."""

    def __init__(self, content: bytes):
        self.report = Report()
        blocks, self.words = outline_of(read(content), self.report)
        settled = settle(blocks, self.report)
        self.issue = issue_of(settled, filename="x.docx", document_title="", today=TODAY, report=self.report)
        self.items = Maker(self.issue, self.report, NoPictures()).items()
        self.text = text_in(self.items)


def as_word(text: str, properties: str = "<w:b/>") -> bytes:
    """A text as somebody would type it in Word: headings only look like headings, lists are Word's."""
    return word("".join(_xml(block, properties) for block in settle(plain_text.outline_of(text), Report())))


def _xml(block, properties: str) -> str:
    if isinstance(block, Heading):
        return lines(block.text, properties=properties)
    if isinstance(block, Paragraph):
        return f"<w:p>{'<w:r><w:br/></w:r>'.join(map(run, block.text.split(chr(10))))}</w:p>"
    if isinstance(block, BulletList):
        return _points(block, 0)
    assert isinstance(block, Table)
    return table([block.headings, *[[plain(cell) for cell in row] for row in block.rows]])


def _points(block: BulletList, level: int) -> str:
    return "".join(
        paragraph(plain(item.runs), level=level, numbered=block.ordered)
        + "".join(_points(below, level + 1) for below in item.lists)
        for item in block.items
    )


@pytest.mark.skipif(not REAL.exists(), reason="the real bulletin names people and is not part of the project")
@pytest.mark.parametrize(
    "properties",
    ["<w:b/>", "<w:b/><w:u w:val='single'/>", "<w:b/><w:sz w:val='28'/>"],
    ids=["bold", "bold and underlined", "bold and larger"],
)
def test_the_real_bulletin_has_the_same_items_as_from_text(properties):
    text = REAL.read_text()
    from_text, from_word = Imported(text), FromWord(as_word(text, properties))
    assert from_word.headings == from_text.headings
    assert from_word.kinds == from_text.kinds
    assert words_of(from_word.text) == words_of(from_text.text)
    assert (from_word.issue.title, from_word.issue.day) == (from_text.issue.title, from_text.issue.day)


def test_a_box_and_a_note_stay_in_their_item():
    bold = "<w:b/>"
    body = lines("Spring bulletin 2026", properties="<w:b/><w:sz w:val='40'/>")
    body += lines("Neglect", properties=bold)
    body += f"<w:p>{run(TEXT)}<w:r><w:footnoteReference w:id='1'/></w:r>{text_box(lines('Call us first.'))}</w:p>"
    body += lines("Private fostering", properties=bold) + lines(TEXT)
    made = FromWord(word(body, extra=notes("footnote", n1=run("See the guide."))))
    assert (made.issue.title, made.headings) == ("Spring bulletin 2026", ["Neglect", "Private fostering"])
    assert made.html("Neglect") == (
        f"<p>{TEXT}[1]</p><p>Call us first.</p><p>Notes:</p><ul><li>[1] See the guide.</li></ul>"
    )


@pytest.mark.django_db
def test_a_document_with_a_picture_becomes_a_draft_by_the_command(tmp_path, capsys):
    add_archive(add_home())
    body = lines("Neglect", properties="<w:b/>") + lines(TEXT) + picture("p1", "A map of the area")
    body += lines("Private fostering", properties="<w:b/>") + lines(TEXT)
    file = tmp_path / "April 2026.docx"
    file.write_bytes(word(body, pictures={"p1": PNG}, extra=AROUND))
    call_command("import_bulletin", str(file))
    page = BulletinPage.objects.get()
    assert [item.value["heading"] for item in page.items] == ["Neglect", "Private fostering"]
    shown = next(block for block in page.items[0].value["body"] if block.block_type == "image")
    assert shown.value["alt_text"] == "A map of the area"
    assert "What stands at the top or bottom of the pages: “Draft”" in capsys.readouterr().out


def test_numbers_typed_before_headings_stay_in_them():
    body = (lines("1. Neglect", properties="<w:b/>") + lines(TEXT)) + (
        lines("2. Private fostering", properties="<w:b/>") + lines(TEXT)
    )
    assert FromWord(word(body)).headings == ["1. Neglect", "2. Private fostering"]
