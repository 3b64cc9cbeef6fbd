"""Words inside files are found by the plain search, with the place where they stand."""

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from home.finding import files_with
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.factories import add_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    words = "Before. " * 20 + "The child's own Voice matters. " + "After. " * 60
    document = make_document(words=words, title="Assessment tool")
    add_resource(add_library(add_home()), document, title="Care profile")
    return document


class TestFilesFound:
    def test_say_where_the_words_stand(self, document):
        (found,) = files_with(["voice", "child's"])
        assert (found.title, found.resource, found.place) == ("Assessment tool", "Care profile", "page 1")
        assert "own Voice" in found.excerpt
        assert len(found.excerpt) < 250

    def test_are_shown_by_the_search(self, client, document):
        html = client.get("/search/?q=voice+matters").content.decode()
        assert "1 file found" in html
        assert "In the files of the library" in html

    @pytest.mark.parametrize("words", [[], ["voice", "zebra"], ["%"], ["_"], ["\\"], ["é"]], ids=repr)
    def test_are_none_for_what_is_not_in_them(self, document, words):
        assert files_with(words) == []

    def test_are_those_of_the_current_version(self, document):
        replace_file(document, words="Something else")
        assert files_with(["voice"]) == []
        assert len(files_with(["something"])) == 1

    def test_are_none_of_a_private_collection(self, document):
        private = Collection.get_first_root_node().add_child(name="Private")
        CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
        document.collection = private
        document.save()
        assert files_with(["voice"]) == []

    @pytest.mark.parametrize("many", [3, 30])
    def test_cost_the_same_for_any_number(self, document, many, django_assert_num_queries):
        library = document.resource_files.get().page.get_parent()
        for number in range(many):
            add_resource(library, make_document(words=f"Voice {number}"))
        with django_assert_num_queries(3):
            assert len(files_with(["voice"])) == min(many + 1, 10)
