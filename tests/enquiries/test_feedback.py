"""Is this page useful? And what does not work on it?"""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from enquiries.mail import send_owed
from enquiries.models import EnquirySettings, PageUsefulness, ProblemReport
from enquiries.services import decide
from enquiries.states import State
from enquiries.usefulness import count_answer, erase_old_answers
from organisation.models import ContactsPage, OrganisationSettings
from tests.enquiries.factories import add_chapter, make_problem, make_staff, problem_filled_in, problem_url
from tests.enquiries.test_form import read
from tests.enquiries.test_queue import text
from tests.factories import add_archive, add_bulletin, add_home, add_information, add_page, make_manager
from tests.once import once
from tests.test_privacy import WAYS

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/useful-pages/"


@once
def home():
    return add_home()


@once
def page(home):
    return add_information(home, title="Neglect", slug="neglect")


def asked_on(response) -> bool:
    return "Is this page useful?" in response.content.decode()


def useful(page, answer="yes") -> str:
    return f"/useful/{page.pk}/{answer}/"


def counted() -> list[tuple]:
    return list(PageUsefulness.objects.order_by("page", "day").values_list("page", "yes", "no"))


class TestTheQuestion:
    def test_stands_on_every_public_page_without_anything_of_the_reader(self, client, home, page):
        for address in (home.url, page.url, f"{page.url}?x=1"):
            response = client.get(address)
            assert asked_on(response)
            assert not response.cookies
            section = read(response).select_one(".feedback")
            assert not section.select("input"), "no token: the page is stored for all readers"
            assert section.find("a")["href"] == problem_url(home if address == home.url else page)

    def test_costs_no_query(self, client, page, django_assert_max_num_queries, monkeypatch):
        client.get(page.url)
        counts = []
        for asks in (True, False):
            monkeypatch.setattr("pages.models.BasePage.asks_for_feedback", asks)
            with django_assert_max_num_queries(10) as queries:
                assert asked_on(client.get(f"{page.url}?asks={asks}")) is asks
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_weighs_little(self, client, page):
        assert len(str(read(client.get(page.url)).select_one(".feedback"))) < 900

    def test_is_not_asked_of_people_in_need(self, client, home, page):
        contacts = add_page(home, ContactsPage(title="Contacts", slug="contacts"))
        worried = add_information(home)
        settings = OrganisationSettings.for_site(Site.objects.get())
        settings.staying_safe_page, settings.practitioner_page = page, worried
        settings.practitioner_title = "For professionals"
        settings.save()
        for asked_not in (contacts, page, worried):
            assert not asked_on(client.get(asked_not.url))

    def test_is_not_asked_on_forms_errors_the_search_or_paper(self, client, home, page):
        for address in (problem_url(page), useful(page), "/no-such-page/", "/search/?q=x"):
            assert not asked_on(client.get(address))

    def test_is_not_asked_of_earlier_editions(self, client, home):
        issue = add_bulletin(add_archive(home))
        assert asked_on(client.get(issue.url))
        for below in ("print/", "history/", "editions/1/"):
            assert not asked_on(client.get(f"{issue.url}{below}"))

    @pytest.mark.parametrize("kind", [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN])
    def test_is_not_asked_where_the_page_is_private(self, client, page, kind):
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="stripes")
        assert not asked_on(client.get(page.url, follow=True))
        client.force_login(make_manager())
        assert not asked_on(client.get(page.url))

    def test_is_not_asked_in_a_preview(self, page, rf):
        request = rf.get(page.url)
        request.user = AnonymousUser()
        assert b"Is this page useful?" not in page.make_preview_request(request, "").content


class TestAnAnswer:
    def test_is_counted_with_the_page_and_the_day_and_nothing_else(self, client, page):
        for answer in ("yes", "yes", "no"):
            assert client.post(useful(page, answer)).url == useful(page, answer)
        assert counted() == [(page.pk, 2, 1)]
        assert PageUsefulness.objects.get().day == timezone.localdate()
        assert {field.name for field in PageUsefulness._meta.fields} == {"id", "page", "day", "yes", "no"}

    def test_needs_no_cookie_and_sets_none(self, page):
        client = Client(enforce_csrf_checks=True)
        response = client.post(useful(page), follow=True)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert counted() == [(page.pk, 1, 0)]

    def test_yes_is_thanked_and_no_is_offered_the_form(self, client, page):
        for answer, offered in (("yes", False), ("no", True)):
            thanks = client.post(useful(page, answer), follow=True)
            links = [link["href"] for link in read(thanks).main.find_all("a")]
            assert "Thank you" in text(thanks)
            assert (problem_url(page) in links) is offered
            assert page.url in links
            assert read(thanks).select_one("meta[name=robots][content=noindex]")

    def test_looked_at_again_is_not_counted_again(self, client, page):
        client.post(useful(page), follow=True)
        client.get(useful(page)), client.head(useful(page))
        assert counted() == [(page.pk, 1, 0)]

    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_on_a_page_that_readers_may_not_see_is_none(self, client, page, hide):
        hide(page)
        for answer in (client.get, client.post):
            response = answer(useful(page))
            assert response.status_code == 404
            assert b"Neglect" not in response.content
        assert counted() == []

    def test_on_the_root_of_the_tree_is_none(self, client, page):
        address = f"/useful/{page.get_root().pk}/yes/"
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
        assert not PageUsefulness.objects.exists()

    @pytest.mark.parametrize("pk", ["0", "99999999", "9" * 30, "x"])
    def test_on_no_page_is_none(self, client, page, pk):
        assert client.post(f"/useful/{pk}/yes/").status_code in (400, 404)

    @pytest.mark.parametrize(
        ("body", "kind"),
        [(b"x" * 9_000_000, "text/plain"), (b"broken", "multipart/form-data; boundary=x"), (b"\xff\x00", "nonsense")],
        ids=["huge", "broken", "nonsense"],
    )
    def test_with_something_beside_it_is_counted_and_that_is_not_read(self, client, page, body, kind):
        assert client.generic("POST", useful(page), body, content_type=kind).status_code == 302
        assert counted() == [(page.pk, 1, 0)]

    def test_too_many_from_one_address_are_thanked_and_not_counted(self, client, page):
        for _ in range(30):
            assert client.post(useful(page, "no"), REMOTE_ADDR="192.0.2.1").status_code == 302
        client.post(useful(page), REMOTE_ADDR="192.0.2.2")
        assert counted() == [(page.pk, 1, 10)]
        sent = client.post(problem_url(page), problem_filled_in(), REMOTE_ADDR="192.0.2.1")
        assert sent.status_code == 302, "answers take no form from anybody"

    def test_is_erased_after_its_time(self, page):
        today = timezone.localdate()
        settings = EnquirySettings.load()
        settings.usefulness_kept_months = 1
        settings.save()
        for days in (0, 20, 40):
            count_answer(page_id=page.pk, is_useful=True, on=today - timedelta(days=days))
        assert [erase_old_answers(now=timezone.now()) for _ in range(2)] == [1, 0]
        assert PageUsefulness.objects.count() == 2

    def test_is_erased_by_the_daily_command(self, page):
        count_answer(page_id=page.pk, is_useful=True, on=timezone.localdate() - timedelta(days=800))
        output = StringIO()
        call_command("erase_old_enquiries", stdout=output)
        assert "days of answers on pages: 1 erased" in output.getvalue()


class TestTheReport:
    def test_is_for_those_who_work_on_problems(self, client, page):
        count_answer(page_id=page.pk, is_useful=True, on=timezone.localdate())
        for codename, sees in (("change_newssubmission", False), ("change_problemreport", True)):
            client.force_login(make_staff(codename))
            response = client.get(REPORT)
            assert (response.status_code == 200 and "Neglect" in text(response)) is sees
            assert (REPORT in client.get("/admin/").content.decode()) is sees

    def test_adds_up_the_days_of_the_period(self, client, home, page):
        today = timezone.localdate()
        client.force_login(make_manager())
        for days, is_useful in ((0, True), (1, True), (1, False), (60, True), (200, False)):
            count_answer(page_id=page.pk, is_useful=is_useful, on=today - timedelta(days=days))
        for _ in range(3):
            count_answer(page_id=home.pk, is_useful=False, on=today)

        def rows(query):
            return [
                row.get_text(" ", strip=True).split() for row in read(client.get(REPORT + query)).select("tbody tr")
            ]

        assert [row[-2:] for row in rows("?period=30")] == [["0", "3"], ["2", "1"]]
        assert [row[-2:] for row in rows("?period=year")] == [["0", "3"], ["3", "2"]]
        assert rows("?period=nonsense") == rows("")

    def test_is_silent_without_answers(self, client, page):
        client.force_login(make_manager())
        assert "Nobody has answered yet." in text(client.get(REPORT))

    def test_asks_as_often_for_thirty_pages_as_for_three(self, client, home, django_assert_max_num_queries):
        client.force_login(make_manager())
        client.get(REPORT)
        counts = []
        for number in (3, 27):
            for _ in range(number):
                count_answer(page_id=add_information(home).pk, is_useful=True, on=timezone.localdate())
            with django_assert_max_num_queries(40) as queries:
                client.get(REPORT)
            counts.append(len(queries))
        assert counts[0] == counts[1]

    @pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "-2+3", "\t=1", "＝1"])
    def test_as_a_spreadsheet_runs_no_formula(self, client, home, title):
        evil = add_information(home, title=f"{title} x")
        count_answer(page_id=evil.pk, is_useful=False, on=timezone.localdate())
        client.force_login(make_manager())
        response = client.get(f"{REPORT}?export=csv")
        [heading, row] = csv.reader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
        assert heading == ["Page", "Address", "Yes", "No"]
        assert row[0].startswith("'")
        assert row[2:] == ["0", "1"]
        assert client.get(f"{REPORT}?export=xlsx").status_code == 200


class TestAProblem:
    def test_can_be_reported_of_any_public_page(self, client, page):
        thanks = client.post(problem_url(page), problem_filled_in(doing="Looking"), follow=True)
        sent = ProblemReport.objects.get()
        assert (sent.doing, sent.wrong) == ("Looking", "The second link leads nowhere.")
        assert "We have your report" in text(thanks)

    def test_needs_no_address(self, client, page):
        form = problem_filled_in(sender_email="", sender_name="")
        assert client.post(problem_url(page), form).status_code == 302

    def test_put_right_is_told_without_a_word_of_the_sender(self, page):
        report = make_problem(page, wrong="Secret", acknowledged_at=timezone.now(), staff_told_at=timezone.now())
        decide(report, state=State.ACCEPTED, outcome="", user=None, now=timezone.now())
        send_owed(now=timezone.now())
        assert mail.outbox[0].subject == f"Your report {report.reference_display}: we have put it right"
        assert "We have put it right." in mail.outbox[0].body
        assert "Secret" not in mail.outbox[0].body

    def test_is_shown_to_staff_and_never_as_html(self, client):
        evil = "<script>alert(1)</script>"
        report = make_problem(add_chapter(), wrong=evil, doing=evil, sender_name=evil)
        client.force_login(make_staff("change_problemreport"))
        response = client.get(f"/admin/problems-with-pages/edit/{report.pk}/")
        assert evil not in response.content.decode()
        assert evil in text(response)
