"""Redirects in the admin: nobody is asked for a site where there is one, and what was there goes on working."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from accounts.roles import SITE_MANAGERS
from tests.once import once
from tests.roles import add_home_with_roles, member

pytestmark = pytest.mark.django_db


home = once(add_home_with_roles)


@pytest.fixture
def manager(client, home):
    """A browser in which a site manager is signed in."""
    client.force_login(member(SITE_MANAGERS))
    return client


def soup_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def add_second_site(home):
    Site.objects.create(hostname="second.example", port=80, root_page=home)


LIST, ADD = reverse("wagtailredirects:index"), reverse("wagtailredirects:add")


class TestTheList:
    def test_names_no_site_where_there_is_one(self, manager):
        Redirect.add_redirect("/old", "/new/")
        for address in (LIST, reverse("wagtailredirects:index_results")):
            screen = soup_of(manager.get(address))
            assert "/old" in screen.get_text()
            assert "Site" not in [head.get_text(strip=True) for head in screen.select("th")]
            assert not screen.select("[name=site]")
        assert manager.get(LIST, {"site": Site.objects.get().pk}).status_code == 200

    def test_names_it_where_there_are_two(self, manager, home):
        Redirect.add_redirect("/old", "/new/")
        add_second_site(home)
        screen = soup_of(manager.get(LIST))
        assert "Site" in [head.get_text(strip=True) for head in screen.select("th")]
        assert screen.select("[name=site]")


class TestTheForm:
    def test_asks_for_no_site_where_there_is_one(self, manager):
        screen = soup_of(manager.get(ADD))
        assert "All sites" not in screen.get_text()
        assert [field["type"] for field in screen.select("[name=site]")] == ["hidden"]
        assert "Without the name of the site, for example" in screen.get_text()
        fields = {"old_path": "/old/", "site": "", "is_permanent": "on", "redirect_link": "https://board.example/"}
        assert manager.post(ADD, fields).url == LIST
        assert Redirect.objects.get().site is None
        assert "already exists" in soup_of(manager.post(ADD, fields)).get_text()
        assert manager.get("/old/").url == "https://board.example/"

    def test_keeps_the_site_of_one_that_was_made_by_itself(self, manager):
        made = Redirect.add_redirect("/old", "/new/", site=Site.objects.get())
        address = reverse("wagtailredirects:edit", args=[made.pk])
        sent = soup_of(manager.get(address)).select_one("[name=site]")["value"]
        fields = {"old_path": "/older", "site": sent, "redirect_link": "https://board.example/"}
        assert manager.post(address, fields).status_code == 302
        made.refresh_from_db()
        assert (made.old_path, made.site) == ("/older", Site.objects.get())

    def test_asks_where_there_are_two(self, manager, home):
        add_second_site(home)
        assert "All sites" in soup_of(manager.get(ADD)).select_one("select[name=site]").get_text()

    def test_is_for_those_who_may(self, client, home):
        client.force_login(member())
        for address in (LIST, ADD):
            assert client.get(address).status_code == 302
