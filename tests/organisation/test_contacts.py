"""The contacts directory: one record for each team, and the page that shows them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.template.response import TemplateResponse
from django.test import RequestFactory
from wagtail.models import Site

from organisation.models import Area, Contact, ContactsPage
from tests.organisation.factories import (
    NOW,
    make_contact,
    make_contacts_page,
    make_settings,
    make_site,
    period,
)

pytestmark = pytest.mark.django_db


class TestAContact:
    def test_needs_a_way_to_be_reached(self):
        with pytest.raises(ValidationError, match="at least a telephone number or an e-mail"):
            make_contact(phone="", email="")
        make_contact(phone="", email="team@board.example")
        make_contact(phone="", out_of_hours_phone="101")

    def test_keeps_numbers_in_their_usual_grouping(self):
        contact = make_contact(phone="+44 (0)1632-960001", out_of_hours_phone=" 999 ")
        assert (contact.phone, contact.phone_display, contact.phone_href) == (
            "01632 960001",
            "01632 960001",
            "tel:+441632960001",
        )
        assert contact.out_of_hours_phone_href == "tel:999"

    def test_both_wrong_numbers_are_told_at_once(self):
        with pytest.raises(ValidationError) as caught:
            make_contact(phone="none", out_of_hours_phone="nor this")
        assert set(caught.value.message_dict) == {"phone", "out_of_hours_phone"}

    def test_a_number_that_was_stored_otherwise_is_shown_but_cannot_be_pressed(self):
        contact = Contact(agency="A", phone="ask at the desk")
        assert (contact.phone_display, contact.phone_href) == ("ask at the desk", "")

    def test_cannot_be_open_all_the_time_and_at_certain_hours(self):
        with pytest.raises(ValidationError, match="not both"):
            make_contact(always_open=True)
        with pytest.raises(ValidationError, match="every day of the year cannot be closed on bank holidays"):
            make_contact(always_open=True, hours=[], bank_holidays="closed")

    def test_is_checked_again_after_it_was_checked(self):
        with pytest.raises(ValidationError, match="later than the day of the last check"):
            make_contact(reviewed_on=date(2026, 11, 1), review_due=date(2026, 11, 1))

    def test_is_called_by_its_team_or_else_by_its_agency(self):
        assert make_contact(team="Front door").title == "Front door"
        assert str(Contact(agency="The Police", team="")) == Contact(agency="The Police").title == "The Police"

    def test_reads_its_hours_after_it_was_stored(self):
        contact = Contact.objects.get(pk=make_contact().pk)
        assert contact.hours_lines() == [("Monday to Friday", "9am to 5pm"), ("Saturday and Sunday", "Closed")]
        assert contact.open_state(NOW).text == "Open now, until 5pm"
        assert contact.bank_holiday_note == "Closed on bank holidays."

    def test_texts_too_long_for_their_place_are_refused(self):
        with pytest.raises(ValidationError):
            make_contact(purpose="x" * 10_000)

    def test_due_for_review_counts_the_day_itself_and_leaves_out_those_without_a_date(self):
        due, _later, _never = (make_contact(review_due=day) for day in (date(2026, 11, 25), date(2026, 11, 26), None))
        assert list(Contact.objects.due_for_review(on=date(2026, 11, 25))) == [due]

    def test_keeps_its_history_with_its_areas(self):
        area = Area.objects.create(name="City")
        contact = make_contact(areas=[area])
        revision = contact.save_revision()
        contact.areas = []
        contact.save()
        assert list(revision.as_object().areas.all()) == [area]

    def test_in_the_header_it_cannot_be_deleted(self):
        contact = make_contact()
        make_settings(make_site(), lines=[(contact, "")])
        with pytest.raises(ProtectedError):
            contact.delete()


class TestAreas:
    def test_get_an_address_of_their_own_and_keep_it(self):
        first, second = Area.objects.create(name="North-Shire!"), Area.objects.create(name="North Shire")
        assert (first.slug, second.slug) == ("north-shire", "north-shire-2")
        first.name = "Something else"
        first.save()
        assert first.slug == "north-shire"

    def test_without_a_latin_letter_get_one_all_the_same(self):
        assert Area.objects.create(name="北").slug == "area"


class TestTheDirectory:
    @pytest.fixture
    def page(self):
        return make_contacts_page(make_site())

    def context(self, page, query=""):
        return page.get_context(RequestFactory().get(f"/contacts/{query}"))

    def titles(self, page, query=""):
        return [contact.title for _agency, members in self.context(page, query)["groups"] for contact in members]

    def test_groups_by_agency(self, page):
        make_contact(agency="Police", team="B")
        make_contact(agency="Council", team="C")
        make_contact(agency="Police", team="A")
        groups = self.context(page)["groups"]
        assert [(agency, [contact.team for contact in members]) for agency, members in groups] == [
            ("Council", ["C"]),
            ("Police", ["A", "B"]),
        ]

    def test_an_area_shows_its_contacts_and_those_for_everywhere(self, page):
        city, county = Area.objects.create(name="City"), Area.objects.create(name="County")
        make_contact(team="1 city", areas=[city])
        make_contact(team="2 county", areas=[county])
        make_contact(team="3 both", areas=[city, county])
        make_contact(team="4 all")
        assert self.titles(page, "?area=city") == ["1 city", "3 both", "4 all"]
        assert len(self.titles(page)) == 4

    @pytest.mark.parametrize(
        "query", ["?area=nowhere", "?area=", "?area=%00", "?area=city&area=x", f"?area={'x' * 5000}"]
    )
    def test_an_area_that_does_not_exist_shows_all(self, page, query):
        Area.objects.create(name="City")
        county = Area.objects.create(name="County")
        make_contact(team="County", areas=[county])
        assert self.titles(page, query) == ["County"]

    def test_the_filter_offers_all_areas_and_says_which_is_chosen(self, page):
        for place, name in enumerate(["County", "City"]):
            Area.objects.create(name=name, sort_order=place)
        choices = self.context(page, "?area=city")["areas"]
        assert [(choice.name, choice.url, choice.is_current) for choice in choices] == [
            ("All areas", "/contacts/", False),
            ("County", "/contacts/?area=county", False),
            ("City", "/contacts/?area=city", True),
        ]
        assert self.context(page)["areas"][0].is_current

    def test_where_there_is_one_area_there_is_nothing_to_choose(self, page):
        Area.objects.create(name="County")
        assert self.context(page)["areas"] == []

    @pytest.mark.parametrize("many", [3, 30])
    def test_costs_the_same_whatever_its_size(self, page, many, client, django_assert_num_queries):
        areas = [Area.objects.create(name=f"Area {number}") for number in range(many)]
        for number in range(many):
            make_contact(agency=f"Agency {number}", areas=areas[: number + 1])
        Site.get_site_root_paths()  # Wagtail keeps these in the cache for all pages together.
        with django_assert_num_queries(8):
            answer = client.get("/contacts/")
        assert answer.status_code == 200
        assert answer.content.decode().count('id="contact-') == many

    def test_is_a_page_that_everybody_may_keep(self, page, client):
        make_contact(team="<script>alert(1)</script>", purpose="x" * 250, hours=[period("sun", "00:00:00", "00:00:00")])
        answer = client.get("/contacts/")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert not answer.cookies

    def test_stands_below_the_home_page_once(self, page):
        home = page.get_parent().specific
        assert not ContactsPage.can_create_at(home)
        page.delete()
        assert ContactsPage.can_create_at(home)
        assert ContactsPage.allowed_subpage_models() == []

    def test_answers_with_a_template(self, page):
        request = RequestFactory().get("/contacts/")
        assert isinstance(page.serve(request), TemplateResponse)
