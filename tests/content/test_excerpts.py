"""Excerpts are words only, end after a word, and never lose the beginning."""

from content.excerpts import excerpt_of, text_of


class TestTextOf:
    def test_reads_blocks_in_order_without_their_names_and_keys(self):
        raw = [
            {"type": "text", "id": "x1", "value": "<p>One &amp; two</p><p>three</p>"},
            {"type": "callout", "id": "x2", "value": {"title": "Four", "text": "<p>five<br/>six</p>"}},
        ]
        assert text_of(raw) == "One & two three Four five six"

    def test_keeps_a_full_stop_with_the_word_before_it(self):
        assert text_of("<p>Know the <b>law</b>.</p><ul><li>One</li><li>Two</li></ul>") == "Know the law. One Two"

    def test_has_nothing_to_say_of_numbers_and_nothing(self):
        assert text_of([None, 7, {"type": "text", "value": None}]) == ""


class TestExcerptOf:
    def test_leaves_a_short_text_whole(self):
        assert excerpt_of("<p>Short.</p>") == "Short."

    def test_ends_a_long_one_after_a_word(self):
        found = excerpt_of("<p>" + "word " * 100 + "</p>", longest=23)
        assert found == "word word word word…"
        assert len(found) <= 23

    def test_a_single_endless_word_does_not_become_longer(self):
        assert len(excerpt_of("x" * 1000, longest=50)) <= 50
