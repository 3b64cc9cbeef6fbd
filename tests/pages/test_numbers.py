"""The numbers on staff's start page: of all panels at once, of the person's own, and of the moment."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import EmptyResultSet
from django.db.models import Count
from django.utils import timezone
from wagtail import hooks
from wagtail.models import GroupPagePermission

from accounts.models import User
from accounts.roles import EVERYBODY
from pages.models import BasePage
from pages.numbers import NumbersPanel, count_together, in_one_row
from pages.prepared import Day, Moment
from tests.factories import add_archive, add_home, add_information, make_manager
from tests.roles import given_roles, member

pytestmark = pytest.mark.django_db


class Pages(NumbersPanel):
    """How many pages there are with this title; nothing for whoever is not asked."""

    name = "pages"

    def __init__(self, *titles, depends_on=None):
        self._titles, self._depends_on = titles, depends_on
        self.made = 0

    def depends_on(self, user):
        return self._titles, self._depends_on

    def counted(self, user):
        self.made += 1
        return [in_one_row(BasePage.objects.filter(title=title), number=Count("pk")) for title in self._titles]


class Nowhere(NumbersPanel):
    """Pages that can not be."""

    def counted(self, user):
        return [in_one_row(BasePage.objects.filter(pk__in=[]), number=Count("pk"))]


class Due(NumbersPanel):
    """Pages overdue, and pages that are still public in an hour."""

    def counted(self, user):
        return [
            in_one_row(BasePage.objects.filter(review_due__lt=Day() - timedelta(days=1)), overdue=Count("pk")),
            in_one_row(BasePage.objects.filter(expire_at__gt=Moment() + timedelta(hours=1)), lasting=Count("pk")),
        ]


def counted(panel, user=None):
    """Return the numbers of a panel, for a manager unless somebody is named."""
    count_together([panel], user or User.objects.filter(is_superuser=True).first() or make_manager())
    return list(panel.numbers)


class TestAskedTogether:
    def test_one_query_for_all_and_none_of_them_without_something_to_show(self, django_assert_num_queries):
        home = add_home()
        for title in ("One", "Two", "Two"):
            add_information(home, title=title)
        one, none, two = Pages("One", "Three"), Pages("None"), Pages("Two")
        elsewhere = object()
        panels, manager = [one, none, elsewhere, Nowhere(), two], make_manager()
        with django_assert_num_queries(1):
            count_together(panels, manager)
        assert panels == [one, elsewhere, two]
        assert [one.numbers, none.numbers, two.numbers] == [
            ({"number": 1}, {"number": 0}),
            ({"number": 0},),
            ({"number": 2},),
        ]

    def test_no_query_where_nobody_has_numbers(self, django_assert_num_queries):
        panels, manager = [Pages(), Nowhere()], make_manager()
        with django_assert_num_queries(0):
            count_together(panels, manager)
        assert panels == []


class TestPutTogetherOnce:
    def test_is_asked_anew_with_what_is_there_now(self):
        home, manager = add_home(), make_manager()
        first, second = Pages("One", depends_on="anew"), Pages("One", depends_on="anew")
        assert counted(first, manager) == [{"number": 0}]
        add_information(home, title="One")
        assert counted(second, manager) == [{"number": 1}]
        assert (first.made, second.made) == (1, 0)

    def test_is_put_together_anew_for_what_it_depends_on(self):
        manager = make_manager()
        first, second = Pages(depends_on="a"), Pages(depends_on="b")
        counted(first, manager)
        counted(second, manager)
        assert (first.made, second.made) == (1, 1)

    def test_is_put_together_anew_when_rights_change(self):
        """Rights come from a group, from a page, or are taken away; each time the person is read anew."""
        home, group = add_home(), Group.objects.create(name="Anybody")
        person = User.objects.create_user("somebody@board.example")
        person.groups.add(group)
        made = []

        def look():
            panel = Pages("One", depends_on="rights")
            counted(panel, User.objects.get(pk=person.pk))
            made.append(panel.made)

        look()
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        look()
        right = Permission.objects.get(codename="change_basepage")
        of_page = GroupPagePermission.objects.create(group=group, page=home, permission=right)
        look()
        look()
        of_page.delete()
        look()
        # Back to what was asked before the page's right came.
        assert made == [1, 1, 1, 0, 0]

    def test_follows_the_clock(self):
        home, now = add_home(), timezone.now()
        add_information(home, title="One", review_due=timezone.localdate() - timedelta(days=2))
        add_information(home, title="Two", expire_at=now + timedelta(minutes=90))
        assert counted(Due()) == [{"overdue": 1}, {"lasting": 1}]

    def test_follows_the_clock_each_time(self, monkeypatch):
        home, now, manager = add_home(), timezone.now(), make_manager()
        add_information(home, title="One", review_due=date(2026, 3, 10))
        add_information(home, title="Two", expire_at=now + timedelta(minutes=90))
        monkeypatch.setattr(timezone, "localdate", lambda value=None: date(2026, 3, 11))
        assert counted(Due(), manager) == [{"overdue": 0}, {"lasting": 1}]
        monkeypatch.setattr(timezone, "localdate", lambda value=None: date(2026, 3, 12))
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=31))
        assert counted(Due(), manager) == [{"overdue": 1}, {"lasting": 0}]


class Asks:
    """As much of a request as hooks of the start page look at."""

    def __init__(self, user):
        self.user = user


def panels_of(user) -> list[NumbersPanel]:
    """Return the panels of all rooms that have numbers, before they are counted."""
    panels = []
    for add in hooks.get_hooks("construct_homepage_panels"):
        if add.__name__ != "count_for_all_panels":
            add(Asks(user), panels)
    return [panel for panel in panels if isinstance(panel, NumbersPanel)]


class TestPanelsOfAllRooms:
    def test_no_question_of_any_room_is_of_the_moment_at_which_it_was_put_together(self, monkeypatch):
        """It is kept for as long as the process lives, and would go on counting as of its first day."""
        add_archive(add_home())
        given_roles()
        people = [make_manager(), *(member(role) for role in EVERYBODY)]
        asked = set()
        for user in people:
            panels = panels_of(user)
            for panel in panels:
                panel.depends_on(user)

            def no_clock(*args):
                raise AssertionError("A question that is kept must not ask the clock.")

            with monkeypatch.context() as while_put_together:
                while_put_together.setattr(timezone, "now", no_clock)
                while_put_together.setattr(timezone, "localdate", no_clock)
                for panel in panels:
                    for question in panel.counted(user):
                        with suppress(EmptyResultSet):
                            question.rows.query.sql_with_params()
                            asked.add(panel.name)
        assert len(asked) >= 12
