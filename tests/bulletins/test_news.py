"""News that was sent in: which issue it is for, and how it becomes an item of a draft."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from bulletins.models import BulletinPage, BulletinSettings, Weekday
from bulletins.news import item_of
from enquiries.taking import CannotTakeNews
from organisation.models import Contact
from tests.enquiries.factories import make_news, make_staff
from tests.factories import add_archive, add_bulletin, add_home, make_contact, make_manager, news
from tests.once import once
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

NOW = datetime(2017, 4, 1, 12, tzinfo=UTC)
TODAY = date(2017, 4, 1)


@once
def archive():
    return add_archive(add_home())


def issue_of(archive, day, **fields) -> BulletinPage:
    return add_bulletin(archive, issue_date=day, quarter_label=f"{day:%B %Y}", **fields)


@pytest.fixture
def manager():
    return make_manager()


def take(archive, piece, key, user):
    return archive.take_news(piece, key=key, user=user, now=NOW)


def headings(page) -> list[str]:
    draft = BulletinPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [item.value["heading"] for item in draft.items]


class TestTheIssue:
    @pytest.mark.parametrize(
        ("deadline", "on", "label", "closes", "missed"),
        [
            (date(2017, 7, 5), date(2017, 7, 5), "July 2017", date(2017, 7, 5), ""),
            (date(2017, 7, 5), date(2017, 7, 6), "October 2017", date(2017, 10, 2), "July 2017"),
            (None, date(2017, 6, 1), "July 2017", date(2017, 7, 3), ""),
            (date(2017, 7, 5), date(2019, 2, 1), "April 2019", date(2019, 4, 1), "January 2019"),
        ],
        ids=["on the last day", "the day after", "no deadline set", "years later"],
    )
    def test_is_the_next_whose_last_day_is_not_past(self, archive, deadline, on, label, closes, missed):
        issue_of(archive, date(2017, 1, 1))
        issue_of(archive, date(2017, 4, 1), next_deadline=deadline)
        found = archive.news_issue(on=on)
        assert (found.label, found.closes, found.missed) == (label, closes, missed)

    def test_before_the_first_one_follows_the_settings(self, archive):
        BulletinSettings.objects.create(site=archive.get_site(), first_month=2, deadline_weekday=Weekday.FRIDAY)
        found = archive.news_issue(on=date(2017, 3, 20))
        assert (found.label, found.closes, found.missed) == ("May 2017", date(2017, 5, 5), "")

    def test_is_not_told_by_drafts(self, archive):
        issue_of(archive, date(2017, 1, 1))
        issue_of(archive, date(2020, 1, 1), publish=False)
        assert archive.news_issue(on=TODAY).label == "April 2017"


class TestTheChoice:
    def test_is_of_drafts_and_of_what_is_to_be_begun(self, archive, manager):
        issue_of(archive, date(2017, 1, 1), next_deadline=date(2017, 3, 1))
        draft = issue_of(archive, date(2017, 4, 1), publish=False)
        assert archive.issues_for_news(manager, on=TODAY) == [
            (f"page-{draft.pk}", "April 2017 (draft)"),
            ("new-2017-07-01", "A new draft for July 2017"),
        ]

    def test_leaves_out_what_somebody_may_not_do(self, archive):
        issue_of(archive, date(2017, 4, 1), publish=False)
        assert archive.issues_for_news(make_staff(), on=TODAY) == []

    def test_leaves_out_what_was_published_or_withdrawn(self, archive, manager):
        issue_of(archive, date(2017, 1, 1))
        withdraw_page(page=issue_of(archive, date(2017, 4, 1)), way="error", reason="Wrong.", now=timezone.now())
        assert [key for key, _ in archive.issues_for_news(manager, on=date(2017, 4, 3))] == []


class TestTheItem:
    def test_is_in_the_senders_words_with_agency_and_contact(self):
        piece = make_news(
            title="A clinic", text="First\nline two\n\nSecond", sender_agency="Health", contact="Team, a@b.example"
        )
        item = item_of(piece)
        assert (item["type"], item["value"]["heading"]) == ("news", "A clinic")
        assert item["value"]["body"][0]["value"] == (
            '<p>First<br/>line two</p><p>Second</p><p>From: Health<br/>Contact: Team, <a href="mailto:a@b.example">'
            "a@b.example</a></p>"
        )

    @pytest.mark.parametrize(
        "evil",
        [
            "<script>alert(1)</script>",
            '<a href="javascript:alert(1)">x</a>',
            '"><img src=x onerror=alert(1)>',
            "{{ 7*7 }}",
        ],
    )
    def test_is_never_html(self, client, archive, manager, evil):
        draft = issue_of(archive, date(2017, 4, 1), publish=False)
        piece = make_news(archive, title=evil, text=evil, sender_agency=evil, contact=evil)
        take(archive, piece, f"page-{draft.pk}", manager)
        page = BulletinPage.objects.get(pk=draft.pk)
        page.get_latest_revision().publish()
        for address in (page.url, f"{page.url}print/"):
            shown = client.get(address).content.decode()
            assert "alert(1)</script>" not in shown
            assert "<img src=x" not in shown
            assert '<a href="javascript' not in shown
        client.force_login(manager)
        assert "<script>alert(1)" not in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()

    def test_makes_links_of_addresses_only(self):
        html = item_of(make_news(text="See https://www.agency.example/a?b=1&c=2 or javascript:alert(1)"))["value"][
            "body"
        ]
        assert 'href="https://www.agency.example/a?b=1&amp;c=2"' in html[0]["value"]
        assert html[0]["value"].count("<a ") == 1


class TestTaking:
    def test_keeps_everything_else_of_the_newest_draft(self, archive, manager):
        draft = issue_of(archive, date(2017, 4, 1), publish=False, items=[news("First")])
        later = draft.get_latest_revision_as_object() if draft.latest_revision else draft
        later.title, later.items = "Changed meanwhile", [news("First"), news("Second")]
        later.save_revision()
        piece = make_news(archive)
        page, label = take(archive, piece, f"page-{draft.pk}", manager)
        assert (page.pk, label) == (draft.pk, "April 2017")
        assert headings(draft) == ["First", "Second", piece.title]
        newest = BulletinPage.objects.get(pk=draft.pk).get_latest_revision()
        assert newest.as_object().title == "Changed meanwhile"
        assert newest.user == manager
        assert not BulletinPage.objects.get(pk=draft.pk).live

    def test_twice_makes_one_item(self, archive, manager):
        draft = issue_of(archive, date(2017, 4, 1), publish=False, items=[])
        piece = make_news(archive)
        for _ in range(2):
            take(archive, piece, f"page-{draft.pk}", manager)
        assert headings(draft) == [piece.title]

    def test_into_a_second_issue_is_refused_while_it_stands_in_the_first(self, archive, manager):
        first = issue_of(archive, date(2017, 4, 1), publish=False, items=[])
        second = issue_of(archive, date(2017, 7, 1), publish=False, items=[])
        piece = make_news(archive)
        take(archive, piece, f"page-{first.pk}", manager)
        piece.taken_into = first
        with pytest.raises(CannotTakeNews, match="stands in April 2017 already"):
            take(archive, piece, f"page-{second.pk}", manager)
        assert headings(second) == []

    def test_begins_an_issue_with_what_can_be_known(self, archive, manager):
        BulletinSettings.objects.create(site=archive.get_site(), contact=make_contact())
        issue_of(archive, date(2017, 1, 1), slug="april-2017")
        page, label = take(archive, make_news(archive), "new-2017-04-01", manager)
        page = BulletinPage.objects.get(pk=page.pk)
        assert (label, page.title, page.slug, page.live) == ("April 2017", "April 2017 bulletin", "april-2017-2", False)
        assert (page.issue_date, page.next_deadline) == (date(2017, 4, 1), date(2017, 7, 3))
        assert (page.contact, page.owner) == (Contact.objects.get(), manager)
        again, _ = take(archive, make_news(archive), "new-2017-04-01", manager)
        assert again.pk == page.pk, "begun meanwhile by somebody else"
        assert len(headings(page)) == 2

    @pytest.mark.parametrize(
        "key",
        ["", "new-", "new-x", "new-2031-01-01", "page-", "page-x", "page-0", f"page-{'9' * 40}", "page-²", "\x00"],
    )
    def test_into_no_issue_is_refused(self, archive, manager, key):
        issue_of(archive, date(2017, 1, 1))
        with pytest.raises(CannotTakeNews):
            take(archive, make_news(archive), key, manager)
        assert BulletinPage.objects.count() == 1

    def test_without_the_right_is_refused(self, archive):
        draft = issue_of(archive, date(2017, 4, 1), publish=False)
        for key in (f"page-{draft.pk}", "new-2017-04-01", "new-2017-07-01"):
            with pytest.raises(CannotTakeNews, match="You may not"):
                take(archive, make_news(archive), key, make_staff())

    def test_into_a_published_locked_or_scheduled_issue_is_refused(self, archive, manager):
        public = issue_of(archive, date(2017, 1, 1))
        locked = issue_of(archive, date(2017, 4, 1), publish=False)
        BulletinPage.objects.filter(pk=locked.pk).update(locked=True, locked_by=make_staff())
        timed = issue_of(archive, date(2017, 7, 1), publish=False)
        timed.go_live_at = timezone.now() + timedelta(days=1)
        timed.save_revision(approved_go_live_at=timed.go_live_at)
        for page, said in ((public, "not a draft any more"), (locked, "locked"), (timed, "set to be published")):
            with pytest.raises(CannotTakeNews, match=said):
                take(archive, make_news(archive), f"page-{page.pk}", manager)

    def test_of_another_archive_is_refused(self, archive, manager):
        with pytest.raises(CannotTakeNews):
            take(archive, make_news(archive), f"page-{archive.get_parent().pk}", manager)
