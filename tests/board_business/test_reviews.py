"""An inspection, audit or review, as readers and other rooms see it."""

from datetime import date
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.timezone import localdate

from board_business.models import ReviewPage
from board_business.one_sheet import sheets_needed
from gathering.models import Piece
from pages.models import Topic
from tests.board_business.factories import action, add_board, add_review, block, finding, publish_again
from tests.factories import add_home, add_information, forget_stored_pages, make_contact
from tests.once import once
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

home = once(add_home)
WARNING = "This review describes the death of a child."


@once
def board(home):
    return add_board(home)


def soup_of(client, page, suffix=""):
    response = client.get(page.url + suffix)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def on(day: date):
    """Let it be another day."""

    def today(*moment) -> date:
        return localdate(*moment) if moment else day

    return mock.patch("django.utils.timezone.localdate", today)


class TestReview:
    def test_shows_what_it_was_what_was_found_and_what_comes_of_it(self, client, home, board):
        report = add_information(home, title="The full report")
        review = add_review(
            board,
            theme="Neglect",
            carried_out_by="Audit group",
            period_from=date(2016, 1, 1),
            period_to=date(2016, 12, 31),
            what_happened="<p>We read files.</p>",
            methods="<p>Twelve files.</p>",
            contact=make_contact(team="Board office", email="office@board.example"),
            documents=[block("page", report.pk)],
            actions=[action("Ring back", "done", outcome="They do.")],
        )
        soup = soup_of(client, review)
        text = soup.find("main").get_text(" ", strip=True)
        for words in ("Multi-agency audit", "Neglect", "Audit group", "from January 2016 to December 2016"):
            assert words in text
        for words in ("We read files.", "Calls were answered.", "Letters were not.", "Ring back", "They do.", "Twelve"):
            assert words in text
        assert soup.find("a", href=report.url)
        assert soup.find("a", href="mailto:office@board.example")
        for link in soup.select("nav.contents a"):
            assert soup.find(id=link["href"].removeprefix("#"))

    def test_shows_of_an_empty_one_only_what_there_is(self, client, board):
        nothing = {"good_practice": [], "areas_for_development": [], "what_to_do": "", "actions": []}
        review = add_review(board, **nothing)
        soup = soup_of(client, review)
        assert not soup.select("main h2")
        assert soup_of(client, review, "learning/")

    def test_leaves_out_documents_that_readers_may_not_see(self, client, home, board):
        secret = add_information(home, title="Secret plan", publish=False)
        text = soup_of(client, add_review(board, documents=[block("page", secret.pk)])).get_text(" ", strip=True)
        assert "Secret plan" not in text
        assert "What came of it" not in text

    def test_warns_before_anything_else_is_said_and_in_lists(self, client, board):
        review = add_review(board, content_warning=WARNING, search_description="It was hard.")
        text = client.get(review.url).content.decode().partition("<main")[2]
        assert text.index(WARNING) < text.index("It was hard.")
        soup = soup_of(client, review)
        ways = [link["href"] for link in soup.select(".warning__ways a")]
        assert ways == ["#what-to-do", "#findings", board.url]
        assert all(soup.find(id=way[1:]) for way in ways if way.startswith("#"))
        for address in (board.url, f"{board.url}reviews/", f"{review.url}learning/"):
            assert WARNING in client.get(address).content.decode()

    def test_escapes_what_staff_type(self, client, board):
        bad = "<script>alert(1)</script>"
        review = add_review(
            board, title=bad, theme=bad, carried_out_by=bad, content_warning=bad, actions=[action(bad, outcome=bad)]
        )
        for address in (review.url, f"{review.url}learning/", board.url, f"{board.url}reviews/"):
            assert b"<script>alert" not in client.get(address).content
        news = review.newsworthy(review.history())[0]
        assert "<script" not in news.text + news.values["next_steps"]

    def test_costs_as_many_queries_with_forty_actions_as_with_two(
        self, client, home, board, django_assert_max_num_queries
    ):
        keys = [add_information(home).pk for _ in range(3)]
        add_review(board)
        fields = {"contact": make_contact(), "documents": [block("page", key) for key in keys]}
        small, large = (
            add_review(
                board,
                actions=[action() for _ in range(number)],
                good_practice=[finding() for _ in range(number)],
                **fields,
            )
            for number in (2, 40)
        )
        for review in (small, small, large):
            forget_stored_pages()
            with django_assert_max_num_queries(16):
                client.get(review.url)


class TestActionPlan:
    def test_is_overdue_by_the_clock(self, client, board):
        review = add_review(board, actions=[action("Late", "under_way", date(2017, 5, 1)), action("Done", "done")])
        with on(date(2017, 5, 1)):
            assert "1 of 2 done" in client.get(review.url).content.decode()
        forget_stored_pages()
        with on(date(2017, 5, 2)):
            assert "1 of 2 done, 1 overdue" in client.get(review.url).content.decode()
            assert "1 of 2 done, 1 overdue" in client.get(board.url).content.decode()

    def test_is_read_in_an_old_edition_as_it_stood_when_that_ended(self, client, board):
        review = add_review(board, actions=[action("Late", due=date(2999, 1, 1))])
        publish_again(review, actions=[action("Late", "done")])
        with on(date(2999, 6, 1)):
            text = soup_of(client, review, "editions/1/").find("main").get_text(" ", strip=True)
        assert "0 of 1 done" in text
        assert "overdue" not in text

    def test_tells_in_words_what_changed_between_two_editions(self, client, board):
        first = action("Ring back", "not_started", date(2017, 5, 1))
        review = add_review(board, actions=[first])
        done = first | {"value": first["value"] | {"state": "done", "outcome": "They do."}}
        publish_again(review, actions=[done])
        text = soup_of(client, review, "compare/1/2/").find("main").get_text(" ", strip=True)
        for words in ("Ring back", "Not started", "Done", "They do."):
            assert words in text
        assert "not_started" not in text


class TestLearning:
    def test_says_the_most_important_on_a_page_of_its_own(self, client, board):
        review = add_review(
            board, what_happened="<p>We read files.</p>", contact=make_contact(team="Board office"), title="Our audit"
        )
        soup = soup_of(client, review, "learning/")
        text = soup.get_text(" ", strip=True)
        for words in (
            "Our audit",
            "We read files.",
            "Calls were answered.",
            "Letters were not.",
            "Ring.",
            "Board office",
        ):
            assert words in text
        assert "Action plan:" not in text
        assert soup.find("meta", attrs={"name": "robots", "content": "noindex"})
        assert soup.find("link", rel="canonical")["href"] == review.full_url

    def test_is_told_to_be_too_long_before_it_is_printed(self, board):
        short = add_review(board)
        assert sheets_needed(short) < 0.6
        assert sheets_needed(add_review(board, what_happened=f"<p>{'We read files. ' * 500}</p>")) > 1

    @pytest.mark.parametrize("way", ["withdrawn", "consolidated", "error"])
    def test_is_read_of_a_withdrawn_review_only_where_the_review_is(self, client, home, board, way):
        review = add_review(board, title="Our audit")
        replacement = add_information(home)
        fields = {"replacement": replacement} if way == "consolidated" else {}
        withdraw_page(page=review, way=way, reason="Out of date.", now=timezone.now(), **fields)
        answers = [client.get(review.url + suffix).status_code for suffix in ("", "learning/")]
        assert (answers == [200, 200]) == (way == "withdrawn")
        assert all(answer in (200, 301, 302, 410) for answer in answers)


class TestPieces:
    def test_are_the_findings_with_topics_of_their_own(self, client, board):
        for name in ("Neglect", "Law"):
            Topic.objects.create(name=name, slug=name.lower())
        own = finding("Know the <b>law</b>.", topics=["law"])
        review = add_review(
            board,
            title="Neglect",
            published_on=date(2017, 3, 10),
            areas_for_development=[own, finding("No topic.")],
        )
        single = Piece.objects.get(page=review)
        assert (single.group, single.day) == ("findings", date(2017, 3, 10))
        assert (single.title, single.kind) == ("Know the law.", "Area for development")
        assert single.topics.get().slug == "law"
        assert soup_of(client, review).find(id=single.anchor)


class TestNewsworthy:
    def test_is_what_a_new_review_found(self, board):
        good, bad = finding("Good."), finding("Bad.")
        review = add_review(
            board,
            title="Our audit",
            theme="Neglect",
            search_description="We looked.",
            content_warning=WARNING,
            published_on=date(2017, 3, 10),
            good_practice=[good],
            areas_for_development=[bad],
            actions=[action("Ring & write.", due=date(2017, 5, 1)), action("Did it", "done")],
        )
        (news,) = review.newsworthy(review.history())
        assert (news.key, news.kind, news.heading) == (f"review:{review.pk}", "inspection", "Our audit")
        assert (news.reason, news.place) == ("Published on 10 March 2017", "findings")
        assert WARNING in news.text
        assert news.text.index(WARNING) < news.text.index("We looked.")
        assert news.values == {
            "theme": "Neglect",
            "good_practice": [{"type": "item", "id": good["id"], "value": "<p>Good.</p>"}],
            "areas_for_development": [{"type": "item", "id": bad["id"], "value": "<p>Bad.</p>"}],
            "next_steps": "<ul><li>Ring &amp; write: Police, by 1 May 2017</li></ul>",
            "topics": [],
        }

    def test_is_what_was_done_since_where_the_findings_stayed(self, board):
        review = add_review(board)
        edition = publish_again(review, actions=[action("x", "done")], note="All <done>.")
        (news,) = ReviewPage.objects.get(pk=review.pk).newsworthy([edition])
        assert (news.key, news.kind) == (f"review:{review.pk}:2", "news")
        assert news.text == "<p>All &lt;done&gt;.</p>"

    def test_is_the_review_again_where_its_findings_changed(self, board):
        review = add_review(board)
        edition = publish_again(review, good_practice=[finding("More was good.")])
        (news,) = ReviewPage.objects.get(pk=review.pk).newsworthy([edition])
        assert (news.key, news.kind) == (f"review:{review.pk}:findings:2", "inspection")
        assert "findings changed since" in news.reason
        assert review.newsworthy([]) == []
