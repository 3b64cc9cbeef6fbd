"""Fields for what strangers write: cleaned of what cannot be seen, and never cut off in silence."""

import re

from django import forms

LONGEST_TEXT = 5000
# A postal address, and when to ring.
LONGEST_WAY = 500
# Control characters but tab and new line, lone surrogates, and the marks that turn the direction of what follows:
# right-to-left writing needs none of them, and they make a sentence read as another one.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


class Line(forms.CharField):
    """One line of text. New lines become spaces: a name goes into the head of a mail."""

    def to_python(self, value):
        """Return the text as one line without characters that cannot be seen."""
        return super().to_python(" ".join(_UNSEEN.sub("", str(value or "")).split()))


class Paragraphs(forms.CharField):
    """Running text. Its length is counted here: a browser would cut off what is pasted, and not say so."""

    widget = forms.Textarea

    def __init__(self, *, rows=6, max_length=LONGEST_TEXT, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs["rows"] = rows

    def to_python(self, value):
        """Return the text with one kind of new line and without characters that cannot be seen."""
        return super().to_python(_UNSEEN.sub("", str(value or "").replace("\r\n", "\n").replace("\r", "\n")))


class Choices(forms.RadioSelect):
    """Radio buttons; what is wrong with the choice leads to the first of them."""

    def id_for_label(self, id_, index="0"):
        """Return the address of a button, of the first where none is named. Django names none then."""
        return super().id_for_label(id_, index)


def too_long(limit: int) -> str:
    """Return the message for a text that is longer than `limit`; Django fills in how long it is."""
    return f"This must be {limit:,} characters or fewer. It has %(show_value)d."
