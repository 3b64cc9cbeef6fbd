"""Guessing is slow, whatever a client says of itself, and keeps nobody out of their own browser."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import limits
from accounts.keeping import erase_old, log_failures
from accounts.models import Attempt
from tests.accounts.door import (
    DOOR,
    SECOND_STEP,
    code_at,
    letters,
    make_person,
    path_in,
    recovery_codes,
    sign_in,
    sign_in_fully,
)

pytestmark = pytest.mark.django_db
OFTEN = "tried too often"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def person():
    return make_person(second_factor=True)


def guess(email, times, *, client=None, **extra) -> str:
    """Type wrong passwords; returns the last answer."""
    client = client or Client()
    answers = [sign_in(client, email, "not the password", **extra).content.decode() for _ in range(times)]
    return answers[-1]


def guessed_everywhere(limit, name, times):
    """Let one account be tried from so many network addresses."""
    for number in range(times):
        limits.begin(limit, name=name, network=f"203.0.{number}.1", now=timezone.now())


class TestWrongPasswords:
    def test_of_one_account_from_one_address_are_soon_refused_with_the_right_one_too(self, client, person):
        assert OFTEN not in guess(person.email, limits.PASSWORDS.here.most, REMOTE_ADDR=HERE)
        assert OFTEN in guess(person.email, 1, REMOTE_ADDR=HERE)
        assert OFTEN in sign_in(client, person, REMOTE_ADDR=HERE).content.decode()
        assert sign_in(client, person, REMOTE_ADDR=ELSEWHERE).url == SECOND_STEP

    def test_are_counted_alike_for_accounts_that_there_are_not(self, person):
        known, unknown = (guess(email, 9, REMOTE_ADDR=HERE) for email in (person.email, "nobody@board.example"))
        assert OFTEN in known
        assert OFTEN in unknown

    @pytest.mark.parametrize(
        ("header", "proxies"),
        [("HTTP_X_FORWARDED_FOR", 0), ("HTTP_X_FORWARDED_FOR", 1), ("HTTP_X_REAL_IP", 1), ("HTTP_FORWARDED", 0)],
    )
    def test_are_counted_whatever_a_client_says_of_its_address(self, person, settings, header, proxies):
        """Behind nginx it is nginx that adds the last entry; what stands before it is the client's own."""
        settings.REST_FRAMEWORK = {"NUM_PROXIES": proxies}
        for number in range(limits.PASSWORDS.here.most + 1):
            forged = {header: f"203.0.113.{number}" + (f", {HERE}" if proxies and "X_FORW" in header else "")}
            answer = guess(person.email, 1, REMOTE_ADDR=HERE, **forged)
        assert OFTEN in answer

    def test_of_all_accounts_from_one_address_are_counted_together(self):
        for number in range(limits.PASSWORDS.network.most):
            guess(f"person{number}@board.example", 1, REMOTE_ADDR="2001:db8::1")
        assert OFTEN in guess("another@board.example", 1, REMOTE_ADDR="2001:db8::2")
        assert OFTEN not in guess("another@board.example", 1, REMOTE_ADDR="2001:db8:0:1::2")

    def test_from_addresses_of_one_kind_written_as_the_other_are_told_apart(self, rf):
        mapped = [limits.network_of(rf.get("/", REMOTE_ADDR=f"::ffff:{address}")) for address in (HERE, ELSEWHERE)]
        assert mapped == [HERE, ELSEWHERE]

    def test_from_everywhere_at_once_keep_nobody_out_of_their_own_browser(self, person):
        own = sign_in_fully(Client(REMOTE_ADDR=HERE), person)
        own.post("/admin/logout/")
        guessed_everywhere(limits.PASSWORDS, person.email, limits.PASSWORDS.everywhere.most)
        guess("somebody@board.example", 9, REMOTE_ADDR=HERE)
        assert OFTEN in sign_in(Client(), person, REMOTE_ADDR=ELSEWHERE).content.decode()
        assert sign_in(own, person).url == SECOND_STEP
        assert own.post(SECOND_STEP, {"code": recovery_codes(person)[0]}).url == "/admin/"

    def test_in_a_known_browser_are_counted_too(self, person):
        own = sign_in_fully(Client(), person)
        own.post("/admin/logout/")
        assert OFTEN in guess(person.email, limits.PASSWORDS.browser.most + 1, client=own)

    def test_with_the_cookie_of_somebody_else_are_those_of_a_stranger(self, person):
        thief = sign_in_fully(Client(), make_person("thief@board.example", second_factor=True))
        thief.post("/admin/logout/")
        assert OFTEN in guess(person.email, limits.PASSWORDS.here.most + 1, client=thief)
        thief.cookies["known_browser"] = "made:up:cookie"
        assert OFTEN in guess(person.email, 1, client=thief)

    def test_end_with_a_link_by_mail(self, client, person):
        guess(person.email, 9)
        client.post(f"{DOOR}password/forgotten/", {"email": person.email})
        form = client.get(path_in(letters(now=timezone.now())[-1])).url
        words = {"password1": "three other words", "password2": "three other words"}
        assert client.post(form, words).url == SECOND_STEP

    def test_are_forgotten_after_a_while(self, client, person):
        guess(person.email, 9)
        Attempt.objects.update(at=timezone.now() - limits.PASSWORDS.here.within)
        assert sign_in(client, person).url == SECOND_STEP

    def test_are_refused_no_longer_for_trying_on(self, person):
        guess(person.email, 30)
        assert Attempt.objects.count() == limits.PASSWORDS.here.most

    def test_do_not_count_when_one_is_right(self, person):
        for _ in range(30):
            assert sign_in(Client(), person).url == SECOND_STEP

    def test_are_counted_by_whoever_is_signed_in_as_well(self, client, person):
        sign_in_fully(client, person)
        words = {"oldpassword": "a guess", "password1": "three other words", "password2": "three other words"}
        answers = [client.post(f"{DOOR}password/", words).content.decode() for _ in range(11)]
        assert "not your password" in answers[0]
        assert OFTEN in answers[-1]


class TestCodes:
    def test_are_guessed_five_times(self, client, person):
        sign_in(client, person)
        answers = [client.post(SECOND_STEP, {"code": "000000"}).content.decode() for _ in range(6)]
        assert OFTEN not in answers[4]
        assert OFTEN in answers[5]
        assert OFTEN in client.post(SECOND_STEP, {"code": code_at(timezone.now())}).content.decode()

    def test_are_guessed_thirty_times_from_everywhere(self, client, person):
        guessed_everywhere(limits.CODES, str(person.pk), limits.CODES.everywhere.most)
        sign_in(client, person)
        assert OFTEN in client.post(SECOND_STEP, {"code": "000000"}).content.decode()

    def test_are_asked_of_nobody_without_the_password(self, client, person):
        assert client.post(SECOND_STEP, {"code": code_at(timezone.now())}).url == DOOR


class TestLinks:
    def test_are_asked_for_twenty_times_an_hour_from_one_address(self, client):
        for number in range(21):
            answer = client.post(f"{DOOR}password/forgotten/", {"email": f"person{number}@board.example"})
        assert OFTEN in answer.content.decode()


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_count_as_many(self):
        """Each is written down before it is judged, so that none slips through between the question and the answer."""
        passed, start = [], threading.Barrier(12)

        def attempt():
            start.wait()
            try:
                limits.begin(limits.PASSWORDS, name="rowan@board.example", network=HERE, now=timezone.now())
                passed.append(1)
            except limits.TooManyTries:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=attempt) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(passed) <= limits.PASSWORDS.here.most


class TestWhatIsKept:
    def test_names_nobody_who_has_no_account(self):
        guess("nobody@board.example", 1, REMOTE_ADDR=HERE)
        row = Attempt.objects.values().get()
        assert row["user_id"] is None
        assert not any(told in str(row) for told in ("nobody", HERE, "not the password"))

    def test_goes_into_the_log_once_and_is_erased_after_two_days(self, person):
        guess(person.email, 3)
        now = timezone.now()
        assert log_failures(now=now) == 0
        assert log_failures(now=now + timedelta(minutes=1)) == 1
        assert log_failures(now=now + timedelta(minutes=2)) == 0
        erase_old(now=now + timedelta(days=1))
        assert Attempt.objects.count() == 3
        erase_old(now=now + timedelta(days=3))
        assert not Attempt.objects.exists()
