"""Bytes become text, or a message that staff can act on."""

import time

import pytest

from content.reading.refusals import CannotImport, FileTooLarge, NothingToRead, NotText, TooLong
from content.reading.sources import is_html, read, refuse_size

LETTERS = "It’s “safe” – naïve café £5\n"


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
    def test_reads_what_windows_and_mac_programs_write(self, encoding):
        content = (LETTERS * 5).encode(encoding)
        if encoding == "utf-16-le":
            assert not content.startswith(b"\xff\xfe")
        assert read(content).text == LETTERS * 5

    def test_reads_a_file_pasted_together_from_two_encodings(self):
        source = read(("Café – naïve\n" * 3).encode() + "Don’t".encode("cp1252"))
        assert source.text.endswith("Don’t")
        assert source.text.startswith("Café – naïve")
        assert source.encoding == ""

    def test_believes_what_html_says_about_itself(self):
        content = '<html><meta charset="iso-8859-2"><p>Łódź</p></html>'.encode("iso-8859-2")
        assert "Łódź" in read(content).text

    @pytest.mark.parametrize("declared", ["hex", "rot13", "undefined", "nonsense", "utf-16", "utf-7"])
    def test_does_not_believe_a_declaration_that_cannot_be(self, declared):
        content = f'<html><meta charset="{declared}"><p>Caf\xe9</p></html>'.encode("cp1252")
        assert "Café" in read(content).text

    def test_makes_line_ends_and_spaces_of_one_kind_and_drops_what_nobody_sees(self):
        text = read("One\r\nTwo\rThree\u2028Four\u00a0five s\u00adix \ufeffseven".encode()).text
        assert text == "One\nTwo\nThree\nFour five six seven"

    def test_takes_out_a_stray_nul(self):
        source = read(b"Some text with a NUL\x00 in it, and much more text after it.")
        assert "\x00" not in source.text
        assert source.had_nul

    def test_keeps_emoji_and_writing_from_right_to_left(self):
        text = "سلامة الأطفال 👩‍👩‍👧 \u200fنص"
        assert read(text.encode()).text == text

    def test_notices_letters_garbled_before(self):
        assert read("It’s".encode().decode("cp1252").encode()).looks_garbled


class TestRefusals:
    def test_refuses_a_large_file_by_its_size_alone(self):
        with pytest.raises(FileTooLarge, match=r"19\.1.MB.* at most 5\.0.MB"):
            refuse_size(20_000_000)

    def test_refuses_20_megabytes_at_once(self):
        content = b"a" * 20_000_000
        started = time.process_time()
        with pytest.raises(FileTooLarge):
            read(content)
        assert time.process_time() - started < 0.5

    @pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"-----\n* * *\n"])
    def test_refuses_a_file_without_words(self, content):
        with pytest.raises(NothingToRead, match="no words"):
            read(content)

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"PK\x03\x04rest", "Word document"),
            (b"\xd0\xcf\x11\xe0rest", "old Word document"),
            (b"%PDF-1.7", "PDF"),
            (b"\x89PNG\r\n", "picture"),
            (b"{\\rtf1 text}", "RTF"),
        ],
    )
    def test_names_the_kind_of_file_it_cannot_read(self, content, name):
        with pytest.raises(NotText, match=name):
            read(content)

    def test_refuses_bytes_that_are_no_text(self):
        with pytest.raises(NotText, match="not text"):
            read(bytes(range(256)) * 40)

    def test_refuses_a_saved_mail_and_says_what_to_do(self):
        with pytest.raises(NotText, match="copy its text"):
            read(b"From: x@board.example\nMIME-Version: 1.0\nContent-Type: text/html\n\nHello")

    def test_refuses_more_lines_than_any_document_has(self):
        with pytest.raises(TooLong):
            read(b"a line\n" * 100_001)

    def test_every_refusal_is_one_that_staff_are_shown(self):
        assert all(issubclass(kind, CannotImport) for kind in (FileTooLarge, NothingToRead, NotText, TooLong))


class TestWhetherItIsHtml:
    @pytest.mark.parametrize(
        "text",
        [
            "<!DOCTYPE html><p>x",
            "\n <html lang=en>",
            '<?xml version="1.0"?>\n<!-- made by hand -->\n<html>',
            "<h2>A</h2><p>B</p><p>C</p>",
            "<BODY>x",
        ],
    )
    def test_sees_html_by_its_content(self, text):
        assert is_html(text)

    @pytest.mark.parametrize(
        "text",
        ["Never write <script> in a text.", "a < b and c > d", "Use <p> and </p> for paragraphs.", "<name> said hello"],
    )
    def test_does_not_take_a_text_for_html_because_of_a_tag_in_it(self, text):
        assert not is_html(text)

    def test_lets_the_name_settle_what_could_be_either(self):
        assert is_html("<p>One paragraph</p>", filename="Report.HTML")
        assert not is_html("<p>One paragraph</p>", filename="report.txt")
