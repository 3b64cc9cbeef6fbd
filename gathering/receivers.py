"""Hand over: what is published has its pieces written in the same transaction; a new topic finds what names it."""

from django.db.models.signals import post_save
from wagtail.signals import page_published

from gathering.models import Piece
from gathering.services import find_by_new_topic, record_pieces
from pages.caching import forget_when_changed
from pages.models import Topic


def follow_page(instance, **kwargs):
    """A page was published."""
    if hasattr(instance, "declared_pieces"):
        record_pieces(page=instance)


def follow_topic(instance, raw=False, **kwargs):
    """A topic was made or renamed."""
    if not raw:
        find_by_new_topic(topic=instance)


page_published.connect(follow_page, dispatch_uid="gathering-published")
post_save.connect(follow_topic, sender=Topic, dispatch_uid="gathering-topic")
forget_when_changed(Piece)
