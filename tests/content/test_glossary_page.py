"""The page with all words, from A to Z."""

import re

import pytest

from content.lettering import letter_of, sort_key
from content.models import TERMS_PER_PAGE, GlossaryPage, GlossaryTerm
from tests.factories import add_home, add_page, forget_stored_pages
from tests.once import once


@once
def page():
    return add_page(add_home(), GlossaryPage(title="Words we use", slug="glossary"))


def add_terms(*names):
    """Make words of these names."""
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(term=name, slug=f"term-{number}", definition=f"What {name} is.")
        for number, name in enumerate(names)
    )


class TestLetters:
    @pytest.mark.parametrize(
        ("word", "letter"),
        [
            ("core group", "C"),
            ("Élan", "E"),
            ("47 enquiry", "0–9"),
            ("“quoted”", "Q"),
            ("опека", "Other"),
            ("🙂", "Other"),
        ],
    )
    def test_are_those_of_the_alphabet(self, word, letter):
        assert letter_of(word).name == letter

    def test_sort_without_accents_and_capitals(self):
        words = ["опека", "zebra", "Élan", "eland", "Apple", "apple", "3D"]
        assert sorted(words, key=sort_key) == ["3D", "Apple", "apple", "Élan", "eland", "zebra", "опека"]


class TestGlossaryPage:
    def test_lists_every_word_under_its_letter(self, page, client):
        add_terms("core group", "LADO & co", "child in need")
        html = client.get(page.url).content.decode()
        assert re.findall(r'<h2 id="(letter--.)">(.)</h2>', html) == [("letter--c", "C"), ("letter--l", "L")]
        assert html.index("child in need") < html.index("core group") < html.index("LADO &amp; co")
        assert '<dt id="word--term-1" tabindex="-1">LADO &amp; co</dt>' in html
        assert re.findall(r'href="(#letter--.)"', html) == ["#letter--c", "#letter--l"]

    def test_shows_words_that_are_not_marked_too(self, page, client):
        GlossaryTerm.objects.create(term="plan", definition="What is to be done.", is_marked=False)
        assert b"What is to be done." in client.get(page.url).content

    def test_says_so_when_there_are_no_words(self, page, client):
        assert "No word is explained here yet" in client.get(page.url).content.decode()

    def test_stays_bounded_with_thousands_of_words(self, page, client, django_assert_max_num_queries):
        names = [f"{chr(97 + number % 26)} word {number}" for number in range(2000)]
        add_terms(*names)
        with django_assert_max_num_queries(12):
            html = client.get(page.url).content.decode()
        assert html.count("<dt ") == TERMS_PER_PAGE
        assert 'href="#letter--a"' in html
        assert 'href="?page=5#letter--z"' in html
        seen = set()
        for number in range(1, 6):
            forget_stored_pages()
            seen |= set(re.findall(r"<dt [^>]*>([^<]*)</dt>", client.get(page.url, {"page": number}).content.decode()))
        assert seen == set(names)

    @pytest.mark.parametrize("number", ["x", "-1", "0", "999999", "1e9", "٣", "'"])
    def test_answers_odd_page_numbers(self, page, client, number):
        add_terms("core group")
        assert client.get(page.url, {"page": number}).status_code == 200

    def test_takes_a_new_word_at_once(self, page, client, django_capture_on_commit_callbacks):
        client.get(page.url)
        with django_capture_on_commit_callbacks(execute=True):
            GlossaryTerm.objects.create(term="core group", definition="People who meet.")
        assert b"People who meet." in client.get(page.url).content
