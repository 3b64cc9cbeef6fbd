"""A chapter as it stood on a day, and its editions."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from procedures.models import ChapterPage
from tests.factories import forget_stored_pages, make_contact, make_manager
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
    text,
)
from updates.models import Edition
from updates.scheduling import publish_when_due
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db


manual = once(add_manual)


@once
def chapter(manual):
    """A chapter that said "First" from 12 May 2014, "Second" from 28 March 2017, 9.30, and "Third" from 2018 on."""
    one = section("Purpose", text("First words."))
    chapter = add_chapter(manual, title="Conferences", slug="conferences", sections=[one])
    date_first(chapter, london(2014, 5, 12, 10))
    one["value"]["body"] = [text("Second words.")]
    change(chapter, sections=[one], note="Fifteen days.", at=london(2017, 3, 28, 9, 30))
    one["value"]["body"] = [text("Third words.")]
    change(chapter, sections=[one], note="A comma.", significance="minor", at=london(2018, 1, 1, 0, 0))
    return chapter


def on(client, chapter, day) -> str:
    response = client.get(f"{chapter.url}on/{day}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestAsItWasOnADay:
    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ("2014-05-12", "First words."),
            ("2017-03-10", "First words."),
            ("2017-03-27", "First words."),
            ("2017-03-28", "Second words."),
            ("2017-12-31", "Second words."),
            ("2018-01-01", "Third words."),
        ],
    )
    def test_shows_what_was_in_force_when_the_day_ended(self, client, chapter, day, words):
        html = on(client, chapter, day)
        assert words in html
        assert [other for other in ("First words.", "Second words.", "Third words.") if other in html] == [words]

    def test_says_when_it_changed_on_that_day_and_what_held_until_then(self, client, chapter):
        html = on(client, chapter, "2017-03-28")
        assert "It changed that day at 09:30: edition 2 – Fifteen days." in html
        assert f'Until then <a href="{chapter.url}editions/1/">edition 1</a> was in force.' in html

    def test_names_the_dates_it_was_in_force_and_leads_to_the_current_one(self, client, chapter):
        html = on(client, chapter, "2017-03-10")
        assert "12 May 2014</time> to" in html
        assert ">28 March 2017</time>." in html
        assert f'<a href="{chapter.url}">See what is in force now</a>' in html
        assert f'<a href="{chapter.url}compare/1/3/">what has changed since</a>' in html

    def test_is_not_indexed_and_names_the_current_page_as_the_one_to_find(self, client, chapter):
        html = on(client, chapter, "2017-03-10")
        assert '<meta name="robots" content="noindex">' in html
        assert f'<link rel="canonical" href="{chapter.full_url}">' in html

    def test_offers_nothing_that_belongs_to_the_current_page(self, client, chapter):
        html = on(client, chapter, "2017-03-10")
        assert "Suggest an amendment" not in html
        assert "<form" not in html.split("<main")[1]

    def test_says_so_before_the_first_edition(self, client, chapter):
        html = on(client, chapter, "2014-05-11")
        assert "did not exist on 11 May 2014. It was first published on 12 May 2014." in html
        assert "words." not in html

    def test_says_so_while_it_was_taken_down(self, client, chapter):
        ended = chapter.editions.current().get()
        Edition.objects.filter(pk=ended.pk).update(superseded_at=london(2019, 1, 10))
        again = Edition.objects.create(
            page=ended.page,
            revision=ended.revision,
            number=4,
            in_force_from=london(2019, 2, 10),
            significance="major",
            note="Back.",
            title="Conferences",
        )
        assert again.number == 4
        assert "was not in force on 20 January 2019" in on(client, chapter, "2019-01-20")
        # Taken down as the day began: it was still there when the day before ended.
        assert "Third words." in on(client, chapter, "2019-01-09")
        assert "was not in force" in on(client, chapter, "2019-01-10")

    def test_is_today_so_far(self, client, chapter):
        assert "(so far)" in on(client, chapter, timezone.localdate())

    @pytest.mark.parametrize(
        ("moment", "day", "words"),
        [
            # 26 March 2017 had 23 hours, 29 October 25: half past midnight in summer is 23:30 UTC of the day before.
            ((2017, 3, 26, 0, 30), "2017-03-25", "First words."),
            ((2017, 3, 26, 0, 30), "2017-03-26", "Second words."),
            ((2017, 7, 1, 0, 30), "2017-06-30", "First words."),
            ((2017, 7, 1, 0, 30), "2017-07-01", "Second words."),
            ((2017, 10, 29, 23, 59), "2017-10-28", "First words."),
            ((2017, 10, 29, 23, 59), "2017-10-29", "Second words."),
            ((2017, 10, 30, 0, 0), "2017-10-29", "First words."),
        ],
    )
    def test_counts_days_as_clocks_here_do(self, client, manual, moment, day, words):
        chapter = add_chapter(manual, sections=[section("A", text("First words."))])
        date_first(chapter, london(2014, 1, 1))
        change(chapter, sections=[section("A", text("Second words."))], at=london(*moment))
        assert words in on(client, chapter, day)

    def test_follows_the_page_to_its_new_place_and_name(self, client, manual, chapter):
        chapter.move(add_part(manual, slug="elsewhere"), pos="last-child")
        chapter = ChapterPage.objects.get(pk=chapter.pk)
        change(chapter, title="Renamed", slug="renamed")
        chapter = ChapterPage.objects.get(pk=chapter.pk)
        html = on(client, chapter, "2017-03-10")
        assert chapter.url == "/procedures/elsewhere/renamed/"
        assert "Conferences" in html
        assert "First words." in html

    def test_is_shown_for_an_alias_as_for_the_page_it_follows(self, client, chapter):
        alias = chapter.create_alias(update_slug="alias")
        html = on(client, ChapterPage.objects.get(pk=alias.pk), "2017-03-10")
        assert "First words." in html

    def test_begins_anew_for_a_copy(self, client, chapter):
        copy = chapter.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)
        assert "did not exist" in on(client, ChapterPage.objects.get(pk=copy.pk), "2017-03-10")

    def test_is_private_with_the_page(self, client, chapter):
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
        response = client.get(f"{chapter.url}on/2017-03-10/")
        assert response.status_code == 302
        assert "First words." not in response.content.decode()

    def test_is_not_found_once_the_page_is_taken_down(self, client, chapter):
        chapter.unpublish()
        assert client.get(f"{chapter.url}on/2017-03-10/").status_code == 404

    @pytest.mark.parametrize("way", ["withdrawn", "consolidated"])
    def test_stays_readable_when_the_page_is_withdrawn(self, client, manual, chapter, way):
        instead = add_chapter(manual) if way == "consolidated" else None
        withdraw_page(page=chapter, way=way, reason="The law changed.", replacement=instead, now=timezone.now())
        assert "First words." in on(client, chapter, "2017-03-10")

    def test_is_gone_when_it_was_published_in_error(self, client, chapter):
        withdraw_page(page=chapter, way="error", reason="A mistake.", now=timezone.now())
        response = client.get(f"{chapter.url}on/2017-03-10/")
        assert response.status_code == 410
        assert "First words." not in response.content.decode()

    def test_marks_contacts_and_files_as_those_of_today(self, client, manual):
        contact = make_contact(team="Duty team")
        link = '<p><a linktype="document" id="1">File</a></p>'
        chapter = add_chapter(manual, sections=[section("A", block("contact", contact.pk), block("text", link))])
        date_first(chapter, london(2014, 1, 1))
        html = on(client, chapter, "2017-03-10")
        assert "Duty team" in html
        assert "as they are today" in html

    def test_shows_what_it_referred_to_even_when_that_is_gone(self, client, manual):
        contact = make_contact(team="Duty team")
        chapter = add_chapter(manual, sections=[section("A", block("contact", contact.pk), text("Still here."))])
        contact.delete()
        assert "Still here." in on(client, chapter, timezone.localdate())


class TestADayToCome:
    @pytest.fixture
    def scheduled(self, chapter):
        draft = chapter.get_latest_revision_as_object()
        draft.sections = [("section", {"heading": "Purpose", "body": [("text", "<p>Future words.</p>")]})]
        draft.go_live_at = timezone.now() + timedelta(days=10)
        draft.change_significance, draft.change_note = "major", "Soon."
        draft.save_revision(approved_go_live_at=draft.go_live_at)
        return timezone.localdate() + timedelta(days=11)

    def test_tells_readers_nothing_of_what_is_scheduled(self, client, chapter, scheduled):
        html = on(client, chapter, scheduled)
        assert "still to come" in html
        assert "Future" not in html

    def test_shows_staff_what_is_scheduled(self, client, chapter, scheduled):
        client.force_login(make_manager())
        html = on(client, chapter, scheduled)
        assert "Future words." in html
        assert "To come on" in html

    def test_tells_staff_that_nothing_is_scheduled_by_then(self, client, chapter, scheduled):
        client.force_login(make_manager())
        assert "still to come" in on(client, chapter, timezone.localdate() + timedelta(days=2))

    def test_becomes_an_edition_when_its_time_has_come(self, client, chapter):
        draft = chapter.get_latest_revision_as_object()
        draft.scope = "<p>Later words.</p>"
        draft.go_live_at = timezone.now() - timedelta(minutes=5)
        draft.change_significance, draft.change_note = "major", "Soon."
        revision = draft.save_revision(approved_go_live_at=draft.go_live_at)
        assert "Later words." not in on(client, chapter, timezone.localdate())
        assert publish_when_due(revision_id=revision.pk, now=timezone.now())
        forget_stored_pages()
        assert "Later words." in on(client, chapter, timezone.localdate())
        assert chapter.history().first().note == "Soon."


class TestEditions:
    def test_are_listed_with_what_changed(self, client, chapter):
        html = client.get(f"{chapter.url}history/").content.decode()
        assert "Fifteen days." in html
        assert "Small correction: A comma." in html
        assert f'href="{chapter.url}compare/2/3/"' in html

    def test_are_shown_in_full(self, client, chapter):
        html = client.get(f"{chapter.url}editions/2/").content.decode()
        assert "Second words." in html
        assert "noindex" in html

    @pytest.mark.parametrize("number", ["0", "99", "1000000000000000000000", "x", "-1"])
    def test_that_never_were_are_not_found(self, client, chapter, number):
        assert client.get(f"{chapter.url}editions/{number}/").status_code == 404

    def test_cost_the_same_however_many_there_are(self, client, chapter, django_assert_max_num_queries):
        for number in range(30):
            change(chapter, scope=f"<p>{number}</p>", note=f"Change {number}.")
        client.get(chapter.url)
        forget_stored_pages()
        with django_assert_max_num_queries(6):
            client.get(f"{chapter.url}history/")
        with django_assert_max_num_queries(6):
            client.get(f"{chapter.url}on/2017-03-10/")


class TestComparison:
    def test_shows_what_was_taken_out_and_put_in(self, client, chapter):
        html = client.get(f"{chapter.url}compare/1/2/").content.decode()
        assert "<del" in html
        assert "<ins" in html
        assert "Second" in html

    def test_shows_both_beside_each_other(self, client, chapter):
        html = client.get(f"{chapter.url}compare/1/3/?view=sides").content.decode()
        assert "Edition 1, in force from 12 May 2014" in html
        assert "Edition 3, in force from 1 January 2018" in html

    def test_leads_from_the_form(self, client, chapter):
        assert client.get(f"{chapter.url}compare/?before=3&after=1").url == f"{chapter.url}compare/1/3/"

    @pytest.mark.parametrize("query", ["", "?before=1&after=1", "?before=x&after=2", "?before=²&after=2"])
    def test_asks_again_for_what_cannot_be_compared(self, client, chapter, query):
        response = client.get(f"{chapter.url}compare/{query}")
        assert response.status_code == 200
        assert b"Choose two" in response.content

    @pytest.mark.parametrize("pair", ["2/1", "1/1", "1/99"])
    def test_is_not_found_for_editions_that_are_not_there(self, client, chapter, pair):
        assert client.get(f"{chapter.url}compare/{pair}/").status_code == 404

    def test_names_no_page_that_readers_may_not_see(self, client, manual):
        hidden = add_chapter(manual, title="Zebra")
        related = [{"type": "page", "value": hidden.pk, "id": "1"}]
        chapter = add_chapter(manual, related=related)
        change(chapter, related=[])
        hidden.unpublish()
        html = client.get(f"{chapter.url}compare/1/2/").content.decode()
        assert "Zebra" not in html


class TestInForce:
    def test_is_the_same_day_for_the_page_and_the_list(self, chapter):
        assert chapter.history().in_force(on=date(2017, 3, 28)).get().number == 2
