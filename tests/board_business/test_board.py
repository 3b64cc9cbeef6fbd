"""The board's page and its lists."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from board_business.listing import A_PAGE, LATEST_MEETINGS, LATEST_REVIEWS
from tests.board_business.factories import action, add_board, add_meeting, add_review, decision
from tests.factories import add_home, forget_stored_pages
from tests.once import once

pytestmark = pytest.mark.django_db

home = once(add_home)
LISTS = ["", "meetings/", "reviews/"]


@once
def board(home):
    return add_board(home)


def soup_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(soup) -> list[str]:
    return [link.get_text() for link in soup.select(".archive__issue :is(h2, h3) a")]


class TestBoard:
    def test_shows_the_latest_meetings_with_their_decisions_and_the_latest_reviews(self, client, board):
        one = decision("A strategy")
        add_meeting(board, title="Old")
        meeting = add_meeting(board, title="New", decisions=[one])
        add_review(board, title="Audit", actions=[action(state="done"), action()])
        soup = soup_of(client, board.url)
        assert titles(soup) == ["New", "Old", "Audit"]
        assert soup.find("a", href=f"{meeting.url}#decision-{one['id'][:8]}").get_text() == "A strategy"
        assert "1 of 2 done" in soup.get_text()

    def test_says_that_there_is_nothing_yet(self, client, board):
        for address in LISTS:
            soup_of(client, board.url + address)
        assert "There are no meetings here." in soup_of(client, board.url).get_text()

    def test_leads_to_the_whole_lists_where_they_are_longer(self, client, board):
        for _ in range(LATEST_MEETINGS + 1):
            add_meeting(board)
        for _ in range(LATEST_REVIEWS + 1):
            add_review(board)
        soup = soup_of(client, board.url)
        assert len(titles(soup)) == LATEST_MEETINGS + LATEST_REVIEWS
        assert [link["href"] for link in soup.select(".board__all a")] == [
            f"{board.url}meetings/",
            f"{board.url}reviews/",
        ]

    @pytest.mark.parametrize("address", LISTS)
    def test_costs_as_many_queries_for_thirty_as_for_three(self, client, board, address, django_assert_max_num_queries):
        for number in (3, 30):
            for _ in range(number):
                add_meeting(board, decisions=[decision(), decision()])
                add_review(board)
            forget_stored_pages()
            client.get(board.url + address)
            forget_stored_pages()
            with django_assert_max_num_queries(8):
                client.get(board.url + address)


class TestLists:
    def test_of_meetings_can_be_had_by_year(self, client, board):
        for year in (2016, 2017):
            add_meeting(board, title=f"Of {year}", meeting_date=date(year, 3, 10))
        soup = soup_of(client, f"{board.url}meetings/")
        assert titles(soup) == ["Of 2017", "Of 2016"]
        assert [link["href"] for link in soup.select("nav.years a")] == ["?year=2017", "?year=2016"]
        chosen = soup_of(client, f"{board.url}meetings/?year=2016")
        assert titles(chosen) == ["Of 2016"]
        assert chosen.find("meta", attrs={"name": "robots", "content": "noindex"})

    def test_of_reviews_can_be_had_by_year_and_type_which_count_each_other(self, client, board):
        for year, kind in ((2016, "inspection"), (2017, "inspection"), (2017, "peer_review")):
            add_review(board, title=f"{kind} {year}", review_type=kind, published_on=date(year, 3, 10))
        soup = soup_of(client, f"{board.url}reviews/?year=2017")
        assert titles(soup) == ["peer_review 2017", "inspection 2017"]
        filters = {link["href"]: " ".join(link.get_text().split()) for link in soup.select("nav.years a")}
        assert filters["?year=2017&type=inspection"] == "Inspection (1 review)"
        assert filters["?"].startswith("2017 (2 reviews, chosen")
        assert titles(soup_of(client, f"{board.url}reviews/?type=inspection&year=2016")) == ["inspection 2016"]

    @pytest.mark.parametrize(
        "query", ["year=x", "year=99999999999999999999", "type=%00", "type=zzz&page=x", "page=999"]
    )
    def test_take_no_notice_of_nonsense(self, client, board, query):
        add_meeting(board, title="One")
        add_review(board, title="Two")
        for address, title in (("meetings/", "One"), ("reviews/", "Two")):
            response = client.get(f"{board.url}{address}?{query}")
            assert response.status_code in (200, 400)
            if response.status_code == 200:
                assert titles(BeautifulSoup(response.content, "html.parser")) == [title]

    def test_have_pages(self, client, board):
        for _ in range(A_PAGE + 1):
            add_meeting(board)
        assert len(titles(soup_of(client, f"{board.url}meetings/"))) == A_PAGE
        assert len(titles(soup_of(client, f"{board.url}meetings/?page=2"))) == 1
