"""What is remembered between requests, and how it is forgotten.

Everything stored carries the number of a generation. When something public changes, a new generation begins once the
change is committed: what was stored before is never looked at again, not even when a slow request stores it late.
"""

from uuid import uuid4

from django.core.cache import caches
from django.db import transaction
from django.utils.cache import patch_cache_control, set_response_etag

GENERATION_KEY = "generation"


# Set while a new generation could not be begun because the cache was away.
_owed = False


def generation() -> str:
    """Return the current generation; begins one where there is none."""
    if _owed:
        _begin_generation()
        if _owed:
            # What the cache can still be read for may be outdated: nothing of it is to be found.
            return uuid4().hex
    cache = caches["default"]
    current = cache.get(GENERATION_KEY)
    if current is None:
        cache.add(GENERATION_KEY, uuid4().hex, timeout=None)
        current = cache.get(GENERATION_KEY) or uuid4().hex
    return current


def forget_public_pages() -> None:
    """Begin a new generation when the running transaction has been committed (at once outside one)."""
    # Robust: what has been committed is published, even when the cache's disk is full.
    transaction.on_commit(_begin_generation, robust=True)


def _begin_generation():
    """Begin a new generation; pages of the old one are never found again and expire by themselves.

    When the cache is away, which it does not say, the new generation is begun as soon as it is back.
    """
    global _owed
    fresh = uuid4().hex
    caches["default"].set(GENERATION_KEY, fresh, timeout=None)
    _owed = caches["default"].get(GENERATION_KEY) != fresh


def remember(name: str, make, *, timeout: int):
    """Return `make()`, stored under `name` until something public changes or `timeout` seconds have passed."""
    return caches["default"].get_or_set(f"{generation()}:{name}", make, timeout)


def forget_when_changed(*models) -> None:
    """Begin a new generation whenever a row of one of these models is saved or deleted (for `AppConfig.ready`)."""
    from django.db.models.signals import post_delete, post_save

    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(_forget, sender=model, dispatch_uid=f"forget-{model._meta.label}-{id(signal)}", weak=False)


def _forget(**kwargs):
    forget_public_pages()


def public(response, *, until=None):
    """Mark a response as the same for every anonymous reader, and return it; `until`: the moment it must be gone.

    It may then be stored by the site. Browsers keep it too but ask each time whether it still holds (ETag), so that a
    correction is seen at once.
    """
    response.is_public_page = True
    response.public_until = until
    patch_cache_control(response, no_cache=True)
    if hasattr(response, "add_post_render_callback"):
        response.add_post_render_callback(set_response_etag)
    else:
        set_response_etag(response)
    return response


def is_public(response) -> bool:
    """Tell whether a finished response was marked `public`, succeeded, and sets no cookie."""
    marked = getattr(response, "is_public_page", False)
    return marked and response.status_code == 200 and not response.cookies and not response.streaming
