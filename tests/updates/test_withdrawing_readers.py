"""What readers, feeds and search engines get at the address of a withdrawn page."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from bulletins.models import BulletinPage
from pages.models import BasePage
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_manager, news
from tests.once import once
from tests.updates.factories import make_chapter
from updates.withdrawing.models import Withdrawal
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db
REASON = "The thresholds changed."


home = once(add_home)


@once
def issue(home):
    archive = add_archive(home)
    return add_bulletin(archive, title="Old thresholds", slug="old", items=[news("Thresholds", "<p>Ring first.</p>")])


@once
def other(home):
    return add_information(home, title="New thresholds", slug="new")


def withdraw(page, way, replacement=None, *, reason=REASON, now=None):
    return withdraw_page(page=page, way=way, reason=reason, replacement=replacement, now=now or timezone.now())


def text_of(response) -> str:
    return response.content.decode()


class TestPublishedInError:
    def test_is_gone_with_the_date_and_the_reason_but_without_the_title(self, client, issue):
        withdraw(issue, "error", now=timezone.make_aware(datetime(2017, 5, 3, 12)))
        for address in (issue.url, f"{issue.url}print/"):
            response = client.get(address)
            assert response.status_code == 410
            assert response["Cache-Control"] == "no-cache"
            assert REASON in text_of(response)
            assert "3 May 2017" in text_of(response)
            assert "Old thresholds" not in text_of(response)
            assert "Ring first" not in text_of(response)

    def test_leads_to_another_page_where_there_is_one(self, client, issue, other):
        withdraw(issue, "error", other)
        response = client.get(issue.url)
        assert (response.status_code, response["Location"]) == (301, other.url)

    def test_keeps_none_of_its_history_readable(self, client, issue, monkeypatch):
        monkeypatch.setattr(BulletinPage, "readable_when_withdrawn", ("print",))
        withdraw(issue, "error")
        assert client.get(f"{issue.url}print/").status_code == 410

    def test_shows_a_reason_of_several_lines_as_text(self, client, issue):
        withdraw(issue, "error", reason="First line.\n\n<script>alert(1)</script> 🦓")
        said = text_of(client.get(issue.url))
        assert "<p>First line.</p>" in said
        assert "&lt;script&gt;alert(1)&lt;/script&gt; 🦓" in said


class TestConsolidated:
    def test_leads_to_where_the_other_page_is_now(self, client, issue, other):
        withdraw(issue, "consolidated", other)
        other.slug = "renamed"
        other.save()
        for address in (issue.url, f"{issue.url}print/"):
            response = client.get(address)
            assert (response.status_code, response["Location"]) == (301, "/renamed/")
            assert response["Cache-Control"] == "no-cache"
            assert text_of(response) == ""

    @pytest.mark.parametrize("hidden", ["unpublished", "expired", "private", "deleted"])
    def test_is_gone_honestly_when_the_other_page_cannot_be_opened(self, client, issue, other, hidden):
        withdraw(issue, "consolidated", other)
        if hidden == "unpublished":
            other.unpublish()
        elif hidden == "expired":
            BasePage.objects.filter(pk=other.pk).update(expire_at=timezone.now())
        elif hidden == "private":
            PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
        else:
            other.delete()
        response = client.get(issue.url)
        assert response.status_code == 410
        assert "It became part of another page" in text_of(response)
        assert "New thresholds" not in text_of(response)

    def test_goes_round_in_no_circle(self, client, issue, other):
        second = add_bulletin(issue.get_parent())
        withdraw(issue, "consolidated", second)
        withdraw(second, "consolidated", other)
        Withdrawal.objects.filter(page=second).update(replacement=issue)
        for page in (issue, second):
            assert client.get(page.url).status_code == 410

    def test_follows_a_page_that_was_consolidated_itself_at_once(self, client, issue, other):
        second = add_bulletin(issue.get_parent())
        withdraw(issue, "consolidated", second)
        withdraw(second, "consolidated", other)
        assert client.get(issue.url)["Location"] == other.url

    def test_keeps_the_addresses_readable_that_show_its_past(self, client, issue, other, monkeypatch):
        monkeypatch.setattr(BulletinPage, "readable_when_withdrawn", ("print",))
        withdraw(issue, "consolidated", other)
        response = client.get(f"{issue.url}print/")
        assert response.status_code == 200
        assert "Ring first" in text_of(response)
        assert "This became part of another page" in text_of(response)
        assert response["X-Robots-Tag"] == "noindex"
        assert client.get(issue.url).status_code == 301


class TestWithdrawn:
    def test_is_readable_under_a_dated_notice_with_the_reason(self, client, issue, other):
        withdraw(issue, "withdrawn", other, now=timezone.make_aware(datetime(2017, 5, 3, 12)))
        for address in (issue.url, f"{issue.url}print/"):
            response = client.get(address)
            said = text_of(response)
            assert response.status_code == 200
            assert "Old thresholds" in said
            assert "Ring first" in said
            assert "Withdrawn on 3 May 2017" in said
            assert REASON in said
            assert f'<a href="{other.url}">New thresholds</a>' in said
            assert response["X-Robots-Tag"] == "noindex"
            assert 'name="robots" content="noindex"' in said

    def test_names_no_other_page_that_readers_cannot_open(self, client, issue, other):
        withdraw(issue, "withdrawn", other)
        PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
        assert "New thresholds" not in text_of(client.get(issue.url))

    def test_shows_the_last_edition_and_never_a_draft(self, client, issue):
        withdraw(issue, "withdrawn")
        draft = issue.__class__.objects.get(pk=issue.pk).get_latest_revision_as_object()
        draft.title, draft.items = "Secret draft", []
        draft.save()  # As the admin does for a page that is not public.
        draft.save_revision()
        said = text_of(client.get(issue.url))
        assert "Old thresholds" in said
        assert "Ring first" in said
        assert "Secret draft" not in said

    def test_stays_readable_after_the_time_at_which_it_was_to_go(self, client, issue):
        withdraw(issue, "withdrawn")
        BasePage.objects.filter(pk=issue.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        assert client.get(issue.url).status_code == 200

    def test_never_becomes_a_record_without_an_edition(self, client, issue):
        """Damaged by hand: an honest answer all the same."""
        withdraw(issue, "withdrawn")
        issue.editions.all().delete()
        assert client.get(issue.url).status_code == 410

    def test_is_stored_for_readers_until_it_comes_back(self, client, issue, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(issue, "withdrawn")
        for _ in range(2):
            assert "Withdrawn on" in text_of(client.get(issue.url))
        with django_capture_on_commit_callbacks(execute=True):
            BulletinPage.objects.get(pk=issue.pk).get_latest_revision().publish()
        response = client.get(issue.url)
        assert "Withdrawn on" not in text_of(response)
        assert "X-Robots-Tag" not in response


@pytest.mark.parametrize("way", ["error", "consolidated", "withdrawn"])
class TestEachWay:
    def test_is_in_no_list_feed_search_or_map_and_no_link(self, client, home, issue, other, way):
        link = f'<p><a linktype="page" id="{issue.pk}">Read this</a></p>'
        add_bulletin(issue.get_parent(), slug="linking", introduction=link, issue_date=date(2030, 1, 1))
        withdraw(issue, way, other)
        for address in ("/", "/bulletins/", "/bulletins/feed/", "/search/?q=thresholds", "/sitemap.xml"):
            assert "Old thresholds" not in text_of(client.get(address))
            assert issue.url not in text_of(client.get(address))
        assert issue.url not in text_of(client.get("/bulletins/linking/"))

    def test_is_told_to_nobody_who_may_not_read_the_page(self, client, issue, other, way):
        withdraw(issue, way, other)
        PageViewRestriction.objects.create(page=issue, restriction_type=PageViewRestriction.LOGIN)
        response = client.get(issue.url)
        assert response.status_code == 302
        assert "no-store" in response["Cache-Control"]
        client.force_login(make_manager())
        response = client.get(issue.url)
        assert response.status_code == {"error": 301, "consolidated": 301, "withdrawn": 200}[way]
        assert "no-store" in response["Cache-Control"]

    def test_leaves_addresses_that_never_were_unknown(self, client, issue, other, way):
        withdraw(issue, way, other)
        assert client.get(f"{issue.url}nothing/").status_code == 404

    def test_is_seen_at_once_and_so_is_the_end_of_it(self, issue, other, way, django_capture_on_commit_callbacks):
        assert Client().get(issue.url).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(issue, way, other)
        first = Client().get(issue.url)
        assert first.status_code == 301 or "Withdrawn on" in text_of(first)
        with django_capture_on_commit_callbacks(execute=True):
            BulletinPage.objects.get(pk=issue.pk).get_latest_revision().publish()
        response = Client().get(issue.url)
        assert response.status_code == 200
        assert "Withdrawn on" not in text_of(response)

    def test_goes_along_when_the_page_is_renamed_or_moved(
        self, client, home, issue, other, way, django_capture_on_commit_callbacks
    ):
        old = issue.url
        withdraw(issue, way, other)
        expected = client.get(old).status_code
        with django_capture_on_commit_callbacks(execute=True):
            page = BulletinPage.objects.get(pk=issue.pk)
            page.slug = "renamed"
            page.save()
        assert client.get("/bulletins/renamed/").status_code == expected
        assert client.get(old)["Location"] == "/bulletins/renamed/"
        archive = BasePage.objects.get(slug="bulletins").specific
        archive.slug = "issues"
        with django_capture_on_commit_callbacks(execute=True):
            archive.save()
        assert client.get("/issues/renamed/").status_code == expected

    def test_below_an_archive_that_was_unpublished_still_answers(self, client, issue, other, way):
        withdraw(issue, way, other)
        expected = client.get(issue.url).status_code
        issue.get_parent().specific.unpublish()
        assert client.get(issue.url).status_code == expected

    def test_leaves_other_methods_no_way_round(self, client, issue, other, way):
        withdraw(issue, way, other)
        expected = client.get(issue.url).status_code
        assert client.head(issue.url).status_code == expected
        assert client.post(issue.url).status_code == expected


class TestTakingDown:
    def test_without_withdrawing_is_not_found_as_before(self, client, issue):
        issue.unpublish()
        assert client.get(issue.url).status_code == 404

    def test_of_a_page_names_it_neither_on_the_way_to_one_below_it(self, client, home):
        above = make_chapter(home, published=True, title="Above", slug="above")
        below = make_chapter(above, published=True, title="Below", slug="below")
        withdraw(above, "withdrawn")
        response = client.get("/above/below/")
        assert response.status_code == 200
        assert [page.pk for page in below.specific.trail()] == [home.pk]
        assert "Above" not in text_of(response)
