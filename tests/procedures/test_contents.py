"""Numbers come from the tree, and the list of contents remembers where everything stood."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from pages.models import BasePage
from procedures.contents import contents_of
from procedures.listing import MOST_LINES, listed_now, listed_on
from procedures.models import ChapterPage, ContentsEntry
from procedures.numbering import places_in
from tests.factories import make_manager
from tests.once import once
from tests.procedures.factories import add_chapter, add_manual, add_part, change, date_first, listed, london
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

manual = once(add_manual)

WEEK = timedelta(days=7)


def back_by(delta):
    """Let everything that is listed have been listed for longer."""
    for entry in ContentsEntry.objects.all():
        entry.since -= delta
        entry.until = entry.until and entry.until - delta
        entry.save()


class TestNumbers:
    def test_count_what_is_public_in_the_order_of_the_tree(self, manual):
        part = add_part(manual, title="Help")
        add_chapter(part, title="Early help")
        inner = add_part(part, title="Special")
        add_chapter(inner, title="Trafficking")
        add_chapter(part, title="Unfinished", publish=False)
        add_chapter(part, title="Referral")
        assert listed(manual) == [
            "1 Help", "1.1 Early help", "1.2 Special", "1.2.1 Trafficking", "1.3 Referral",
        ]  # fmt: skip

    def test_begin_at_nought_where_the_manual_says_so(self):
        manual = add_manual(first_number=0)
        add_chapter(manual, title="Introduction")
        add_part(manual, title="Help")
        assert listed(manual) == ["0 Introduction", "1 Help"]

    def test_follow_when_the_manual_begins_to_count_elsewhere(self, manual):
        add_chapter(manual, title="Introduction")
        manual.first_number = 0
        manual.save_revision().publish()
        assert listed(manual) == ["0 Introduction"]

    def test_are_not_given_below_a_part_that_is_not_public(self, manual):
        add_chapter(add_part(manual, publish=False), title="Nowhere to be found")
        add_chapter(manual, title="Here")
        assert listed(manual) == ["1 Here"]

    def test_sort_as_people_count(self, manual):
        for number in range(1, 13):
            add_chapter(manual, title=f"C{number}")
        assert listed(manual)[8:11] == ["9 C9", "10 C10", "11 C11"]

    def test_need_no_database_for_counting(self):
        rows = [
            {"pk": 1, "depth": 4, "live": True, "title": "A", "content_type_id": 7},
            {"pk": 2, "depth": 5, "live": False, "title": "B", "content_type_id": 8},
            {"pk": 3, "depth": 6, "live": True, "title": "C", "content_type_id": 8},
            {"pk": 4, "depth": 5, "live": True, "title": "D", "content_type_id": 8},
        ]
        places = list(places_in(rows, manual_depth=3, first_number=5, part_type_id=7))
        assert [(place.page_id, place.number, place.is_chapter) for place in places] == [
            (1, "5", False),
            (4, "5.1", True),
        ]


class TestTheListFollows:
    def test_a_move_inside_the_manual(self, manual):
        one, two = add_part(manual, title="One"), add_part(manual, title="Two")
        chapter = add_chapter(one, title="Chapter")
        chapter.move(two, pos="last-child")
        assert listed(manual) == ["1 One", "2 Two", "2.1 Chapter"]

    def test_a_new_order(self, manual):
        first, last = add_chapter(manual, title="A"), add_chapter(manual, title="B")
        last.move(first, pos="left")
        assert listed(manual) == ["1 B", "2 A"]

    def test_a_rename_once_it_is_published(self, manual):
        chapter = add_chapter(manual, title="Old")
        chapter.title = "New"
        revision = chapter.save_revision()
        assert listed(manual) == ["1 Old"]
        revision.publish()
        assert listed(manual) == ["1 New"]

    def test_unpublishing_and_publishing_again(self, manual):
        chapter, other = add_chapter(manual, title="A"), add_chapter(manual, title="B")
        chapter.unpublish()
        assert listed(manual) == ["1 B"]
        chapter.get_latest_revision().publish()
        assert listed(manual) == ["1 A", "2 B"]
        assert ContentsEntry.objects.filter(page=other).count() == 3

    def test_copies_and_aliases(self, manual):
        chapter = add_chapter(manual, title="A")
        chapter.copy(update_attrs={"slug": "copied", "title": "Copied"}, keep_live=True)
        chapter.create_alias(update_slug="alias")
        assert listed(manual) == ["1 A", "2 Copied", "3 A"]

    def test_a_deleted_part(self, manual):
        part = add_part(manual, title="Empty")
        add_chapter(manual, title="A")
        part.delete()
        assert listed(manual) == ["1 A"]
        assert ContentsEntry.objects.get(title="Empty").until is not None

    def test_a_move_into_another_manual(self, manual):
        other = add_manual(manual.get_parent().specific, title="Other", slug="other")
        chapter = add_chapter(manual, title="A")
        chapter.move(other, pos="last-child")
        assert listed(manual) == []
        assert listed(other) == ["1 A"]

    def test_only_where_something_changes(self, manual):
        add_chapter(manual, title="A")
        before = ContentsEntry.objects.count()
        change(ChapterPage.objects.get(), scope="<p>Other</p>")
        assert ContentsEntry.objects.count() == before


class TestOnADay:
    def test_shows_the_number_place_and_title_of_that_day(self, manual):
        one, two = add_part(manual, title="One"), add_part(manual, title="Two")
        chapter = add_chapter(one, title="Old")
        back_by(2 * WEEK)
        chapter.move(two, pos="last-child")
        chapter.refresh_from_db()
        chapter.title = "New"
        chapter.save_revision().publish()
        today = timezone.localdate()
        then = listed_on(manual=manual, day=today - WEEK)
        assert [(line.number, line.title) for line in then.lines] == [("1", "One"), ("1.1", "Old"), ("2", "Two")]
        assert then.lines[1].url == f"{BasePage.objects.get(pk=chapter.pk).url}on/{today - WEEK}/"
        assert [line.number for line in listed_on(manual=manual, day=today).lines] == ["1", "2", "2.1"]

    @pytest.mark.parametrize(
        ("day", "is_listed"), [(date(2017, 3, 25), False), (date(2017, 3, 26), True), (date(2017, 3, 27), True)]
    )
    def test_ends_at_midnight_here_also_when_clocks_change(self, day, is_listed, manual):
        # The night of 26 March 2017 had no hour from one to two.
        date_first(add_chapter(manual), london(2017, 3, 26, 23, 59))
        assert bool(listed_on(manual=manual, day=day).lines) is is_listed

    def test_counts_midnight_to_the_day_that_begins(self, manual):
        date_first(add_chapter(manual), london(2017, 7, 1))
        assert not listed_on(manual=manual, day=date(2017, 6, 30)).lines
        assert listed_on(manual=manual, day=date(2017, 7, 1)).lines

    def test_does_not_name_what_was_only_taken_down(self, manual):
        chapter = add_chapter(manual, title="Secret")
        back_by(WEEK)
        chapter.unpublish()
        then = listed_on(manual=manual, day=timezone.localdate() - timedelta(days=1))
        assert then.lines == ()
        assert then.hidden == 1

    def test_does_not_name_a_chapter_that_is_private_now(self, manual):
        chapter = add_chapter(manual, title="Secret")
        back_by(WEEK)
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
        assert listed_on(manual=manual, day=timezone.localdate() - timedelta(days=1)).hidden == 1

    def test_names_what_was_withdrawn_since(self, manual):
        chapter = add_chapter(manual, title="Old way")
        back_by(WEEK)
        withdraw_page(page=chapter, way="withdrawn", reason="The law changed.", now=timezone.now())
        then = listed_on(manual=manual, day=timezone.localdate() - timedelta(days=1))
        assert [line.title for line in then.lines] == ["Old way"]
        assert listed(manual) == []

    def test_has_a_page_that_is_not_indexed(self, client, manual):
        add_chapter(manual, title="A")
        response = client.get(f"{manual.url}on/{timezone.localdate()}/")
        assert b'<meta name="robots" content="noindex">' in response.content
        assert f'<link rel="canonical" href="{manual.full_url}">'.encode() in response.content

    @pytest.mark.parametrize("day", ["2017-02-30", "20170310", "2017-W10-5", "0001-01-01", "x", "2017-03-10T00:00"])
    def test_has_no_page_for_what_is_no_day(self, client, day):
        assert client.get(f"{add_manual().url}on/{day}/").status_code == 404

    def test_says_so_where_the_day_is_still_to_come(self, client):
        assert b"still to come" in client.get(f"{add_manual().url}on/2117-03-10/").content

    def test_shows_what_is_scheduled_until_a_day_to_come_to_staff_alone(self, client, manual):
        draft = add_chapter(manual, title="Planned", publish=False)
        draft.go_live_at = timezone.now() + timedelta(days=3)
        draft.save_revision(approved_go_live_at=draft.go_live_at)
        address = f"{manual.url}on/{timezone.localdate() + timedelta(days=9)}/"
        assert b"Planned" not in client.get(address).content
        client.force_login(make_manager())
        assert b"Planned" in client.get(address).content
        assert b"Planned" not in client.get(f"{manual.url}on/{timezone.localdate() + timedelta(days=1)}/").content

    @pytest.mark.parametrize("typed", ["10/03/2017", "2017-03-10", "10 March 2017", "10 Mar 2017", " 10.03.2017 "])
    def test_leads_from_what_people_type(self, client, typed, manual):
        assert client.get(f"{manual.url}on/", {"date": typed}).url == f"{manual.url}on/2017-03-10/"

    @pytest.mark.parametrize("typed", ["", "yesterday", "31/31/2017", "١٠/٠٣", "9" * 5000])
    def test_asks_again_for_what_is_no_date(self, client, typed):
        response = client.get(f"{add_manual().url}on/", {"date": typed})
        assert response.status_code == 200
        assert b"Type a date like" in response.content


class TestTheListNow:
    def test_shows_states_of_the_last_sixty_days(self, manual):
        now = timezone.now()
        add_chapter(manual, title="Fresh")
        old = add_chapter(manual, title="Old")
        date_first(old, now - timedelta(days=61))
        amended = add_chapter(manual, title="Amended")
        date_first(amended, now - timedelta(days=100))
        change(amended, scope="<p>Other</p>")
        reviewed = add_chapter(
            manual, title="Reviewed", under_review_since=date(2020, 1, 1), under_review_reason="Law."
        )
        date_first(reviewed, now - timedelta(days=100))
        words = {line.title: [state.word for state in line.states] for line in listed_now(manual=manual, now=now).lines}
        assert words == {"Fresh": ["New"], "Old": [], "Amended": ["Updated"], "Reviewed": ["Under review"]}

    def test_lists_parts_alone_when_it_is_very_long(self, manual):
        for title in ("A", "B"):
            part = add_part(manual, title=title)
            template = add_chapter(part, title="Chapter", publish=False)
            ChapterPage.objects.filter(pk=template.pk).update(live=True)
        entries = [
            ContentsEntry(
                manual=manual,
                page_id=None,
                number=f"1.{number}",
                sort_key=f"00001.{number:05}",
                depth=2,
                title="x",
                is_chapter=True,
                since=timezone.now(),
            )
            for number in range(MOST_LINES)
        ]
        ContentsEntry.objects.bulk_create(entries)
        then = listed_on(manual=manual, day=timezone.localdate())
        assert then.parts_only
        assert [line.title for line in then.lines] == ["A", "B"]

    def test_leaves_out_what_has_expired_though_it_is_remembered(self, manual):
        expires = timezone.now() + timedelta(minutes=5)
        add_chapter(manual, title="A", expire_at=expires)
        assert [line.title for line in contents_of(manual.pk).lines] == ["A"]
        with mock.patch("procedures.contents.timezone.now", return_value=expires):
            assert contents_of(manual.pk).lines == ()
