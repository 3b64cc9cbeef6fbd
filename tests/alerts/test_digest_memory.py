"""A digest after an import of thousands of chapters: what many people are told alike is kept once."""

import tracemalloc

import pytest

from alerts.messages.digests import make_digest
from alerts.models import Contents, Delivery, Kind, Message, MessageTopic
from tests.alerts.factories import add_a_chapter, forget_what_was_told, subscriber_to
from tests.once import once
from tests.procedures.factories import london
from updates.models import Edition

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
DUE = london(2030, 1, 12, 8, 30)
YESTERDAY = london(2030, 1, 11, 15, 0)
UPDATES, PEOPLE = 2_000, 60


def many_updates(chapter) -> None:
    """Let the manual have had so many updates yesterday, all told by digests alone."""
    common = {"page_id": chapter.pk, "title": "Neglect", "note": "New.", "revision": chapter.latest_revision}
    common |= {"in_force_from": YESTERDAY, "superseded_at": YESTERDAY, "significance": "major"}
    editions = Edition.objects.bulk_create(Edition(number=10 + number, **common) for number in range(UPDATES))
    when = {"moment": YESTERDAY, "release_at": YESTERDAY, "spread_at": YESTERDAY}
    messages = Message.objects.bulk_create(
        Message(kind=Kind.UPDATE, edition=edition, page_id=chapter.pk, title="Neglect", **when) for edition in editions
    )
    topic = f"manual:{chapter.get_parent().pk}"
    MessageTopic.objects.bulk_create(MessageTopic(message=one, topic=topic, title="Manual") for one in messages)


class TestManyUpdates:
    def test_take_the_memory_of_one_reader(self, chapter):
        forget_what_was_told()
        many_updates(chapter)
        for number in range(PEOPLE):
            key = f"manual:{chapter.get_parent().pk}"
            subscriber_to({key: "daily"}, address=f"a{number}@agency.example", since=london(2029, 1, 1))
        tracemalloc.start()
        try:
            assert make_digest("daily", now=DUE) == PEOPLE
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        # A set of so many keys takes 0.13 MB; one for each person took 12 MB.
        assert peak < 5 * 2**20
        assert Contents.objects.get().messages.count() == UPDATES
        assert Delivery.objects.count() == PEOPLE
