"""Words are compared in one form, and what answers a query is shown with its words marked."""

import pytest

from search.engine.words import stem_of, telling, words_of
from search.marking import excerpt, marked


def stems(*words) -> frozenset[str]:
    return frozenset(map(stem_of, words))


class TestWords:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("child’s", "childs"),
            ("Children's", "children"),
            ("referrals", "referral"),
            ("CONFERENCES", "conference"),
            ("naïve", "naive"),
            ("assessing", "assessed"),
            ("don’t", "dont"),
            ("ﬁle", "file"),
        ],
    )
    def test_mean_the_same_in_other_spellings(self, one, other):
        assert stem_of(one) == stem_of(other) != ""

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("", ()),
            ("  ", ()),
            ('"neglect" OR (title:x*)^9 ~2', ("neglect", "or", "title", "x", "9", "2")),
            ("e-safety", ("e", "safety")),
            ("s.47", ("s", "47")),
            ("\u202eabc", ("abc",)),
            ("😀", ()),
            ("x" * 10_000, ()),
            ("a\x00b", ("a", "b")),
            ("word " * 3_000, ("word",) * 12),
        ],
        ids=range(10),
    )
    def test_are_all_that_is_taken_from_a_query(self, query, words):
        assert words_of(query) == words

    def test_that_are_in_every_text_tell_nothing(self):
        assert telling(words_of("What do I do if a child is at risk?")) == ("child", "risk")
        assert telling(("47", "s")) == ("47",)


class TestMarking:
    def test_marks_words_by_their_stems_and_escapes_everything_else(self):
        html = marked("Children’s <b>needs</b> & the child", stems("children", "need"))
        assert html == "<mark>Children’s</mark> &lt;b&gt;<mark>needs</mark>&lt;/b&gt; &amp; the child"

    def test_marks_words_beside_each_other_as_one(self):
        assert marked("a care profile", stems("care", "profile")) == "a <mark>care profile</mark>"

    def test_marks_nothing_inside_of_words_or_marks(self):
        assert marked("<mark> remark marks", stems("mark")) == "&lt;<mark>mark</mark>&gt; remark <mark>marks</mark>"

    def test_shows_the_part_with_most_of_the_words(self):
        text = "One zebra here. " + "Nothing to see. " * 60 + "The zebra and the lion met. " + "And so on. " * 40
        shown = excerpt(text, stems("zebra", "lion"))
        assert "<mark>zebra</mark> and the <mark>lion</mark>" in shown
        assert shown.startswith("… ")
        assert shown.endswith(" …")
        assert len(shown) < 340

    def test_shows_the_beginning_where_no_word_is_in_the_text(self):
        assert excerpt("Begin. " * 100, stems("zebra")).startswith("Begin. ")

    @pytest.mark.parametrize("text", ["", "x" * 5_000, "x " * 5_000, "zebra" + "x" * 5_000, "<" * 5_000], ids=range(5))
    def test_takes_any_text(self, text):
        assert len(excerpt(text, stems("zebra", "x"))) < 5_200
