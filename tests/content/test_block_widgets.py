"""Blocks are described to the browser once, but not where the description can change."""

import re

import pytest
from django.utils import translation
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.base import BlockWidget

from bulletins.models import BulletinPage
from content.block_widgets import RememberingBlockWidget, is_always_the_same
from pages.models import Topic
from procedures.models import ChapterPage


def widget_of(page_type, name):
    return formfield_for_dbfield(page_type._meta.get_field(name)).widget


def without_keys(block_json: str) -> str:
    """Leave out the key of the empty paragraph with which each text begins: it is drawn anew, and means nothing."""
    return re.sub(r'(key\\+": \\+")\w+', r"\1", block_json)


class TestTheDescription:
    def test_is_that_of_wagtail(self):
        widget = widget_of(ChapterPage, "sections")
        assert isinstance(widget, RememberingBlockWidget)
        assert without_keys(widget.block_json) == without_keys(BlockWidget(widget.block_def).block_json)
        assert str(widget.media) == str(BlockWidget(widget.block_def).media)

    def test_is_put_together_once(self, monkeypatch):
        first = widget_of(ChapterPage, "sections").block_json
        monkeypatch.setattr(BlockWidget, "_build_block_json", None)
        assert widget_of(ChapterPage, "sections").block_json is first

    def test_is_another_in_each_language(self):
        english = widget_of(ChapterPage, "sections").block_json
        with translation.override("fr"):
            assert widget_of(ChapterPage, "sections").block_json != english

    @pytest.mark.django_db
    def test_offers_a_topic_that_was_added_since(self):
        assert "Added since" not in widget_of(BulletinPage, "items").block_json
        Topic.objects.create(name="Added since", slug="added-since")
        assert "Added since" in widget_of(BulletinPage, "items").block_json


class TestWhatCanChange:
    @pytest.mark.parametrize(
        "block",
        [
            ChoiceBlock(choices=lambda: [("a", "A")]),
            CharBlock(default=lambda: "now"),
            ListBlock(CharBlock()),
        ],
    )
    def test_is_found_however_deep_it_lies(self, block):
        assert is_always_the_same(StreamBlock([("one", StructBlock([("two", CharBlock())]))]))
        assert not is_always_the_same(StreamBlock([("one", StructBlock([("two", block)]))]))
