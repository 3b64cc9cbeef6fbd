"""The queue: for those with the right to it, with everything they need, and nothing shown unescaped."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from enquiries.dashboard import EnquiriesPanel
from enquiries.models import AmendmentSuggestion, EnquirySettings
from pages.numbers import count_together
from tests.enquiries.factories import (
    HANDLES,
    NEWS,
    add_chapter,
    make_closed,
    make_problem,
    make_staff,
    make_suggestion,
    of_each_kind,
)
from tests.factories import make_manager
from tests.once import once
from tests.updates.factories import change

pytestmark = pytest.mark.django_db

QUEUE = "/admin/suggested-amendments/"


def screen(enquiry) -> str:
    return reverse("suggested-amendments:edit", args=[enquiry.pk])


def fields(**changed) -> dict:
    return {"notes": "", "assigned_to": "", "draft": "", "done_in": ""} | changed


def text(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


page = once(add_chapter)


@pytest.fixture
def staff(client):
    user = make_staff(HANDLES)
    client.force_login(user)
    return user


class TestWhoMay:
    @of_each_kind
    @pytest.mark.parametrize("rights", [(), ("add_basepage", "change_basepage", "publish_basepage")])
    def test_not_sees_nothing_of_it(self, client, kind, rights):
        user, page = make_staff(*rights), kind.add_page()
        page.owner = user
        page.save()
        enquiry = kind.make(page)
        client.force_login(user)
        home = client.get("/admin/")
        assert home.status_code == 200
        assert kind.queue not in home.content.decode()
        history = f"{kind.queue}history/{enquiry.pk}/"
        for address in (kind.queue, f"{kind.queue}results/", kind.screen(enquiry), history):
            response = client.get(address)
            assert response.status_code in (302, 403)
            assert getattr(enquiry, kind.written) not in response.content.decode()
        client.post(kind.screen(enquiry), fields(draft="x", **{"action-accept": "1"}))
        client.post(f"{kind.queue}delete/{enquiry.pk}/")
        enquiry.refresh_from_db()
        assert enquiry.state == "new"

    def test_change_may_not_delete(self, client, staff):
        enquiry = make_suggestion()
        client.post(f"{QUEUE}delete/{enquiry.pk}/")
        assert AmendmentSuggestion.objects.exists()

    def test_delete_leaves_nothing_behind_but_a_reference(self, client):
        client.force_login(make_staff(HANDLES, "delete_amendmentsuggestion"))
        enquiry = make_suggestion(change="Secret", sender_name="Ash")
        assert client.post(f"{QUEUE}delete/{enquiry.pk}/").status_code == 302
        left = str(list(ModelLogEntry.objects.values("label", "data")))
        assert enquiry.reference_display in left
        assert "Secret" not in left
        assert "Ash" not in left

    @of_each_kind
    def test_nobody_adds(self, client, kind):
        client.force_login(make_manager())
        assert client.get(kind.queue).status_code == 200
        assert client.get(f"{kind.queue}new/").status_code == 404
        assert f"{kind.queue}new/" not in client.get(kind.queue).content.decode()

    def test_can_be_given_the_right_to_by_group(self, client):
        client.force_login(make_manager())
        shown = client.get("/admin/groups/new/").content.decode()
        assert "suggested amendment" in shown
        assert "request for an accessible format" in shown


class TestTheList:
    def test_is_told_of_on_the_first_page(self, client, staff):
        make_suggestion(), make_closed(), make_suggestion(assigned_to=staff)
        home = text(client.get("/admin/"))
        assert "2 waiting" in home
        assert "1 assigned to you" in home

    def test_is_counted_with_two_queries_whatever_waits(self, rf, django_assert_num_queries):
        EnquirySettings.load()
        request = rf.get("/admin/")
        request.user = make_manager()
        for _ in range(2):
            make_suggestion(), make_problem()
            # Each request reads its own person.
            request.user, panel = User.objects.get(pk=request.user.pk), EnquiriesPanel()
            with django_assert_num_queries(2):
                count_together([panel], request.user)
                assert len(panel.get_context_data({"request": request})["queues"]) == 2

    @of_each_kind
    def test_leads_to_each(self, client, kind):
        client.force_login(make_staff(kind.handles))
        enquiry = kind.make()
        assert f'href="{kind.screen(enquiry)}"' in client.get(kind.queue).content.decode()

    def test_is_silent_when_nothing_waits(self, client, staff):
        make_closed()
        assert "waiting" not in text(client.get("/admin/"))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"new", "asked", "done", "old", "mine"}),
            ("state=open", {"new", "asked", "old", "mine"}),
            ("state=accepted", {"done"}),
            ("whose=me", {"mine"}),
            ("whose=nobody", {"new", "asked", "done", "old"}),
            ("overdue=yes", {"old"}),
            ("q=ash%40new", {"new"}),
            ("state=nonsense", {"new", "asked", "done", "old", "mine"}),
        ],
    )
    def test_is_narrowed(self, client, staff, query, found):
        made = {
            "new": make_suggestion(sender_email="ash@new.example"),
            "asked": make_suggestion(state="asked", outcome="?"),
            "done": make_closed(),
            "old": make_suggestion(received_at=timezone.now() - timedelta(days=40)),
            "mine": make_suggestion(assigned_to=staff),
        }
        shown = client.get(f"{QUEUE}?{query}").content.decode()
        assert {name for name, enquiry in made.items() if enquiry.reference_display in shown} == found

    def test_is_narrowed_to_a_page(self, client, staff, page):
        here, there = make_suggestion(page), make_suggestion()
        shown = client.get(f"{QUEUE}?page={page.pk}").content.decode()
        assert here.reference_display in shown
        assert there.reference_display not in shown

    @of_each_kind
    def test_asks_as_often_for_thirty_as_for_three(self, client, kind, django_assert_max_num_queries):
        staff = make_staff(kind.handles)
        client.force_login(staff)
        client.get(kind.queue)
        counts = []
        for number in (3, 27):
            for _ in range(number):
                kind.make(assigned_to=staff)
            with django_assert_max_num_queries(60) as queries:
                client.get(kind.queue)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestTheScreen:
    def test_shows_what_was_sent_and_never_as_html(self, client, staff, page):
        evil = "<script>alert(1)</script>"
        enquiry = make_suggestion(
            page, change=evil, reason=evil, sender_name=evil, sender_agency=evil, page_title=evil, section_title=evil
        )
        for address in (screen(enquiry), QUEUE, f"{QUEUE}history/{enquiry.pk}/"):
            assert evil not in client.get(address).content.decode()
        assert evil in text(client.get(screen(enquiry)))

    def test_leads_to_editing_the_page_for_who_may(self, client, page, staff):
        enquiry = make_suggestion(page)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert address not in client.get(screen(enquiry)).content.decode()
        client.force_login(make_manager())
        assert address in client.get(screen(enquiry)).content.decode()

    def test_outlives_the_page(self, client, staff):
        assert "no longer exists" in text(client.get(screen(make_suggestion())))

    def test_warns_of_what_may_be_case_details(self, client, staff):
        assert "details of a child" in text(client.get(screen(make_suggestion(may_hold_details=True))))

    def test_saves_notes_and_who_does_it_without_telling_anybody(self, client, staff):
        enquiry = make_suggestion()
        client.post(screen(enquiry), fields(notes="Ask legal", assigned_to=staff.pk, draft="Not yet sent"))
        enquiry.refresh_from_db()
        assert (enquiry.notes, enquiry.assigned_to, enquiry.state) == ("Ask legal", staff, "new")
        assert (enquiry.draft, enquiry.outcome) == ("Not yet sent", "")

    @of_each_kind
    @pytest.mark.parametrize(
        ("button", "state"),
        [("accept", "accepted"), ("decline", "declined"), ("ask", "asked"), ("close", "closed")],
    )
    def test_has_a_button_for_each_outcome(self, client, kind, button, state):
        if kind is NEWS and button == "accept":
            return  # It needs an issue to go into: see test_news.
        staff, enquiry = make_staff(kind.handles), kind.make()
        client.force_login(staff)
        assert f'name="action-{button}"' in client.get(kind.screen(enquiry)).content.decode()
        response = client.post(kind.screen(enquiry), fields(draft="Because", **{f"action-{button}": "1"}), follow=True)
        enquiry.refresh_from_db()
        assert enquiry.state == state
        assert enquiry.outcome == ("" if state == "closed" else "Because")
        assert staff.email in text(response)

    @pytest.mark.parametrize("button", ["decline", "ask"])
    def test_insists_on_words(self, client, staff, button):
        enquiry = make_suggestion()
        response = client.post(screen(enquiry), fields(draft="  ", notes="Kept", **{f"action-{button}": "1"}))
        assert "The sender will read this." in text(response)
        assert "Kept" in text(response)
        enquiry.refresh_from_db()
        assert (enquiry.state, enquiry.notes) == ("new", "")

    def test_asks_nobody_without_an_address(self, client, staff):
        enquiry = make_suggestion(sender_email="")
        assert "Ask the sender" not in text(client.get(screen(enquiry)))
        client.post(screen(enquiry), fields(draft="Who?", **{"action-ask": "1"}))
        enquiry.refresh_from_db()
        assert enquiry.state == "new"

    def test_names_the_edition_that_did_it(self, client, staff, page):
        enquiry = make_suggestion(page)
        change(page, title="Neglect again", significance="major", note="New").publish()
        edition = page.editions.get(number=2)
        client.post(screen(enquiry), fields(done_in=edition.pk, **{"action-accept": "1"}))
        enquiry.refresh_from_db()
        assert enquiry.done_in == edition

    def test_takes_no_edition_of_another_page(self, client, staff, page):
        enquiry = make_suggestion(page)
        edition = page.editions.get(number=1)  # The one it was written about.
        response = client.post(screen(enquiry), fields(done_in=edition.pk, **{"action-accept": "1"}))
        assert response.status_code == 200
        enquiry.refresh_from_db()
        assert enquiry.state == "new"

    def test_does_not_decide_twice(self, client, staff):
        enquiry = make_suggestion()
        client.post(screen(enquiry), fields(**{"action-accept": "1"}))
        response = client.post(screen(enquiry), fields(draft="No", notes="x", **{"action-decline": "1"}), follow=True)
        assert "Somebody else has decided this meanwhile" in text(response)
        enquiry.refresh_from_db()
        assert (enquiry.state, enquiry.notes) == ("accepted", "")

    def test_notices_a_save_in_between(self, client, staff):
        enquiry = make_suggestion()
        version = BeautifulSoup(client.get(screen(enquiry)).content, "html.parser").select_one("[name=version]")[
            "value"
        ]
        AmendmentSuggestion.objects.get().save()
        response = client.post(screen(enquiry), fields(version=version, notes="Mine"))
        assert "Somebody else saved this" in text(response)

    def test_does_not_undo_the_mails_that_went_out_meanwhile(self, client, staff, monkeypatch):
        enquiry = make_suggestion()
        from enquiries.staff_forms import AmendmentStaffForm

        real, moment = AmendmentStaffForm.clean, timezone.now()

        def clean(form):
            AmendmentSuggestion.objects.update(acknowledged_at=moment)
            return real(form)

        monkeypatch.setattr(AmendmentStaffForm, "clean", clean)
        client.post(screen(enquiry), fields(notes="x"))
        enquiry.refresh_from_db()
        assert enquiry.acknowledged_at == moment

    def test_tells_what_staff_did_and_which_mails_went_out_in_one_order(self, client, staff, page):
        enquiry = make_suggestion(page)
        enquiry.acknowledged_at = timezone.now()
        enquiry.save()
        client.post(screen(enquiry), fields(draft="Why?", **{"action-ask": "1"}))
        shown = text(client.get(screen(enquiry)))
        assert shown.index("Acknowledgement sent to the sender") < shown.rindex("Question asked")

    def test_opens_it_again(self, client, staff):
        enquiry = make_closed()
        client.post(screen(enquiry), fields(**{"action-reopen": "1"}))
        enquiry.refresh_from_db()
        assert enquiry.state == "new"

    def test_lets_who_lost_the_right_keep_what_they_had(self, client, staff):
        other = make_staff()
        enquiry = make_suggestion(assigned_to=other)
        client.post(screen(enquiry), fields(notes="x", assigned_to=other.pk))
        enquiry.refresh_from_db()
        assert (enquiry.notes, enquiry.assigned_to) == ("x", other)
