"""Meetings and reviews in the admin."""

import pytest
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from board_business.blocks import ActionBlock
from board_business.models import MeetingPage, ReviewPage
from tests.board_business.factories import action, add_board, add_meeting, add_review
from tests.factories import add_home, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

home = once(add_home)


@once
def board(home):
    return add_board(home)


class TestScreens:
    @pytest.mark.parametrize("model", [MeetingPage, ReviewPage])
    def test_open_for_a_new_page(self, client, board, model):
        client.force_login(make_manager())
        answer = client.get(
            reverse("wagtailadmin_pages:add", args=["board_business", model._meta.model_name, board.pk])
        )
        assert answer.status_code == 200

    def test_tell_whether_the_learning_fits_on_a_sheet(self, client, board):
        client.force_login(make_manager())
        short, long = add_review(board), add_review(board, what_happened=f"<p>{'We read files. ' * 500}</p>")
        said = [
            client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode() for page in (short, long)
        ]
        assert "The learning fits on one sheet of paper." in said[0]
        assert "runs on to a second sheet" in said[1]

    def test_preview_the_learning(self, client, board):
        review = add_review(board)
        assert ("learning", "Learning on one page") in review.preview_modes
        request = client.get(review.url).wsgi_request
        assert b"Learning on one page" in review.serve_preview(request, "learning").content
        assert b"What was found" in review.serve_preview(request, "").content

    def test_open_for_a_meeting(self, client, board):
        client.force_login(make_manager())
        assert client.get(reverse("wagtailadmin_pages:edit", args=[add_meeting(board).pk])).status_code == 200


class TestForm:
    def test_refuses_a_period_that_ends_before_it_begins(self, client, board):
        client.force_login(make_manager())
        nothing = {name: streamfield([]) for name in ("good_practice", "areas_for_development", "documents", "actions")}
        written = {name: rich_text("") for name in ("methods", "what_happened", "what_to_do")}
        facts = {"title": "Our audit", "slug": "our-audit", "review_type": "inspection", "theme": "Neglect"}
        days = {"published_on": "2017-03-10", "period_from": "2017-02-01", "period_to": "2017-01-01"}
        address = reverse("wagtailadmin_pages:add", args=["board_business", "reviewpage", board.pk])
        answer = client.post(address, nested_form_data(nothing | written | facts | days | {"action-publish": "1"}))
        assert "before the one from which it looks at work" in answer.content.decode()
        assert not ReviewPage.objects.exists()
        client.post(
            address, nested_form_data(nothing | written | facts | days | {"period_to": "", "action-publish": "1"})
        )
        assert ReviewPage.objects.get().live

    def test_asks_why_an_action_was_dropped(self):
        block = ActionBlock()
        value = block.to_python(action("x", "dropped")["value"])
        with pytest.raises(StructBlockValidationError) as refusal:
            block.clean(value)
        assert set(refusal.value.block_errors) == {"outcome"}
        value["outcome"] = "Callers did not want it."
        assert block.clean(value)["state"] == "dropped"
