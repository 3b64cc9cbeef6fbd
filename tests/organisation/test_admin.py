"""What the office sees and may do: settings, contacts, alert banners."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupSitePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from organisation.models import AlertBanner, Area, Contact, OrganisationSettings
from tests.organisation.factories import make_banner, make_contact, make_page, make_settings, make_site, menu

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FORMAT = "%Y-%m-%d %H:%M"


@pytest.fixture
def office(client):
    """A browser in which a site manager is signed in."""
    client.force_login(User.objects.create_superuser("manager@board.example", "a long enough word"))
    return client


@pytest.fixture
def colleague(db):
    """Return a function that gives a browser to somebody with certain permissions and no others."""

    def sign_in(*codenames):
        user = User.objects.create_user(f"colleague{User.objects.count()}@board.example", "a long enough word")
        group = Group.objects.create(name=f"Group {user.pk}")
        group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", *codenames]))
        user.groups.add(group)
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in


def url(model, view, *args):
    return reverse(f"wagtailsnippets_organisation_{model}:{view}", args=args)


def errors_of(answer):
    return answer.context["form"].errors


class TestBannersForEveryPage:
    def data(self, **fields):
        now = timezone.localtime()
        data = {
            "title": "Our telephones are down",
            "message": "null",
            "level": "urgent",
            "link_page": "",
            "link_address": "",
            "link_text": "",
            "section": "",
            "starts_at": now.strftime(FORMAT),
            "ends_at": (now + DAY).strftime(FORMAT),
        }
        return data | fields

    def test_are_saved_only_after_an_explicit_yes(self, office):
        answer = office.post(url("alertbanner", "add"), self.data())
        assert not AlertBanner.objects.exists()
        (message,) = errors_of(answer)["confirm"]
        assert message.startswith("This urgent banner will be at the top of every page of the site, at once until ")
        assert "this banner is for every page" in answer.content.decode()
        office.post(url("alertbanner", "add"), self.data(confirm="on"))
        assert AlertBanner.objects.get().title == "Our telephones are down"

    def test_say_from_when_if_they_come_later(self, office):
        start = timezone.localtime() + DAY
        answer = office.post(
            url("alertbanner", "add"),
            self.data(starts_at=start.strftime(FORMAT), ends_at=(start + DAY).strftime(FORMAT)),
        )
        assert f", from {start.day} {start:%B %Y, %H:%M} until " in errors_of(answer)["confirm"][0]

    def test_ask_again_when_they_are_changed_and_not_when_nothing_is(self, office):
        office.post(url("alertbanner", "add"), self.data(confirm="on"))
        banner = AlertBanner.objects.get()
        local = {name: timezone.localtime(getattr(banner, name)).strftime(FORMAT) for name in ("starts_at", "ends_at")}
        address = url("alertbanner", "edit", banner.pk)
        assert "confirm" in errors_of(office.post(address, self.data(title="Another title", **local)))
        answer = office.post(address, self.data(**local))
        assert answer.status_code == 302, errors_of(answer)

    def test_a_section_needs_no_yes(self, office):
        section = make_page(make_site().root_page)
        assert office.post(url("alertbanner", "add"), self.data(section=section.pk)).status_code == 302

    def test_the_front_page_as_a_section_is_every_page_and_does(self, office):
        home = make_site().root_page
        assert "confirm" in errors_of(office.post(url("alertbanner", "add"), self.data(section=home.pk)))

    def test_turning_a_section_banner_into_one_for_every_page_does(self, office):
        now = timezone.now()
        banner = make_banner(section=make_page(make_site().root_page), starts_at=now, ends_at=now + DAY)
        assert "confirm" in errors_of(office.post(url("alertbanner", "edit", banner.pk), self.data()))

    def test_that_are_over_need_none(self, office):
        now = timezone.localtime()
        data = self.data(starts_at=(now - 2 * DAY).strftime(FORMAT), ends_at=(now - DAY).strftime(FORMAT))
        assert office.post(url("alertbanner", "add"), data).status_code == 302

    @pytest.mark.parametrize(
        ("fields", "faulty"),
        [
            ({"ends_at": "2001-01-01 00:00"}, "ends_at"),
            ({"ends_at": ""}, "ends_at"),
            ({"link_address": "javascript:alert(1)", "link_text": "Press"}, "link_address"),
            ({"link_address": "//evil.example", "link_text": "Press"}, "link_address"),
            ({"link_address": "https://council.example/"}, "link_text"),
            ({"link_text": "Nowhere"}, "link_text"),
            ({"title": "x" * 10_000}, "title"),
            ({"level": "catastrophic"}, "level"),
        ],
    )
    def test_refuse_what_makes_no_sense(self, office, fields, faulty):
        answer = office.post(url("alertbanner", "add"), self.data(confirm="on", **fields))
        assert faulty in errors_of(answer)
        assert not AlertBanner.objects.exists()

    def test_a_message_of_ten_thousand_letters_is_refused_with_what_to_do(self, office):
        message = rich_text(f"<p>{'x' * 10_000}</p>")
        answer = office.post(url("alertbanner", "add"), self.data(confirm="on", message=message))
        assert errors_of(answer)["message"]
        assert not AlertBanner.objects.exists()

    def test_the_list_says_what_the_clock_makes_of_them(self, office):
        now = timezone.now()
        make_banner(title="A", starts_at=now - 2 * DAY, ends_at=now - DAY)
        make_banner(title="B", starts_at=now - DAY, ends_at=now + DAY)
        make_banner(title="C", starts_at=now + DAY, ends_at=now + 2 * DAY)
        text = office.get(url("alertbanner", "list")).content.decode()
        assert all(state in text for state in ("Scheduled", "Showing now", "Ended", "Every page"))
        # As everywhere on the site.
        local = timezone.localtime(now + DAY)
        assert f"{local.day} {local:%b %Y, %H:%M}" in text
        assert not [half for half in ("a.m.", "p.m.") if half in text]


class TestContacts:
    def data(self, areas=(), **fields):
        data = {
            "agency": "Council",
            "team": "Front door",
            "phone": "01632 960001",
            "hours": streamfield([("period", {"opens": "09:00", "closes": "17:00"})]),
            "bank_holidays": "closed",
        }
        return nested_form_data(data | fields) | {"hours-0-value-days": ["mon"], "areas": areas}

    def test_are_written_by_the_form_with_areas_hours_and_history(self, office):
        area = Area.objects.create(name="City")
        answer = office.post(url("contact", "add"), self.data(areas=[area.pk], phone="+44 1632 960001"))
        assert answer.status_code == 302, errors_of(answer)
        contact = Contact.objects.get()
        assert (contact.phone, list(contact.areas.all()), contact.revisions.count()) == ("01632 960001", [area], 1)
        assert contact.hours_lines()[0] == ("Monday", "9am to 5pm")

    def test_are_not_saved_while_somebody_types(self, office):
        contact = make_contact()
        for address in (url("contact", "add"), url("contact", "edit", contact.pk), url("contact", "copy", contact.pk)):
            assert office.get(address).context["autosave_enabled"] is False

    def test_a_wrong_number_and_wrong_hours_are_told_at_their_fields(self, office):
        hours = streamfield([("period", {"opens": "22:00", "closes": "06:00"})])
        errors = errors_of(office.post(url("contact", "add"), self.data(phone="01632 96O001", hours=hours)))
        assert set(errors) == {"phone", "hours"}

    def test_nobody_undoes_a_colleagues_change_unawares(self, office):
        contact = make_contact(team="Before")
        address = url("contact", "edit", contact.pk)
        opened = contact.updated_at.isoformat()
        Contact.objects.get(pk=contact.pk).save()
        data = self.data(team="Mine", version=opened)
        answer = office.post(address, data)
        assert "Somebody else saved this at" in answer.content.decode()
        assert Contact.objects.get(pk=contact.pk).team == "Before"
        shown_again = answer.context["form"]["version"].value()
        answer = office.post(address, data | {"version": shown_again})
        assert answer.status_code == 302, errors_of(answer)
        assert Contact.objects.get(pk=contact.pk).team == "Mine"

    def test_the_form_carries_the_version_that_it_was_opened_with(self, office):
        contact = make_contact()
        page = office.get(url("contact", "edit", contact.pk)).content.decode()
        assert f'name="version" value="{contact.updated_at.isoformat()}"' in page

    def test_the_list_finds_half_a_number_and_shows_what_is_due(self, office):
        yesterday = timezone.localdate() - DAY
        make_contact(team="Old one", phone="01632 960777", review_due=yesterday)
        make_contact(team="New one", phone="01632 960888")
        listing = url("contact", "list")
        found = office.get(listing, {"q": "960777"}).content.decode()
        assert "Old one" in found
        assert "New one" not in found
        due = office.get(listing, {"due": "yes"}).content.decode()
        assert "Due since" in due
        assert "New one" not in due

    @pytest.mark.parametrize("words", ['"', "'", "%", "\\", " ", "x " * 600, "* NEAR("])
    def test_odd_searches_find_nothing_and_break_nothing(self, office, words):
        make_contact()
        assert office.get(url("contact", "list"), {"q": words}).status_code == 200

    @pytest.mark.parametrize("many", [3, 30])
    def test_the_list_costs_the_same_whatever_its_size(self, office, many, django_assert_max_num_queries):
        areas = [Area.objects.create(name=f"Area {number}") for number in range(3)]
        for _number in range(many):
            make_contact(areas=areas)
        office.get(url("contact", "list"))
        with django_assert_max_num_queries(14):
            office.get(url("contact", "list"))

    def test_one_in_use_is_not_deleted_and_the_places_are_shown(self, office):
        contact = make_contact(team="Front door")
        make_settings(make_site(), lines=[(contact, "City")])
        answer = office.post(url("contact", "delete", contact.pk), follow=True)
        assert "1 place refers to it. Take it out there first." in answer.content.decode()
        assert "Emergency line" in answer.content.decode()
        bulk = reverse("wagtail_bulk_action", args=["organisation", "contact", "delete"])
        office.post(f"{bulk}?id={contact.pk}")
        assert Contact.objects.exists()

    def test_an_area_with_contacts_is_not_deleted_because_they_would_show_everywhere(self, office):
        area = Area.objects.create(name="City")
        make_contact(team="City team", areas=[area])
        make_contact(team="Another team")
        answer = office.post(url("area", "delete", area.pk), follow=True)
        text = answer.content.decode()
        assert "these contacts are for it" in text
        assert "City team" in text
        assert "Another team" not in text
        Contact.objects.all().delete()
        office.post(url("area", "delete", area.pk))
        assert not Area.objects.exists()

    def test_one_in_no_use_is_deleted(self, office):
        contact = make_contact()
        office.post(url("contact", "delete", contact.pk))
        assert not Contact.objects.exists()


class TestSettings:
    def address(self, site):
        return reverse("wagtailsettings:edit", args=["organisation", "organisationsettings", site.pk])

    def data(self, **fields):
        data = {
            "name": "Northshire Safeguarding Children Board",
            "noun": "board",
            "exit_url": "https://www.bbc.co.uk/weather",
            "header_menu": streamfield([]),
            "footer_menu": streamfield([]),
            "emergency_lines": inline_formset([]),
        }
        return nested_form_data(data | fields)

    def link(self, **value):
        return streamfield([("link", {"page": "", "address": "", "title": "", **value})])

    def test_are_saved_with_menus_and_lines(self, office):
        site = make_site()
        page, contact = make_page(site.root_page), make_contact()
        answer = office.post(
            self.address(site),
            self.data(
                header_menu=self.link(page=page.pk),
                emergency_lines=inline_formset([{"contact": contact.pk, "area_label": "City"}]),
                colour_brand="0d4453",
            ),
        )
        assert answer.status_code == 302, errors_of(answer)
        settings = OrganisationSettings.objects.get()
        assert settings.colour_brand == "#0d4453"
        assert settings.header_menu[0].value["page"].pk == page.pk
        assert settings.emergency_lines.get().contact == contact

    @pytest.mark.parametrize(
        ("fields", "faulty"),
        [
            ({"colour_brand": "#ffcc00"}, "colour_brand"),
            ({"colour_link": "red;}*"}, "colour_link"),
            ({"colour_accent": "#0d4453"}, "colour_accent"),
            ({"exit_url": "javascript:alert(1)"}, "exit_url"),
            ({"exit_url": "http://plain.example/"}, "exit_url"),
            ({"exit_url": "https://user:word@evil.example/"}, "exit_url"),
            ({"exit_url": ""}, "exit_url"),
            ({"practitioner_address": "javascript:alert(1)", "practitioner_title": "Refer"}, "practitioner_address"),
            ({"practitioner_title": "Nowhere"}, "practitioner_title"),
            ({"address": "x" * 10_000}, "address"),
            ({"name": "x" * 10_000}, "name"),
        ],
    )
    def test_refuse_what_would_break_the_site_and_say_where(self, office, fields, faulty):
        answer = office.post(self.address(make_site()), self.data(**fields))
        assert set(errors_of(answer)) == {faulty}

    @pytest.mark.parametrize(
        "value",
        [
            {"address": "javascript:alert(1)", "title": "Press"},
            {"address": "  JavaScript:alert(1)", "title": "Press"},
            {"address": "//evil.example", "title": "Press"},
            {"address": "data:text/html,x", "title": "Press"},
            {"address": "https://", "title": "Press"},
            {"address": "https://council.example/"},
            {},
        ],
    )
    def test_refuse_menu_entries_that_lead_nowhere_good(self, office, value):
        answer = office.post(self.address(make_site()), self.data(header_menu=self.link(**value)))
        assert set(errors_of(answer)) == {"header_menu"}

    def test_an_entry_has_one_target(self, office):
        site = make_site()
        both = self.link(page=site.root_page.pk, address="https://council.example/", title="Both")
        assert "header_menu" in errors_of(office.post(self.address(site), self.data(header_menu=both)))

    def test_the_same_number_twice_is_refused(self, office):
        contact = make_contact()
        twice = inline_formset([{"contact": contact.pk, "area_label": label} for label in ("City", "County")])
        answer = office.post(self.address(make_site()), self.data(emergency_lines=twice))
        assert answer.status_code == 200

    def test_nobody_undoes_a_colleagues_change_unawares(self, office):
        site = make_site()
        settings = make_settings(site, name="Before")
        opened = settings.updated_at.isoformat()
        settings.save()
        answer = office.post(self.address(site), self.data(version=opened))
        assert "Somebody else saved this at" in answer.content.decode()
        assert OrganisationSettings.objects.get().name == "Before"

    def test_a_page_in_a_menu_says_so_where_it_would_be_deleted(self, office):
        site = make_site()
        page = make_page(site.root_page, "About us")
        make_settings(site, header_menu=menu(page))
        usage = office.get(reverse("wagtailadmin_pages:usage", args=[page.pk])).content.decode()
        assert "ettings of the organisation" in usage


class TestWhoMay:
    ADDRESSES = ("contact", "alertbanner", "area")

    def test_see_nothing_of_it_without_permission(self, colleague):
        site, browser = make_site(), colleague()
        for model in self.ADDRESSES:
            assert browser.get(url(model, "list")).status_code == 302
            assert browser.get(url(model, "add")).status_code == 302
        settings = reverse("wagtailsettings:edit", args=["organisation", "organisationsettings", site.pk])
        assert browser.get(settings).status_code == 302
        assert "Organisation" not in browser.get(reverse("wagtailadmin_home")).content.decode()

    def test_change_contacts_alone(self, colleague):
        contact = make_contact()
        browser = colleague("change_contact")
        assert browser.get(url("contact", "edit", contact.pk)).status_code == 200
        assert browser.get(url("contact", "add")).status_code == 302
        assert browser.get(url("alertbanner", "list")).status_code == 302
        browser.post(url("contact", "delete", contact.pk))
        assert Contact.objects.exists()

    def test_change_the_settings_of_a_site(self, colleague):
        site = make_site()
        browser = colleague()
        group = Group.objects.last()
        permission = Permission.objects.get(codename="change_organisationsettings")
        GroupSitePermission.objects.create(group=group, site=site, permission=permission)
        settings = reverse("wagtailsettings:edit", args=["organisation", "organisationsettings", site.pk])
        assert browser.get(settings).status_code == 200

    def test_find_everything_in_one_place_of_the_menu(self, office):
        page = office.get(reverse("wagtailadmin_home")).content.decode()
        for words in ("Organisation", "Contacts", "Alert banners", "Areas"):
            assert words in page
        assert page.count("/admin/settings/organisation/organisationsettings/") == 1

    def test_the_admin_remembers_the_name_of_the_board(self, office):
        for address in (reverse("wagtailadmin_home"), url("contact", "list")):
            office.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert office.get(address).status_code == 200
            assert not [query["sql"] for query in captured if "organisation_organisationsettings" in query["sql"]]
