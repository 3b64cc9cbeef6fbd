"""Whatever is done to a Word document, it is read or refused with a sentence, soon and with little memory."""

import random
import time
import zipfile
from io import BytesIO

import pytest

from content.reading import word as word_module
from content.reading import word_apart
from content.reading.headings import settle
from content.reading.outlining import outline_of
from content.reading.refusals import CannotImport, NotText, TooLong
from content.reading.report import Report
from content.reading.sources import read
from tests.content.test_reading_word import PNG
from tests.content.word_files import (
    OFFICE,
    W,
    lines,
    notes,
    paragraph,
    picture,
    run,
    style,
    styles,
    table,
    text_box,
    word,
    zipped,
)

TAGS = ["w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:sdt", "w:hyperlink", "w:txbxContent", "w:fldSimple"]


def everything() -> bytes:
    """A document with some of all there is."""
    body = paragraph("Private fostering", style="Heading1") + lines("1. What it is", properties="<w:b/>")
    body += f"<w:p>{run('Words')}<w:r><w:footnoteReference w:id='1'/></w:r>{text_box(lines('In a box.'))}</w:p>"
    body += paragraph("one", level=0) + paragraph("below", level=1) + table([["When", "Who"], ["Now", "Us"]])
    body += (
        f"<w:p><w:ins w:id='1'>{run('new')}</w:ins><w:del w:id='2'><w:r><w:delText>old</w:delText></w:r></w:del></w:p>"
    )
    body += f'<w:p><w:fldSimple w:instr="HYPERLINK &quot;https://a.example/&quot;">{run("link")}</w:fldSimple></w:p>'
    extra = notes("footnote", n1=run("A note.")) | styles(style("Heading1", "heading 1", text="<w:b/>"))
    return word(body, picture("p1", "A map"), pictures={"p1": PNG}, extra=extra)


def read_or_refused(content: bytes) -> bool:
    """Tell which; any other exception is a fault."""
    said = ""
    try:
        report = Report()
        blocks, _ = outline_of(read(content, filename="chapter.docx"), report)
        settle(blocks, report)
    except CannotImport as refusal:
        said = str(refusal)
    assert not said or said.endswith(".")
    return not said


def test_bytes_that_are_flipped_or_missing_never_break_the_reader():
    chance, whole = random.Random(5), everything()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        read_or_refused(bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])]))


def test_xml_that_makes_no_sense_never_breaks_the_reader():
    chance = random.Random(7)
    with zipfile.ZipFile(BytesIO(everything())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    read_some = 0
    for _ in range(150):
        name = chance.choice([name for name in members if name.endswith((".xml", ".rels"))])
        read_some += read_or_refused(zipped(members | {name: _mangled(members[name].decode(), chance).encode()}))
    assert read_some > 20


def _mangled(xml: str, chance: random.Random) -> str:
    """Return XML with elements renamed, numbers changed, pieces doubled or lost; often still well formed."""
    for _ in range(chance.randint(1, 4)):
        kind = chance.randrange(4)
        if kind == 0:
            old, new = chance.choice(TAGS), chance.choice(TAGS)
            xml = xml.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
        elif kind == 1:
            xml = xml.replace(f'"{chance.randrange(4)}"', chance.choice(['"-1"', '""', '"x"', '"99999999999"', '"²"']))
        else:
            start = chance.randrange(len(xml))
            piece = xml[start : start + chance.randrange(200)]
            xml = xml.replace(piece, piece * 2 if kind == 2 else "", 1)
    return xml


class TestLargeDocuments:
    def test_are_read_apart_and_alike(self, monkeypatch):
        here = read(everything())
        monkeypatch.setattr(word_module, "LIGHT_MARKS", 10)
        assert read(everything()) == here

    def test_that_take_too_long_are_refused(self, monkeypatch):
        monkeypatch.setattr(word_module, "LIGHT_MARKS", 10)
        monkeypatch.setattr(word_apart, "MOST_SECONDS", 0.01)
        with pytest.raises(TooLong):
            read(everything())

    def test_that_make_the_program_fail_are_called_damaged(self, monkeypatch, tmp_path):
        program = tmp_path / "child.py"
        program.write_text("raise SystemExit(3)")
        monkeypatch.setattr(word_module, "LIGHT_MARKS", 10)
        monkeypatch.setattr(word_apart, "PROGRAM", program)
        with pytest.raises(NotText, match="damaged"):
            read(everything())

    def test_that_the_system_ends_are_called_too_long(self, monkeypatch, tmp_path):
        program = tmp_path / "child.py"
        program.write_text("import os; os.kill(os.getpid(), 9)")
        monkeypatch.setattr(word_module, "LIGHT_MARKS", 10)
        monkeypatch.setattr(word_apart, "PROGRAM", program)
        with pytest.raises(TooLong):
            read(everything())

    @pytest.mark.parametrize(
        "body",
        [
            '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>' * 4_000,
            "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000,
            f"<w:p>{text_box(lines('x'))}</w:p>" * 900,
            "<w:tbl>" + f"<w:tr>{'<w:tc><w:p/></w:tc>' * 15}</w:tr>" * 400 + "</w:tbl>",
            "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 9_000 + "</w:p>",
        ],
        ids=["joined paragraphs", "controls in controls", "boxes", "cells", "open fields"],
    )
    def test_of_odd_kinds_take_no_more_than_others(self, body):
        started = time.process_time()
        read_or_refused(word(lines("Words."), body))
        assert time.process_time() - started < 10

    def test_styles_that_are_based_on_each_other_end(self):
        ring = styles(style("A", "A", based_on="B"), style("B", "B", based_on="A"))
        assert read_or_refused(word(paragraph("Words", style="A"), extra=ring))


class TestNothingIsFetched:
    def test_a_template_elsewhere_is_left_alone(self):
        settings = f'<w:settings {W}><w:attachedTemplate xmlns:r="x" r:id="rId1"/></w:settings>'
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" TargetMode="External" '
            'Target="http://127.0.0.1:9/evil.dotm"/></Relationships>'
        )
        extra = {"word/settings.xml": settings, "word/_rels/settings.xml.rels": relations}
        assert read_or_refused(word(lines("Words."), extra=extra))
