"""What staff see of links: the warning on save, the report, a link's own screen, and the dashboard."""

import csv
from io import StringIO
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from links.addresses import Kind
from links.dashboard import BrokenLinksPanel
from links.models import Link
from links.rights import may_see
from pages.numbers import count_together
from pages.permissions import what_somebody_may
from tests.enquiries.factories import make_staff
from tests.factories import add_home, add_information, make_contact, make_manager
from tests.links.factories import make_broken, make_link
from tests.once import once

pytestmark = pytest.mark.django_db
home = once(add_home)
REPORT = "/admin/reports/links/"


@pytest.fixture
def manager(client):
    user = make_manager()
    client.force_login(user)
    return user


def editor_of(client, page):
    """Sign in somebody who may change a page and what is below it."""
    user = make_staff()
    permission = Permission.objects.get(content_type__app_label="pages", codename="change_basepage")
    GroupPagePermission.objects.create(group=user.groups.get(), page=page, permission=permission)
    client.force_login(user)
    return user


def rows(response) -> list[list[str]]:
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select("#listing-results table tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in found]


class TestSaving:
    def save(self, client, page, html, **fields):
        form = {
            "title": page.title,
            "slug": page.slug,
            "body": streamfield([("text", rich_text(html, features=["h2", "link", "document-link"]))]),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return client.post(address, nested_form_data(form) | fields)

    def said(self, response) -> list[str]:
        messages = [str(message).strip() for message in get_messages(response.wsgi_request)]
        [said] = [message for message in messages if "ink" in message] or [""]
        return said.split("<br>") if said else []

    @pytest.mark.parametrize("button", ["", "action-publish"])
    def test_names_each_link_to_what_is_not_public_and_saves_all_the_same(self, client, home, manager, button):
        page, draft = add_information(home), add_information(home, publish=False)
        html = f'<h2>Who helps</h2><p><a linktype="page" id="{draft.pk}">our team</a></p>'
        response = self.save(client, page, html, **({button: "1"} if button else {}))
        assert response.status_code == 302
        assert self.said(response) == [
            "The link “our team” in “Who helps” leads to a page that is not public: it is not published."
        ]
        page.refresh_from_db()
        assert "our team" in str(page.get_latest_revision_as_object().body)

    def test_repeats_what_was_typed_as_words(self, client, home, manager):
        page = add_information(home)
        [said] = self.said(self.save(client, page, '<p><a linktype="page" id="999000">&lt;script&gt;</a></p>'))
        assert "“&lt;script&gt;”" in said

    def test_says_nothing_of_links_that_are_right_or_of_other_sites(self, client, home, manager):
        page = add_information(home)
        html = f'<p><a linktype="page" id="{home.pk}">a</a> <a href="https://council.example/">b</a></p>'
        assert self.said(self.save(client, page, html)) == []

    def test_counts_what_would_be_too_much_to_read(self, client, home, manager):
        page = add_information(home)
        html = "".join(f'<p><a linktype="page" id="{999_000 + number}">a</a></p>' for number in range(12))
        said = self.said(self.save(client, page, html))
        assert len(said) == 6
        assert said[-1].endswith("besides these: 7.")

    def test_says_nothing_while_somebody_types(self, client, home, manager):
        page = add_information(home)
        client.defaults["HTTP_ACCEPT"] = "application/json"
        response = self.save(client, page, '<p><a linktype="page" id="999000">a</a></p>')
        assert response.json()["success"]
        assert self.said(response) == []


class TestTheReport:
    def test_says_what_is_wrong_since_when_and_where(self, client, home, manager):
        page = add_information(home, title="About us")
        make_broken(page=page, place="Who helps")
        [[link, wrong, *_, used]] = rows(client.get(REPORT))
        assert link == "https://gone.example/"
        assert wrong == "The page is not there any more (404)."
        assert used == "About us : Who helps"
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in client.get(REPORT).content.decode()

    def test_does_not_list_what_failed_for_two_nights(self, client, home, manager):
        make_broken(nights=2, page=home)
        assert rows(client.get(REPORT)) == []
        [[_, said, *_]] = rows(client.get(REPORT, {"show": "all"}))
        assert said == "Being asked again."

    def test_shows_somebody_the_links_of_what_they_may_change(self, client, home):
        mine, other = add_information(home, title="Mine"), add_information(home, title="Another")
        hidden = add_information(home, title="Secret", publish=False)
        make_broken("https://a.example/", page=mine)
        make_broken("https://b.example/", page=other)
        shared = make_broken("https://c.example/", page=mine)
        for page in (other, hidden):
            shared.uses.create(page=page)
        editor_of(client, mine)
        listed = {row[0]: row[-1] for row in rows(client.get(REPORT))}
        assert listed == {"https://a.example/": "Mine", "https://c.example/": "Mine Another and 1 more"}
        edit = reverse("wagtailadmin_pages:edit", args=[other.pk])
        assert edit not in client.get(REPORT).content.decode()

    def test_shows_links_of_contacts_to_whoever_may_change_those(self, client, home):
        contact = make_contact(agency="Council", team="Front door")
        make_broken("mailto:x", kind=Kind.MAIL, nights=1, contact=contact)
        user = make_staff()
        client.force_login(user)
        assert client.get(REPORT).status_code == 302
        user.groups.get().permissions.add(Permission.objects.get(codename="change_contact"))
        [[*_, used]] = rows(client.get(REPORT))
        assert used == "Front door (Council)"

    @pytest.mark.parametrize("address", ["", "results/", "1/", "1/check/", "1/watch/"])
    def test_is_not_for_whoever_may_change_nothing(self, client, home, address):
        client.force_login(make_staff())
        assert client.get(f"{REPORT}{address}").status_code in (302, 405)
        assert client.post(f"{REPORT}{address}").status_code in (302, 405)

    @pytest.mark.parametrize(
        "question", [{"show": "nonsense"}, {"address": "%", "show": "all"}, {"show": "left", "p": "x"}]
    )
    def test_answers_nonsense(self, client, manager, question):
        assert client.get(REPORT, question).status_code == 200

    def test_is_a_spreadsheet_without_formulas(self, client, home, manager):
        make_broken("=cmd()", kind=Kind.WRONG, page=home, place="+1")
        content = b"".join(client.get(REPORT, {"export": "csv"}).streaming_content).decode()
        [row] = csv.DictReader(StringIO(content))
        assert (row["Link"], row["State"]) == ("'=cmd()", "Broken")

    def test_asks_as_often_for_many_links_as_for_a_few(self, client, home, manager):
        def asked():
            client.get(REPORT)
            with CaptureQueriesContext(connection) as queries:
                client.get(REPORT)
            return len(queries)

        contact, page = make_contact(), add_information(home)
        make_broken(page=page)
        make_broken("mailto:x", kind=Kind.MAIL, contact=contact)
        make_broken("page:999000", kind=Kind.PAGE, page=page)
        few = asked()
        for number in range(30):
            make_broken(f"https://{number}.example/", page=add_information(home), contact=make_contact())
        assert asked() == few <= 18


class TestALink:
    def test_is_left_as_it_is_with_a_note_until_that_is_taken_back(self, client, home, manager):
        link = make_broken(page=home)
        address = f"{REPORT}{link.pk}/"
        assert "This field is required" in client.post(address, {"note": " "}).content.decode()
        client.post(address, {"note": "Opens in a browser."})
        link.refresh_from_db()
        assert (link.left_by, link.left_note, link.is_broken) == (manager, "Opens in a browser.", False)
        assert rows(client.get(REPORT)) == []
        assert len(rows(client.get(REPORT, {"show": "left"}))) == 1
        client.post(f"{address}watch/")
        assert len(rows(client.get(REPORT))) == 1

    def test_inside_the_site_is_checked_now(self, client, home, manager):
        link = make_broken(f"page:{home.pk}", kind=Kind.PAGE, page=home)
        response = client.post(f"{REPORT}{link.pk}/check/", follow=True)
        assert "The link works." in response.content.decode()
        assert not Link.objects.broken().exists()

    def test_of_another_site_is_not_asked_after_where_that_is_switched_off(self, client, home, manager):
        link = make_broken(page=home)
        response = client.post(f"{REPORT}{link.pk}/check/", follow=True)
        assert "does not ask other sites" in response.content.decode()

    def test_of_what_somebody_may_not_change_is_not_there_for_them(self, client, home):
        mine, other = add_information(home), add_information(home)
        link = make_broken(page=other)
        editor_of(client, mine)
        for address in ("", "check/", "watch/"):
            assert client.post(f"{REPORT}{link.pk}/{address}", {"note": "x"}).status_code == 404
        assert Link.objects.broken().exists()

    def test_is_no_way_for_scripts(self, client, home, manager):
        link = make_broken("javascript:alert(1)", kind=Kind.WRONG, page=home, words="<script>")
        body = client.get(f"{REPORT}{link.pk}/").content.decode()
        assert 'href="javascript' not in body
        assert "“<script>" not in body


class TestTheDashboard:
    def test_counts_what_is_broken_where_somebody_may_mend_it(self, client, home):
        mine, other = add_information(home), add_information(home)
        make_broken(page=mine), make_broken("https://b.example/", page=other)
        make_link("https://c.example/", page=mine)
        editor_of(client, mine)
        assert "1 broken link</strong>" in client.get("/admin/").content.decode()

    def test_counts_in_one_query(self, client, home, django_assert_num_queries):
        user = editor_of(client, home)
        make_broken(page=home)
        assert may_see(user)
        what_somebody_may(user)  # As every request of the admin asks for it.
        panel = BrokenLinksPanel()
        with django_assert_num_queries(1):
            count_together([panel], user)
            assert panel.get_context_data({"request": SimpleNamespace(user=user)})["count"] == 1

    def test_says_nothing_where_all_is_well(self, client, home, manager):
        make_broken(nights=2, page=home)
        assert "broken link" not in BeautifulSoup(client.get("/admin/").content, "html.parser").main.get_text()
