"""Word documents are read like web pages, and nothing dangerous in them is unpacked."""

import os
import re
import time
import zipfile
from io import BytesIO

import pytest

from content.reading import word as word_module
from content.reading.outline import BulletList, Heading, Paragraph, Picture, Table, text_of
from content.reading.outlining import outline_of
from content.reading.refusals import CannotImport, FileTooLarge, NotText, TooLong
from content.reading.report import Report
from content.reading.sources import read
from content.reading.zipped import BadZip
from tests.content.word_files import link, paragraph, picture, table, word, zipped

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def outline(content: bytes):
    report = Report()
    blocks, words = outline_of(read(content), report)
    return blocks, words, "\n".join(note.text for note in report.notes)


class TestStructure:
    def test_headings_lists_and_tables_are_what_word_says_they_are(self):
        blocks, *_ = outline(
            word(
                paragraph("Private fostering", style="Title"),
                paragraph("What it is", style="Heading1"),
                paragraph("A child lives with others."),
                paragraph("one", level=0),
                paragraph("below", level=1),
                paragraph("first", level=0, numbered=True),
                table([["When", "Who"], ["At once", "Police"]]),
            )
        )
        kinds = [type(block) for block in blocks]
        assert kinds == [Heading, Heading, Paragraph, BulletList, BulletList, Table]
        assert [blocks[0].level, blocks[0].text, blocks[1].text] == [1, "Private fostering", "What it is"]
        assert text_of(blocks[3].items[0].lists[0]) == "below"
        assert blocks[4].ordered
        assert blocks[5].headings == ["When", "Who"]

    def test_links_and_bold_are_kept(self):
        blocks, *_ = outline(
            word(
                paragraph("First words here, as a paragraph."),
                link("the guide", "r5"),
                links={"r5": "https://guide.example/a"},
            )
        )
        assert blocks[1].runs[0].href == "https://guide.example/a"

    def test_a_link_that_runs_something_is_left_out(self):
        blocks, _, notes = outline(word(paragraph("Words."), link("here", "r5"), links={"r5": "javascript:alert(1)"}))
        assert not blocks[1].runs[0].href
        assert "it runs a script" in notes

    def test_pictures_come_along_with_their_description(self):
        blocks, *_ = outline(word(paragraph("Words."), picture("p1", "A map"), pictures={"p1": PNG}))
        assert [(block.alt, block.data) for block in blocks if isinstance(block, Picture)] == [("A map", PNG)]

    def test_a_picture_that_is_missing_is_no_error(self):
        blocks, *_ = outline(word(paragraph("Words."), picture("p9", "A map"), links={"p9": "media/gone.png"}))
        assert text_of(blocks[0]) == "Words."

    def test_letters_that_databases_refuse_are_taken_out(self):
        _, words, _ = outline(word(paragraph("Children’s 👩‍👩‍👧 سلامة s\u00adafe")))
        assert words.strip() == "Children’s 👩‍👩‍👧 سلامة safe"

    def test_changes_that_were_tracked_and_comments_are_reported(self):
        deleted = (
            '<w:p><w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>new words</w:t></w:r></w:p>'
        )
        _, words, notes = outline(word(deleted))
        assert "old" not in words
        assert "Track changes" in notes


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (word(paragraph("x"), macros=True), "macros"),
            (word(paragraph("x"), extra={"word/vbaProject.bin": b"x"}), "macros"),
            (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
            (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word document"),
            (b"{\\rtf1 words}", "rich-text"),
            (b"%PDF-1.7", "a PDF"),
            (zipped({"xl/workbook.xml": "<x/>"}), "a spreadsheet"),
            (zipped({"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument file .*save it as Word"),
            (zipped({"Index/Document.iwa": "x"}), "Pages document.*Export To, Word"),
            (zipped({"notes.txt": "x"}), "no Word document"),
            (zipped({}), "no Word document"),
            (word(paragraph("x"))[:-60], "damaged: a part of it is missing"),
            (zipped({"word/document.xml": "<w:document"}), "damaged"),
            (zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>", "_rels/.rels": "<a/>"}), "damaged"),
        ],
    )
    def test_say_what_is_wrong(self, content, message):
        with pytest.raises(NotText, match=message):
            read(content, filename="chapter.docx")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_an_xml_bomb_is_not_parsed(self, encoding):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><w:document>&a;</w:document>'.encode(encoding)
        with pytest.raises(NotText, match="not made by Word"):
            read(zipped({"word/document.xml": bomb}))

    def test_a_zip_bomb_is_not_unpacked(self):
        started = time.process_time()
        with pytest.raises(BadZip, match="larger than"):
            read(word(paragraph("x"), extra={"word/media/huge.png": bytes(300_000_000)}))
        assert time.process_time() - started < 10

    def test_many_members_are_refused(self):
        with pytest.raises(BadZip, match="10,004 files|10,005 files"):
            read(word(paragraph("x"), extra={f"word/{number}.xml": "" for number in range(10_000)}))

    @pytest.mark.parametrize("body", [paragraph("x" * 9_000_000), "<w:p/>" * 400_000], ids=["text", "paragraphs"])
    def test_more_than_any_document_has_is_refused_at_once(self, body):
        started = time.process_time()
        with pytest.raises(TooLong):
            read(word(body))
        assert time.process_time() - started < 5

    def test_a_file_that_is_too_large_is_refused_by_its_size(self):
        with pytest.raises(FileTooLarge, match="at most 20"):
            read(word(paragraph("x"), extra={"word/media/a.png": os.urandom(21_000_000)}))

    def test_sizes_that_the_zip_file_lies_about_are_not_believed(self):
        content = word(paragraph("x"), extra={"word/media/a.png": bytes(1000)})
        with pytest.raises(CannotImport):
            read(content.replace((1000).to_bytes(4, "little"), (1).to_bytes(4, "little")))

    def test_what_is_nested_without_end_is_refused(self):
        deep = "<w:p><w:r><w:pict><w:txbxContent>" * 3000 + "</w:txbxContent></w:pict></w:r></w:p>" * 3000
        with pytest.raises(CannotImport):
            read(word(deep))

    def test_other_files_are_not_opened(self, tmp_path):
        secret = tmp_path / "secret.png"
        secret.write_bytes(PNG)
        content = word(paragraph("Words."), picture("p1", "A map"), links={"p1": secret.as_uri()})
        content = _with_relation(content, f'Id="p1" Type="{word_type("image")}" Target="{secret.as_uri()}"')
        blocks, *_ = outline(content.replace(b"r:embed", b"r:link "))
        assert not any(block.data for block in blocks if isinstance(block, Picture))


def word_type(kind: str) -> str:
    return f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"


def _with_relation(content: bytes, relation: str) -> bytes:
    """Return a document with its relation p1 replaced, and its picture linked to instead of put in."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    relations = members["word/_rels/document.xml.rels"]
    members["word/_rels/document.xml.rels"] = re.sub(r'Id="p1"[^>]*?(?=TargetMode)', f"{relation} ", relations)
    members["word/document.xml"] = members["word/document.xml"].replace("r:embed", "r:link")
    return zipped(members)


def test_a_long_document_is_read_in_seconds():
    pages = [
        paragraph(f"Heading {number}", style="Heading1") + paragraph("Words of it. " * 60) * 5 for number in range(150)
    ]
    started = time.process_time()
    blocks, *_ = outline(word(*pages))
    assert time.process_time() - started < 10
    assert sum(isinstance(block, Heading) for block in blocks) == 150


def test_the_largest_text_that_is_taken_is_within_the_limits_of_all():
    assert word_module.MOST_XML < word_module.LIMITS.most_bytes_each < word_module.LIMITS.most_bytes
