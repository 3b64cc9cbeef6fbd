"""A cache that may fail without anybody noticing: what it held is made again, and the site goes on."""

import logging
import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 1
# After a failure nothing is asked of that server for a while: ten questions a page, each waiting a second, would be an
# outage of their own.
AWAY_SECONDS = 5


class ForgivingRedisCache(RedisCache):
    """Redis, with short time-outs, whose errors are logged and then taken for "not in the cache"."""

    # When each server is asked again, by address. Shared by the threads of a process: Django gives each its own cache.
    _asked_again_at: dict[str, float] = {}

    def __init__(self, server, params):
        # No second try: redis-py would by default try four times, waiting longer each time.
        times = {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS}
        params = {**params, "OPTIONS": {**times, "retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}}
        super().__init__(server, params)
        self._server = str(server)

    def _try(self, ask, otherwise):
        """Return `ask()`, or `otherwise` when the server is away."""
        if time.monotonic() < self._asked_again_at.get(self._server, 0):
            return otherwise
        try:
            return ask()
        except (RedisError, OSError) as error:
            self._asked_again_at[self._server] = time.monotonic() + AWAY_SECONDS
            logger.warning("The cache is away (%s); going on without it.", type(error).__name__)
            return otherwise

    def add(self, *args, **kwargs):
        """Store a value unless there is one; say that it was not stored when the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).add(*args, **kwargs), False)

    def get(self, key, default=None, version=None):
        """Return the value, or `default` when there is none or the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, *args, **kwargs):
        """Store a value."""
        return self._try(lambda: super(ForgivingRedisCache, self).set(*args, **kwargs), None)

    def touch(self, *args, **kwargs):
        """Give a value a new time-out; False when it is not there or the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).touch(*args, **kwargs), False)

    def delete(self, *args, **kwargs):
        """Forget a value; False when it was not there or the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).delete(*args, **kwargs), False)

    def get_many(self, *args, **kwargs):
        """Return the values that are there, none when the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).get_many(*args, **kwargs), {})

    def has_key(self, *args, **kwargs):
        """Tell whether there is a value; False when the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).has_key(*args, **kwargs), False)

    def incr(self, key, delta=1, version=None):
        """Add to a number and return it; `delta` when the cache is away, as if counting had just begun."""
        return self._try(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), delta)

    def set_many(self, data, *args, **kwargs):
        """Store several values; return the keys of those that were not stored: all when the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def delete_many(self, *args, **kwargs):
        """Forget several values."""
        return self._try(lambda: super(ForgivingRedisCache, self).delete_many(*args, **kwargs), None)

    def clear(self):
        """Forget everything in this Redis database, whoever put it there; False when the cache is away."""
        return self._try(lambda: super(ForgivingRedisCache, self).clear(), False)


class ForgivingFileCache(FileBasedCache):
    """Files, whose faults are logged and then taken for "not in the cache".

    A full disk, no right to write, a file that a power cut has left half written: without this, one damaged file, that
    of the generation, answers 500 to every request until somebody deletes it.
    """

    COMPLAINS_EVERY_SECONDS = 60
    # When each folder was last complained of. Shared by the threads of a process.
    _complained_at: dict[str, float] = {}

    def _works(self, do) -> bool:
        """Tell whether `do()` went through; complain when it did not."""
        try:
            do()
        except Exception as error:  # Reading a damaged pickle may raise anything.
            self._complain(error)
            return False
        return True

    def _complain(self, error):
        now = time.monotonic()
        if now - self._complained_at.get(self._dir, -self.COMPLAINS_EVERY_SECONDS) >= self.COMPLAINS_EVERY_SECONDS:
            self._complained_at[self._dir] = now
            logger.warning("The cache in files cannot be used (%s); going on without it.", type(error).__name__)

    def _createdir(self):
        self._works(super()._createdir)

    def get(self, key, default=None, version=None):
        """Return the value, or `default` when there is none; a file that cannot be read is deleted."""
        found = []
        if self._works(lambda: found.append(super(ForgivingFileCache, self).get(key, default, version))):
            return found[0]
        self.delete(key, version)
        return default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Store a value. When that fails, the one before is not found again either."""
        if not self._works(lambda: super(ForgivingFileCache, self).set(key, value, timeout, version)):
            self.delete(key, version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        """Give a value a new time-out; False when it is not there or cannot be written."""
        done = []
        self._works(lambda: done.append(super(ForgivingFileCache, self).touch(key, timeout, version)))
        return any(done)

    def delete(self, key, version=None):
        """Forget a value; False when it was not there or could not be deleted."""
        done = []
        self._works(lambda: done.append(super(ForgivingFileCache, self).delete(key, version)))
        return any(done)

    def has_key(self, key, version=None):
        """Tell whether there is a value."""
        done = []
        self._works(lambda: done.append(super(ForgivingFileCache, self).has_key(key, version)))
        return any(done)
