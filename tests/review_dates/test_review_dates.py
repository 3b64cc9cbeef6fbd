"""Reviews: who is reminded and when, once; “reviewed, no change”; what is due, for whoever may edit it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry, Site

from accounts.roles import PROCEDURE_APPROVERS, PROCEDURE_EDITORS, SITE_MANAGERS
from enquiries.letters import MailServerAway
from organisation.models import OrganisationSettings
from pages.models import BasePage
from procedures.models import ChapterPage
from review_dates import reminding
from review_dates.jobs import JOBS
from review_dates.models import Reminder
from review_dates.reminding import remind
from review_dates.services import CannotReview, mark_reviewed
from review_dates.steps import step_on
from tests.days import let_screens_believe
from tests.factories import add_home, make_contact
from tests.once import once
from tests.procedures.factories import add_chapter, add_manual
from tests.roles import given_roles, member

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


def add_manual_with_roles():
    """Make a manual and the roles that work on it."""
    manual = add_manual(add_home())
    given_roles()
    return manual


manual = once(add_manual_with_roles)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Let screens believe that it is that day; services are told the moment."""
    let_screens_believe(monkeypatch, TODAY)


def due(manual, *, days, owner=None, **fields) -> ChapterPage:
    """Make a chapter that is due in so many days."""
    return add_chapter(manual, review_due=TODAY + timedelta(days=days), owner=owner, **fields)


def at(days) -> datetime:
    return NOW + timedelta(days=days)


def reminded() -> list[tuple[list[str], str]]:
    return [(message.to, message.subject) for message in mail.outbox]


def reviewed(page, user, **fields):
    values = {"note": "Read it.", "next_due": TODAY + timedelta(days=365), "now": NOW}
    mark_reviewed(page=page, user=user, **values | fields)


def fresh(page) -> ChapterPage:
    return ChapterPage.objects.get(pk=page.pk)


class TestSteps:
    @pytest.mark.parametrize(
        ("days", "step"),
        [
            (57, ""),
            (56, "8-weeks"),
            (29, "8-weeks"),
            (28, "4-weeks"),
            (2, "4-weeks"),
            (1, "1-day"),
            (0, "1-day"),
            (-1, "overdue-0"),
            (-7, "overdue-0"),
            (-8, "overdue-1"),
            (-70, "overdue-9"),
        ],
    )
    def test_come_8_and_4_weeks_and_a_day_before_and_each_week_after(self, days, step):
        assert step_on(TODAY + timedelta(days=days), today=TODAY) == step


class TestReminders:
    def test_reach_the_owner_once_for_each_step(self, manual):
        owner = member(PROCEDURE_EDITORS)
        due(manual, days=56, owner=owner, title="Neglect")
        for day in (0, 0, 1, 27, 28, 30, 55, 56, 57, 58, 64, 65):
            remind(now=at(day))
        # 8 weeks, 4 weeks, a day, overdue, and a week later.
        assert reminded() == [([owner.email], "1 review to do")] * 5
        assert "Neglect" in mail.outbox[0].body
        assert "WAS DUE BY" in mail.outbox[-1].body
        assert Reminder.objects.count() == 5

    def test_are_one_mail_with_all_that_has_come(self, manual):
        owner = member(PROCEDURE_EDITORS)
        for days in (3, 20, 50, -20, 100):
            due(manual, days=days, owner=owner)
        remind(now=NOW)
        assert reminded() == [([owner.email], "4 reviews to do")]

    def test_after_days_off_are_the_last_step_alone(self, manual):
        due(manual, days=56, owner=member(PROCEDURE_EDITORS))
        remind(now=at(80))
        assert len(mail.outbox) == 1

    def test_fall_to_the_role_when_the_owner_has_left(self, manual):
        left, approver = member(PROCEDURE_EDITORS), member(PROCEDURE_APPROVERS)
        member(SITE_MANAGERS)
        member(PROCEDURE_EDITORS)
        left.is_active = False
        left.save()
        due(manual, days=1, owner=left)
        due(manual, days=1, owner=member())  # Who may not edit it any more.
        due(manual, days=1)
        remind(now=NOW)
        assert reminded() == [([approver.email], "3 reviews to do")]

    def test_fall_to_site_managers_where_nobody_approves(self, manual):
        manager = member(SITE_MANAGERS)
        due(manual, days=1)
        remind(now=NOW)
        assert reminded() == [([manager.email], "1 review to do")]

    def test_of_contacts_reach_site_managers(self, manual):
        manager = member(SITE_MANAGERS)
        make_contact(team="Front door", review_due=TODAY)
        remind(now=NOW)
        remind(now=NOW)
        assert reminded() == [([manager.email], "1 review to do")]
        assert "Front door" in mail.outbox[0].body

    def test_are_of_public_pages_that_hold(self, manual):
        owner = member(PROCEDURE_EDITORS)
        due(manual, days=1, owner=owner, publish=False)
        withdrawn = due(manual, days=1, owner=owner)
        BasePage.objects.filter(pk=withdrawn.pk).update(withdrawn_as="withdrawn", live=False)
        remind(now=NOW)
        assert mail.outbox == []

    def test_wait_while_the_mail_server_is_away(self, manual, monkeypatch):
        due(manual, days=1, owner=member(PROCEDURE_EDITORS))

        def away():
            raise MailServerAway("ConnectionRefusedError")

        with monkeypatch.context() as broken:
            broken.setattr(reminding, "mail_server", away)
            with pytest.raises(MailServerAway):
                remind(now=NOW)
        assert Reminder.objects.get().sent_at is None
        remind(now=NOW)
        assert len(mail.outbox) == 1

    def test_are_not_sent_of_what_was_reviewed_meanwhile_or_to_who_has_left(self, manual):
        first, second = member(PROCEDURE_EDITORS), member(PROCEDURE_EDITORS)
        page = due(manual, days=1, owner=first)
        due(manual, days=1, owner=second)
        reminding.note_due_pages(today=TODAY, now=NOW)
        reviewed(page, first)
        second.is_active = False
        second.save()
        reminding.send_owed(now=NOW)
        assert mail.outbox == []
        assert not Reminder.objects.filter(sent_at=None).exists()

    def test_keep_others_going_when_one_fails(self, manual, monkeypatch):
        bad, good = member(PROCEDURE_EDITORS), member(PROCEDURE_EDITORS)
        due(manual, days=1, owner=bad)
        due(manual, days=1, owner=good)
        letter = reminding.letter

        def fails_for_one(*, to, **fields):
            if to == [bad.email]:
                raise OSError("no such template")
            return letter(to=to, **fields)

        with monkeypatch.context() as broken:
            broken.setattr(reminding, "letter", fails_for_one)
            assert remind(now=NOW) == (1, 1)
        assert remind(now=NOW) == (1, 0)
        assert [to for to, _ in reminded()] == [[good.email], [bad.email]]

    def test_are_sent_each_morning(self):
        assert [job.name for job in JOBS] == ["review_dates.reminders"]


class TestReviewedNoChange:
    def test_moves_the_date_on_and_tells_nobody_of_a_change(self, manual, client):
        editor = member(PROCEDURE_EDITORS)
        page = due(manual, days=-3, owner=editor)
        editions = page.editions.count()
        reviewed(page, editor)
        page = fresh(page)
        assert (page.reviewed_on, page.review_due) == (TODAY, date(2027, 11, 25))
        assert (page.live, page.has_unpublished_changes, page.editions.count()) == (True, False, editions)
        entry = PageLogEntry.objects.get(action="review_dates.reviewed")
        assert "Read it. Next by 2027-11-25." in entry.message

    def test_leaves_editions_as_they_were(self, manual):
        page = due(manual, days=-3)
        before = page.current_edition().revision.content
        reviewed(page, member(PROCEDURE_EDITORS))
        assert fresh(page).current_edition().revision.content == before

    def test_lets_a_draft_go_on_with_the_new_dates(self, manual):
        page = due(manual, days=-3, title="Public")
        writer = member(PROCEDURE_EDITORS)
        page.title = "Draft"
        page.save_revision(user=writer)
        reviewed(page, member(PROCEDURE_EDITORS))
        page = fresh(page)
        draft = page.get_latest_revision_as_object()
        assert (page.title, draft.title) == ("Public", "Draft")
        assert draft.review_due == page.review_due == date(2027, 11, 25)
        assert page.has_unpublished_changes
        assert page.get_latest_revision().user == writer

    def test_is_kept_when_the_page_is_published_next(self, manual):
        page = due(manual, days=-3)
        reviewed(page, member(PROCEDURE_EDITORS))
        draft = fresh(page).get_latest_revision_as_object()
        draft.title = "Next"
        draft.change_significance = "minor"
        draft.save_revision().publish()
        assert fresh(page).review_due == date(2027, 11, 25)

    @pytest.mark.parametrize("days", [0, -1])
    def test_is_until_a_day_in_the_future(self, manual, days):
        page = due(manual, days=-3)
        with pytest.raises(CannotReview):
            reviewed(page, member(PROCEDURE_EDITORS), next_due=TODAY + timedelta(days=days))

    def test_is_refused_while_a_publication_is_scheduled(self, manual):
        page = due(manual, days=-3)
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = NOW + timedelta(days=3650)
        draft.change_significance = "minor"
        draft.save_revision().publish()
        with pytest.raises(CannotReview):
            reviewed(fresh(page), member(PROCEDURE_EDITORS))

    def test_is_said_on_a_screen_by_those_who_may_edit(self, manual, client):
        page = due(manual, days=-3)
        address = reverse("review_dates:reviewed", args=[page.pk])
        client.force_login(member())
        assert client.post(address, {"note": "Mine", "next_due": "2028-01-01"}).status_code == 302
        assert fresh(page).review_due < TODAY
        client.force_login(member(PROCEDURE_EDITORS))
        assert "2027-11-25" in client.get(address).content.decode()
        assert b"This field is required" in client.post(address, {"note": " ", "next_due": "2028-01-01"}).content
        assert b"Choose a day in the future" in client.post(address, {"note": "Read", "next_due": "2026-01-01"}).content
        client.post(address, {"note": "Read it.", "next_due": "2028-01-01"})
        assert fresh(page).review_due == date(2028, 1, 1)


class TestWhatIsDue:
    def titles(self, client, which="") -> list[str]:
        content = client.get(reverse("review_dates:report"), {"due": which} if which else {}).content.decode()
        rows = BeautifulSoup(content, "html.parser").select("table.listing td.title")
        return [row.get_text(strip=True) for row in rows]

    def test_is_listed_for_those_who_may_edit_it(self, manual, client):
        due(manual, days=-3, title="Late")
        due(manual, days=30, title="Soon")
        due(manual, days=300, title="Far")
        add_chapter(manual, title="Never")
        client.force_login(member(PROCEDURE_EDITORS))
        assert self.titles(client) == ["Late", "Soon"]
        assert self.titles(client, "overdue") == ["Late"]
        assert self.titles(client, "all") == ["Late", "Soon", "Far"]
        assert "Never" in self.titles(client, "none")
        assert "3 days overdue" in client.get(reverse("review_dates:report")).content.decode()
        client.force_login(member())
        assert client.get(reverse("review_dates:report")).status_code == 302

    def test_is_a_spreadsheet_that_runs_nothing(self, manual, client):
        due(manual, days=-3, title="=1+1")
        client.force_login(member(PROCEDURE_EDITORS))
        response = client.get(reverse("review_dates:report"), {"export": "csv"})
        content = b"".join(response.streaming_content).decode()
        assert content.startswith("Page,Owner,Last reviewed,Review due,Address")
        assert "\n=1+1" not in content

    def test_is_counted_on_the_start_page(self, manual, client):
        editor = member(PROCEDURE_EDITORS)
        due(manual, days=-3, owner=editor)
        due(manual, days=-3)
        due(manual, days=30)
        client.force_login(editor)
        content = " ".join(client.get("/admin/").content.decode().split())
        assert "<strong>2 pages</strong> overdue</a>, 1 of them yours" in content
        assert "1 page due within 8 weeks" in content
        client.force_login(member())
        assert "due within 8 weeks" not in client.get("/admin/").content.decode()

    def test_takes_as_many_queries_for_many_pages(self, manual, client):
        client.force_login(member(PROCEDURE_EDITORS))
        numbers = []
        for number in (3, 12):
            for _ in range(number):
                due(manual, days=-3, owner=member(PROCEDURE_EDITORS))
            client.get(reverse("review_dates:report"))
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("review_dates:report"))
            numbers.append(len(captured))
        assert numbers[0] == numbers[1]


class TestReaders:
    def test_see_the_date_where_the_setting_says_so(self, manual, client, django_capture_on_commit_callbacks):
        page = due(manual, days=30)
        assert "Review due" in client.get(page.url).content.decode()
        site = Site.objects.get(is_default_site=True)
        with django_capture_on_commit_callbacks(execute=True):
            OrganisationSettings.objects.update_or_create(site=site, defaults={"shows_review_due": False})
        assert "Review due" not in client.get(page.url).content.decode()
