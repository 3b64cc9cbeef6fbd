"""Every block an editor may choose shows what it will look like."""

import pytest
from django.urls import reverse

from board_business.models import MeetingPage, ReviewPage
from bulletins.models import BulletinPage
from home.models import HomePage, InformationPage
from tests.factories import make_contact, make_manager

pytestmark = pytest.mark.django_db


STREAMS = [
    (BulletinPage, "items"),
    (InformationPage, "body"),
    (HomePage, "tasks"),
    (HomePage, "priorities"),
    (MeetingPage, "decisions"),
    (ReviewPage, "good_practice"),
    (ReviewPage, "actions"),
]


def chosen_blocks():
    """Return (name, block) for every block that can be chosen in a stream of a page type, and inside an item."""
    streams = [model._meta.get_field(name).stream_block for model, name in STREAMS]
    streams.append(streams[0].child_blocks["news"].child_blocks["body"])
    return [
        (f"{type(stream).__name__}.{name}", block) for stream in streams for name, block in stream.child_blocks.items()
    ]


class TestEveryBlock:
    @pytest.mark.parametrize(("name", "block"), chosen_blocks())
    def test_says_what_it_is_for_and_can_be_previewed(self, name, block):
        assert block.meta.description, name
        assert block.is_previewable, name
        assert block.meta.icon != "placeholder", name

    @pytest.mark.parametrize(("name", "block"), chosen_blocks())
    def test_preview_looks_like_the_site(self, client, name, block):
        make_contact(team="Board office")
        client.force_login(make_manager())
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200, name
        assert b"css/site" in response.content

    def test_preview_of_a_law_shows_its_date(self, client):
        client.force_login(make_manager())
        block = BulletinPage._meta.get_field("items").stream_block.child_blocks["new_law"]
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert b"3 April 2017" in response.content
        assert b"Call the police" in response.content
