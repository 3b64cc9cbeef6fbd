"""The reading age of a page."""

import pytest

from proofreading.models import ProofreadingSettings
from proofreading.reading import proofread
from proofreading.reading_age import reading_age, sentences_of
from tests.pagetypes.models import LeafletPage
from tests.proofreading.factories import draft
from updates.written import passages_written

EASY = "<p>" + "The cat sat on the mat and ate it. " * 15 + "</p>"
HARD = f"<p>{'Multidisciplinary organisational considerations necessitate interdepartmental communication ' * 20}.</p>"


def age_of(*blocks) -> int | None:
    return reading_age(sentences_of(passages_written(draft(*blocks))))


def test_is_that_of_the_formula_as_it_was_published():
    # Ten words of 55 letters: 4.71 × 5.5 + 0.5 × 10 − 21.43 is grade 9.475, and the age five years more.
    assert age_of("<p>" + "Every worker should write down carefully what children have said. " * 12 + "</p>") == 14
    assert (age_of(EASY), age_of(HARD)) == (5, 22)


def test_takes_items_of_a_list_for_sentences_and_names_for_none():
    items = "<li>the child is safe at home</li>" * 25
    assert age_of(f"<ul>{items}</ul>") == 5
    assert age_of(f"<p>{'Council Police School Probation ' * 40}</p>") is None


def test_is_not_told_of_a_few_words():
    assert age_of("<p>Interdepartmental considerations necessitate communication.</p>") is None


@pytest.mark.django_db
class TestAPageThatIsHardToRead:
    def test_is_led_to_its_longest_sentence(self):
        proof = proofread(draft(EASY, HARD))
        [fault] = proof.faults
        assert (fault.kind, fault.block, proof.wanted_age) == ("reading age", HARD, 12)
        assert "make two of it" in fault.advice

    def test_is_one_that_the_settings_say_is(self):
        settings = ProofreadingSettings.load()
        settings.age_for_everybody = 22
        settings.save()
        assert proofread(draft(EASY, HARD)).faults == ()

    def test_may_be_harder_where_it_is_for_practitioners(self):
        assert ProofreadingSettings().wanted_age(LeafletPage()) == 14
