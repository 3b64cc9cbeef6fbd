"""Colours that staff choose: within what people can read, and never anything but a colour."""

import gzip

import brotli
import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from organisation.colours import INK, LIGHT_SURFACES, WHITE, check_readable, clean_colour, contrast
from organisation.gather import organisation_for
from organisation.models import OrganisationSettings
from organisation.models.settings import COLOURS
from organisation.styles import RELATIVE_URL, TOKENS, build_stylesheet, plain_stylesheet_url
from tests.organisation.factories import make_settings, make_site

NASTY = [
    "red;}body{display:none",
    "#fff;}*{x:y",
    "red",
    "#12345",
    "#1234567",
    "url(//evil.example)",
    "#ggg",
    "</style>",
]


class TestContrast:
    @pytest.mark.parametrize(
        ("first", "second", "ratio"),
        # The examples of WCAG's own understanding document and of the WebAIM checker.
        [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", WHITE, 4.54),
        ],
    )
    def test_is_reckoned_as_wcag_says(self, first, second, ratio):
        assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
        assert contrast(first, second) == contrast(second, first)

    def test_just_too_little_is_refused_and_not_rounded_up(self):
        with pytest.raises(ValidationError, match=r"is 4\.4 to 1, and at least 4\.5 to 1 is needed"):
            check_readable("#777777", against={"white": WHITE}, what="Words")
        check_readable("#767676", against={"white": WHITE}, what="Words")

    def test_the_message_names_the_colour_and_offers_one_that_would_do(self):
        with pytest.raises(ValidationError) as caught:
            check_readable("#ffcc00", against=LIGHT_SURFACES, what="Links")
        message = caught.value.messages[0]
        assert "Links would be hard to read: the contrast of #ffcc00 and tinted boxes (#dcecee)" in message
        offered = message.split("for example ")[1].rstrip(".")
        check_readable(offered, against=LIGHT_SURFACES, what="Links")

    def test_dark_words_on_a_dark_colour_ask_for_a_lighter_one(self):
        with pytest.raises(ValidationError, match="Choose a lighter colour, for example #"):
            check_readable("#0d4453", against={"the colour of text": INK}, what="Words")

    def test_the_colours_of_the_design_pass_their_own_rule(self):
        designed = {"colour_brand": "#0d4453", "colour_link": "#0f5668", "colour_accent": "#f4b63f"}
        for name, (what, against) in COLOURS.items():
            check_readable(designed[name], against=against, what=what)


class TestWhatStaffWrite:
    @pytest.mark.parametrize("typed", ["#0D4453", "0d4453", " #0d4453 "])
    def test_is_kept_in_one_form(self, typed):
        assert clean_colour(typed) == "#0d4453"

    def test_may_be_short(self):
        assert clean_colour("#a1f") == "#aa11ff"

    @pytest.mark.parametrize("typed", NASTY)
    def test_is_refused_unless_it_is_a_colour(self, typed):
        with pytest.raises(ValidationError, match="six digits or letters"):
            clean_colour(typed)


@pytest.mark.django_db
class TestTheStyleSheet:
    @pytest.fixture
    def site(self):
        return make_site()

    def css_of(self, client, **headers):
        url = organisation_for(RequestFactory().get("/", headers={"host": "testserver"})).stylesheet_url
        return url, client.get(url, headers=headers)

    def test_without_own_colours_it_is_the_built_one(self, site, client):
        make_settings(site, name="Board")
        url, _answer = self.css_of(client)
        assert url == plain_stylesheet_url()

    def test_with_own_colours_it_is_the_built_one_and_then_the_colours(self, site, client):
        make_settings(site, colour_brand="#5a1846", colour_link="#5a1846")
        _url, answer = self.css_of(client)
        css = answer.content.decode()
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/css; charset=utf-8"
        assert "@layer" in css
        assert css.rstrip().endswith(
            "@media screen and (prefers-color-scheme: light){:root{--brand:#5a1846;--link:#5a1846;}}"
        )

    def test_it_is_kept_for_good_and_sent_compressed(self, site, client):
        make_settings(site, colour_brand="#5a1846")
        _url, plain = self.css_of(client)
        _url, brotlied = self.css_of(client, accept_encoding="gzip, deflate, br")
        _url, gzipped = self.css_of(client, accept_encoding="gzip")
        assert brotlied["Content-Encoding"] == "br"
        assert gzipped["Content-Encoding"] == "gzip"
        assert brotli.decompress(brotlied.content) == gzip.decompress(gzipped.content) == plain.content
        for answer in (plain, brotlied, gzipped):
            assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
            assert "Accept-Encoding" in answer["Vary"]
            assert not answer.cookies

    def test_its_address_changes_with_the_colours_and_the_old_one_leads_to_the_new(
        self, site, client, django_capture_on_commit_callbacks
    ):
        settings = make_settings(site, colour_brand="#5a1846")
        before, _answer = self.css_of(client)
        with django_capture_on_commit_callbacks(execute=True):
            settings.colour_brand = "#123456"
            settings.save()
        after, _answer = self.css_of(client)
        assert before != after
        old = client.get(before)
        assert (old.status_code, old["Location"], old["Cache-Control"]) == (302, after, "no-store")

    def test_a_second_reader_costs_no_query(self, site, client, django_assert_num_queries):
        make_settings(site, colour_brand="#5a1846")
        url, _answer = self.css_of(client)
        with django_assert_num_queries(0):
            client.get(url)

    @pytest.mark.parametrize("nasty", ["red;}*{", "#fff;}*", "red", "#12345", "url(//", "#ggg"])
    def test_nothing_but_a_colour_gets_in_however_it_was_stored(self, site, client, nasty):
        settings = make_settings(site, colour_link="#123456")
        OrganisationSettings.objects.filter(pk=settings.pk).update(colour_brand=nasty)
        _url, answer = self.css_of(client)
        assert ":root{--link:#123456;}" in answer.content.decode()

    def test_files_that_it_names_are_found_from_its_other_address(self):
        css = "a{b:url(../fonts/x.woff2)} c{d:url('y.svg')} e{f:url(/static/z.png)} g{h:url(data:x)} i{j:url(#k)}"
        assert [match[2] for match in RELATIVE_URL.finditer(css)] == ["../fonts/x.woff2", "y.svg"]

    def test_every_token_that_it_sets_is_one_that_the_design_has(self):
        css = build_stylesheet(())
        for tokens in TOKENS.values():
            for token in tokens:
                assert f"{token}:" in css
                assert f"var({token})" in css

    @pytest.mark.parametrize("address", ["/style/x.css", "/style/0123456789abcdef0123.css/", "/style/../settings.css"])
    def test_other_addresses_are_not_found(self, site, client, address):
        assert client.get(address).status_code == 404
