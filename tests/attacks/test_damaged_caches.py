"""The folders of the cache: damaged, full, not ours to write. The site goes on."""

import os
from pathlib import Path

import pytest

from pages.cache_backends import ForgivingFileCache
from pages.caching import generation
from tests.factories import add_home

pytestmark = pytest.mark.django_db

DAMAGES = {"nothing": b"", "cut off": b"\x80\x05\x95", "zeros": bytes(200), "something else": b"\xff\xfe%PDF-1.7\n" * 9}


@pytest.fixture
def folders(settings, tmp_path):
    """Caches in files, as a site on one machine has them."""
    settings.CACHES = {
        name: {"BACKEND": "pages.cache_backends.ForgivingFileCache", "LOCATION": str(tmp_path / name)}
        for name in ("default", "pages")
    }
    return tmp_path


def files_in(folders) -> list[Path]:
    """Return the files of both caches."""
    return sorted(folders.glob("*/*.djcache"))


class TestDamagedFiles:
    @pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
    def test_every_page_is_still_answered_and_stored_again(self, client, folders, damage):
        add_home()
        whole = client.get("/").content
        before = files_in(folders)
        assert before
        for file in before:
            file.write_bytes(damage)
        assert client.get("/").content == whole
        assert client.get("/search/").status_code == 200
        assert client.get("/nowhere/").status_code == 404
        assert generation() == generation()

    def test_a_damaged_value_counts_as_none_and_its_file_is_deleted(self, tmp_path):
        cache = ForgivingFileCache(str(tmp_path), {})
        cache.set("key", "value")
        (file,) = tmp_path.glob("*.djcache")
        file.write_bytes(b"\x80\x05\x95")
        assert cache.get("key", "instead") == "instead"
        assert not file.exists()

    def test_a_damaged_value_is_neither_there_nor_touched(self, tmp_path):
        cache = ForgivingFileCache(str(tmp_path), {})
        cache.set("key", "value")
        (file,) = tmp_path.glob("*.djcache")
        file.write_bytes(bytes(50))
        assert not cache.has_key("key")
        assert not cache.touch("key")


class TestFoldersThatCannotBeWritten:
    @pytest.fixture
    def full_disk(self, folders, monkeypatch):
        """Make every new file fail, as on a full disk: also for root, for whom no folder is read-only."""

        def refuse(*args, **kwargs):
            raise OSError(28, os.strerror(28))

        monkeypatch.setattr("django.core.cache.backends.filebased.tempfile.mkstemp", refuse)

    def test_every_page_is_still_answered(self, client, full_disk):
        add_home()
        assert [client.get(address).status_code for address in ("/", "/search/", "/nowhere/")] == [200, 200, 404]

    def test_what_could_not_be_replaced_is_not_found_again(self, tmp_path, request):
        cache = ForgivingFileCache(str(tmp_path), {})
        cache.set("generation", "old")
        request.getfixturevalue("full_disk")
        cache.set("generation", "new")
        assert cache.get("generation") is None

    def test_a_correction_is_seen_although_it_cannot_be_noted(
        self, client, folders, request, django_capture_on_commit_callbacks
    ):
        home = add_home()
        assert b"Keeping children safe" in client.get("/").content
        request.getfixturevalue("full_disk")
        with django_capture_on_commit_callbacks(execute=True):
            home.title = "Corrected"
            home.save_revision().publish()
        assert b"Corrected" in client.get("/").content

    def test_a_folder_that_cannot_be_made_stops_nothing(self, tmp_path):
        (tmp_path / "file").touch()
        cache = ForgivingFileCache(str(tmp_path / "file" / "folder"), {})
        cache.set("key", "value")
        assert cache.get("key") is None

    def test_it_complains_once_and_not_for_every_page(self, tmp_path, full_disk, caplog):
        cache = ForgivingFileCache(str(tmp_path / "once"), {})
        for number in range(5):
            cache.set(f"key-{number}", "value")
        assert len(caplog.records) == 1
