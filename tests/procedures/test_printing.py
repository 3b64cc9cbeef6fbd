"""What is printed: a chapter, a part and a chosen set, as they are and as they were."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.utils import timezone
from wagtail.models import PageViewRestriction

from procedures import pdf
from procedures.models import ChapterPage
from procedures.printing import valid_until
from tests.factories import add_home, forget_stored_pages, make_contact
from tests.once import once
from tests.procedures.factories import (
    add_chapter,
    add_manual,
    add_part,
    block,
    change,
    date_first,
    london,
    section,
    subsection,
    text,
)
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


manual = once(add_manual)


@once
def part(manual):
    return add_part(manual, title="Child protection", slug="child-protection")


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def titles(soup) -> list[str]:
    """Return the titles of the chapters in a printed set."""
    return [" ".join(heading.get_text().split()) for heading in soup.select(".paper-chapter__head h1")]


def words(soup) -> str:
    return " ".join(soup.main.get_text(" ").split())


class TestValidUntil:
    def test_is_the_day_of_the_next_update(self):
        assert valid_until(next_update_due=TODAY + timedelta(days=90), today=TODAY) == date(2027, 2, 21)

    @pytest.mark.parametrize("due", [None, TODAY, TODAY - timedelta(days=1)])
    def test_is_thirty_days_ahead_where_no_update_is_to_come(self, due):
        assert valid_until(next_update_due=due, today=TODAY) == date(2026, 12, 23)


class TestAChapter:
    def test_is_stamped_with_edition_dates_and_lasting_link(self, client, manual, part):
        manual.next_update_due = timezone.localdate() + timedelta(days=100)
        manual.save_revision().publish()
        chapter = add_chapter(part, title="Conferences")
        change(chapter, scope="<p>All.</p>", note="More on reports.")
        said = words(read(client, f"{chapter.url}print/"))
        today = timezone.localdate()
        assert "1.1 Conferences" in said
        assert f"Edition 2, in force from {today:%-d %B %Y}" in said
        assert f"Printed on {today:%-d %B %Y}" in said
        assert f"Valid until {manual.next_update_due:%-d %B %Y}. After that, look at the web page" in said
        assert f"http://testserver/p/{chapter.pk}/" in said

    def test_lists_its_sections_and_leads_to_each(self, client, part):
        chapter = add_chapter(part, sections=[section("Who attends", text(), subsection("Parents")), section("When")])
        soup = read(client, f"{chapter.url}print/")
        links = soup.select(".paper-contents a")
        assert [" ".join(link.get_text().split()) for link in links] == ["1 Who attends", "1.1 Parents", "2 When"]
        assert all(soup.find(id=link["href"][1:]) for link in links)

    def test_is_not_for_search_engines(self, client, part):
        response = client.get(f"{add_chapter(part).url}print/")
        assert response["X-Robots-Tag"] == "noindex"
        assert b'content="noindex"' in response.content

    def test_as_it_was_says_from_when_to_when_and_not_how_long_it_is_valid(self, client, part):
        chapter = add_chapter(part, sections=[section("Old", text("What held then."))])
        date_first(chapter, london(2017, 1, 5, 9))
        change(chapter, sections=[section("New", text("What holds now."))], at=london(2017, 3, 28, 9))
        said = words(read(client, f"{chapter.url}print/?on=2017-03-10"))
        assert "What held then." in said
        assert "What holds now." not in said
        assert "As it was at the end of 10 March 2017" in said
        assert "Edition 1, in force from 5 January 2017 to 28 March 2017" in said
        assert "Valid until" not in said

    @pytest.mark.parametrize(
        ("day", "answer"),
        [
            ("10+Marchh", "Type a date like 10 March 2017"),
            ("2999-01-01", "is still to come"),
            ("1950-01-01", "did not exist on 1 January 1950"),
        ],
    )
    @pytest.mark.parametrize("form", ["print", "pdf"])
    def test_answers_a_day_that_cannot_be_as_the_history_does(self, client, part, day, answer, form):
        chapter = add_chapter(part)
        assert answer in words(read(client, f"{chapter.url}{form}/?on={day}"))

    def test_that_was_withdrawn_is_printed_with_its_notice_and_is_valid_for_no_day(self, client, part):
        chapter = add_chapter(part)
        withdraw_page(page=chapter, way="withdrawn", reason="The Act has changed.", now=timezone.now())
        said = words(read(client, f"{chapter.url}print/"))
        assert "Do not use it." in said
        assert "The Act has changed." in said
        assert "Valid until" not in said

    def test_that_was_consolidated_leads_on_but_its_past_is_printed(self, client, part):
        chapter, other = add_chapter(part), add_chapter(part)
        date_first(chapter, london(2017, 1, 5, 9))
        withdraw_page(page=chapter, way="consolidated", reason="One place.", replacement=other, now=timezone.now())
        assert client.get(f"{chapter.url}print/").status_code == 302
        assert chapter.title in words(read(client, f"{chapter.url}print/?on=2017-03-10"))

    def test_that_is_private_is_not_shown_to_strangers(self, client, part):
        chapter = add_chapter(part)
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
        for form in ("print", "pdf"):
            assert client.get(f"{chapter.url}{form}/").status_code == 302

    def test_without_sections_or_in_strange_scripts_is_printed_too(self, client, part):
        chapter = add_chapter(part, title="<b>שלום</b> 🙂 & “quotes”", sections=[])
        soup = read(client, f"{chapter.url}print/")
        assert "<b>שלום</b> 🙂" in words(soup)


class TestAPart:
    def test_holds_its_chapters_in_order_and_those_of_its_parts(self, client, manual, part):
        add_chapter(part, title="First")
        smaller = add_part(part, title="Smaller part")
        add_chapter(smaller, title="Second")
        add_chapter(part, title="Third")
        add_chapter(manual, title="Elsewhere")
        assert titles(read(client, f"{part.url}print/")) == ["1.1 First", "1.2.1 Second", "1.3 Third"]

    def test_gives_each_place_an_anchor_of_its_own(self, client, part):
        same = section("Who attends", text(), subsection("Parents"))
        for _ in range(3):
            add_chapter(part, sections=[same])
        soup = read(client, f"{part.url}print/")
        anchors = [found["id"] for found in soup.select("[id]")]
        assert len(anchors) == len(set(anchors)) > 8
        assert all(soup.find(id=link["href"][1:]) for link in soup.select(".paper-contents a"))

    def test_stamps_every_chapter(self, client, part):
        first, second = add_chapter(part), add_chapter(part)
        change(second, scope="<p>All.</p>")
        stamps = [
            " ".join(found.get_text().split()) for found in read(client, f"{part.url}print/").select("article .stamp")
        ]
        assert all(
            f"http://testserver/p/{page.pk}/" in said for page, said in zip((first, second), stamps, strict=True)
        )
        assert "Edition1," in stamps[0].replace(" ", "")
        assert "Edition2," in stamps[1].replace(" ", "")

    def test_leaves_out_and_does_not_name_what_is_not_public(self, client, part):
        add_chapter(part, title="Public")
        hidden = add_chapter(part, title="Hidden")
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        add_chapter(part, title="Draft", publish=False)
        soup = read(client, f"{part.url}print/")
        assert titles(soup) == ["1.1 Public"]
        assert not re.search("Hidden|Draft", words(soup))

    def test_on_a_day_holds_what_stood_in_it_then(self, client, manual, part):
        gone, later = add_chapter(part, title="Moved since"), add_chapter(part, title="Later")
        part_since = london(2017, 1, 1)
        date_first(part, part_since)
        date_first(gone, part_since)
        gone.move(add_part(manual), pos="last-child")
        ChapterPage.objects.get(pk=later.pk)
        soup = read(client, f"{part.url}print/?on=2017-03-10")
        assert titles(soup) == ["1.1 Moved since"]
        assert "Later" not in words(soup)

    def test_says_what_is_wrong_with_a_day(self, client, part):
        add_chapter(part)
        assert "Type a date" in words(read(client, f"{part.url}print/?on=nonsense", status=400))
        assert "None of these chapters was in force on 1 January 1950" in words(
            read(client, f"{part.url}print/?on=1950-01-01", status=400)
        )

    def test_without_chapters_says_so(self, client, part):
        assert "There are no chapters in it." in words(read(client, f"{part.url}print/", status=400))


class TestASet:
    def test_is_chosen_in_a_form_that_needs_no_script(self, client, manual, part):
        chapter = add_chapter(part, title="Conferences")
        soup = read(client, f"{manual.url}print/?c={chapter.pk}")
        form = soup.select_one("form.choose")
        assert form["method"] == "get"
        assert form["action"] == f"{manual.url}print/set/"
        ticked = [box["value"] for box in form.select("input[type=checkbox][checked]")]
        assert ticked == [str(chapter.pk)]
        assert len(form.select("input[type=checkbox]")) == 2

    def test_holds_the_chosen_chapters_in_the_order_of_the_manual(self, client, manual, part):
        first, _, third = (add_chapter(part, title=title) for title in ("First", "Second", "Third"))
        soup = read(client, f"{manual.url}print/set/?c={third.pk}&c={first.pk}&c={first.pk}")
        assert titles(soup) == ["1.1 First", "1.3 Third"]
        assert f"/print/set/?c={third.pk}&c={first.pk}" in words(soup)

    def test_takes_all_chapters_of_a_chosen_part(self, client, manual, part):
        chapters = [add_chapter(part) for _ in range(3)]
        soup = read(client, f"{manual.url}print/set/?c={part.pk}&c={chapters[0].pk}")
        assert len(titles(soup)) == 3

    @pytest.mark.parametrize("query", ["", "?c=", "?c=x&c=-1&c=1e9&c=%D9%A3", "?c=99999999999999999999"])
    @pytest.mark.parametrize("form", ["print", "pdf"])
    def test_of_nothing_is_answered_with_the_form_and_what_is_missing(self, client, manual, part, query, form):
        add_chapter(part)
        soup = read(client, f"{manual.url}{form}/set/{query}")
        assert "Choose at least one part or chapter." in soup.select_one(".govuk-error-summary").get_text()

    def test_keeps_what_was_typed_when_the_day_is_none(self, client, manual, part):
        chapter = add_chapter(part)
        soup = read(client, f"{manual.url}print/set/?c={chapter.pk}&on=%22%3E%3Cscript%3E")
        assert soup.find("input", {"name": "on"})["value"] == '"><script>'
        assert soup.select_one(f'input[value="{chapter.pk}"]').has_attr("checked")

    def test_counts_and_does_not_name_what_readers_may_not_see(self, client, manual, part):
        shown, hidden = add_chapter(part, title="Shown"), add_chapter(part, title="Hidden")
        draft = add_chapter(part, title="Draft", publish=False)
        elsewhere = add_chapter(add_manual(manual.get_parent(), slug="other"), title="Elsewhere")
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        chosen = "&".join(f"c={page.pk}" for page in (shown, hidden, draft, elsewhere))
        said = words(read(client, f"{manual.url}print/set/?{chosen}"))
        assert "3 chapters that were chosen are not public and are left out." in said
        assert not re.search("Hidden|Draft|Elsewhere", said)

    def test_of_nothing_that_can_be_read_is_refused(self, client, manual, part):
        draft = add_chapter(part, publish=False)
        add_chapter(part)
        said = words(read(client, f"{manual.url}print/set/?c={draft.pk}"))
        assert "None of these chapters can be read by the public now." in said

    def test_on_a_day_has_every_chapter_as_it_was_and_names_what_was_not_in_force(self, client, manual, part):
        old = add_chapter(part, title="Old", sections=[section("A", text("What held then."))])
        date_first(old, london(2017, 1, 5, 9))
        change(old, title="Renamed", sections=[section("A", text("What holds now."))], at=london(2017, 3, 28, 9))
        young = add_chapter(part, title="Young")
        said = words(read(client, f"{manual.url}print/set/?c={old.pk}&c={young.pk}&on=2017-03-10"))
        assert "What held then." in said
        assert "What holds now." not in said
        assert "Left out, because not in force on that day: Young" in said
        assert "to 28 March 2017" in said
        assert "Valid until" not in said

    def test_on_a_day_has_chapters_withdrawn_since_and_without_one_has_not(self, client, manual, part):
        withdrawn, other = add_chapter(part, title="Withdrawn"), add_chapter(part, title="Other")
        date_first(withdrawn, london(2017, 1, 5, 9))
        date_first(other, london(2017, 1, 5, 9))
        withdraw_page(page=withdrawn, way="withdrawn", reason="Out of date.", now=timezone.now())
        chosen = f"c={withdrawn.pk}&c={other.pk}"
        assert len(titles(read(client, f"{manual.url}print/set/?{chosen}&on=2017-03-10"))) == 2
        assert titles(read(client, f"{manual.url}print/set/?{chosen}")) == ["1.1 Other"]

    def test_of_more_than_can_be_printed_says_how_many_can(self, client, manual, part, monkeypatch):
        monkeypatch.setattr("procedures.print_views.MOST_PRINTED", 2)
        for _ in range(3):
            add_chapter(part)
        said = words(read(client, f"{manual.url}print/set/?c={part.pk}"))
        assert "These are 3 chapters. 2 can be printed at once: choose fewer." in said

    def test_is_not_asked_for_by_scripts_that_list_every_number(self, client, manual, part):
        add_chapter(part)
        assert (
            client.get(f"{manual.url}print/set/?" + "&".join(f"c={n}" for n in range(900000, 905000))).status_code
            == 200
        )

    def test_of_an_empty_manual_can_be_asked_for(self, client, manual):
        assert "No chapter has been published yet." in words(read(client, f"{manual.url}print/"))


class TestQueries:
    """A set of thirty chapters costs as many as one of three."""

    @pytest.fixture
    def full(self, manual, part):
        contact = make_contact()

        def grown(to: int):
            chapters = list(ChapterPage.objects.order_by("path"))
            while len(chapters) < to:
                first = chapters[0].pk if chapters else part.pk
                body = [text(f'<a linktype="page" id="{first}">see</a>'), block("contact", contact.pk)]
                chapters.append(add_chapter(part, scope="<p>All.</p>", sections=[section("A", *body)]))
            return chapters

        return grown

    @pytest.mark.parametrize(("query", "most"), [("", 10), (f"on={date.today()}", 11)], ids=["now", "on a day"])
    def test_are_as_many_for_thirty_as_for_three(
        self, client, manual, part, full, query, most, django_assert_max_num_queries
    ):
        counted = []
        for number in (3, 30):
            full(number)
            address = f"{manual.url}print/set/?c={part.pk}&{query}"
            # The list of contents is remembered, and forgotten when a transaction is committed; here none is.
            caches["default"].clear()
            client.get(address)
            forget_stored_pages()
            with django_assert_max_num_queries(most) as queries:
                assert len(titles(read(client, address))) == number
            counted.append(len(queries))
        assert counted[0] == counted[1]

    def test_of_the_form_are_few(self, client, manual, full, django_assert_max_num_queries):
        full(30)
        client.get(f"{manual.url}print/")
        forget_stored_pages()
        with django_assert_max_num_queries(4):
            client.get(f"{manual.url}print/")


class TestLinksToPdf:
    @pytest.mark.parametrize("on", [True, False])
    def test_are_there_only_where_pdfs_can_be_made(self, client, manual, part, monkeypatch, on):
        monkeypatch.setattr(pdf, "is_switched_on", lambda: on)
        chapter = add_chapter(part)
        for address in (f"{chapter.url}print/", f"{part.url}print/", f"{manual.url}print/"):
            assert ("/pdf/" in client.get(address).content.decode()) is on


def test_the_home_page_of_a_site_without_a_manual_is_untouched(client):
    assert client.get(add_home().url).status_code == 200
