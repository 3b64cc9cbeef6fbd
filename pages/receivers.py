"""Hand over: whatever changes what the public sees begins a new generation of stored pages."""

from django.contrib.contenttypes.models import ContentType  # noqa: F401
from wagtail.images import get_image_model
from wagtail.models import Collection, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from pages.caching import forget_public_pages, forget_when_changed
from pages.indexing import follow
from pages.models import Audience, BasePage, FormerTopic, Topic


def _forget(**kwargs):
    forget_public_pages()


for _signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    _signal.connect(_forget, dispatch_uid="pages-forget")

forget_when_changed(Audience, BasePage, Collection, FormerTopic, PageViewRestriction, Site, Topic, get_image_model())
follow(BasePage)
