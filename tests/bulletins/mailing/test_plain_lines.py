"""The shape of a plain text."""

from bulletins.mailing.plain_lines import SECTION, WIDTH, tidied


class TestLines:
    def test_are_wrapped_between_words(self):
        lines = tidied("word " * 60).splitlines()
        assert max(map(len, lines)) <= WIDTH
        assert "".join(lines).replace(" ", "") == "word" * 60

    def test_of_a_point_are_set_in_under_its_words(self):
        lines = tidied("12. " + "word " * 30 + "\n   - " + "word " * 30).splitlines()
        assert [line[:6] for line in lines] == ["12. wo", "    wo", "    wo", "   - w", "     w", "     w"][
            : len(lines)
        ]

    def test_never_break_an_address(self):
        address = "https://board.example/" + "a-long-name/" * 20
        assert address in tidied(f"Read the plan ({address}).")

    def test_that_are_empty_stand_alone_and_two_begin_a_section(self):
        assert tidied(f"\n\nOne\n\n\n\nTwo\n\n{SECTION}\n\nThree\n{SECTION}\nFour\n\n") == (
            "One\n\nTwo\n\n\nThree\n\n\nFour\n"
        )

    def test_keep_the_space_of_the_signature(self):
        assert tidied("One\n-- \nBoard") == "One\n-- \nBoard\n"
