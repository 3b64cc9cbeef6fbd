"""A mail cast once and filled for each person is the same, word for word, as one that Django builds."""

import email
from datetime import UTC, datetime
from email import policy

import pytest

from alerts.messages.words import Places, Written
from alerts.posting.mould import Mould, Personal

PLACES = Places("w" * 32, "m" * 32, "l" * 32)
SENDER = "The board <board@board.example>"
NASTY = (
    ". a line that begins with a dot\n..\n.\nEnds with a space \nTab\t\nÜmlaut “quotes” – 🙂 = % \r\nline\rline\n"
    + "x" * 500
)


def mould(
    text="Why: {}\nmanage {}\nleave {}\n", html="<p>{} <a href='{}'>m</a> <a href='{}'>l</a></p>", subject="Changed: Ä"
):
    places = (PLACES.why, PLACES.manage_url, PLACES.leave_url)
    written = Written(
        subject, html=html.format(*places), text=text.format(*places), reply_to="office@board.example", places=PLACES
    )
    return Mould(written, sender=SENDER)


def personal(**changes):
    values = {
        "to": "ash@agency.example",
        "message_id": "<1.abc@board.example>",
        "why": "You chose <b> & “more”.",
        "manage_url": "https://board.example/alerts/manage/" + "aB1-_:" * 20 + "/",
        "leave_url": "https://board.example/alerts/leave/" + "zZ9-_:" * 20 + "/",
        "sent_at": datetime(2030, 3, 31, 1, 30, tzinfo=UTC),
    }
    return Personal(**values | changes)


def as_received(wire: bytes):
    """Return what a server has of it, without the doubled dots."""
    lines = wire.split(b"\r\n")
    return email.message_from_bytes(
        b"\r\n".join(line.removeprefix(b".") if line.startswith(b".") else line for line in lines),
        policy=policy.default,
    )


def parts(message) -> list[tuple[str, str]]:
    return [(part.get_content_type(), part.get_content().replace("\r\n", "\n")) for part in message.iter_parts()]


class TestAFilledMould:
    @pytest.mark.parametrize("length", [75, 76, 77, 151])
    def test_keeps_the_dot_at_the_end_of_a_long_line(self, length):
        who = personal(why="x" * (length - 1) + ".")
        text = parts(as_received(mould(text="{}\n{}\n{}\n").filled(who)))[0][1]
        assert text.startswith(f"{who.why}\n")

    @pytest.mark.parametrize(
        "text",
        [
            "{}{}{}",
            "{}\n{}\n{}\n",
            NASTY + "{}" + NASTY + "{}." + NASTY + "{}\n.",
            "x" * 75 + "{}" + "y" * 76 + "{}" + "ü" * 26 + "{}",
            "\n\n{}\n\n\n{} {} \n",
        ],
    )
    def test_reads_as_what_django_would_send(self, text):
        cast, who = mould(text=text, html=f"<p>{text}</p>"), personal()
        wire = cast.filled(who)
        received, built = (
            as_received(wire),
            email.message_from_bytes(cast.message(who).message().as_bytes(), policy=policy.default),
        )
        ours, theirs = parts(received), parts(built)
        assert [kind for kind, _ in ours] == ["text/plain", "text/html"]
        normal = [(kind, words.replace("\r", "\n")) for kind, words in theirs]
        assert [(kind, words.rstrip("\n")) for kind, words in ours] == [
            (kind, words.rstrip("\n")) for kind, words in normal
        ]

    def test_has_the_same_head(self):
        cast, who = mould(), personal()
        received = as_received(cast.filled(who))
        built = email.message_from_bytes(cast.message(who).message().as_bytes(), policy=policy.default)
        for name in built:
            if name not in ("Content-Type", "Date"):
                assert str(received[name]).strip() == str(built[name]).strip(), name
        assert received["Date"].datetime == who.sent_at
        assert received["List-Unsubscribe"] == f"<{who.leave_url}>"
        assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert received.get_content_type() == "multipart/alternative"

    def test_has_no_line_that_is_too_long_and_only_ascii(self):
        wire = mould(text=NASTY + "{}{}{}" + NASTY).filled(personal(why="Because ü " * 60))
        assert wire.isascii()
        head, _, body = wire.partition(b"\r\n\r\n")
        assert max(map(len, body.split(b"\r\n"))) <= 76
        assert b"\n" not in wire.replace(b"\r\n", b"")
        assert b"\r" not in wire.replace(b"\r\n", b"")

    def test_is_of_one_person_alone(self):
        cast = mould()
        first, second = (
            cast.filled(personal()),
            cast.filled(personal(to="other@agency.example", leave_url="https://x.example/other/")),
        )
        assert b"ash@agency" not in second
        assert b"x.example/other" not in first

    @pytest.mark.parametrize(
        "address", ["a@x.example\r\nBcc: b@x.example", "a\n@x.example", "ü@x.example", "a\x00@x.example"]
    )
    def test_refuses_what_cannot_stand_in_a_header(self, address):
        with pytest.raises(ValueError, match="address"):
            mould().filled(personal(to=address))

    def test_takes_the_longest_address(self):
        address = "a" * 64 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + ".example"
        assert as_received(mould().filled(personal(to=address)))["To"] == address

    def test_keeps_a_subject_on_its_line(self):
        received = as_received(mould(subject="Changed: x" + "ä" * 180).filled(personal()))
        assert received["Subject"].strip() == "Changed: x" + "ä" * 180
