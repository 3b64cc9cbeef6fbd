"""Telephone numbers: what is accepted, how it reads, what is dialled."""

import pytest
from django.core.exceptions import ValidationError

from organisation.phones import clean_phone, read_phone


class TestNumbersThatCanBeRung:
    @pytest.mark.parametrize(
        ("typed", "display", "href"),
        [
            ("01632 960001", "01632 960001", "tel:+441632960001"),
            ("01632960999", "01632 960999", "tel:+441632960999"),
            ("(01632) 960-001", "01632 960001", "tel:+441632960001"),
            ("+44 1632 960001", "01632 960001", "tel:+441632960001"),
            ("+44 (0)1632 960001", "01632 960001", "tel:+441632960001"),
            ("  0300  123 1234 ", "0300 123 1234", "tel:+443001231234"),
            ("020 79460018", "020 7946 0018", "tel:+442079460018"),
            ("01632 960001 ext 204", "01632 960001 ext 204", "tel:+441632960001;ext=204"),
            ("+33 1 23 45 67 89", "+33 1 23 45 67 89", "tel:+33123456789"),
        ],
    )
    def test_long_numbers_read_in_groups_and_dial_from_anywhere(self, typed, display, href):
        assert read_phone(typed) == (display, href)

    def test_an_eight_digit_helpline_is_a_long_number(self):
        assert read_phone("0800 1111").href == "tel:+448001111"

    @pytest.mark.parametrize("number", ["999", "112", "101", "111", "105", "116000", "116123"])
    def test_short_numbers_are_dialled_as_they_are(self, number):
        assert read_phone(number) == (number, f"tel:{number}")

    def test_what_was_cleaned_once_is_not_changed_again(self):
        once = clean_phone("+44 (0) 1632 960001 x 7")
        assert clean_phone(once) == once == "01632 960001 ext 7"

    def test_no_number_stays_no_number(self):
        assert clean_phone("  ") == ""


class TestWhatIsNoNumber:
    @pytest.mark.parametrize(
        "typed",
        [
            "01632 96O001",  # the letter O
            "01632 96000",  # one digit short
            "01632 9600012",  # one too many
            "1",
            "000",
            "999 999",
            "0800 CHILDREN",
            "tel:999",
            "javascript:alert(1)",
            '01632 960001"><script>',
            "01632 960001 or 01632 960002",
            "+",
            "0" * 10_000,
        ],
    )
    def test_is_refused_with_a_message_that_helps(self, typed):
        assert read_phone(typed) is None
        with pytest.raises(ValidationError, match="with its area code, for example 01632 960001"):
            clean_phone(typed)

    def test_the_message_does_not_repeat_a_page_of_nonsense(self):
        with pytest.raises(ValidationError) as caught:
            clean_phone("x" * 10_000)
        assert len(caught.value.messages[0]) < 300
