"""What every page knows of the organisation: right, cheap, and there even when nothing has been set."""

import pickle
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from wagtail.models import PageViewRestriction, Site

from organisation.gather import gather, organisation_for
from organisation.models import Area, OrganisationSettings
from organisation.models.settings import DEFAULT_EXIT
from tests.once import once
from tests.organisation.factories import (
    NOW,
    make_banner,
    make_contact,
    make_contacts_page,
    make_image,
    make_page,
    make_settings,
    make_site,
    menu,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon_on_a_certain_day(monkeypatch):
    """Let it be the time around which `make_banner` lets a banner show, whatever the day on which the tests run."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


site = once(make_site)


def request(host="testserver", path="/"):
    return RequestFactory().get(path, headers={"host": host})


@pytest.fixture
def full_site(site):
    """A site where everything is set."""
    for place, name in enumerate(["Northshire city", "Northshire county"]):
        Area.objects.create(name=name, sort_order=place)
    pages = [make_page(site.root_page) for _ in range(6)]
    directory = make_contacts_page(site)
    contacts = [make_contact(out_of_hours_phone="01632 960999") for _ in range(3)]
    make_banner(section=pages[0], link_page=pages[1], link_text="More")
    make_banner(link_address="https://www.council.example/", link_text="The council")
    make_settings(
        site,
        name="Northshire Safeguarding Children Board",
        short_name="NSCB",
        noun="partnership",
        address="1 High Street\nNorthtown",
        mark=make_image(),
        colour_brand="#0D4453",
        staying_safe_page=pages[2],
        contacts_page=directory,
        practitioner_page=pages[3],
        practitioner_title="Make a referral",
        header_menu=menu(*pages[:4]),
        footer_menu=menu(*pages[4:], ("https://www.council.example/", "The council")),
        lines=[(contact, f"Area {number}") for number, contact in enumerate(contacts)],
    )
    return site


class TestQueries:
    def test_three_cold_and_none_warm(self, full_site, django_assert_num_queries):
        organisation_for(request())  # makes the small picture of the mark, once
        caches["default"].clear()
        with django_assert_num_queries(3):
            cold = organisation_for(request())
        with django_assert_num_queries(0):
            assert organisation_for(request()) == cold

    @pytest.mark.parametrize("entries", [3, 30])
    def test_as_many_whatever_there_is_to_fetch(self, site, entries, django_assert_num_queries):
        pages = [make_page(site.root_page) for _ in range(entries)]
        for number in range(entries):
            Area.objects.create(name=f"Area {number}")
            make_banner(section=pages[number], link_page=pages[0], link_text="More")
        lines = [(make_contact(), "") for _ in range(entries)]
        settings = make_settings(site, lines=lines)
        OrganisationSettings.objects.filter(pk=settings.pk).update(header_menu=menu(*pages), footer_menu=menu(*pages))
        with django_assert_num_queries(3):
            facts = organisation_for(request())
        assert len(facts.header_menu) == len(facts.areas) == len(facts.banners) == len(facts.emergency.lines) == entries

    def test_three_cold_on_a_fresh_database(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            organisation_for(request())

    def test_two_where_the_site_has_been_found_already(self, full_site, django_assert_num_queries):
        organisation_for(request())
        caches["default"].clear()
        known = request()
        Site.find_for_request(known)
        with django_assert_num_queries(2):
            organisation_for(known)

    def test_a_template_that_does_not_ask_pays_nothing(self, full_site, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert Template("Nothing").render(RequestContext(request())) == "Nothing"

    def test_a_template_that_asks_for_everything_pays_once(self, full_site, django_assert_num_queries):
        organisation_for(request())
        caches["default"].clear()
        template = Template(
            "{{ organisation.name }}{% for banner in alert_banners %}{{ banner.title }}{% endfor %}"
            "{% for line in organisation.emergency.lines %}{{ line.hours_lines }}{{ line.open_state.text }}{% endfor %}"
        )
        with django_assert_num_queries(3):
            template.render(RequestContext(request()))
        with django_assert_num_queries(0):
            template.render(RequestContext(request()))


class TestWhatIsKnown:
    def test_everything_that_is_set_arrives(self, full_site):
        facts = organisation_for(request())
        assert (facts.name, facts.short_name, facts.noun) == (
            "Northshire Safeguarding Children Board",
            "NSCB",
            "partnership",
        )
        assert facts.logo_text == facts.name
        assert facts.areas == ("Northshire city", "Northshire county")
        assert facts.address == "1 High Street\nNorthtown"
        assert "max-480x120" in facts.mark_url
        assert facts.contacts_url == facts.emergency.all_contacts_url == "/contacts/"
        assert facts.staying_safe_url.startswith("/page-")
        assert facts.emergency.practitioner_link.title == "Make a referral"
        assert facts.emergency.danger_number == "999"
        assert [line.area_label for line in facts.emergency.lines] == ["Area 0", "Area 1", "Area 2"]
        assert facts.footer_menu[-1].url == "https://www.council.example/"
        assert {banner.link_text for banner in facts.banners} == {"More", "The council"}

    def test_an_emergency_line_reads_like_its_contact(self, site):
        contact = make_contact(out_of_hours_phone="01632 960999", out_of_hours_note="At night", email="a@team.example")
        make_settings(site, lines=[(contact, "City")])
        (line,) = organisation_for(request()).emergency.lines
        for name in (
            *("pk", "title", "agency", "email", "phone_display", "phone_href", "opening_hours", "bank_holiday_note"),
            *("out_of_hours_phone_display", "out_of_hours_phone_href", "out_of_hours_note"),
        ):
            assert getattr(line, name) == getattr(contact, name), name
        assert line.hours_lines() == contact.hours_lines()
        assert line.open_state(NOW) == contact.open_state(NOW)
        assert line.open_state(NOW).text == "Open now, until 5pm"

    def test_around_the_clock_survives_the_way_through_the_database(self, site):
        make_settings(site, lines=[(make_contact(hours=[], always_open=True, bank_holidays="usual"), "")])
        (line,) = organisation_for(request()).emergency.lines
        assert line.opening_hours.always is True

    def test_templates_can_ask_without_bringing_the_clock(self, site):
        contact = make_contact(hours=[], always_open=True, bank_holidays="usual")
        make_settings(site, lines=[(contact, "")])
        shown = Template("{% for line in organisation.emergency.lines %}{{ line.open_state.text }}{% endfor %}")
        assert shown.render(RequestContext(request())) == "Open now, 24 hours a day"
        assert Template("{{ c.open_state.text }}").render(Context({"c": contact})) == "Open now, 24 hours a day"

    def test_it_is_plain_data_that_can_be_stored_and_not_changed(self, full_site):
        facts = organisation_for(request())
        assert pickle.loads(pickle.dumps(facts)) == facts
        with pytest.raises(AttributeError):
            facts.name = "Another"


class TestWhereNothingIsSet:
    def test_a_fresh_database_gives_sensible_empties_and_writes_nothing(self):
        facts = organisation_for(request())
        assert facts.name
        assert facts.exit_url == DEFAULT_EXIT
        assert facts.header_menu == facts.areas == facts.banners == facts.emergency.lines == ()
        assert facts.stylesheet_url.endswith(".css")
        assert not OrganisationSettings.objects.exists()

    def test_without_any_site_too(self):
        Site.objects.all().delete()
        assert organisation_for(request()).name

    def test_under_a_name_the_site_does_not_answer_to(self):
        assert organisation_for(request(host="stranger.example")).exit_url == DEFAULT_EXIT

    def test_empty_settings_fall_back_to_the_name_of_the_site(self, site):
        make_settings(site)
        assert organisation_for(request()).name == "Site testserver"

    def test_a_mark_whose_file_is_gone_is_left_out(self, site):
        image = make_image("gone.png")
        make_settings(site, mark=image)
        image.file.storage.delete(image.file.name)
        assert organisation_for(request()).mark_url is None

    def test_long_texts_arrive_whole(self, site):
        settings = make_settings(site)
        OrganisationSettings.objects.filter(pk=settings.pk).update(address="x" * 10_000)
        assert len(organisation_for(request()).address) == 10_000


class TestMenus:
    def test_follow_a_page_that_is_renamed_and_moved(self, site, django_capture_on_commit_callbacks):
        page, section = make_page(site.root_page, "About us"), make_page(site.root_page, "The board")
        make_settings(site, header_menu=menu(page))
        assert organisation_for(request()).header_menu[0].url == "/about-us/"
        with django_capture_on_commit_callbacks(execute=True):
            page.title = "Who we are"
            page.save()
            page.move(section, "last-child")
        (link,) = organisation_for(request()).header_menu
        assert (link.title, link.url) == ("Who we are", "/the-board/about-us/")

    def test_leave_out_pages_that_readers_may_not_see(self, site):
        draft, private, expired = (make_page(site.root_page) for _ in range(3))
        draft.unpublish()
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        type(expired).objects.filter(pk=expired.pk).update(expire_at=NOW - timedelta(days=10_000))
        below_private = make_page(private)
        make_settings(site, header_menu=menu(draft, private, expired, below_private), staying_safe_page=private)
        facts = organisation_for(request())
        assert facts.header_menu == ()
        assert facts.staying_safe_url is None

    def test_leave_out_what_was_deleted(self, site):
        page = make_page(site.root_page)
        make_settings(site, footer_menu=menu(page))
        page.delete()
        caches["default"].clear()
        assert organisation_for(request()).footer_menu == ()

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", "data:text/html,x", 'https://"><x'])
    def test_leave_out_dangerous_addresses_however_they_came_there(self, site, address):
        settings = make_settings(site)
        OrganisationSettings.objects.filter(pk=settings.pk).update(
            header_menu=menu((address, "Press me")),
            exit_url=address,
            practitioner_address=address,
            practitioner_title="Press me",
        )
        make_banner(link_address=address, link_text="Press me")
        facts = organisation_for(request())
        assert facts.header_menu == ()
        assert facts.exit_url == DEFAULT_EXIT
        assert facts.emergency.practitioner_link is None
        assert [banner.link_url for banner in facts.banners] == [""]


class TestForgetting:
    """Each of these changes shows at once."""

    def changes(self, make_change, django_capture_on_commit_callbacks):
        before = organisation_for(request())
        with django_capture_on_commit_callbacks(execute=True):
            make_change()
        return organisation_for(request()) != before

    def test_settings_lines_areas_contacts_and_banners(self, full_site, django_capture_on_commit_callbacks):
        settings = OrganisationSettings.objects.get()
        contact = settings.emergency_lines.first().contact

        def rename():
            settings.name = "Another name"
            settings.save()

        def ring():
            contact.phone = "01632 960555"
            contact.save()

        def drop_a_line():
            settings.emergency_lines = list(settings.emergency_lines.all())[1:]
            settings.save()

        for change in (
            rename,
            ring,
            drop_a_line,
            lambda: Area.objects.first().delete(),
            lambda: make_banner(title="New"),
        ):
            assert self.changes(change, django_capture_on_commit_callbacks), change

    def test_a_page_of_the_menu_that_is_unpublished(self, full_site, django_capture_on_commit_callbacks):
        page = full_site.root_page.get_children().first()
        assert self.changes(page.unpublish, django_capture_on_commit_callbacks)


class TestSeveralSites:
    def test_each_has_its_own(self, settings):
        settings.ALLOWED_HOSTS = ["*"]
        first, second = make_site("one.example"), make_site("two.example", default=False)
        mine, theirs = make_page(first.root_page, "Mine"), make_page(second.root_page, "Theirs")
        make_settings(first, name="First", header_menu=menu(mine))
        make_settings(second, name="Second", header_menu=menu(theirs))
        one, two = organisation_for(request("one.example")), organisation_for(request("two.example"))
        assert (one.name, one.header_menu[0].url) == ("First", "/mine/")
        assert (two.name, two.header_menu[0].url) == ("Second", "/theirs/")
        assert organisation_for(request("one.example")) == one

    def test_a_link_or_a_banner_section_of_another_site_is_left_out(self, site):
        other = make_site("two.example", default=False)
        theirs = make_page(other.root_page, "Theirs")
        make_settings(site, header_menu=menu(theirs))
        make_banner(section=theirs)
        facts = gather(site)
        assert facts.header_menu == ()
        assert facts.banners == ()


class TestBanners:
    def titles(self, path="/", now=NOW):
        return [banner.title for banner in organisation_for(request()).banners_for(path, now)]

    def test_show_from_until_by_the_clock_alone(self, site, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW - timedelta(days=1))
        make_banner()
        assert self.titles(now=NOW - timedelta(hours=1, seconds=1)) == []
        assert self.titles(now=NOW - timedelta(hours=1)) == ["Read this"]
        assert self.titles(now=NOW + timedelta(minutes=59, seconds=59)) == ["Read this"]
        assert self.titles(now=NOW + timedelta(hours=1)) == []

    def test_that_have_ended_are_not_even_fetched(self, site):
        make_banner(starts_at=NOW - timedelta(days=900), ends_at=NOW - timedelta(days=800))
        assert organisation_for(request()).banners == ()

    def test_for_a_section_show_there_and_below_and_nowhere_else(self, site):
        section = make_page(site.root_page, "Bulletins")
        make_banner(section=section)
        assert [self.titles(path) for path in ("/bulletins/", "/bulletins", "/bulletins/a/b/")] == [["Read this"]] * 3
        assert [self.titles(path) for path in ("/", "/bulletins-of-old/", "/about/bulletins/")] == [[]] * 3

    def test_the_most_urgent_comes_first(self, site):
        for level in ("information", "urgent", "important"):
            make_banner(title=level, level=level)
        assert self.titles() == ["urgent", "important", "information"]

    def test_a_message_keeps_its_emphasis_and_nothing_else(self, site):
        make_banner(message="<p>Be <b>careful</b></p>")
        (banner,) = organisation_for(request()).banners
        assert banner.message == "<p>Be <b>careful</b></p>"

    def test_a_private_section_is_told_to_nobody_else(self, site):
        private = make_page(site.root_page, "Secret")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        make_banner(section=private)
        assert self.titles("/") == []
