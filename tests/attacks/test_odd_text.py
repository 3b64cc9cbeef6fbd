"""Text that comes along when people paste, and text that is meant to do harm."""

import time
from xml.etree import ElementTree

import pytest

from content.excerpts import text_of
from tests.factories import add_archive, add_bulletin, add_home, news
from tests.once import once

pytestmark = pytest.mark.django_db

# A line break as Word copies it, the escape character, half of a pair of letters that is none.
NOT_IN_XML = ["\x0b", "\x1b", "\x08", "\ufffe"]


@once
def archive():
    return add_archive(add_home())


class TestTheFeed:
    """Before: one such character in one title, and the feed answered 500 until somebody found it."""

    @pytest.mark.parametrize("character", NOT_IN_XML, ids=ascii)
    def test_stays_well_formed_whatever_a_title_holds(self, archive, client, character):
        archive.title = f"Bulle{character}tins"
        archive.save_revision().publish()
        add_bulletin(archive, title=f"Early{character}help", search_description=f"What{character}changed")
        response = client.get("/bulletins/feed/")
        feed = ElementTree.fromstring(response.content)
        assert "Early help" in [title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")]

    def test_names_a_quarter_where_there_is_no_summary(self, archive, client):
        add_bulletin(archive, quarter_label="April\x0b2017")
        assert b"April 2017" in client.get("/bulletins/feed/").content


class TestTheSearch:
    def test_answers_although_an_item_holds_brackets_without_end(self, archive, client):
        """Before: 400 for every word that such an issue holds."""
        add_bulletin(archive, items=[news("<" * 60 + "a>" * 60 + " neglect")])
        response = client.get("/search/", {"q": "neglect"})
        assert response.status_code == 200
        assert response.context["results"].found.total == 1

    def test_shows_an_ampersand_as_one(self, archive, client):
        add_bulletin(archive, items=[news("Early help", "<p>Health &amp; care &lt;3 say the board&#x27;s teams</p>")])
        found = client.get("/search/", {"q": "care & board's"})
        (line,) = found.context["results"].lines
        assert line.excerpt == "Health &amp; <mark>care</mark> &lt;3 say the <mark>board&#x27;s</mark> teams"
        assert b"Health &amp; <mark>care</mark> &lt;3 say" in found.content

    def test_does_not_bring_to_life_what_was_written_as_text(self, archive, client):
        add_bulletin(archive, items=[news("Early help", "<p>care &lt;script&gt;alert(1)&lt;/script&gt;</p>")])
        assert b"<script>alert" not in client.get("/search/", {"q": "care"}).content

    def test_leaves_words_apart_and_sentences_whole(self):
        assert text_of("<p>One</p><p>two<br/>three, <b>four</b>. 5 < 6</p>") == "One two three, four. 5 < 6"

    @pytest.mark.parametrize(
        "text", ["<a" * 200_000, "<" * 400_000, "</" * 200_000, "&" * 400_000], ids=lambda t: t[:4]
    )
    def test_reads_any_text_in_time(self, text):
        begun = time.process_time()
        text_of(text)
        assert time.process_time() - begun < 1
