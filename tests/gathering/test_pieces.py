"""Pieces follow what is published: their titles, their topics, and whether readers may see them."""

from datetime import date

import pytest
from django.core.management import call_command

from gathering.models import Piece
from gathering.services import names, record_pieces
from pages.models import Topic
from tests.factories import add_archive, add_bulletin, add_home, add_information, news


def topic(name) -> Topic:
    return Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"))


@pytest.fixture
def archive(db):
    return add_archive(add_home())


def topics_of(piece) -> set[str]:
    return set(piece.topics.values_list("name", flat=True))


class TestRecordPieces:
    def test_a_published_issue_has_a_piece_for_each_item(self, archive):
        issue = add_bulletin(
            archive,
            issue_date=date(2030, 4, 1),
            items=[
                news("First", "<p>Words of the <b>first</b></p>"),
                news("Course", kind="training", date="2030-05-16", place="", link=""),
            ],
        )
        first, course = issue.pieces.order_by("order")
        assert (first.title, first.group, first.kind, first.day) == ("First", "news", "News", date(2030, 4, 1))
        assert first.summary == "Words of the first"
        assert first.url == f"{issue.url}#{issue.entries()[0].anchor}"
        assert (course.group, course.day) == ("training", date(2030, 5, 16))

    def test_a_draft_has_none(self, archive):
        add_bulletin(archive, publish=False)
        assert not Piece.objects.exists()

    def test_a_piece_keeps_its_row_while_its_item_stays_and_goes_with_it(self, archive):
        stays, goes = news("Stays"), news("Goes")
        issue = add_bulletin(archive, items=[stays, goes])
        key = issue.pieces.get(title="Stays").pk
        issue.items = [stays | {"value": stays["value"] | {"heading": "Renamed"}}]
        issue.save_revision().publish()
        assert list(issue.pieces.values_list("pk", "title")) == [(key, "Renamed")]

    def test_an_unpublished_issue_shows_none_of_them(self, archive):
        issue = add_bulletin(archive)
        assert Piece.objects.visible().count() == 1
        issue.unpublish()
        assert not Piece.objects.visible().exists()

    def test_of_two_with_the_same_anchor_the_first_is_kept(self, archive):
        first, second = (news(heading) | {"id": f"imported-{heading}"} for heading in ("First", "Second"))
        issue = add_bulletin(archive, items=[first, news("Between"), second])
        assert [piece.title for piece in issue.pieces.order_by("order")] == ["First", "Between"]

    def test_the_command_writes_what_was_published_before_and_nothing_twice(self, archive, capsys):
        add_bulletin(archive, items=[news("One"), news("Two")])
        Piece.objects.all().delete()
        call_command("record_pieces")
        call_command("record_pieces")
        assert Piece.objects.count() == 2
        assert "2 pieces." in capsys.readouterr().out

    def test_an_issue_of_two_hundred_items_costs_as_many_queries_as_one_of_two(
        self, archive, django_assert_max_num_queries
    ):
        topic("Neglect")
        small, large = (add_bulletin(archive, items=[news(f"Neglect {n}") for n in range(count)]) for count in (2, 200))
        for issue in (small, large):
            with django_assert_max_num_queries(10):
                record_pieces(page=issue)


class TestTopics:
    def test_those_that_staff_chose_are_the_only_ones(self, archive):
        topic("Neglect"), topic("Early help")
        issue = add_bulletin(archive, items=[news("Neglect in the early years", topics=["early-help"])])
        assert topics_of(issue.pieces.get()) == {"Early help"}

    def test_without_them_it_is_about_what_its_heading_names(self, archive):
        topic("Neglect"), topic("Online safety")
        issue = add_bulletin(archive, items=[news("On-line and online  safety: a new chapter"), news("Neglected?")])
        assert [topics_of(piece) for piece in issue.pieces.order_by("order")] == [{"Online safety"}, set()]

    def test_and_about_what_the_pages_it_leads_to_are_about(self, archive):
        neglect = topic("Neglect")
        page = add_information(archive.get_parent().specific)
        page.topics.set([neglect])
        page.save_revision().publish()
        issue = add_bulletin(archive, items=[news("A new tool", kind="highlight", page=page.pk)])
        assert topics_of(issue.pieces.get()) == {"Neglect"}
        page.unpublish()
        record_pieces(page=issue)
        assert topics_of(issue.pieces.get()) == set()

    def test_a_topic_that_comes_later_finds_what_names_it_unless_staff_chose(self, archive):
        topic("Early help")
        issue = add_bulletin(
            archive, items=[news("Neglect: the new tool"), news("Neglect again", topics=["early-help"])]
        )
        topic("Neglect")
        assert [topics_of(piece) for piece in issue.pieces.order_by("order")] == [{"Neglect"}, {"Early help"}]

    @pytest.mark.parametrize(
        ("title", "named"),
        [
            ("NEGLECT", True),
            ("neglect, and what to do", True),
            ("Neglectful", False),
            ("Self-neglect", True),
            ("", False),
        ],
    )
    def test_words_are_whole(self, title, named):
        assert names(title, "Neglect") is named

    def test_a_topic_with_signs_is_no_pattern(self):
        assert names("What is (new)?", "(new)?") is True
        assert names("anything", ".*") is False
