"""Anchors in running text."""

from content.headings import anchored


class TestAnchored:
    def test_gives_each_heading_an_id_and_lists_it(self):
        html, headings = anchored("<h2>What we do</h2><p>…</p><h2 class='x'>Tea &amp; cake</h2>")
        assert [(heading.anchor, heading.title) for heading in headings] == [
            ("what-we-do", "What we do"),
            ("tea-cake", "Tea & cake"),
        ]
        assert '<h2 id="what-we-do">What we do</h2>' in html
        assert "<h2 id=\"tea-cake\" class='x'>" in html

    def test_tells_headings_with_the_same_words_apart(self):
        _, headings = anchored("<h2>Help</h2><h2>Help</h2><h2>Help</h2>")
        assert [heading.anchor for heading in headings] == ["help", "help-2", "help-3"]

    def test_leaves_empty_headings_and_those_with_an_id_alone(self):
        source = '<h2></h2><h2 id="own">Own</h2>'
        assert anchored(source) == (source, [])

    def test_names_a_heading_without_letters(self):
        assert anchored("<h2>???</h2>")[1][0].anchor == "section"

    def test_takes_a_long_text_in_its_stride(self):
        _, headings = anchored("<h2>Same</h2><p>text</p>" * 2000)
        assert len({heading.anchor for heading in headings}) == 2000
