"""A mail as it is before it has a reader, and what is put in for each reader."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from bulletins.mailing.plain_lines import tidied
from bulletins.mailing.styling import with_styles


@dataclass(frozen=True)
class Personal:
    """What one person's copy says at its end: why they get it, and where to change or stop that."""

    why: str
    manage_url: str = ""
    leave_url: str = ""


@dataclass(frozen=True)
class IssueMail:
    """An issue as a mail. Each form is kept in two pieces: before and after the place for what is personal.

    Pieces, not a text with a mark in it: whatever an editor writes, it can never be taken for the mark.
    """

    subject: str
    preheader: str
    html: tuple[str, str]
    text: tuple[str, str]
    # The address that answers go to, "" for none.
    reply_to: str
    # How much of each item is in it; a value of `rendering.Extent`.
    extent: str

    @property
    def size(self) -> int:
        """The bytes of the HTML, without what is personal."""
        return sum(len(piece.encode()) for piece in self.html)

    def addressed_to(self, personal: Personal) -> tuple[str, str]:
        """Return the HTML and the plain text for one person."""
        context = {"personal": personal}
        html = with_styles(render_to_string("emails/bulletin/personal.html", context))
        text = tidied(render_to_string("emails/bulletin/personal.txt", context))
        return html.join(self.html), text.strip().join(self.text)
