"""A meeting, as readers and other rooms see it."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from board_business.models import MeetingPage
from gathering.models import Piece
from pages.models import Topic
from tests.board_business.factories import add_board, add_meeting, decision, publish_again
from tests.factories import add_home, add_information, forget_stored_pages
from tests.once import once

pytestmark = pytest.mark.django_db

home = once(add_home)


@once
def board(home):
    return add_board(home)


def soup_of(client, page, suffix=""):
    response = client.get(page.url + suffix)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class TestMeeting:
    def test_shows_when_where_who_and_what_was_decided(self, client, home, board):
        minutes = add_information(home, title="Minutes of March")
        strategy = add_information(home, title="The strategy")
        step = {"agency": "Police", "what": "reports on it", "by": "2017-06-01"}
        meeting = add_meeting(
            board,
            meeting_date=date(2017, 3, 10),
            place="Guildhall",
            agencies="Police\n\n Schools \n",
            minutes=minutes,
            decisions=[decision("A strategy", "<p>We agreed.</p>", steps=[step], documents=[strategy.pk])],
        )
        soup = soup_of(client, meeting)
        text = soup.find("main").get_text(" ", strip=True)
        for words in ("Friday 10 March 2017", "Guildhall", "Schools", "We agreed.", "reports on it by 1 June 2017"):
            assert words in text
        assert soup.find("a", href=strategy.url)
        assert soup.find("a", href=minutes.url)

    def test_keeps_an_anchor_when_decisions_are_reordered_and_reworded(self, client, board):
        one, two = decision("One"), decision("Two")
        meeting = add_meeting(board, decisions=[one, two])
        reworded = one | {"value": one["value"] | {"heading": "One, reworded"}}
        publish_again(meeting, decisions=[two, reworded])
        soup = soup_of(client, meeting)
        anchors = [section["id"] for section in soup.select("section.item")]
        assert anchors == [f"decision-{two['id'][:8]}", f"decision-{one['id'][:8]}"]
        assert [link["href"] for link in soup.select("nav.contents a")] == [f"#{anchor}" for anchor in anchors]

    def test_leaves_out_documents_that_readers_may_not_see(self, client, home, board):
        secret = add_information(home, title="Secret plan", publish=False)
        meeting = add_meeting(board, minutes=secret, decisions=[decision(documents=[secret.pk])])
        text = soup_of(client, meeting).get_text(" ", strip=True)
        assert "Secret plan" not in text
        assert "What came of it" not in text
        assert "Minutes" not in text

    def test_leads_to_those_before_and_after_that_readers_may_see(self, client, board):
        first = add_meeting(board, title="First")
        add_meeting(board, title="Draft", publish=False)
        middle = add_meeting(board, title="Middle")
        last = add_meeting(board, title="Last", meeting_date=middle.meeting_date)
        links = soup_of(client, middle).select(".neighbours a")
        assert [link["href"] for link in links] == [first.url, last.url]
        assert [link["href"] for link in soup_of(client, last).select(".neighbours a")] == [middle.url]

    def test_says_that_it_is_still_to_come(self, client, board):
        meeting = add_meeting(board, meeting_date=date(2999, 1, 1), decisions=[])
        assert "still to come" in soup_of(client, meeting).get_text()

    def test_escapes_what_staff_type(self, client, board):
        bad = "<script>alert(1)</script>"
        step = {"agency": bad, "what": bad, "by": None}
        meeting = add_meeting(board, title=bad, place=bad, agencies=bad, decisions=[decision(bad, steps=[step])])
        assert b"<script>alert" not in client.get(meeting.url).content
        assert b"<script>alert" not in client.get(board.url).content

    def test_costs_as_many_queries_with_forty_decisions_as_with_two(
        self, client, home, board, django_assert_max_num_queries
    ):
        pages = [add_information(home) for _ in range(3)]
        keys = [page.pk for page in pages]
        add_meeting(board)
        small, large = (
            add_meeting(board, decisions=[decision(documents=keys) for _ in range(number)]) for number in (2, 40)
        )
        for meeting in (small, small, large):
            forget_stored_pages()
            with django_assert_max_num_queries(14):
                client.get(meeting.url)


class TestHistory:
    def test_tells_what_changed_in_which_decision(self, client, board):
        one, two = decision("Neglect", "<p>We agreed.</p>", topics=["neglect"]), decision("Online safety")
        meeting = add_meeting(board, decisions=[one, two], agencies="Police")
        changed = one | {"value": one["value"] | {"decision": "<p>We approved it.</p>", "topics": []}}
        publish_again(meeting, decisions=[changed, two], agencies="Police\nSchools")
        text = soup_of(client, meeting, "compare/1/2/").find("main").get_text(" ", strip=True)
        for words in ("Neglect", "approved it", "Schools"):
            assert words in text
        assert "neglect" not in text
        as_it_was = soup_of(client, meeting, "editions/1/").find("main").get_text(" ", strip=True)
        assert "We agreed." in as_it_was
        assert "In force" in as_it_was or "in force" in as_it_was

    def test_asks_what_people_need_to_know(self, board):
        edition = publish_again(add_meeting(board), note="It was online.", place="Online")
        assert (edition.number, edition.kind) == (2, "Board meeting")


class TestPieces:
    def test_are_its_decisions_on_the_day_of_the_meeting_at_their_anchors(self, client, board):
        neglect = Topic.objects.create(name="Neglect", slug="neglect")
        meeting = add_meeting(
            board,
            meeting_date=date(2017, 3, 10),
            decisions=[
                decision("Strategy", "<p>Agreed <b>now</b>.</p>", topics=["neglect"]),
                decision("About neglect"),
            ],
        )
        first, second = Piece.objects.filter(page=meeting).order_by("order")
        assert (first.group, first.day, first.summary) == ("decisions", date(2017, 3, 10), "Agreed now.")
        assert [list(piece.topics.all()) for piece in (first, second)] == [[neglect], [neglect]]
        assert soup_of(client, meeting).find(id=first.anchor)
        meeting.unpublish()
        assert not Piece.objects.visible().exists()

    def test_without_topics_of_their_own_have_those_of_the_meeting(self, board):
        law = Topic.objects.create(name="Law", slug="law")
        meeting = add_meeting(board, decisions=[decision("Something")])
        meeting.topics.set([law])
        meeting.save_revision().publish()
        assert list(Piece.objects.get().topics.all()) == [law]


class TestNewsworthy:
    def test_is_each_decision_of_a_new_meeting(self, home, board):
        page = add_information(home)
        one = decision("Strategy", "<p>We agreed.</p>", documents=[page.pk], topics=["neglect"])
        meeting = add_meeting(board, meeting_date=date(2017, 3, 10), decisions=[one, decision("Other")])
        news, other = meeting.newsworthy(meeting.history())
        assert news.key == f"decision:{meeting.pk}:{one['id']}"
        assert (news.kind, news.heading, news.reason) == ("decision", "Strategy", "Decided on 10 March 2017")
        assert (news.page_id, news.place) == (meeting.pk, f"decision-{one['id'][:8]}")
        assert news.values == {
            "meeting_date": "2017-03-10",
            "decision": "<p>We agreed.</p>",
            "document": page.pk,
            "topics": ["neglect"],
        }
        assert other.values["document"] is None
        assert news.moment == meeting.history().first().in_force_from

    def test_is_what_was_added_or_reworded_since_and_nothing_else(self, board):
        stays, changes = decision("Stays"), decision("Changes")
        meeting = add_meeting(board, decisions=[stays, changes])
        changed = changes | {"value": changes["value"] | {"decision": "<p>Otherwise.</p>"}}
        added = decision("Added")
        edition = publish_again(meeting, decisions=[changed, stays, added])
        found = MeetingPage.objects.get(pk=meeting.pk).newsworthy([edition])
        assert [(news.heading, "reworded" in news.reason) for news in found] == [("Changes", True), ("Added", False)]

    def test_leaves_out_what_was_taken_away_again_and_what_nobody_needs_to_know(self, board):
        meeting = add_meeting(board, decisions=[])
        goes, stays = decision("Goes"), decision("Stays")
        edition = publish_again(meeting, decisions=[goes, stays])
        publish_again(meeting, significance="minor", note="", decisions=[stays, decision("Quietly")])
        assert [news.heading for news in meeting.newsworthy([edition])] == ["Stays"]
        assert meeting.newsworthy([]) == []

    def test_asks_the_database_as_often_for_forty_decisions_as_for_two(self, board, django_assert_max_num_queries):
        for number in (2, 40):
            meeting = add_meeting(board, decisions=[decision() for _ in range(number)])
            publish_again(meeting, decisions=[decision() for _ in range(number)])
            meeting = MeetingPage.objects.get(pk=meeting.pk)
            editions = list(meeting.history().select_related("revision")[:1])
            with django_assert_max_num_queries(2):
                assert len(meeting.newsworthy(editions)) == number
