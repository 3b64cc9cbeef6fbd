"""Questions in practitioners' words are answered on the demonstration site. `make bench` prints the figures."""

import tomllib
from pathlib import Path

import pytest
from django.utils import timezone

from demo.building import build_demonstration
from tests.search import judging

SAID = tomllib.loads((Path(__file__).parent / "judgements.toml").read_text(encoding="utf-8"))["question"]


class TestTheQuestions:
    def test_are_sixty_at_least_and_each_is_asked_once(self):
        assert len({one["asked"].casefold() for one in SAID}) == len(SAID) >= 60

    def test_have_an_answer_each(self):
        for one in SAID:
            assert set(one["answers"].values()) <= {1, 2, 3}, one
            assert max(one["answers"].values()) == 3, one


@pytest.mark.django_db
class TestTheAnswers:
    def test_come_among_the_first_and_in_good_order(self):
        """The bars of the bench, without the base line: Wagtail's index is not kept in tests."""
        build_demonstration(today=judging.DAY, hostname="testserver", port=80)
        judged = judging.judge_ours(judging.questions(), now=timezone.now())
        assert judged.success >= 0.9, judged.missed
        assert judged.ndcg >= 0.8
