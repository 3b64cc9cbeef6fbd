"""The index of staff's own search is written again when a page changes, but not for a draft that it does not hold.

Wagtail writes it at every save of any kind. A draft leaves in the row of the page only that there is one, and its words
are in the index when they are public: writing the same words again took a sixth of the time of saving a draft.
"""

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import COMMENTS_RELATION_NAME

# What `save_revision` writes into the row of a page.
OF_A_DRAFT = {
    COMMENTS_RELATION_NAME,
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
}


def write_what_changed(instance, update_fields=None, **kwargs):
    """Let Wagtail write the page into its index. A search server also keeps when its draft was saved."""
    if settings.SEARCH_SERVER or update_fields is None or not OF_A_DRAFT.issuperset(update_fields):
        post_save_signal_handler(instance, **kwargs)


def follow(base_model) -> None:
    """Hear of each save and deletion of a page of any type, in the place of Wagtail (`search_auto_update`)."""
    for model in get_indexed_models():
        if issubclass(model, base_model):
            name = f"pages-index-{model._meta.label}"
            post_save.connect(write_what_changed, sender=model, dispatch_uid=name)
            post_delete.connect(post_delete_signal_handler, sender=model, dispatch_uid=name)
