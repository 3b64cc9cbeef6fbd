"""The manual of the demonstration site: its outline, its states, and what it said on earlier days."""

import re
from datetime import date, timedelta

from django.test import TestCase
from django.utils import timezone

from pages.models import BasePage
from procedures.contents import contents_of
from procedures.models import AmendmentsPage, ChapterPage, ContentsEntry, ManualPage
from tests.demonstration import have_demonstration
from updates.models import Edition


def state_words(html: str) -> list[str]:
    """Return (number, state) of the chapters that have a state in a list of contents."""
    lines = re.findall(r"<li.*?</li>", html, re.DOTALL)
    found = [(re.search(r"\d+(\.\d+)*", re.sub(r"<[^>]+>", "", line)), line) for line in lines]
    words = ("Updated", "Under review", "New")
    return [(number.group(), word) for number, line in found for word in words if f">{word}<" in line]


class TestDemonstrationManual(TestCase):
    """Built once for all of them: that takes several seconds."""

    @classmethod
    def setUpTestData(cls):
        cls.today = timezone.localdate()
        have_demonstration(today=cls.today)
        cls.manual = ManualPage.objects.get()
        cls.conferences = ChapterPage.objects.get(slug="child-protection-conferences")

    def test_has_the_outline_of_a_real_manual(self):
        numbers = {line.title: line.number for line in contents_of(self.manual.pk).lines}
        assert numbers["Introduction to these Procedures"] == "0"
        assert numbers["Child Protection Conferences"] == "1.4"
        assert numbers["Domestic Violence or Abuse"] == "1.6.13"
        assert numbers["Children’s Workforce"] == "2"
        assert numbers["Amendments"] == "6.3"
        assert len(numbers) == 38

    def test_says_what_was_updated_and_what_is_under_review(self):
        assert state_words(self.client.get(self.manual.url).content.decode()) == [
            ("1.1", "Updated"),
            ("1.4", "Updated"),
            ("1.6.3", "Under review"),
            ("1.6.4", "Updated"),
            ("1.6.5", "Updated"),
            ("1.6.11", "Under review"),
            ("1.6.14", "Under review"),
        ]

    def test_says_on_every_chapter_that_it_is_no_guidance(self):
        for chapter in ChapterPage.objects.visible():
            assert "not guidance to act on" in self.client.get(chapter.url).content.decode(), chapter.title

    def test_leads_from_every_chapter_to_the_escalation_policy(self):
        assert self.manual.escalation_page.title == "Escalation Policy"
        assert contents_of(self.manual.pk).manual.escalation_url == self.manual.escalation_page.url

    def test_shows_what_a_chapter_said_on_an_earlier_day(self):
        then = self.client.get(f"{self.conferences.url}on/2017-03-10/").content.decode()
        assert "At least six weeks before the baby is due" in then
        assert "Observers" in then
        now = self.client.get(self.conferences.url).content.decode()
        assert "At least ten weeks before the baby is due" in now
        assert "Observers" not in now

    def test_lists_the_contents_of_an_earlier_day(self):
        then = self.client.get(f"{self.manual.url}on/2016-01-01/").content.decode()
        assert "Internet Abuse" in then
        assert "E-Safety" not in then
        assert "Children’s Mobile Phones and Cameras" in then

    def test_has_amendments_in_several_years(self):
        amendments = self.client.get(AmendmentsPage.objects.get().url).content.decode()
        assert all(f"?year={year}" in amendments for year in range(2014, self.today.year + 1))
        assert "Removed" in amendments

    def test_never_lists_a_minor_edition(self):
        assert Edition.objects.filter(significance="minor").count() >= 6
        assert not Edition.objects.updates().filter(significance="minor").exists()

    def test_names_the_sections_that_changed(self):
        edition = self.conferences.editions.get(number=4)
        assert [(section["title"], section["change"]) for section in edition.sections] == [
            ("When conferences are held", "changed"),
            ("The child", "changed"),
            ("Observers", "removed"),
        ]

    def test_has_editions_that_follow_each_other_without_a_gap(self):
        for chapter in ChapterPage.objects.live():
            editions = list(chapter.editions.order_by("number"))
            for one, following in zip(editions, editions[1:], strict=False):
                assert one.superseded_at == following.in_force_from, str(one)
            assert editions[-1].superseded_at is None

    def test_was_all_published_in_the_past(self):
        morning = timezone.now() - timedelta(hours=12)
        chapters = ChapterPage.objects.filter(last_published_at__gt=morning)
        assert not chapters.exists()
        assert not ContentsEntry.objects.filter(since__gt=morning).exists()

    def test_has_a_chapter_that_became_part_of_another_and_one_that_was_withdrawn(self):
        ways = dict(BasePage.objects.exclude(withdrawn_as="").values_list("slug", "withdrawn_as"))
        assert ways == {
            "mobile-phones-and-cameras": "consolidated",
            "seeing-children-while-travel-is-restricted": "withdrawn",
        }
        entry = ContentsEntry.objects.get(page__slug="seeing-children-while-travel-is-restricted")
        assert timezone.localdate(entry.until) == date(2022, 4, 4)
