"""Much at once: one mail for it, however it comes in, and nothing lost."""

from datetime import timedelta

import pytest
from django.core import mail

from alerts.messages import bursts, digests, spreading
from alerts.messages.bursts import LONGEST, QUIET, tell_together
from alerts.messages.spreading import MOST_SINGLY, spread_due
from alerts.models import Delivery, Kind, Message
from alerts.posting.worker import Worker
from tests.alerts.factories import add_a_chapter, forget_what_was_told, happens, key_of, subscriber_to
from tests.once import once
from tests.procedures.factories import add_chapter, london

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
NOW = london(2030, 1, 8, 12)
SECOND = timedelta(seconds=1)


@pytest.fixture
def manual(chapter):
    """The manual, with a reader who hears of everything at once."""
    forget_what_was_told()
    manual = chapter.get_parent()
    key = f"manual:{manual.pk}"
    subscriber_to({key: "at_once"}, since=london(2029, 1, 1))
    subscriber_to({key: "daily"}, since=london(2029, 1, 1), address="daily@agency.example")
    return manual


def import_chapters(manual, number, *, at=NOW):
    """Publish chapters together, and tell nobody yet."""
    for _ in range(number):
        add_chapter(manual)
    new = Message.objects.filter(spread_at=None)
    new.update(moment=at, release_at=at)


def told_to(address="ash@agency.example") -> list[int]:
    """Return how many updates each delivery to somebody tells."""
    rows = Delivery.objects.filter(subscriber__address=address).order_by("pk")
    return [row.contents.messages.count() if row.contents else 1 for row in rows]


class TestABurst:
    def test_is_told_in_one_mail(self, manual):
        import_chapters(manual, MOST_SINGLY + 2)
        assert [spread_due(now=NOW), tell_together(now=NOW + QUIET)] == [0, 0]
        assert tell_together(now=NOW + QUIET + SECOND) == 1
        assert told_to() == [MOST_SINGLY + 2]
        Worker(clock=lambda: NOW + QUIET + SECOND).work()
        (message,) = mail.outbox
        assert message.subject.startswith(f"{MOST_SINGLY + 2} updates: ")
        assert "You get this because you chose: " in message.body

    def test_is_told_one_by_one_as_long_as_it_is_none(self, manual):
        import_chapters(manual, MOST_SINGLY)
        assert spread_due(now=NOW) == MOST_SINGLY
        assert tell_together(now=NOW + QUIET + SECOND) == 0
        assert told_to() == [1] * MOST_SINGLY

    def test_that_comes_in_slowly_is_noticed_all_the_same(self, manual):
        for number in range(MOST_SINGLY + 5):
            import_chapters(manual, 1, at=NOW + number * SECOND)
            spread_due(now=NOW + number * SECOND)
        assert told_to() == [1] * MOST_SINGLY
        tell_together(now=NOW + QUIET + timedelta(minutes=1))
        assert told_to() == [1] * MOST_SINGLY + [5]

    def test_that_does_not_end_is_told_after_an_hour(self, manual):
        import_chapters(manual, MOST_SINGLY + 2)
        import_chapters(manual, 1, at=NOW + LONGEST)
        Message.objects.filter(moment=NOW + LONGEST).exclude(pk=Message.objects.latest("pk").pk).update(moment=NOW)
        assert tell_together(now=NOW + LONGEST) == 0
        assert tell_together(now=NOW + LONGEST + SECOND) == 1
        assert told_to() == [MOST_SINGLY + 3]

    def test_that_was_before_the_worker_came_back_is_told_together(self, manual):
        import_chapters(manual, MOST_SINGLY + 2)
        later = NOW + timedelta(hours=9)
        assert spread_due(now=later) == 0
        assert tell_together(now=later) == 1
        assert told_to() == [MOST_SINGLY + 2]

    def test_does_not_keep_something_urgent_waiting(self, manual):
        import_chapters(manual, MOST_SINGLY + 2)
        urgent = Message.objects.latest("pk")
        Message.objects.filter(pk=urgent.pk).update(urgent_at=NOW)
        assert spread_due(now=NOW) == 2
        tell_together(now=NOW + QUIET + SECOND)
        assert told_to() == [1, MOST_SINGLY + 1]

    def test_is_told_daily_readers_in_their_digest(self, manual):
        import_chapters(manual, MOST_SINGLY + 2)
        tell_together(now=NOW + QUIET + SECOND)
        digests.make_digest("daily", now=london(2030, 1, 9, 8, 30))
        assert told_to("daily@agency.example") == [MOST_SINGLY + 2]
        assert told_to() == [MOST_SINGLY + 2]

    def test_is_gone_on_with_when_the_worker_dies(self, manual, monkeypatch):
        import_chapters(manual, MOST_SINGLY + 2)

        def dies(*args, **kwargs):
            raise KeyboardInterrupt

        later = NOW + QUIET + SECOND
        with monkeypatch.context() as patch:
            patch.setattr(bursts, "write_deliveries", dies)
            with pytest.raises(KeyboardInterrupt):
                tell_together(now=later)
        assert told_to() == []
        assert tell_together(now=later) == 1
        assert tell_together(now=later) == 0
        assert Message.objects.filter(kind=Kind.DIGEST).count() == 1

    def test_leaves_a_single_change_at_another_time_alone(self, chapter, manual):
        import_chapters(manual, MOST_SINGLY + 2)
        tell_together(now=NOW + QUIET + SECOND)
        happens(chapter, "One.", at=NOW + timedelta(hours=1))
        assert told_to() == [MOST_SINGLY + 2, 1]
        assert key_of(chapter) in Message.objects.latest("pk").topics.values_list("topic", flat=True)

    def test_is_not_stopped_by_an_update_whose_readers_cannot_be_found(self, manual, monkeypatch):
        import_chapters(manual, MOST_SINGLY + 2)
        broken_page = Message.objects.filter(spread_at=None).first().page_id
        original = spreading.topics_for

        def topics_for(page):
            if page.pk == broken_page:
                raise ZeroDivisionError
            return original(page)

        monkeypatch.setattr(spreading, "topics_for", topics_for)
        assert tell_together(now=NOW + QUIET + SECOND) == 1
        assert told_to() == [MOST_SINGLY + 1]
        assert Message.objects.get(page=broken_page).spread_at is None, "so that staff are alarmed"
