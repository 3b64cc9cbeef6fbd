"""An address is one subscriber, however it is spelt; and it is never changed into somebody else's."""

import pytest

from alerts.addresses import NotAnAddress, read_address
from alerts.forms import AddressField


class TestTheSameAddress:
    @pytest.mark.parametrize(
        "typed",
        [
            "Ash@Agency.Example",
            " ash@agency.example\u00a0",
            "ash@AGENCY.example",
            "ash@agency.example.",
            "ａｓｈ＠agency.example",
            "ash@agency。example",
            "\u200bash@agency.example".replace("\u200b", "\ufeff"),
        ],
    )
    def test_is_known_in_any_spelling(self, typed):
        assert AddressField().clean(typed).key == "ash@agency.example"

    @pytest.mark.parametrize("typed", ["ash@bücher.example", "ASH@BÜCHER.example", "ash@xn--bcher-kva.example"])
    def test_is_known_in_any_alphabet(self, typed):
        assert AddressField().clean(typed).key == "ash@xn--bcher-kva.example"

    def test_gets_mail_as_it_was_typed(self):
        assert read_address("Ash.Lee+work@AGENCY.example").mailbox == "Ash.Lee+work@agency.example"


class TestAnotherAddress:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ash@strasse.example", "ash@straße.example"),
            ("ash+work@agency.example", "ash@agency.example"),
            ("a.sh@agency.example", "ash@agency.example"),
        ],
    )
    def test_is_never_taken_for_it(self, one, other):
        assert AddressField().clean(one).key != AddressField().clean(other).key


class TestNoAddress:
    @pytest.mark.parametrize(
        "typed", ["ash", "@agency.example", "ash@", "a@b@c.example", "ash@-.example", "a@" + "b" * 70 + ".example"]
    )
    def test_is_taken(self, typed):
        with pytest.raises(Exception, match="usual form"):
            AddressField().clean(typed)

    @pytest.mark.parametrize("typed", ["", "ash", "@", "ash@..", "ash@\ud800.example", "a" * 250 + "@b.example"])
    def test_is_read(self, typed):
        with pytest.raises(NotAnAddress):
            read_address(typed)
