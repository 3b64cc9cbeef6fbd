"""Rows made once: there for whoever asks, as they were made, and for nobody else."""

import pytest
from django.db import connection

from home.models import HomePage, InformationPage
from pages.models import Topic
from tests.factories import add_home, add_information
from tests.once import Layers, once

pytestmark = pytest.mark.django_db

home = once(add_home)


@once
def page(home):
    return add_information(home, title="As it was made")


def first():
    return Topic.objects.create(name="First", slug="first")


def second(first):
    return Topic.objects.create(name=f"After {first.name}", slug="second")


def third():
    return Topic.objects.create(name="Third", slug="third")


def failing():
    Topic.objects.create(name="Half made", slug="half")
    raise RuntimeError("broken")


def names() -> list[str]:
    return list(Topic.objects.order_by("pk").values_list("name", flat=True))


class TestATest:
    @pytest.mark.parametrize("time", ["once", "again"])
    def test_finds_them_as_they_were_made(self, page, time):
        assert page.title == InformationPage.objects.get().title == "As it was made"
        page.title = "Changed"
        page.save()
        page.get_parent().specific.add_child(instance=InformationPage(title="Another"))

    def test_that_does_not_ask_finds_none(self):
        assert not HomePage.objects.exists()

    def test_that_asks_for_some_finds_no_others(self, home):
        assert HomePage.objects.get() == home
        assert not InformationPage.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_that_commits_makes_its_own(self, page):
        assert not connection.in_atomic_block
        assert InformationPage.objects.get() == page


@pytest.fixture
def layers():
    layers = Layers()
    yield layers
    layers.drop()


class TestLayers:
    def test_stay_while_they_are_wanted(self, layers):
        layers.hold({first: []})
        made = layers.made[first]
        layers.hold({first: [], second: [first]})
        assert layers.made[first] is made
        assert names() == ["First", "After First"]
        layers.hold({first: []})
        assert layers.made[first] is made
        assert names() == ["First"]

    def test_above_one_that_goes_are_made_again(self, layers):
        layers.hold({first: [], third: []})
        layers.hold({third: []})
        assert names() == ["Third"]
        layers.drop()
        assert names() == []

    def test_that_fail_leave_nothing_behind_and_the_others_standing(self, layers):
        with pytest.raises(RuntimeError, match="broken"):
            layers.hold({first: [], failing: []})
        assert list(layers.made) == [first]
        assert names() == ["First"]
