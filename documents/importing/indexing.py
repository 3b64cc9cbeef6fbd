"""The admin's search index and the list of what is used where: brought up to date once, not at each of four saves.

Each save would read the whole search index to weigh titles anew, so that an import would slow down with each file.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update

from documents.models import LibraryDocument, ResourcePage

MODELS = (LibraryDocument, ResourcePage)
AT_ONCE = 500

logger = logging.getLogger(__name__)


@contextmanager
def indexed_once(documents: set[int]) -> Iterator[None]:
    """Index the files whose keys are in `documents` at the end, and the resources that offer them; also after a fault.

    Whoever saves a page meanwhile enters it into the reference index (`making`). For a process that does nothing else:
    what another thread saves meanwhile is not indexed.
    """
    for model in MODELS:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in MODELS:
            post_save.connect(post_save_signal_handler, sender=model)
        ordered = sorted(documents)
        for begin in range(0, len(ordered), AT_ONCE):
            keys = ordered[begin : begin + AT_ONCE]
            _index(LibraryDocument, LibraryDocument.get_indexed_objects().filter(pk__in=keys))
            _index(ResourcePage, ResourcePage.get_indexed_objects().filter(files__document__in=keys).distinct())


def _index(model, objects):
    for backend in get_search_backends(with_auto_update=True):
        try:
            backend.add_bulk(model, list(objects))
        except Exception:
            # As when one object is saved: an index on another machine that is away must not undo anything.
            logger.exception("The search index could not be brought up to date: run update_index.")
            if not backend.catch_indexing_errors:
                raise
