"""What of a search is kept: words that anybody might type, and nothing that looks like a person."""

import pytest

from search.insight.masking import LONGEST_KEPT, masked

ON_THE_SITE = {"lado", "neglect", "brook"}


def kept(query, **meant) -> str:
    return masked(query, is_ours=ON_THE_SITE.__contains__, meant=meant)


class TestWhatIsKept:
    @pytest.mark.parametrize(
        "query",
        [
            "neglect",
            "what to do if a baby is bruised",
            "i am being hit by my dad",
            "sexting between pupils",
            "trampoline injuries",
            "nitazenes",
            "leaflet in polish",
            "section 47 enquiry",
            "year 7 pupil",
            "working together 2018",
            "999",
            "family court road safety",
            "domestic abuse and the law in england",
        ],
    )
    def test_are_ordinary_words_and_short_numbers(self, query):
        assert kept(query) == query

    def test_are_in_small_letters_and_one_line(self):
        assert kept("  Graded\tCare\nPROFILE ") == "graded care profile"

    def test_are_short_forms_in_capitals(self):
        assert kept("MARF form") == "marf form"
        assert kept("marf form") == "… form"

    def test_are_words_of_the_site_though_they_are_names(self):
        assert kept("LADO brook") == "lado brook"

    def test_are_words_of_the_site_in_the_place_of_misspelt_ones(self):
        assert kept("neglct", neglct="neglect") == "neglect"

    def test_are_no_longer_than_there_is_room_for(self):
        words = kept("neglect " * 40)
        assert len(words) <= LONGEST_KEPT
        assert set(words.split()) == {"neglect"}


class TestWhatIsMasked:
    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ("Jayden Kowalski neglect", "… neglect"),
            ("zara", "…"),
            ("ZARA", "…"),
            ("Grace Baker", "…"),
            ("mrs O’Brien school", "… school"),
            ("Lily's mum", "… mum"),
            ("siân", "…"),
            ("مرحبا", "…"),
            ("儿童", "…"),
        ],
    )
    def test_are_names(self, query, left):
        assert kept(query) == left

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ("call 07700 900 123", "call …"),
            ("(01632) 960123", "…"),
            ("+44 7700 900123", "…"),
            ("nhs 943 476 5919", "nhs …"),
            ("case 48213", "case …"),
            ("birth 12/03/2015", "birth …"),
            ("birth 12.3.15", "birth …"),
            ("3rd of May 2015", "…"),
            ("march 3, 2015", "…"),
        ],
    )
    def test_are_numbers_and_days(self, query, left):
        assert kept(query) == left

    @pytest.mark.parametrize(
        "query",
        [
            "12 Acacia Avenue",
            "flat 3, 12a High Street",
            "acacia avenue",
            "LS6 2AB",
            "ls62ab",
            "jo@home.example",
            "https://home.example/jo",
            "www.home.example",
        ],
    )
    def test_are_addresses(self, query):
        assert kept(query) == "…"

    def test_is_what_was_typed_to_look_like_our_own_mark(self):
        assert kept("\ue000neglect") == "neglect"
        assert kept("…") == ""

    @pytest.mark.parametrize("query", ["", " ", "🙂", "\u202e", "- " * 100, "%_\\"])
    def test_leaves_nothing_of_no_word(self, query):
        assert kept(query) == ""

    @pytest.mark.parametrize("query", ["1 " * 100, "a" * 200, "a a " * 50, "1a " * 66, "may 1 " * 33, "@" * 200])
    def test_is_found_quickly_in_anything(self, query):
        # Patterns that try every way to part a text would take minutes here.
        assert len(kept(query)) <= LONGEST_KEPT
