"""Whatever a browser calls a file becomes a name that any system can keep, and that hides nothing."""

import pytest

from files.kinds import KINDS, kind_of
from files.names import MOST_BYTES, MOST_CHARACTERS, safe_name


class TestASafeName:
    @pytest.mark.parametrize(
        ("raw", "name"),
        [
            ("Referral form.docx", "Referral form.docx"),
            ("C:\\Users\\someone\\Desktop\\plan.pdf", "plan.pdf"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("folder/plan.pdf/", "plan.pdf"),
            ("a/b\\c.pdf", "c.pdf"),
            ("re\u0301fe\u0301rral.pdf", "référral.pdf"),
            ("plan\u202efdp.exe", "planfdp.exe"),
            ("pl\u200ban\ufeff\u2066.pdf\u200f", "plan.pdf"),
            ("plan.pdf\x00.exe", "plan.pdf.exe"),
            ("one\r\ntwo\tthree.pdf", "one two three.pdf"),
            ('what<is>:"this"|?*.pdf', "whatisthis.pdf"),
            ("plan.pdf. . ", "plan.pdf"),
            ("CON.pdf", "_CON.pdf"),
            ("com1.tar.pdf", "_com1.tar.pdf"),
            ("LPT².txt", "_LPT².txt"),
            ("console.pdf", "console.pdf"),
            (".htaccess", "file.htaccess"),
            (".pdf", "file.pdf"),
            ("", "file"),
            ("...", "file"),
            ("/", "file"),
            ("\u202e\u200b", "file"),
            ("\ud800.pdf", "file.pdf"),
            ("سياسة.pdf", "سياسة.pdf"),
            ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ],
        ids=range(25),
    )
    def test_says_what_the_raw_one_said(self, raw, name):
        assert safe_name(raw) == name

    @pytest.mark.parametrize("letter", ["x", "é", "語", "👩", "e\u0301", " ", "."])
    @pytest.mark.parametrize("length", [1, 119, 120, 121, 300, 10_000])
    def test_fits_into_any_storage_and_keeps_its_extension(self, letter, length):
        name = safe_name(letter * length + ".pdf")
        assert name.endswith(".pdf")
        assert len(name) <= MOST_CHARACTERS
        assert len(name.encode()) <= MOST_BYTES

    @pytest.mark.parametrize(
        "raw", ["a/.. ", "CON", "x.pdf ", "Prn .txt", "a" * 119 + ". .pdf", "\u202e.\u202e", "<>.<>"]
    )
    def test_of_a_safe_name_is_the_same(self, raw):
        assert safe_name(safe_name(raw)) == safe_name(raw)


class TestAKind:
    @pytest.mark.parametrize("name", ["plan.pdf", "PLAN.PDF", "a.b.pdf", "plan.pdf\u202e", "plan.pdf ", "x/y.Pdf"])
    def test_is_told_by_the_extension(self, name):
        assert kind_of(name) is KINDS["pdf"]

    @pytest.mark.parametrize(
        "name", ["plan.exe", "plan.pdf.exe", "plan.svg", "plan.html", "pdf", "", "plan.docm", "a.pdf/x"]
    )
    def test_is_unknown_for_what_is_not_on_the_list(self, name):
        assert kind_of(name) is None

    def test_is_named_for_people(self):
        assert {kind.label[0].isupper() for kind in KINDS.values()} == {True}
        assert KINDS["xlsx"].named == "an Excel spreadsheet"
