"""Passages that hold for one area only."""

import pytest
from django.db.migrations.writer import MigrationWriter
from wagtail.blocks import StreamBlock
from wagtail.blocks.definition_lookup import BlockDefinitionLookup, BlockDefinitionLookupBuilder
from wagtail.fields import StreamField

from content.local import LocalVariantBlock
from organisation.models import Area


def passage(area, text="<p>Ring the city.</p>") -> dict:
    """Return the raw form of a passage."""
    return {"area": area and area.pk, "body": [{"type": "text", "value": text}]}


@pytest.fixture
def city(db):
    return Area.objects.create(name="Wenborough")


def shown(raw) -> str:
    block = LocalVariantBlock()
    return block.render(block.to_python(raw))


class TestLocalVariantBlock:
    def test_says_in_words_whom_the_passage_is_for(self, city):
        html = shown(passage(city))
        assert '<p class="local__for">For Wenborough only</p>' in html
        assert 'data-area="wenborough"' in html
        assert "Ring the city." in html

    def test_is_still_labelled_when_its_area_is_gone(self, city):
        raw = passage(city)
        city.delete()
        html = shown(raw)
        assert "For one area only" in html
        assert 'data-area=""' in html

    def test_escapes_the_name_of_the_area(self, db):
        html = shown(passage(Area.objects.create(name='"><b>Wen & Co')))
        assert "<b>" not in html
        assert "Wen &amp; Co" in html

    def test_takes_the_features_of_its_text_from_where_it_is_used(self):
        block = LocalVariantBlock(features=["h4"])
        assert block.child_blocks["body"].child_blocks["text"].features == ["h4"]

    def test_stands_in_migrations_with_one_line(self):
        block = LocalVariantBlock(features=["h4"], required=False)
        assert block.deconstruct() == (
            "content.local.LocalVariantBlock",
            [],
            {"features": ["h4"], "required": False},
        )

    def test_can_be_built_again_from_a_migration(self):
        field = StreamField(StreamBlock([("local", LocalVariantBlock(features=["h4"]))]))
        written, _ = MigrationWriter.serialize(field)
        assert "area" not in written
        builder = BlockDefinitionLookupBuilder()
        index = builder.add_block(LocalVariantBlock(features=["h4"]))
        again = BlockDefinitionLookup(builder.get_lookup_as_dict()).get_block(index)
        assert again == LocalVariantBlock(features=["h4"])
        assert list(again.child_blocks) == ["area", "body"]
