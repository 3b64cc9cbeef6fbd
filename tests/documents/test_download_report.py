"""The report on downloads: the right figures of the right days, for whoever works with the files, and no formulas."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from counting.periods import Period, PeriodForm, last_days
from documents.models import DownloadCount, LibraryDocument, ResourceFile
from files.spreadsheets import text_for_csv, text_for_excel
from tests.documents.factories import add_library, add_resource, make_document
from tests.enquiries.factories import make_staff
from tests.factories import add_home, make_manager

REPORT = "/admin/reports/downloads/"
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Let it be the same day in every test: a bar is cut off where a month ends."""
    monkeypatch.setattr("counting.reports.today", lambda: TODAY)


@pytest.fixture
def manager(client):
    """Somebody who may do everything, signed in."""
    client.force_login(make_manager())


def make_counted(*counts, **fields) -> LibraryDocument:
    """Make a file that was downloaded: (days ago, how often)."""
    document = make_document(check=False, **fields)
    DownloadCount.objects.bulk_create(
        [DownloadCount(document=document, day=TODAY - timedelta(days=ago), downloads=often) for ago, often in counts]
    )
    return document


def works_with(collection, *codenames):
    """Make a member of staff who has these permissions for the files of a collection."""
    user = make_staff()
    for codename in codenames:
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
        GroupCollectionPermission.objects.create(group=user.groups.get(), collection=collection, permission=permission)
    return user


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def listed(response) -> list[list[str]]:
    """Return the rows of the list of files."""
    rows = soup(response).select("#listing-results > table tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def totals(response) -> list[str]:
    return [said.get_text(strip=True) for said in soup(response).select(".figures-totals dd")]


class TestAPeriod:
    @pytest.mark.parametrize(("name", "first"), [("30", date(2026, 10, 27)), ("90", date(2026, 8, 28))])
    def test_ends_today(self, name, first):
        assert last_days(name, today=TODAY) == Period(first, TODAY)

    def test_may_begin_on_the_day_that_a_leap_year_has_more(self):
        assert last_days("year", today=date(2028, 2, 29)).days == 365

    @pytest.mark.parametrize("name", ["", "x", "\x00", "٣٠"])
    def test_is_the_last_30_days_without_a_choice(self, name):
        assert last_days(name, today=TODAY).days == 30

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            (TODAY, TODAY, "25 November 2026"),
            (date(2026, 11, 3), date(2026, 11, 9), "3 to 9 November 2026"),
            (date(2026, 10, 28), date(2026, 11, 3), "28 October to 3 November 2026"),
            (date(2025, 12, 29), date(2026, 1, 4), "29 December 2025 to 4 January 2026"),
            (date(2028, 2, 1), date(2028, 2, 29), "February 2028"),
            (date(2026, 2, 1), date(2026, 2, 27), "1 to 27 February 2026"),
            (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ],
    )
    def test_is_said_as_people_say_it(self, first, last, said):
        assert str(Period(first, last)) == said

    @pytest.mark.parametrize(
        ("days", "unit", "most"),
        [
            (1, "day", 1),
            (31, "day", 31),
            (32, "week", 6),
            (190, "week", 29),
            (191, "month", 8),
            (1100, "month", 38),
            (1101, "year", 5),
            (7500, "year", 22),
        ],
    )
    def test_has_no_more_parts_than_a_phone_can_show(self, days, unit, most):
        period = Period(TODAY - timedelta(days=days - 1), TODAY)
        parts = list(period.parts())
        assert period.unit == unit
        assert len(parts) <= most
        # Every day is in one part, and in no other.
        assert sum(part.days for part in parts) == days
        assert (parts[0].first, parts[-1].last) == (period.first, period.last)

    def test_is_compared_with_as_many_days_before(self):
        assert Period(date(2026, 11, 1), date(2026, 11, 30)).before() == Period(date(2026, 10, 2), date(2026, 10, 31))


class TestDaysOfOnesOwn:
    def form(self, first, last):
        return PeriodForm({"first": first, "last": last}, today=TODAY)

    def test_end_today_at_the_latest(self):
        form = self.form("2026-11-01", "2026-11-30")
        assert form.is_valid()
        assert form.period == Period(date(2026, 11, 1), TODAY)

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            ("", "2026-11-01", "Choose a day."),
            ("2026-11-01", "", "Choose a day."),
            ("2026-11-02", "2026-11-01", "Choose a day on or after the first."),
            ("2026-11-26", "2026-11-30", "Choose a day that is not in the future."),
            ("0001-01-01", "2026-11-01", "Choose a day in 2006 or later."),
            ("2026-13-01", "2026-11-01", "Enter a valid date."),
            ("yesterday", "today", "Enter a valid date."),
            ("2026-11-01\x00", "2026-11-01", "Enter a valid date."),
        ],
    )
    def test_say_what_is_wrong_with_them(self, first, last, said):
        form = self.form(first, last)
        assert not form.is_valid()
        assert said in str(form.errors)


class TestACell:
    @pytest.mark.parametrize(
        "text",
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "＠x", '=HYPERLINK("x")', "\x00=1"],
    )
    def test_is_no_formula(self, text):
        assert text_for_csv(text).startswith("'")

    @pytest.mark.parametrize("text", ["Leaflet", "a=b", "2 + 2", "", "Ulotka – język polski", "(draft)", "’s"])
    def test_stays_as_it_is(self, text):
        assert text_for_csv(text) == text_for_excel(text) == text

    def test_holds_nothing_that_excel_cannot(self):
        assert text_for_excel("a\x00b\x0bc\x1fd\ud800e\ttab") == "abcde\ttab"


@pytest.mark.django_db
class TestWhoMay:
    @pytest.mark.parametrize("codenames", [(), ("change_amendmentsuggestion",)])
    def test_not_sees_nothing_of_it(self, client, codenames):
        make_counted((0, 5), title="Secret leaflet")
        client.force_login(make_staff(*codenames))
        assert REPORT not in client.get("/admin/").content.decode()
        for query in ("", "?export=csv", "?export=xlsx"):
            response = client.get(REPORT + query)
            assert response.status_code == 302
            assert "Secret" not in response.content.decode()

    def test_not_is_who_only_chooses_files(self, client):
        client.force_login(works_with(Collection.get_first_root_node(), "choose_document"))
        assert client.get(REPORT).status_code == 302

    def test_is_nobody_who_is_not_signed_in(self, client):
        assert client.get(REPORT).url.startswith("/sign-in/")

    @pytest.mark.parametrize("codename", ["add_document", "change_document"])
    def test_sees_the_files_of_their_collections(self, client, codename):
        theirs = Collection.get_first_root_node().add_child(name="Theirs")
        below = theirs.add_child(name="Below")
        make_counted((0, 5), (40, 3), title="In theirs", collection=theirs)
        make_counted((0, 2), title="Below", collection=below)
        make_counted((0, 100), (40, 100), title="Elsewhere")
        client.force_login(works_with(theirs, codename))
        assert REPORT in client.get("/admin/").content.decode()
        response = client.get(REPORT)
        assert [row[0] for row in listed(response)] == ["In theirs", "Below"]
        assert totals(response) == ["7", "2", "3"]
        # Where they may not edit a file, nothing leads there.
        links = soup(response).select("td.title a")
        assert len(links) == (2 if codename == "change_document" else 0)
        assert "Elsewhere" not in client.get(f"{REPORT}?export=csv").getvalue().decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("manager")
class TestTheFigures:
    def test_are_those_of_the_days(self, client):
        make_counted((0, 5), (29, 2), (30, 1000), title="Often")
        make_counted((1, 6), (364, 20), (365, 5000), title="Sometimes")
        make_counted((200, 1), title="Hardly ever")
        response = client.get(REPORT)
        assert listed(response) == [
            ["Often", "No resource offers it", "7"],
            ["Sometimes", "No resource offers it", "6"],
            ["Hardly ever", "No resource offers it", "0"],
        ]
        assert totals(response) == ["13", "2", "1,000"]
        response = client.get(f"{REPORT}?period=year")
        assert [row[2] for row in listed(response)] == ["1,007", "26", "1"]
        response = client.get(f"{REPORT}?first=2026-11-24&last=2026-11-24")
        assert totals(response) == ["6", "1", "0"]
        assert [row[0] for row in listed(response)] == ["Sometimes", "Hardly ever", "Often"]

    def test_leave_out_what_was_deleted(self, client):
        document = make_counted((0, 5), title="Gone")
        LibraryDocument.objects.filter(pk=document.pk).update(removed_at="2026-11-25T12:00Z")
        response = client.get(REPORT)
        assert totals(response) == ["0", "0", "0"]
        assert "There are no files in the library that you work with." in response.content.decode()
        assert "Nothing was downloaded in these days." in response.content.decode()

    def test_are_drawn_and_can_be_read(self, client):
        make_counted((0, 100), (1, 50), (2, 0), (9, 1), title="Often")
        page = soup(client.get(f"{REPORT}?first=2026-11-16&last=2026-11-25"))
        heights = [bar["style"] for bar in page.select(".figures-bars span")]
        assert len(heights) == 10
        assert heights[-3:] == ["height: 0.0%", "height: 50.0%", "height: 100.0%"]
        # What is there at all can be seen.
        assert heights[0] == "height: 1.0%"
        assert page.select_one("figcaption").get_text() == "Downloads for each day. The most: 100, 25 November 2026."
        rows = [row.get_text(" ", strip=True) for row in page.select("details tbody tr")]
        assert rows[-2:] == ["24 November 2026 50", "25 November 2026 100"]
        assert not page.select("main script, figure script")

    def test_of_a_year_are_drawn_month_by_month(self, client):
        make_counted((0, 7), (30, 3), title="Often")
        page = soup(client.get(f"{REPORT}?period=year"))
        rows = [row.get_text(" ", strip=True) for row in page.select("details tbody tr")]
        assert rows[0] == "26 to 30 November 2025 0"
        assert rows[-2:] == ["October 2026 3", "1 to 25 November 2026 7"]

    def test_of_days_that_make_no_sense_are_those_of_the_last_30(self, client):
        make_counted((0, 5), title="Often")
        response = client.get(f"{REPORT}?first=2027-01-01&last=")
        assert "These days cannot be shown" in response.content.decode()
        assert "Choose a day that is not in the future." in response.content.decode()
        assert totals(response)[0] == "5"

    @pytest.mark.parametrize(
        "query", ["?period=x", "?p=x", "?p=99999999999999999999", "?first=x", "?ordering=x", "?export=pdf"]
    )
    def test_are_shown_whatever_an_address_says(self, client, query):
        make_counted((0, 5), title="Often")
        assert [row[0] for row in listed(client.get(REPORT + query))] == ["Often"]

    def test_show_what_is_typed_as_text(self, client):
        make_counted((0, 5), title="<script>alert(1)</script>")
        assert "<script>alert(1)" not in client.get(REPORT).content.decode()


@pytest.mark.django_db
class TestTheResourcesOfAFile:
    @pytest.fixture
    def document(self):
        library = add_library(add_home())
        document = make_counted((0, 5), title="Tool")
        add_resource(library, document, title="Seen by readers")
        add_resource(library, document, title="A draft", publish=False)
        return document

    def test_are_named_and_lead_to_where_they_are_edited(self, client, document, manager):
        assert listed(client.get(REPORT))[0][1] == "A draft Seen by readers"
        assert len(soup(client.get(REPORT)).select("td a[href*='/admin/pages/']")) == 2

    def test_are_those_that_readers_see_for_who_may_edit_no_page(self, client, document):
        client.force_login(works_with(Collection.get_first_root_node(), "change_document"))
        response = client.get(REPORT)
        assert listed(response)[0][1] == "Seen by readers"
        assert not soup(response).select("td a[href*='/admin/pages/']")
        assert "A draft" not in client.get(f"{REPORT}?export=csv").getvalue().decode()

    def test_are_those_they_may_edit(self, client, document):
        user = works_with(Collection.get_first_root_node(), "change_document")
        draft = document.resource_files.get(page__title="A draft").page
        may_change = Permission.objects.get(codename="change_basepage")
        GroupPagePermission.objects.create(group=user.groups.get(), page_id=draft.pk, permission=may_change)
        client.force_login(user)
        assert [link.get_text() for link in soup(client.get(REPORT)).select("td a[href*='/admin/pages/']")] == [
            "A draft"
        ]


@pytest.mark.django_db
@pytest.mark.usefixtures("manager")
class TestASpreadsheet:
    @pytest.fixture(autouse=True)
    def _files(self):
        library = add_library(add_home())
        tool = make_counted((0, 5), title='=HYPERLINK("http://evil.example")')
        add_resource(library, tool, title="@A resource")
        add_resource(library, tool, title="Another")
        make_counted((40, 3), title="Leaflet (język polski)\x0b")

    def test_names_a_file_as_readers_get_it(self, client):
        make_document(name="Care profile, new.txt")
        assert "Care profile, new.txt" in client.get(f"{REPORT}?export=csv").getvalue().decode()

    def test_may_be_csv(self, client):
        response = client.get(f"{REPORT}?export=csv")
        assert 'filename="downloads-2026-10-27-to-2026-11-25.csv"' in response["Content-Disposition"]
        rows = list(csv.reader(StringIO(response.getvalue().decode())))
        assert rows == [
            ["File", "File name", "Resources", "Collection", "Downloads"],
            ['\'=HYPERLINK("http://evil.example")', "notes.txt", "'@A resource; Another", "Root", "5"],
            ["Leaflet (język polski)", "notes.txt", "", "Root", "0"],
        ]

    def test_may_be_excel(self, client):
        response = client.get(f"{REPORT}?export=xlsx&period=90")
        sheet = load_workbook(BytesIO(response.getvalue())).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert rows[1] == ['=HYPERLINK("http://evil.example")', "notes.txt", "@A resource; Another", "Root", 5]
        assert rows[2] == ["Leaflet (język polski)", "notes.txt", None, "Root", 3]
        # Text, not a formula.
        assert sheet["A2"].data_type == "s"

    def test_holds_all_pages_and_is_led_to_with_the_same_days(self, client):
        for number in range(60):
            make_counted(title=f"File number {number}")
        response = client.get(f"{REPORT}?period=90&p=2")
        assert len(listed(response)) == 12
        export = next(link["href"] for link in soup(response).select("a[href*='export=csv']"))
        assert len(client.get(export).getvalue().decode().splitlines()) == 63


@pytest.mark.django_db
class TestTheNumberOfQueries:
    @pytest.mark.parametrize("query", ["", "?export=csv"])
    def test_is_the_same_for_three_and_for_three_hundred_files(self, client, query):
        library = add_library(add_home())
        some = Collection.get_first_root_node().add_child(name="Some")
        client.force_login(works_with(some, "add_document", "change_document"))
        add_resource(library, *[make_counted((0, 5), (5, 5), collection=some) for _ in range(3)])
        self.count(client, query)
        few = self.count(client, query)
        documents = LibraryDocument.objects.bulk_create(
            [
                LibraryDocument(title=f"File {number}", file=f"documents/{number}.txt", collection=some)
                for number in range(297)
            ]
        )
        DownloadCount.objects.bulk_create([DownloadCount(document=one, day=TODAY, downloads=1) for one in documents])
        # Without a page's drafts and editions, which take their time and are not asked for.
        page = add_resource(library)
        ResourceFile.objects.bulk_create([ResourceFile(page=page, document=one) for one in documents[:100]])
        assert self.count(client, query) == few
        assert few < 25

    def count(self, client, query) -> int:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(REPORT + query)
            assert "File" in response.getvalue().decode() if query else listed(response)
        return len(queries)
