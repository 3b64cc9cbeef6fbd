"""Words of a query are marked wherever they stand, however they are written."""

import pytest

from search.engine.words import stem_of
from search.marking import excerpt, marked


def stems(*words) -> frozenset[str]:
    return frozenset(map(stem_of, words))


class TestMarked:
    @pytest.mark.parametrize(
        ("text", "word", "expected"),
        [
            ("Children and a CHILD", "child", "Children and a <mark>CHILD</mark>"),
            ("Referrals: referred_to", "referral", "<mark>Referrals</mark>: referred_to"),
            ("the word_Éxamples", "examples", "the word_<mark>Éxamples</mark>"),
            ("A child’s plan", "child", "A <mark>child’s</mark> plan"),
            ("O’Brien and Brien", "brien", "O’Brien and <mark>Brien</mark>"),
            ("ﬁnding a way", "finding", "<mark>ﬁnding</mark> a way"),
            ("‘Tis here", "tis", "‘<mark>Tis</mark> here"),
            ("<b> & 9", "9", "&lt;b&gt; &amp; <mark>9</mark>"),
        ],
    )
    def test_words_in_all_their_spellings(self, text, word, expected):
        assert marked(text, stems(word)) == expected

    def test_nothing_where_nothing_was_asked_for(self):
        assert marked("A - ] ^ child", frozenset()) == "A - ] ^ child"
        assert marked("A - ] ^ child", stems("-", "]", "^")) == "A - ] ^ child"


class TestExcerpt:
    def test_is_the_part_with_the_most_of_the_words(self):
        text = f"Neglect is told of. {'Nothing here. ' * 40} Signs of neglect in babies. {'Nothing here. ' * 40}"
        assert "Signs of <mark>neglect</mark> in <mark>babies</mark>" in excerpt(text, stems("neglect", "baby"))
