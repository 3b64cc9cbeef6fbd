"""What is put into a draft while somebody has it open is there after they save, and is never published unseen."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from bulletins.models import BulletinPage, Offer
from tests.enquiries.factories import make_news
from tests.factories import add_archive, add_bulletin, add_home, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "1"}


@once
def archive():
    return add_archive(add_home())


@once
def issue(archive):
    return add_bulletin(archive, issue_date=date(2017, 4, 1), quarter_label="April 2017", publish=False, items=[])


@pytest.fixture
def manager():
    return make_manager()


@pytest.fixture
def staff(client, manager):
    client.force_login(manager)
    return client


def draft_of(issue):
    return BulletinPage.objects.get(pk=issue.pk).get_latest_revision_as_object()


def headings(issue) -> list[str]:
    return [raw["value"]["heading"] for raw in draft_of(issue).items.raw_data]


def accept(issue, manager, title):
    """Put news into the issue, as its queue does; return the id of the item."""
    issue.get_parent().specific.take_news(
        make_news(title=title), key=f"page-{issue.pk}", user=manager, now=timezone.now()
    )
    return draft_of(issue).items.raw_data[-1]["id"]


def opened(staff, issue, *, items=(), **fields) -> dict:
    """Return what the browser would send from the editor as it is opened now. `items`: (id, heading) of each."""
    screen = BeautifulSoup(staff.get(f"/admin/pages/{issue.pk}/edit/").content, "html.parser")
    item = {"body": streamfield([]), "source": "", "source_place": ""}
    page = {
        "title": issue.title,
        "slug": issue.slug,
        "search_description": "",
        "issue_date": "2017-04-01",
        "quarter_label": "April 2017",
        "introduction": rich_text(""),
        "items": streamfield([("news", item | {"heading": heading}) for _, heading in items]),
        "contact": "",
        "next_deadline": "",
        "began_with": screen.find("input", {"name": "began_with"})["value"],
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    ids = {f"items-{number}-id": item_id for number, (item_id, _) in enumerate(items)}
    return nested_form_data(page | fields) | ids


def save(staff, issue, data, **button):
    return staff.post(f"/admin/pages/{issue.pk}/edit/", data | button)


def said(staff, response) -> str:
    page = BeautifulSoup(staff.get(response["Location"]).content, "html.parser")
    return " ".join(message.get_text(" ", strip=True) for message in page.select(".messages li"))


class TestSaving:
    def test_keeps_what_was_put_in_meanwhile(self, staff, issue, manager):
        data = opened(staff, issue, items=[("", "My own")])
        accept(issue, manager, "A <b>clinic</b>")
        response = save(staff, issue, data)
        assert headings(issue) == ["My own", "A <b>clinic</b>"]
        assert "While you had this issue open, “A <b>clinic</b>” was put in, at the end." in said(staff, response)

    def test_says_nothing_and_adds_nothing_when_nothing_came(self, staff, issue, manager):
        item = accept(issue, manager, "A clinic")
        data = opened(staff, issue, items=[(item, "A clinic in our words")])
        response = save(staff, issue, data)
        assert headings(issue) == ["A clinic in our words"]
        assert "While you had" not in said(staff, response)

    def test_leaves_out_what_was_removed_here_or_elsewhere(self, staff, issue, manager):
        accept(issue, manager, "Removed here")
        data = opened(staff, issue)
        accept(issue, manager, "Removed elsewhere")
        save(staff, issue, opened(staff, issue))
        save(staff, issue, data)
        assert headings(issue) == []

    def test_keeps_it_also_when_the_form_came_back_with_a_fault(self, staff, issue, manager):
        data = opened(staff, issue)
        accept(issue, manager, "A clinic")
        response = save(staff, issue, data | {"issue_date": "never"})
        assert response.status_code == 200
        back = BeautifulSoup(response.content, "html.parser").find("input", {"name": "began_with"})["value"]
        save(staff, issue, data | {"began_with": back})
        assert headings(issue) == ["A clinic"]

    @pytest.mark.parametrize("began_with", ["", "0", "x", "9" * 30], ids=["nothing", "none", "a word", "huge"])
    def test_does_not_trip_over_a_revision_that_is_none(self, staff, issue, manager, began_with):
        accept(issue, manager, "A clinic")
        data = opened(staff, issue, items=[("", "My own")])
        assert save(staff, issue, data | {"began_with": began_with}).status_code in (200, 302)

    def test_lets_be_offered_again_what_joined_an_item_that_was_open(self, staff, issue, manager):
        item = accept(issue, manager, "Amendments")
        data = opened(staff, issue, items=[(item, "Amendments in our words")])
        later = timezone.now() + timedelta(seconds=1)
        Offer.objects.create(
            issue=issue, key="k", joins="amendments", item_id=item, heading="A chapter", reason="New", offered_at=later
        )
        # Only looking changes nothing.
        staff.post(f"/admin/pages/{issue.pk}/edit/preview/", data)
        assert Offer.objects.filter(key="k").exists()
        response = save(staff, issue, data)
        assert "“A chapter”, added meanwhile to an item you had open, went" in said(staff, response)
        assert not Offer.objects.filter(key="k").exists()
        assert headings(issue) == ["Amendments in our words"]


class TestPublishing:
    def test_waits_until_what_came_meanwhile_was_seen(self, staff, issue, manager):
        data = opened(staff, issue, items=[("", "My own")])
        accept(issue, manager, "A clinic")
        response = save(staff, issue, data, **PUBLISH)
        assert not BulletinPage.objects.get(pk=issue.pk).live
        assert headings(issue) == ["My own", "A clinic"]
        assert "Saved, but not published yet." in said(staff, response)
        first, second = [raw["id"] for raw in draft_of(issue).items.raw_data]
        seen = opened(staff, issue, items=[(first, "My own"), (second, "A clinic")])
        save(staff, issue, seen, **PUBLISH)
        assert BulletinPage.objects.get(pk=issue.pk).live
