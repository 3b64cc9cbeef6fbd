"""A Redis that is there, and one that is not: readers must not notice the difference."""

import os
import socket
import time

import pytest
import redis
from django.core.cache import caches
from django.test import Client

from pages.cache_backends import AWAY_SECONDS, ForgivingRedisCache
from tests.factories import add_home

ADDRESS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


def _is_there() -> bool:
    try:
        return redis.Redis.from_url(ADDRESS, socket_connect_timeout=1).ping()
    except redis.RedisError:
        return False


@pytest.fixture
def present():
    """A cache in the Redis of this machine, in keys of this test's own."""
    if not _is_there():
        if os.environ.get("REQUIRE_REDIS") == "1":
            pytest.fail(f"REQUIRE_REDIS=1, but there is no Redis at {ADDRESS}", pytrace=False)
        pytest.skip(f"needs a Redis at {ADDRESS}")
    cache = ForgivingRedisCache(ADDRESS, {"KEY_PREFIX": f"tests-{os.getpid()}"})
    ForgivingRedisCache._asked_again_at.clear()
    yield cache
    cache.delete_many(["key", "other", "number"])


@pytest.fixture
def closed():
    """The address of a Redis that nobody answers at."""
    ForgivingRedisCache._asked_again_at.clear()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{probe.getsockname()[1]}/0"


@pytest.fixture
def silent():
    """The address of a Redis that takes the call and never says a word."""
    ForgivingRedisCache._asked_again_at.clear()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


class TestARedisThatIsThere:
    def test_keeps_what_it_is_given(self, present):
        present.set("key", {"a": [1, 2]}, 30)
        assert present.get("key") == {"a": [1, 2]}
        assert present.add("key", "new", 30) is False
        assert present.add("other", "new", 30) is True
        assert present.get_many(["key", "other", "none"]) == {"key": {"a": [1, 2]}, "other": "new"}
        assert present.has_key("key")
        assert present.touch("key", 60) is True
        assert present.delete("key") is True
        assert present.get("key", "gone") == "gone"
        assert present.set_many({"key": 1}) == []

    def test_counts(self, present):
        present.set("number", 1)
        assert present.incr("number", 2) == 3
        assert present.decr("number") == 2

    def test_says_that_there_is_nothing_to_add_to_as_every_cache_does(self, present):
        with pytest.raises(ValueError, match="not found"):
            present.incr("none")

    def test_lets_values_expire(self, present):
        present.set("key", 1, 0)
        assert present.get("key") is None


class TestARedisThatIsAway:
    def test_is_taken_for_an_empty_one(self, closed):
        cache = ForgivingRedisCache(closed, {})
        assert cache.get("key", "default") == "default"
        assert cache.set("key", 1) is None
        assert cache.add("key", 1) is False
        assert cache.touch("key") is False
        assert cache.delete("key") is False
        assert cache.get_many(["key"]) == {}
        assert cache.has_key("key") is False
        assert cache.incr("key", 2) == 2
        assert cache.set_many({"key": 1}) == ["key"]
        assert cache.delete_many(["key"]) is None
        assert cache.clear() is False
        assert cache.get_or_set("key", lambda: "made") == "made"

    def test_is_reported_once_and_left_alone_for_a_while(self, closed, caplog):
        cache = ForgivingRedisCache(closed, {})
        for _ in range(5):
            cache.get("key")
        assert [record.getMessage() for record in caplog.records] == [
            "The cache is away (ConnectionError); going on without it."
        ]

    def test_costs_a_page_hardly_more_than_a_second_even_when_it_hangs(self, silent):
        cache = ForgivingRedisCache(silent, {})
        started = time.monotonic()
        for _ in range(20):
            cache.get("key")
        assert time.monotonic() - started < 3

    def test_is_asked_again_later(self, present, monkeypatch):
        present.set("key", "value", 30)
        present._asked_again_at[present._server] = time.monotonic() + AWAY_SECONDS
        assert present.get("key") is None
        present._asked_again_at[present._server] = time.monotonic() - 1
        assert present.get("key") == "value"

    @pytest.mark.django_db
    def test_leaves_the_site_as_it_was(self, closed, settings):
        add_home()
        away = {"BACKEND": "pages.cache_backends.ForgivingRedisCache", "LOCATION": closed}
        settings.CACHES = {"default": away, "pages": away}
        assert isinstance(caches["default"], ForgivingRedisCache)
        for _ in range(2):
            response = Client().get("/")
            assert response.status_code == 200
            assert "ETag" in response


@pytest.mark.django_db(transaction=True)
class TestASiteWithARedis:
    def test_stores_pages_there_and_forgets_them_when_something_changes(self, present, settings):
        kept = {"BACKEND": "pages.cache_backends.ForgivingRedisCache", "LOCATION": ADDRESS}
        prefix = f"tests-site-{os.getpid()}-{time.monotonic_ns()}"
        settings.CACHES = {name: kept | {"KEY_PREFIX": f"{prefix}-{name}"} for name in ("default", "pages")}
        home = add_home()
        client = Client()
        first = client.get("/")
        assert client.get("/").content == first.content
        home.title = "Another name"
        home.save_revision().publish()
        assert b"Another name" in client.get("/").content
