"""A chapter written in Word without a single style has its title, sections and subsections all the same."""

from procedures.importing.chapters import read_chapter
from tests.content.word_files import lines, notes, paragraph, run, word

TEXT = "Some words of ordinary text that stand below it and end in a full stop."
BOLD = "<w:b/>"


def chapter(*body: str, **options):
    return read_chapter("fostering.docx", word(*body, **options), pictures={})


def headings(made) -> list:
    return [(section.heading, [below.heading for below in section.subsections]) for section in made.sections]


def test_numbers_typed_before_bold_headings_come_off():
    body = lines("Private fostering", properties="<w:b/><w:sz w:val='36'/>")
    body += lines("1. Introduction", "1.1 What it is", properties=BOLD) + lines(TEXT)
    body += lines("1.2 Who decides", properties=BOLD) + lines(TEXT)
    body += lines("2. Who to call", properties=BOLD) + lines(TEXT)
    made = chapter(body)
    assert made.title == "Private fostering"
    assert headings(made) == [("Introduction", ["What it is", "Who decides"]), ("Who to call", [])]


def test_numbers_that_word_counts_say_how_deep_headings_are():
    def numbered(text: str, level: int) -> str:
        return paragraph(text, level=level, numbered=True, bold=True) + lines(TEXT)

    body = lines("Private fostering", properties="<w:b/><w:sz w:val='36'/>") + numbered("Introduction", 0)
    body += numbered("What it is", 1) + numbered("Who decides", 1) + numbered("Contacts", 0)
    assert headings(chapter(body)) == [("Introduction", ["What it is", "Who decides"]), ("Contacts", [])]


def test_what_the_document_has_besides_is_reported():
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = lines("Private fostering", properties="<w:b/><w:sz w:val='36'/>") + lines("Introduction", properties=BOLD)
    body += f"<w:p>{run('The rules')}{reference}<w:ins w:id='1'>{run(' are new')}</w:ins>{run('.')}</w:p>"
    made = chapter(body, extra=notes("footnote", n1=run("Of 2005.")))
    said = "\n".join(note.text for note in made.report.notes)
    assert "“Track changes” was on: 1 change was read as accepted." in said
    assert "1 footnote or endnote stands in a list at the end of the section." in said
    assert [block.text for block in made.sections[0].blocks[:2]] == ["The rules[1] are new.", "Notes:"]
