"""What is read out of mails that were sent back, and of mails that only look like it."""

import base64
import random
import time

import pytest

from alerts.bounces.reading import LARGEST, read_returned
from alerts.posting.names import message_id_of
from tests.alerts.bounces.reports import bounce, complaint

A = frozenset({"a@agency.example"})


def failed(mail):
    """Return what is said of the one recipient that failed: the words, and whether there is no such mailbox."""
    (failure,) = read_returned(mail).failures
    return failure


class TestABounce:
    def test_says_which_delivery_whose_and_why(self):
        returned = read_returned(bounce(7))
        assert returned.delivery == 7
        assert not returned.is_complaint
        failure = failed(bounce(7))
        assert (failure.of_address, failure.recipients) == (True, A)
        assert failure.words == "550 5.1.1 … no such user"

    @pytest.mark.parametrize(
        ("status", "said", "of_address"),
        [
            ("5.1.1", "550 5.1.1 no such user", True),
            ("5.1.10", "550 5.1.10 recipient not found", True),
            ("5.2.1", "550 5.2.1 mailbox switched off", True),
            ("5.2.2", "552 5.2.2 mailbox full", False),
            ("5.7.1", "550 5.7.1 message refused by policy", False),
            ("5.4.6", "loop", False),
            ("4.4.1", "connection timed out for five days", False),
            # As Exim says it: the code is in the words, or in none.
            ("5.0.0", "550 5.1.1 no such user", True),
            ("5.0.0", "550 5.7.1 <a@agency.example> unknown user, or so we say", False),
            ("5.0.0", "550 No such user here", True),
            ("5.0.0", "550 This looks like junk", False),
            ("5.0.0", "", False),
            ("", "550-5.1.1 The email account that you tried to reach does not exist.", True),
            ("", "", False),
            ("4.1.1", "450 4.1.1 greylisted", False),
        ],
    )
    def test_tells_a_mailbox_that_does_not_exist_from_all_else(self, status, said, of_address):
        failure = failed(bounce(7, status=status, said=said))
        assert failure.of_address is of_address
        assert failure.words
        assert "@" not in failure.words

    @pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "FAILEDISH", ""])
    def test_is_none_while_it_is_only_late_or_was_delivered(self, action):
        assert read_returned(bounce(7, action=action, status="4.4.1")).failures == ()

    @pytest.mark.parametrize(
        "spelled",
        [
            "Message-ID: {}\n",
            "message-id:{}\n",
            "Message-Id:\n {}\n",
        ],
    )
    def test_finds_our_name_however_the_header_is_spelled(self, spelled):
        assert read_returned(bounce(7, original=spelled.format(message_id_of(7)))).delivery == 7

    def test_finds_it_where_only_the_head_came_back(self):
        assert read_returned(bounce(7, original_type="text/rfc822-headers")).delivery == 7

    def test_finds_it_where_the_original_came_back_encoded(self):
        inner = base64.encodebytes(f"To: a@agency.example\nMessage-ID: {message_id_of(7)}\n\nText.\n".encode())
        mail = bounce(None, original_type="message/rfc822\nContent-Transfer-Encoding: base64")
        begin = mail.index(b"Return-Path: <bounces@")
        end = mail.index(b"--4B1F2", begin)
        assert read_returned(mail[:begin] + inner + mail[end:]).delivery == 7

    @pytest.mark.parametrize("header", ["In-Reply-To", "References"])
    def test_finds_it_in_what_is_answered_where_nothing_came_back(self, header):
        mail = bounce(None, top=f"{header}: <other@agency.example> {message_id_of(7)}\n")
        assert read_returned(mail).delivery == 7

    def test_is_read_with_the_line_ends_of_the_network(self):
        assert read_returned(bounce(7).replace(b"\n", b"\r\n")) == read_returned(bounce(7))

    def test_is_read_out_of_another_mail_that_a_gateway_put_around_it(self):
        whole = b'Content-Type: multipart/mixed; boundary="out"\n\n--out\n' + bounce(7) + b"\n--out--\n"
        assert failed(whole).of_address

    def test_is_read_though_much_comes_after_it(self):
        assert failed(bounce(7) + b"x" * 3 * LARGEST).of_address

    def test_knows_what_the_mailbox_was_called_at_first(self):
        mail = bounce(
            7, recipient="b@elsewhere.example", original_recipient="Original-Recipient: rfc822;a@agency.example\n"
        )
        assert failed(mail).recipients == {"a@agency.example", "b@elsewhere.example"}

    def test_names_no_address_and_nothing_that_a_database_refuses(self):
        words = failed(bounce(7, said="550 5.1.1 x\x00y \x1b[31m <ash@agency.example> gone " + "long " * 500)).words
        assert "agency" not in words
        assert words.isprintable()
        assert len(words) <= 200


class TestAComplaint:
    def test_says_about_which_delivery(self):
        returned = read_returned(complaint(7))
        assert (returned.delivery, returned.is_complaint, returned.failures) == (7, True, ())

    @pytest.mark.parametrize("kind", ["not-spam", "virus", "", "abusement"])
    def test_is_none_unless_it_is_about_being_unwanted(self, kind):
        assert not read_returned(complaint(7, kind=kind)).is_complaint

    def test_needs_the_mail_itself(self):
        """Anybody who was answered to has the name in a header; who has the mail can also press the button in it."""
        assert read_returned(complaint(None, top=f"In-Reply-To: {message_id_of(7)}\n")) is None


class TestAnythingElse:
    @pytest.mark.parametrize(
        "mail",
        [
            b"",
            b"\n",
            b"\x00\xff\xfe" * 100,
            b"Subject: Out of office\nIn-Reply-To: " + message_id_of(7).encode() + b"\n\nI am away.",
            bounce(None),
            bounce(7).replace(b"<7.", b"<8."),
            bounce(7).replace(b"<7.", b"<999999999999999999."),
            bounce(7)[:700],
            bounce(7).replace(b"4B1F2.1/mx.board.example--", b"", 1).replace(b'boundary="', b'boundary="x', 1),
            complaint(None),
        ],
        ids=["empty", "a line", "bytes", "absent", "not ours", "made up", "far", "cut", "no parts", "not ours either"],
    )
    def test_is_not_ours(self, mail):
        assert read_returned(mail) is None

    @pytest.mark.parametrize(
        "mail",
        [
            b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(20_000)),
            b'Content-Type: multipart/report; boundary="a"\n\n' + b"--a\n\n" * 200_000,
            b"Content-Type: multipart/report; " + b'a;"' * 300_000,
            b"A: b\n" * 200_000,
            b"\n" * LARGEST,
            b'Content-Type: multipart/report; boundary="a"\n\n--a\nContent-Type: message/delivery-status\n\n'
            + b"Action: failed\n\n" * 60_000,
            b"Content-Type: multipart/report; boundary=" + b"a" * 500_000 + b"\n\n",
            b"Content-Type: multipart/report; boundary*999999999999=utf-8''a; boundary*0*=x''%ff\n\n--a\n",
            b" \n\t" * 300_000,
        ],
        ids=["nested", "parts", "quotes", "fields", "lines", "groups", "boundary", "continued", "folded"],
    )
    def test_takes_no_time_however_it_is_made(self, mail):
        began = time.process_time()
        assert read_returned(mail) is None
        assert time.process_time() - began < 2

    def test_never_stops_us_whatever_is_broken_in_it(self):
        dice = random.Random(7)
        whole = {True: bounce(7), False: complaint(7)}
        for turn in range(400):
            mail = bytearray(whole[turn % 2 == 0])
            for _ in range(dice.randrange(1, 12)):
                at = dice.randrange(len(mail))
                mail[at : at + dice.randrange(6)] = bytes(dice.randrange(256) for _ in range(dice.randrange(4)))
            returned = read_returned(bytes(mail))
            assert returned is None or returned.delivery == 7
