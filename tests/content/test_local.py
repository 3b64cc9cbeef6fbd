"""Passages that hold for one area only."""

import pytest
from django.contrib.admin.utils import quote
from django.db.migrations.writer import MigrationWriter
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.blocks.definition_lookup import BlockDefinitionLookup, BlockDefinitionLookupBuilder
from wagtail.fields import StreamField

from content.fetching import fetched_together
from content.local import LocalVariantBlock, areas_to_choose
from organisation.models import Area
from procedures.models import ChapterPage
from tests.factories import make_manager
from tests.procedures.factories import add_chapter, add_manual, block, section


def passage(area, text="<p>Ring the city.</p>") -> dict:
    """Return the raw form of a passage."""
    return {"area": area and area.pk, "body": [{"type": "text", "value": text}]}


@pytest.fixture
def city(db):
    return Area.objects.create(name="Wenborough", sort_order=1)


@pytest.fixture
def county(db):
    return Area.objects.create(name="Marlshire", sort_order=2)


def chapter_for(*areas) -> ChapterPage:
    """Return a chapter with a passage for each of these areas; it is not saved."""
    passages = [block("local", passage(area)) for area in areas]
    return ChapterPage(title="Chapter", sections=[section("Whom to ring", *passages)])


def shown(raw) -> str:
    block = LocalVariantBlock()
    return block.render(block.to_python(raw))


class TestLocalVariantBlock:
    def test_says_in_words_whom_the_passage_is_for(self, city):
        html = shown(passage(city))
        assert "<summary>For Wenborough only</summary>" in html
        assert 'data-area="wenborough"' in html
        assert "Ring the city." in html

    def test_is_open_without_a_script(self, city):
        assert '<details class="local" open' in shown(passage(city))

    def test_asks_nothing_of_the_database_while_a_page_is_shown(self, city, django_assert_num_queries):
        chapter = chapter_for(city, city, city)
        with fetched_together(chapter), django_assert_num_queries(0):
            assert str(chapter.sections).count("For Wenborough only") == 3

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


class TestAreasToChoose:
    def test_are_all_areas_where_a_passage_is_for_one(self, city, county):
        assert areas_to_choose(chapter_for(county)) == [city, county]

    def test_are_none_where_every_passage_is_for_everybody(self, city, county):
        assert areas_to_choose(ChapterPage(title="Chapter", sections=[section("Whom to ring")])) == []

    def test_are_none_where_there_is_only_one_or_the_area_is_gone(self, city, county):
        chapter = chapter_for(county)
        county.delete()
        assert areas_to_choose(chapter) == []
        assert areas_to_choose(chapter_for(city)) == []
        assert "For one area only" in str(chapter.sections)

    def test_cost_no_query_once_they_are_remembered(self, city, county, django_assert_num_queries):
        chapter = chapter_for(city)
        with fetched_together(chapter):
            areas_to_choose(chapter)
            with django_assert_num_queries(0):
                assert areas_to_choose(chapter) == [city, county]

    def test_follow_when_an_area_is_renamed(self, city, county, django_capture_on_commit_callbacks):
        chapter = chapter_for(city)
        areas_to_choose(chapter)
        county.name = "The county"
        with django_capture_on_commit_callbacks(execute=True):
            county.save()
        assert [area.name for area in areas_to_choose(chapter)] == ["Wenborough", "The county"]


class TestAreaChoice:
    def test_stays_out_of_sight_without_a_script(self, city, county):
        html = render_to_string("components/area_choice.html", {"areas": [city, county]})
        assert '<div class="area-choice" hidden data-areas>' in html
        assert html.count('type="radio"') == 3

    def test_is_not_there_without_areas(self):
        assert render_to_string("components/area_choice.html", {"areas": []}).strip() == ""


class TestDeletingAnArea:
    def test_is_refused_while_a_passage_is_for_it(self, city, client):
        add_chapter(add_manual(), sections=[section("Whom to ring", block("local", passage(city)))])
        client.force_login(make_manager())
        address = reverse(Area.snippet_viewset.get_url_name("delete"), args=[quote(city.pk)])
        answer = client.post(address, follow=True)
        assert "these pages have passages for it" in answer.content.decode()
        assert Area.objects.filter(pk=city.pk).exists()

    def test_is_possible_when_nothing_is_for_it(self, city, client):
        client.force_login(make_manager())
        client.post(reverse(Area.snippet_viewset.get_url_name("delete"), args=[quote(city.pk)]))
        assert not Area.objects.exists()
