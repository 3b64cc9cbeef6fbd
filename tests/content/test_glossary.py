"""Words of the glossary: one meaning each, known to every page, forgotten when they change."""

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from content.glossary import glossary, with_words
from content.models import GlossaryPage, GlossaryTerm
from tests.factories import add_home, add_information, add_page, make_manager
from tests.once import once


def add_term(term="local authority designated officer", acronym="LADO", **fields) -> GlossaryTerm:
    """Make a word of the glossary."""
    values = {"term": term, "acronym": acronym, "definition": f"What {term} means."} | fields
    return GlossaryTerm.objects.create(**values)


home = once(add_home)


class TestGlossaryTerm:
    def test_lists_every_form_once(self):
        term = GlossaryTerm(term="core  group", acronym="CG", other_forms=" core groups,, CG , ")
        assert term.forms() == ("core group", "CG", "core groups")

    def test_keeps_its_anchor_when_it_is_renamed(self, db):
        term = add_term()
        term.acronym = "DO"
        term.save()
        assert term.slug == "lado"

    def test_gets_an_anchor_of_its_own(self, db):
        slugs = [add_term("one", "A B").slug, add_term("two", "A-B").slug, add_term("three", "🙂🙂").slug]
        assert slugs == ["a-b", "a-b-2", "word"]

    @pytest.mark.parametrize("fields", [("LOCAL authority designated officer", ""), ("another", "lado")])
    def test_has_one_meaning_in_the_database(self, db, fields):
        add_term()
        with pytest.raises(IntegrityError), transaction.atomic():
            add_term(*fields)

    def test_may_have_no_short_form_like_others(self, db):
        assert add_term("one", "").pk != add_term("two", "").pk

    @pytest.mark.parametrize(
        "fields",
        [
            {"term": "lado"},
            {"term": "officer", "acronym": "lAdO"},
            {"term": "officer", "other_forms": "x y, Local authority  designated officer"},
            {"term": "x"},
            {"term": "!!"},
            {"term": "officer", "other_forms": "ok, -"},
        ],
    )
    def test_refuses_forms_that_are_taken_or_too_short(self, db, fields):
        add_term()
        with pytest.raises(ValidationError):
            GlossaryTerm(**({"definition": "x"} | fields)).full_clean(exclude=["slug"])

    def test_can_be_saved_again_as_it_is(self, db):
        add_term(other_forms="designated officer").full_clean()


class TestWithWords:
    def test_marks_a_word_once_on_a_page_of_several_parts(self, home):
        add_term()
        (scope, sections), used = with_words("<p>The LADO</p>", "<p>LADO</p>")
        assert 'href="#word--lado"' in scope
        assert sections == "<p>LADO</p>"
        assert [word.name for word in used.words] == ["local authority designated officer (LADO)"]

    def test_leaves_out_words_that_are_not_to_be_marked(self, home):
        add_term(is_marked=False)
        assert with_words("<p>LADO</p>")[1].words == []

    def test_asks_the_database_once_and_then_no_more(self, home, django_assert_num_queries):
        add_term()
        with django_assert_num_queries(2):
            glossary()
        with django_assert_num_queries(0):
            with_words("<p>LADO</p>")

    def test_forgets_when_a_word_is_saved_or_deleted(self, home, django_capture_on_commit_callbacks):
        assert glossary().words == ()
        with django_capture_on_commit_callbacks(execute=True):
            term = add_term()
        assert [word.slug for word in glossary().words] == ["lado"]
        with django_capture_on_commit_callbacks(execute=True):
            term.delete()
        assert glossary().words == ()

    def test_knows_the_glossary_page_that_readers_may_see(self, home, django_capture_on_commit_callbacks):
        assert glossary().url == ""
        with django_capture_on_commit_callbacks(execute=True):
            page = add_page(home, GlossaryPage(title="Glossary", slug="glossary"))
        assert glossary().url == "/glossary/"
        with django_capture_on_commit_callbacks(execute=True):
            page.unpublish()
        assert glossary().url == ""

    def test_works_without_a_cache(self, home, settings, monkeypatch):
        add_term()
        monkeypatch.setattr(type(caches["default"]), "get_or_set", lambda self, key, make, timeout: make())
        assert with_words("<p>LADO</p>")[1].words


class TestInformationPage:
    def test_explains_its_words_at_the_end(self, home, client):
        add_term(definition="Looks into <b> worries & more.")
        text = "<h2>LADO</h2><p>Ring the LADO.</p>"
        page = add_information(home, body=[{"type": "text", "value": text}])
        html = client.get(page.url).content.decode()
        assert '<h2 id="lado">LADO</h2>' in html
        assert '<p>Ring the <a class="term" role="doc-glossref" href="#word--lado" id="use--lado">LADO</a>.</p>' in html
        assert html.index("use--lado") < html.index('<dt id="word--lado"') < html.index('href="#use--lado"')
        assert "Looks into &lt;b&gt; worries &amp; more." in html

    def test_says_nothing_of_words_where_there_are_none(self, home, client):
        add_term()
        page = add_information(home, body=[{"type": "text", "value": "<p>Ring us.</p>"}])
        assert b"Words used on this page" not in client.get(page.url).content


class TestAdmin:
    @pytest.fixture
    def staff(self, db, client):
        client.force_login(make_manager())
        return client

    def test_lists_and_searches(self, staff, django_assert_max_num_queries):
        for number in range(60):
            add_term(f"word {number}", f"W{number}")
        add_term()
        address = reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))
        with django_assert_max_num_queries(25):
            assert b"word 1" in staff.get(address).content
        found = staff.get(address, {"q": "designated"}).content
        assert b"local authority designated officer" in found
        assert b"word 1" not in found
        assert staff.get(address, {"q": "%'\"<\\"}).status_code == 200

    def test_adds_a_word_and_saves_nothing_before_that(self, staff):
        address = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))
        assert staff.get(address).context["autosave_enabled"] is False
        staff.post(
            address, {"term": "core group", "acronym": "", "other_forms": "", "definition": "x", "is_marked": "on"}
        )
        assert GlossaryTerm.objects.get().slug == "core-group"

    def test_says_which_word_has_the_form_already(self, staff):
        add_term()
        address = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))
        html = staff.post(address, {"term": "officer", "acronym": "LADO", "definition": "x"}).content.decode()
        assert "explained already" in html or "belongs to" in html
        assert GlossaryTerm.objects.count() == 1
