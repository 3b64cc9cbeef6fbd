"""What happens while the cache can be read and not written."""

from django.core.cache import caches

from pages import caching


class TestGeneration:
    def test_finds_nothing_old_while_a_new_one_cannot_be_begun(self, monkeypatch):
        old = caching.generation()
        monkeypatch.setattr(caching, "_owed", True)
        monkeypatch.setattr(type(caches["default"]), "set", lambda *args, **kwargs: None)
        first, second = caching.generation(), caching.generation()
        assert len({old, first, second}) == 3

    def test_goes_on_once_the_cache_takes_it(self, monkeypatch):
        old = caching.generation()
        monkeypatch.setattr(caching, "_owed", True)
        fresh = caching.generation()
        assert fresh != old
        assert caching.generation() == fresh
