"""The demonstration site."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from bulletins.models import BulletinPage
from demo.building import build_demonstration
from organisation.models import Contact
from pages.models import BasePage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


class TestDemonstration:
    def test_has_three_bulletins_of_consecutive_quarters(self):
        assert build_demonstration(today=TODAY)
        assert list(BulletinPage.objects.visible().newest_first().values_list("issue_date", flat=True)) == [
            date(2026, 10, 1),
            date(2026, 7, 1),
            date(2026, 4, 1),
        ]

    def test_answers_on_every_page(self, client):
        build_demonstration(today=TODAY)
        for page in BasePage.objects.visible().filter(depth__gt=1):
            assert client.get(page.url).status_code == 200, page.url

    def test_is_built_once(self):
        build_demonstration(today=TODAY)
        before = BasePage.objects.count(), Contact.objects.count()
        assert not build_demonstration(today=date(2027, 1, 1))
        assert (BasePage.objects.count(), Contact.objects.count()) == before

    def test_leaves_nothing_behind_when_it_fails(self, monkeypatch):
        monkeypatch.setattr("demo.building._build_settings", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build_demonstration(today=TODAY)
        assert not Contact.objects.exists()

    def test_names_nobody_and_uses_numbers_kept_for_drama(self):
        build_demonstration(today=TODAY)
        for contact in Contact.objects.all():
            assert contact.phone == "101" or "1632 960" in contact.phone or "1632960" in contact.phone
            assert not contact.email or contact.email.endswith(".example")

    def test_command_says_what_it_did(self):
        out = StringIO()
        call_command("build_demo", stdout=out)
        call_command("build_demo", stdout=out)
        assert out.getvalue().splitlines() == [
            "Demonstration site built.",
            "There is a site already; nothing was changed.",
        ]

    @pytest.mark.parametrize("today", [date(2026, 1, 1), date(2024, 2, 29), date(2026, 12, 31)])
    def test_can_be_built_on_any_day(self, today):
        assert build_demonstration(today=today)
