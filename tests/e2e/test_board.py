"""The learning of a review on paper."""

from board_business.models import BoardBusinessPage, ReviewPage
from board_business.one_sheet import sheets_needed
from tests.board_business.factories import add_review, finding

SENTENCE = "Somebody saw the child at home, asked what had changed, and wrote it down in plain words for everybody."


def sheets_of(visit, address: str) -> int:
    """Print a page as a browser does, and return how many sheets it takes."""
    browser = visit()
    browser.go(address)
    return browser.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")


def full_review() -> ReviewPage:
    """Make a review whose learning just fits, as staff are told."""
    review = add_review(BoardBusinessPage.objects.get(), slug="full", what_happened=f"<p>{SENTENCE * 5}</p>")
    while sheets_needed(review) <= 1:
        review.areas_for_development = [*review.areas_for_development.raw_data, finding(SENTENCE)]
    review.areas_for_development = list(review.areas_for_development.raw_data)[:-1]
    review.change_significance = "minor"
    review.save_revision().publish()
    return review


class TestLearningOnOnePage:
    def test_of_the_demonstration_takes_one_sheet(self, visit):
        for review in ReviewPage.objects.all():
            assert sheets_of(visit, f"{review.url}learning/") == 1

    def test_that_staff_are_told_fits_does_fit(self, visit):
        review = full_review()
        assert 0.9 < sheets_needed(review) <= 1
        assert sheets_of(visit, f"{review.url}learning/") == 1
