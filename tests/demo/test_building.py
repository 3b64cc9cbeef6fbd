"""The demonstration site."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from alerts.messages.spreading import is_burst
from alerts.models import Message
from bulletins.models import BulletinPage
from content.models import GlossaryTerm
from demo.building import build_demonstration
from links.models import Link
from organisation.models import Contact
from pages.models import BasePage
from proofreading.reading import proofread
from tests.demonstration import have_demonstration

TODAY = date(2026, 11, 23)


class TestDemonstration(TestCase):
    """Built once for all of them: that takes several seconds."""

    @classmethod
    def setUpTestData(cls):
        assert build_demonstration(today=TODAY)

    def test_has_three_bulletins_of_consecutive_quarters(self):
        issues = BulletinPage.objects.visible().newest_first()
        assert list(issues.values_list("issue_date", flat=True)) == [
            date(2026, 10, 1),
            date(2026, 7, 1),
            date(2026, 4, 1),
        ]

    def test_answers_on_every_page_with_each_link_in_its_place(self):
        for page in BasePage.objects.visible().filter(depth__gt=1):
            response = self.client.get(page.url)
            assert response.status_code == 200, page.url
            assert "[[" not in response.content.decode(), page.url

    def test_names_nobody_and_uses_numbers_kept_for_drama(self):
        for contact in Contact.objects.all():
            assert contact.phone == "101" or "1632 960" in contact.phone or "1632960" in contact.phone
            assert not contact.email or contact.email.endswith(".example")

    def test_has_nothing_to_mend(self):
        pages = [page.get_latest_revision_as_object() for page in BasePage.objects.filter(depth__gt=1)]
        assert {page.title: proof.faults for page in pages if (proof := proofread(page)).faults} == {}

    def test_has_links_and_none_that_is_broken(self):
        assert Link.objects.count() > 40
        assert not Link.objects.broken().exists()

    def test_explains_its_words(self):
        assert GlossaryTerm.objects.filter(term="core group").exists()

    def test_tells_nobody_by_mail_of_what_was_published_to_build_it(self):
        waiting = Message.objects.filter(spread_at=None)
        assert [message.page_id for message in waiting] == [BulletinPage.objects.newest_first().first().pk]
        assert waiting.get().release_at is None
        assert not is_burst(now=timezone.now())

    def test_is_built_once(self):
        before = BasePage.objects.count(), Contact.objects.count()
        assert not build_demonstration(today=date(2027, 1, 1))
        assert (BasePage.objects.count(), Contact.objects.count()) == before


@pytest.mark.django_db
class TestBuilding:
    def test_leaves_nothing_behind_when_it_fails(self, monkeypatch):
        monkeypatch.setattr("demo.building._build_settings", lambda *args: 1 / 0)
        monkeypatch.setattr("demo.building.build_manual", lambda **kwargs: None)
        monkeypatch.setattr("demo.building.build_library", lambda **kwargs: None)
        monkeypatch.setattr("demo.building._build_explanations", lambda *args: [])
        monkeypatch.setattr("demo.building.build_board", lambda **kwargs: None)
        monkeypatch.setattr("demo.building.build_bulletins", lambda **kwargs: None)
        monkeypatch.setattr("demo.building._finish_home", lambda *args: None)
        with pytest.raises(ZeroDivisionError):
            build_demonstration(today=TODAY)
        assert not Contact.objects.exists()

    def test_command_says_what_it_did(self, monkeypatch):
        monkeypatch.setattr("demo.management.commands.build_demo.build_demonstration", have_demonstration)
        out = StringIO()
        call_command("build_demo", stdout=out)
        call_command("build_demo", stdout=out)
        assert out.getvalue().splitlines() == [
            "Demonstration site built.",
            "There is a site already; nothing was changed.",
        ]

    def test_can_be_done_on_a_leap_day(self):
        assert build_demonstration(today=date(2024, 2, 29))

    def test_can_be_done_on_new_years_day(self):
        assert build_demonstration(today=date(2027, 1, 1))
