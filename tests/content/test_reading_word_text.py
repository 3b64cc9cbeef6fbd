"""What a Word document says besides its paragraphs: changes, boxes, notes, links, lists, tables, pictures."""

from pathlib import Path

import pytest

from content.reading.outline import BulletList, Heading, Paragraph, Picture, Table, plain, text_of
from content.reading.outlining import outline_of
from content.reading.report import Report
from content.reading.sources import read
from tests.content.test_reading_word import PNG
from tests.content.word_files import R, W, lines, notes, paragraph, picture, run, style, styles, table, text_box, word

LIBREOFFICE = Path(__file__).parent / "data" / "libreoffice.docx"
DELETED = '<w:del w:id="1" w:author="Robin"><w:r><w:delText>old</w:delText></w:r></w:del>'


def outline(*body: str, **options):
    report = Report()
    blocks, _ = outline_of(read(word(*body, **options)), report)
    return blocks, "\n".join(note.text for note in report.notes)


def texts(blocks) -> list[str]:
    return [text_of(block) for block in blocks]


class TestChanges:
    def test_are_read_as_accepted_and_counted(self):
        body = (
            f'<w:p>{run("A child ")}{DELETED}<w:ins w:id="2" w:author="Robin">{run("new")}{DELETED}</w:ins></w:p>'
            f'<w:p><w:moveFrom w:id="3">{run("moved")}</w:moveFrom>{run("stays")}</w:p>'
            f'<w:p><w:moveTo w:id="4">{run("moved")}</w:moveTo></w:p>'
        )
        blocks, notes_ = outline(body)
        assert texts(blocks) == ["A child new", "stays", "moved"]
        assert "“Track changes” was on: 5 changes were read as accepted." in notes_
        assert "Robin" not in notes_

    def test_a_paragraph_whose_end_was_deleted_is_one_with_the_next(self):
        mark = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        blocks, _ = outline(
            f"<w:p>{mark}{run('One ')}</w:p><w:p>{mark}{run('and ')}</w:p>", lines("the same.", "Next.")
        )
        assert texts(blocks) == ["One and the same.", "Next."]

    def test_deleted_rows_of_tables_are_gone(self):
        rows = table([["When", "Who"], ["At once", "Police"], ["Gone", "Row"]])
        start, _, last = rows.rpartition("<w:tr>")
        blocks, _ = outline(lines("Words."), f'{start}<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{last}')
        assert "Gone" not in text_of(blocks[1])
        assert "Police" in text_of(blocks[1])

    def test_comments_are_dropped_and_counted(self):
        body = (
            f'<w:p><w:commentRangeStart w:id="0"/>{run("Words.")}<w:commentRangeEnd w:id="0"/>'
            '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
        )
        comments = (
            f'<w:comments {W}><w:comment w:id="0" w:author="Robin"><w:p>{run("secret")}</w:p></w:comment></w:comments>'
        )
        blocks, notes_ = outline(body, extra={"word/comments.xml": comments})
        assert texts(blocks) == ["Words."]
        assert notes_ == "1 comment in the margin."

    def test_hidden_text_is_no_text(self):
        blocks, notes_ = outline(f"<w:p>{run('Seen')}{run(' unseen', '<w:vanish/>')}</w:p>")
        assert texts(blocks) == ["Seen"]
        assert "Hidden text: “unseen”" in notes_


class TestBoxes:
    def test_are_read_once_after_their_paragraph(self):
        blocks, notes_ = outline(f"<w:p>{run('Anchor.')}{text_box(lines('In the box.'))}</w:p>", lines("After."))
        assert texts(blocks) == ["Anchor.", "In the box.", "After."]
        assert "1 text box was read after its paragraph: “In the box.”" in notes_

    def test_inside_each_other_keep_their_words(self):
        inner = f"<w:p>{run('Outer.')}{text_box(lines('Inner.'))}</w:p>"
        blocks, _ = outline(f"<w:p>{run('Anchor.')}{text_box(inner)}</w:p>")
        assert texts(blocks) == ["Anchor.", "Outer.", "Inner."]

    def test_a_list_in_one_is_a_list(self):
        blocks, _ = outline(f"<w:p>{text_box(paragraph('one', level=0), paragraph('two', level=0))}</w:p>")
        assert texts(blocks) == ["one\ntwo"]
        assert isinstance(blocks[0], BulletList)


class TestNotes:
    REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'

    def noted(self, text: str, key: int) -> str:
        return f"<w:p>{run(text)}{self.REFERENCE.format(key)}</w:p>"

    def test_stand_at_the_end_of_their_section_with_their_marks(self):
        extra = notes("footnote", n1=run("See the Act."), n2=run("See the guide."))
        body = paragraph("One", style="Heading1") + self.noted("Some text", 1) + lines("More.")
        body += paragraph("Two", style="Heading1") + self.noted("Other text", 2) + lines("Last.")
        blocks, notes_ = outline(body, extra=extra)
        assert texts(blocks) == [
            "One", "Some text[1]", "More.", "Notes:", "[1] See the Act.",
            "Two", "Other text[2]", "Last.", "Notes:", "[2] See the guide.",
        ]  # fmt: skip
        assert isinstance(blocks[4], BulletList)
        assert "2 footnotes and endnotes stand in a list at the end of the section." in notes_

    def test_in_sections_below_a_section_stand_at_the_end_of_it(self):
        extra = notes("footnote", n1=run("See the Act."))
        body = paragraph("One", style="Heading1") + paragraph("Below", style="Heading2") + self.noted("Text", 1)
        body += paragraph("Also below", style="Heading2") + lines("More.") + paragraph("Two", style="Heading1")
        blocks, _ = outline(body, extra=extra)
        assert texts(blocks)[-4:] == ["More.", "Notes:", "[1] See the Act.", "Two"]

    def test_keep_their_links(self):
        extra = notes("footnote", n1=f'<w:hyperlink r:id="rId1">{run("the guide")}</w:hyperlink>') | {
            "word/_rels/footnotes.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
                'Target="https://note.example/" TargetMode="External"/></Relationships>'
            )
        }
        blocks, _ = outline(self.noted("Text", 1), extra=extra, links={"rId1": "https://text.example/"})
        assert [run_.href for run_ in blocks[-1].items[0].runs] == ["", "https://note.example/"]

    def test_at_the_end_of_the_document_are_told_from_those_below_the_page(self):
        extra = notes("footnote", n1=run("Foot.")) | notes("endnote", n1=run("End."))
        end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
        blocks, _ = outline(self.noted("Text", 1), f"<w:p>{run('More')}{end}</w:p>", extra=extra)
        assert texts(blocks) == ["Text[1]", "More[e1]", "Notes:", "[1] Foot.\n[e1] End."]

    def test_that_are_missing_leave_no_mark(self):
        blocks, _ = outline(self.noted("Text", 7), extra=notes("footnote", n1=run("Foot.")))
        assert texts(blocks) == ["Text"]


def field(instruction: str, text: str) -> str:
    """A field as Word writes it: its instruction in pieces, then what it shows."""
    half = len(instruction) // 2
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(
            f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>'
            for part in (instruction[:half], instruction[half:])
        )
        + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


class TestLinks:
    @pytest.mark.parametrize(
        ("inside", "href"),
        [
            (f'<w:hyperlink r:id="r5">{run("here")}</w:hyperlink>', "https://guide.example/a"),
            (f'<w:hyperlink r:id="r5" w:anchor="part">{run("here")}</w:hyperlink>', "https://guide.example/a#part"),
            (
                f'<w:fldSimple w:instr=" HYPERLINK &quot;https://b.example/&quot; ">{run("here")}</w:fldSimple>',
                "https://b.example/",
            ),
            (field(' HYPERLINK "https://c.example/" \\o "A tip" ', "here"), "https://c.example/"),
            (field(' HYPERLINK "https://c.example/" \\l "part" \\t "_blank" ', "here"), "https://c.example/#part"),
            (field(" HYPERLINK https://d.example/ ", "here"), "https://d.example/"),
            (field(' HYPERLINK "mailto:us@board.example" ', "here"), "mailto:us@board.example"),
            (field(' HYPERLINK \\l "_Toc1" ', "here"), ""),
            (f'<w:hyperlink w:anchor="_Ref1">{run("here")}</w:hyperlink>', ""),
        ],
        ids=[
            "relation",
            "with a place",
            "simple field",
            "with a tip",
            "field and place",
            "bare",
            "mail",
            "bookmark",
            "anchor",
        ],
    )
    def test_of_every_kind_are_kept_or_become_words(self, inside, href):
        blocks, _ = outline(f"<w:p>{run('See ')}{inside}{run('.')}</w:p>", links={"r5": "https://guide.example/a"})
        assert blocks[0].text == "See here."
        assert [piece.href for piece in blocks[0].runs if piece.text == "here"] == [href]

    def test_the_text_of_other_fields_is_kept(self):
        simple = f'<w:fldSimple w:instr="MERGEFIELD name">{run("the board")}</w:fldSimple>'
        blocks, _ = outline(f"<w:p>{run('From ')}{simple}{run(' on ')}{field(' DATE ', '3 May 2026')}</w:p>")
        assert texts(blocks) == ["From the board on 3 May 2026"]


class TestOddText:
    @pytest.mark.parametrize(
        ("inside", "text"),
        [
            ('<w:r><w:t>safe</w:t><w:softHyphen/><w:t>guard</w:t></w:r>', "safeguard"),
            ('<w:r><w:t>one</w:t><w:br w:type="page"/><w:t>two</w:t></w:r>', "one\ntwo"),
            ('<w:r><w:t>one</w:t><w:cr/><w:t>two</w:t></w:r>', "one\ntwo"),
            ('<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>', "one two"),
            ('<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>', "a\u2011b"),
            (f'<w:smartTag>{run("London")}</w:smartTag>', "London"),
            (f'<w:bdo w:val="rtl">{run("kept")}</w:bdo>', "kept"),
            (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('chosen')}</w:sdtContent></w:sdt>", "chosen"),
            ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>done</w:t></w:r>', "✓done"),
        ],
        ids=["soft hyphen", "page", "return", "tab", "hyphen", "smart tag", "direction", "control", "symbol"],
    )  # fmt: skip
    def test_is_read_as_people_see_it(self, inside, text):
        blocks, _ = outline(f"<w:p>{inside}</w:p>")
        assert texts(blocks) == [text]

    def test_what_a_form_asks_for_is_left_out(self):
        prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
        blocks, notes_ = outline(lines("Words."), f"<w:p>{prompt}</w:p>")
        assert texts(blocks) == ["Words."]
        assert "1 field of a form" in notes_

    def test_lists_of_contents_are_left_out(self):
        extra = styles(style("TOC1", "toc 1"))
        blocks, notes_ = outline(paragraph("Neglect 3", style="TOC1"), lines("Words."), extra=extra)
        assert texts(blocks) == ["Words."]
        assert "list of contents" in notes_

    def test_headers_and_footers_are_named_but_not_page_numbers(self):
        extra = {
            "word/header1.xml": f"<w:hdr {W}>{lines('Draft, not for circulation')}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {W}>{lines('Page 1 of 2')}</w:ftr>",
        }
        blocks, notes_ = outline(lines("Words."), extra=extra)
        assert texts(blocks) == ["Words."]
        assert notes_ == "What stands at the top or bottom of the pages: “Draft, not for circulation”"

    def test_words_that_no_program_reads_are_named(self):
        _, notes_ = outline(f"<w:p>{run('Words.')}<w:unheardOf>{run('vanished')}</w:unheardOf></w:p>")
        assert "could not be read: vanished" in notes_


class TestLists:
    def test_deeper_than_the_editor_knows_are_made_flat_and_named(self):
        numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">' + "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/></w:lvl>' for level in range(9)
        ) + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'  # fmt: skip
        blocks, notes_ = outline(
            "".join(paragraph(str(level), level=level) for level in range(7)), extra={"word/numbering.xml": numbering}
        )
        found, depth = blocks[0], 1
        while found.items[0].lists:
            found, depth = found.items[0].lists[0], depth + 1
        assert (depth, [plain(item.runs) for item in found.items]) == (5, ["4", "5", "6"])
        assert "2 points of lists stood below the fifth level" in notes_

    def test_that_begin_below_the_first_level_have_no_empty_point(self):
        blocks, _ = outline(paragraph("one", level=1), paragraph("two", level=1), lines("Words."))
        assert [plain(item.runs) for item in blocks[0].items] == ["one", "two"]

    def test_by_style_are_lists(self):
        by_number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
        # In Word, each of these is a list of one level.
        extra = styles(
            style("ListBullet", "List Bullet", paragraph=by_number), style("LB2", "List Bullet 2", paragraph=by_number)
        )
        blocks, _ = outline(paragraph("one", style="ListBullet"), paragraph("below", style="LB2"), extra=extra)
        assert text_of(blocks[0].items[0].lists[0]) == "below"

    def test_that_go_on_are_named(self):
        def point(text):
            return paragraph(text, level=0, numbered=True)

        _, notes_ = outline(point("one"), lines("Between them."), point("two"))
        assert "1 numbered list goes on after other text" in notes_


class TestTables:
    def test_cells_over_several_rows_leave_the_others_in_their_columns(self):
        rows = table([["When", "Who"], ["At once", "Police"], ["", "Ambulance"]]).split("<w:tc>")
        rows[3] = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{rows[3]}'
        rows[5] = f"<w:tcPr><w:vMerge/></w:tcPr>{rows[5]}"
        merged = "<w:tc>".join(rows)
        blocks, notes_ = outline(lines("Words."), merged)
        assert [[plain(cell) for cell in row] for row in blocks[1].rows] == [["At once", "Police"], ["", "Ambulance"]]
        assert "over several columns or rows" in notes_

    def test_without_lines_arrange_a_page(self):
        body = table([["Left column of a page", "Right column"], ["Below", "Also below"]], lines=False)
        blocks, _ = outline(lines("Words."), body)
        assert not any(isinstance(block, Table) for block in blocks)
        assert texts(blocks)[1:] == ["Left column of a page", "Right column", "Below", "Also below"]

    def test_with_lines_by_style_are_tables(self):
        lined = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
        extra = styles(f'<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>{lined}</w:style>')
        body = table([["When", "Who"], ["Now", "Us"]], lines=False)
        body = body.replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="TableGrid"/>')
        blocks, _ = outline(lines("Words."), body, extra=extra)
        assert isinstance(blocks[1], Table)

    def test_in_a_table_keep_their_words(self):
        inner = table([["When", "Who"], ["Now", "Us"]])
        outer = table([["Outer", "cells"], ["below", "HERE"]]).replace(">HERE<", "><", 1)
        outer = outer.replace("</w:tc></w:tr></w:tbl>", f"{inner}</w:tc></w:tr></w:tbl>")
        blocks, notes_ = outline(outer)
        assert [type(block) for block in blocks][-1] is Table
        assert "A table held another table" in notes_


class TestPictures:
    def test_a_drawing_of_an_older_program_keeps_its_place(self):
        body = '<w:p><w:r><w:pict><v:shape alt="A map"><v:imagedata r:id="p1"/></v:shape></w:pict></w:r></w:p>'
        blocks, _ = outline(lines("Words."), body, lines("After."), pictures={"p1": PNG})
        assert [type(block) for block in blocks] == [Paragraph, Picture, Paragraph]

    @pytest.mark.parametrize("alt", ["image1.png", "Picture 3", "C:\\Users\\x\\logo.jpeg"])
    def test_the_name_of_a_file_is_no_description(self, alt):
        blocks, _ = outline(lines("Words."), picture("p1", alt), pictures={"p1": PNG})
        assert blocks[1].alt == ""

    def test_what_a_program_guessed_is_asked_about(self):
        alt = "A person on a bench&#10;&#10;Description automatically generated with medium confidence"
        body = picture("p1", "x").replace('descr="x"', f'descr="{alt}"')
        blocks, notes_ = outline(lines("Words."), body, pictures={"p1": PNG})
        assert blocks[1].alt == "A person on a bench"
        assert "was written by a program" in notes_


class TestLibreOffice:
    """A file that LibreOffice 7.4 wrote: a frame, a tracked change, a comment, a footnote, merged cells."""

    def test_its_files_are_read_as_those_of_word(self):
        report = Report()
        blocks, _ = outline_of(read(LIBREOFFICE.read_bytes()), report)
        assert texts(blocks)[:6] == [
            "Bold heading in LibreOffice",
            "A body inserted text with a link[1].",
            "Words in the frame.",
            "one\none a\ntwo",
            "Notes:",
            "[1] The footnote, see this.",
        ]
        assert [block.certain for block in blocks if isinstance(block, Heading)] == [False, True]
        said = "\n".join(note.text for note in report.notes)
        assert "2 changes were read as accepted" in said
        assert "1 comment in the margin." in said


class TestStrict:
    def test_open_xml_is_read_alike(self):
        office, purl = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
        body = paragraph("Private fostering", style="Heading1") + lines("Words.")
        main = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
        main = main.replace(f"{office}/wordprocessingml/2006/main", f"{purl}/wordprocessingml/main")
        main = main.replace(f"{office}/officeDocument/2006/relationships", f"{purl}/officeDocument/relationships")
        blocks, _ = outline(extra={"word/document.xml": main})
        assert [type(block) for block in blocks] == [Heading, Paragraph]
