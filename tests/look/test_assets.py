"""What is sent before the first paint, and what stands alone when nothing else works."""

import gzip
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

STATIC = settings.BASE_DIR / "static"
SHEET = STATIC / "css" / "site.css"
KILOBYTE = 1024


def compressed(path) -> int:
    return len(gzip.compress(path.read_bytes(), compresslevel=9, mtime=0))


class TestWhatIsSent:
    def test_the_style_sheet_leaves_room_for_the_page_in_twenty_kilobytes(self):
        # All of it in one sheet: a second one would be a third request before anything is seen.
        assert compressed(SHEET) <= 12 * KILOBYTE

    def test_the_scripts_stay_under_eight_kilobytes(self):
        assert sum(path.stat().st_size for path in (STATIC / "js").glob("*.js")) < 8 * KILOBYTE

    def test_the_font_and_the_share_card_stay_small(self):
        assert (STATIC / "fonts" / "atkinson-hyperlegible-next.woff2").stat().st_size < 20 * KILOBYTE
        assert (STATIC / "images" / "share.png").stat().st_size < 60 * KILOBYTE

    def test_the_style_sheet_fetches_nothing_but_the_sites_own_font(self):
        assert set(re.findall(r"url\(([^)]*)\)", SHEET.read_text())) == {
            "/static/fonts/atkinson-hyperlegible-next.woff2"
        }

    def test_the_style_sheet_names_its_layers_first(self):
        layers = "tokens,base,vendor,layout,components,utilities,print"
        assert SHEET.read_text().replace(" ", "").startswith(f"@layer{layers};")

    def test_what_is_not_ours_comes_with_its_licence(self):
        vendored = STATIC / "vendor" / "govuk-frontend"
        assert "MIT" in (vendored / "LICENCE").read_text()
        assert (vendored / "VERSION").read_text().startswith("govuk-frontend 6.")
        assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "LICENCE").read_text()


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 503])
class TestErrorPages:
    def test_stand_alone_and_help(self, status, django_assert_num_queries, db):
        with django_assert_num_queries(0):
            page = render_to_string(f"{status}.html")
        assert "<h1>" in page
        assert 'href="tel:999"' in page
        assert 'href="/"' in page
        assert "data-leave" in page

    def test_keep_the_content_security_policy(self, status):
        page = render_to_string(f"{status}.html")
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]* src=)", page)
