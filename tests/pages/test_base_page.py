"""What every page of the site shares."""

from datetime import date, timedelta
from time import sleep

import pytest
from django.core.checks import run_checks
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction, get_page_models

from pages import checks
from pages.models import Audience, BasePage, Topic
from tests.factories import add_archive, add_bulletin, add_home, add_information
from tests.once import once

pytestmark = pytest.mark.django_db


home = once(add_home)


class TestVisible:
    def test_keeps_published_pages(self, home):
        page = add_information(home)
        assert page.pk in BasePage.objects.visible().values_list("pk", flat=True)

    def test_leaves_out_drafts(self, home):
        page = add_information(home, publish=False)
        assert page.pk not in BasePage.objects.visible().values_list("pk", flat=True)

    def test_leaves_out_what_has_expired_before_any_job_has_run(self, home):
        page = add_information(home)
        BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
        assert page.pk not in BasePage.objects.visible().values_list("pk", flat=True)
        BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(hours=1))
        assert page.pk in BasePage.objects.visible().values_list("pk", flat=True)

    @pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
    def test_leaves_out_private_pages_and_everything_below_them(self, home, kind):
        page = add_information(home)
        below = add_information(page)
        beside = add_information(home)
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        visible = set(BasePage.objects.visible().values_list("pk", flat=True))
        assert not {page.pk, below.pk} & visible
        assert beside.pk in visible

    def test_costs_one_query(self, home, django_assert_num_queries):
        PageViewRestriction.objects.create(page=add_information(home), restriction_type=PageViewRestriction.LOGIN)
        with django_assert_num_queries(1):
            list(BasePage.objects.visible())


class TestQuestions:
    def test_due_for_review_counts_the_day_itself(self, home):
        due = add_information(home, review_due=date(2026, 3, 1))
        add_information(home, review_due=date(2026, 3, 2))
        add_information(home)
        assert list(BasePage.objects.due_for_review(on=date(2026, 3, 1))) == [due.get_base_page()]

    def test_topics_and_audiences_are_kept_by_drafts_and_asked_across_types(self, home):
        topic = Topic.objects.create(name="Neglect", slug="neglect")
        audience = Audience.objects.create(name="Schools", slug="schools")
        page = add_information(home)
        issue = add_bulletin(add_archive(home))
        for tagged in (page, issue):
            tagged.topics.add(topic)
            tagged.audiences.add(audience)
            tagged.change_significance = "minor"
            revision = tagged.save_revision()
            assert revision.as_object().topics.get() == topic
            assert not BasePage.objects.about(topic).filter(pk=tagged.pk).exists()
            revision.publish()
        assert set(BasePage.objects.about(topic).values_list("pk", flat=True)) == {page.pk, issue.pk}
        assert issue.audiences.get() == audience


class TestAddresses:
    def route(self, path):
        return BasePage.route_for_request(RequestFactory().get(f"/{path}", HTTP_HOST="testserver"), path)

    def test_lead_to_the_page_in_few_queries_however_deep_it_lies(self, home, django_assert_num_queries):
        page = home
        for _ in range(6):
            page = add_information(page)
        path = page.url.lstrip("/")
        with django_assert_num_queries(3):
            route = self.route(path)
        assert route.page == page
        assert [above.title for above in route.page.trail()][:2] == [home.title, home.get_children().get().title]

    def test_lead_to_the_sub_address_of_the_deepest_page(self, home):
        issue = add_bulletin(add_archive(home))
        page, args, _kwargs = self.route(f"{issue.url.lstrip('/')}print/")
        assert page == issue
        assert args[0].__name__ == "print_view"

    def test_of_no_page_and_of_drafts_lead_nowhere(self, home):
        draft = add_information(home, publish=False)
        assert self.route("nothing/") is None
        assert self.route(f"{draft.slug}/") is None
        assert self.route("a/" * 500) is None

    def test_of_a_page_that_has_expired_answer_404(self, client, home):
        page = add_information(home)
        BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
        assert client.get(page.url).status_code == 404

    def test_of_a_page_are_not_stored_for_longer_than_the_page_lasts(self, client, home):
        page = add_information(home)
        soon = timezone.now() + timedelta(seconds=1.5)
        BasePage.objects.filter(pk=page.pk).update(expire_at=soon)
        assert client.get(page.url).status_code == 200
        while timezone.now() < soon:
            sleep(0.1)
        assert client.get(page.url).status_code == 404

    def test_of_private_pages_ask_for_a_login_and_are_not_stored(self, client, home):
        page = add_information(home)
        below = add_information(page, title="Below")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        for address in (page.url, below.url):
            response = client.get(address)
            assert response.status_code == 302
            assert "ETag" not in response


class TestPromises:
    def test_every_page_type_extends_the_base_page_and_states_the_tree(self):
        assert not run_checks(tags=["pages"])
        assert len(get_page_models()) > 4

    def test_a_page_type_that_states_nothing_is_reported(self, monkeypatch):
        class Careless(BasePage):
            class Meta:
                abstract = True

        monkeypatch.setattr(checks, "get_page_models", lambda: [BasePage, Careless])
        faults = checks.check_page_types_state_the_tree(None)
        assert [fault.id for fault in faults] == ["pages.E002", "pages.E002"]

    def test_a_page_type_of_another_base_is_reported(self, monkeypatch):
        monkeypatch.setattr(checks, "get_page_models", lambda: [BasePage, Topic])
        assert [fault.id for fault in checks.check_page_types_extend_base_page(None)] == ["pages.E001"]


class TestSitemapAndRobots:
    def test_sitemap_lists_visible_pages_only(self, client, home):
        shown = add_information(home, title="Shown")
        hidden = add_information(home, publish=False)
        content = client.get("/sitemap.xml").content.decode()
        assert f"http://testserver{shown.url}" in content
        assert hidden.slug not in content

    def test_robots_are_told_of_the_sitemap_and_kept_from_search_and_admin(self, client, home):
        content = client.get("/robots.txt").content.decode()
        assert "Sitemap: http://testserver/sitemap.xml" in content
        assert "Disallow: /search/" in content
        assert "Disallow: /admin/" in content
