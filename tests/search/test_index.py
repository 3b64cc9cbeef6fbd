"""Each machine's index follows the rows, whatever happens to it."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from pages.models import BasePage
from search.engine import folder, following
from search.engine.queries import Narrowing
from search.finding import NoIndex, find
from search.models import Change, Passage
from search.recording import LOG_LENGTH, note_changes, shorten_log
from tests.factories import add_home, add_information
from tests.once import once

NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@once
def home():
    return add_home()


@pytest.fixture(autouse=True)
def index_folder(settings, tmp_path):
    settings.SEARCH_INDEX_FOLDER = tmp_path / "index"
    return settings.SEARCH_INDEX_FOLDER


def titles(query="zebra", *, now=NOW, **chosen) -> list[str]:
    """Return the titles of what is found on the first page."""
    found = find(query, narrowing=Narrowing(**chosen), page=1, periods={}, now=now)
    assert found.total == sum(1 + len(group.others) for group in found.groups)
    return [group.best.title for group in found.groups]


def add(home, title="A zebra", **fields):
    return add_information(home, title=title, **fields)


class TestItFollows:
    def test_publishing_renaming_and_taking_down(self, home):
        assert titles() == []
        page = add(home)
        assert titles() == ["A zebra"]
        page.title = "A zebra, renamed"
        page.save_revision().publish()
        assert titles() == ["A zebra, renamed"]
        page.unpublish()
        assert titles() == []
        # Not only left out of the answer: gone. What says up to where the log was read stays, once.
        assert folder.opened().searcher.num_docs == 1

    def test_privacy_and_deletion(self, home):
        page = add(home)
        rule = PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert titles() == []
        rule.delete()
        assert titles() == ["A zebra"]
        BasePage.objects.get(pk=page.pk).delete()
        assert titles() == []

    def test_the_clock_without_anything_being_written(self, home):
        page = add(home)
        page.expire_at = timezone.now() + timedelta(days=3)
        page.save_revision().publish()
        assert titles(now=timezone.now()) == ["A zebra"]
        assert titles(now=page.expire_at + timedelta(seconds=1)) == []

    def test_what_nobody_told_of_is_neither_shown_nor_counted(self, home):
        add(home, "Another zebra")
        page = add(home)
        assert len(titles()) == 2
        # As a script would do it: no signal, no line in the log.
        BasePage.objects.filter(pk=page.pk).update(live=False)
        assert titles() == ["Another zebra"]

    def test_on_every_machine(self, home, settings, tmp_path):
        add(home)
        for name in ("one", "two", "one"):
            settings.SEARCH_INDEX_FOLDER = tmp_path / name
            assert titles() == ["A zebra"]
        add(home, "Another zebra")
        for name in ("two", "one"):
            settings.SEARCH_INDEX_FOLDER = tmp_path / name
            assert len(titles()) == 2

    def test_in_every_process_of_a_machine(self, home, settings, tmp_path, index_folder):
        add(home)
        titles()
        # A second process, as far as the engine can tell: it opens the same files once more.
        (tmp_path / "other").symlink_to(index_folder)
        settings.SEARCH_INDEX_FOLDER = tmp_path / "other"
        add(home, "Another zebra")
        assert len(titles()) == 2
        settings.SEARCH_INDEX_FOLDER = index_folder
        assert len(titles()) == 2
        add(home, "A third zebra")
        assert len(titles()) == 3

    def test_with_one_query_of_the_log_while_nothing_changes(self, home, django_assert_num_queries):
        add(home)
        titles()
        with django_assert_num_queries(2):
            titles()


class TestItIsMadeAnew:
    @pytest.fixture(autouse=True)
    def page(self, home):
        page = add(home)
        assert titles() == ["A zebra"]
        return page

    def only_folder(self, index_folder):
        (found,) = index_folder.glob("index-*")
        return found

    def test_when_its_folder_is_gone(self, index_folder):
        for path in self.only_folder(index_folder).iterdir():
            path.unlink()
        self.only_folder(index_folder).rmdir()
        (index_folder / "current").unlink()
        assert titles() == ["A zebra"]

    def test_when_its_files_are_gone_and_another_process_begins(self, index_folder):
        for path in self.only_folder(index_folder).iterdir():
            path.unlink()
        folder._opened.clear()
        assert titles() == ["A zebra"]

    @pytest.mark.parametrize("content", [b"", b"\x00" * 200, b"{}"], ids=["empty", "noughts", "other"])
    def test_when_its_files_are_damaged(self, index_folder, content):
        for path in self.only_folder(index_folder).iterdir():
            if path.suffix != ".lock":
                path.write_bytes(content)
        folder._opened.clear()
        for _ in range(2):
            # The first to meet the damage may be answered by the database.
            try:
                found = titles()
            except NoIndex:
                found = None
        assert found == ["A zebra"]

    @pytest.mark.parametrize("said", ["", "[]", "null", '{"name": "x"}', '{"format": "0 old", "name": "x"}'])
    def test_when_it_is_of_another_version(self, index_folder, said):
        before = self.only_folder(index_folder)
        (index_folder / "current").write_text(said)
        assert titles() == ["A zebra"]
        assert self.only_folder(index_folder) != before

    def test_and_a_half_written_one_is_never_looked_at(self, index_folder):
        with folder.writing(wait=0):
            name, index = folder.begin()
            writer = index.writer(15_000_000, 1)
            writer.commit()
        assert json.loads((index_folder / "current").read_text())["name"] != name
        assert titles() == ["A zebra"]
        following.build(wait=0)
        assert not (index_folder / name).exists()

    def test_when_the_database_was_restored_from_a_backup(self, home, page):
        """The same numbers come again in the log, for other changes."""
        newest = Change.objects.last()
        Passage.objects.filter(page=page).update(title="A zebra, before")
        Change.objects.filter(pk=newest.pk).update(stamp="0" * 32)
        assert titles() == ["A zebra, before"]
        Change.objects.filter(pk=newest.pk).delete()
        assert titles() == ["A zebra, before"]

    def test_when_its_place_in_the_log_is_no_longer_there(self, home, monkeypatch):
        monkeypatch.setattr("search.recording.LOG_LENGTH", 2)
        for number in range(4):
            add(home, f"Zebra {number}")
        assert shorten_log() > 0
        assert Change.objects.count() == 2
        assert len(titles()) == 5
        assert LOG_LENGTH > 1_000

    def test_and_the_log_is_shortened_by_itself(self, page, monkeypatch):
        monkeypatch.setattr("search.recording.LOG_LENGTH", 2)
        monkeypatch.setattr("search.recording.SHORTENED_EVERY", 5)
        for _ in range(11):
            note_changes(page_keys=[page.pk])
        assert Change.objects.count() < 8
        note_changes(page_keys=[page.pk] * 12)
        assert Change.objects.count() == 2
        assert titles() == ["A zebra"]

    def test_when_it_is_found_damaged_while_it_is_to_catch_up(self, page, monkeypatch):
        note_changes(page_keys=[page.pk])
        monkeypatch.setattr(following, "catch_up", lambda *, wait: folder.discard())
        with pytest.raises(NoIndex):
            titles()
        monkeypatch.undo()

    def test_by_the_command(self, home, page, capsys, index_folder):
        before = self.only_folder(index_folder)
        Passage.objects.all().delete()
        call_command("rebuild_search")
        assert "of 1 that readers may see" in capsys.readouterr().out
        assert self.only_folder(index_folder) != before
        assert titles() == ["A zebra"]

    def test_nothing_is_deleted_in_the_database(self, index_folder):
        rows = list(Passage.objects.values())
        folder.discard()
        titles()
        assert list(Passage.objects.values()) == rows


class TestWhileSomebodyElseWrites:
    @pytest.fixture(autouse=True)
    def impatient(self, monkeypatch):
        monkeypatch.setattr(following, "PATIENCE_SECONDS", 0)

    def test_what_has_changed_is_left_out(self, home):
        page = add(home)
        add(home, "Another zebra")
        assert len(titles()) == 2
        page.title = "A zebra, secret no more"
        page.save_revision().publish()
        with folder.writing(wait=0):
            assert titles() == ["Another zebra"]
        assert len(titles()) == 2

    def test_an_index_that_is_missing_lets_the_database_answer(self, home):
        add(home)
        with folder.writing(wait=0), pytest.raises(NoIndex):
            titles()

    def test_a_lock_goes_with_its_holder(self, home):
        held = folder.writing(wait=0)
        held.__enter__()
        with pytest.raises(folder.CannotWrite), folder.writing(wait=0.05):
            pass
        held.gen.close()
        with folder.writing(wait=0):
            pass

    def test_a_folder_that_nobody_may_write_to_lets_the_database_answer(self, home, settings, tmp_path):
        (tmp_path / "file").write_text("")
        settings.SEARCH_INDEX_FOLDER = tmp_path / "file" / "index"
        add(home)
        with pytest.raises(NoIndex):
            titles()


class TestFarBehind:
    def test_a_few_are_left_out_and_many_let_the_database_answer(self, home, monkeypatch):
        done = []
        monkeypatch.setattr(following, "_in_background", done.append)
        monkeypatch.setattr(following, "MOST_WHILE_WAITING", 1)
        monkeypatch.setattr(following, "MOST_LEFT_OUT", 2)
        pages = [add(home, f"Zebra {number}") for number in range(3)]
        assert len(titles()) == 3
        note_changes(page_keys=[pages[0].pk, pages[1].pk])
        assert titles() == ["Zebra 2"]
        note_changes(page_keys=[pages[2].pk])
        with pytest.raises(NoIndex):
            titles()
        assert done == [following.catch_up] * 2
        following.catch_up(wait=0)
        assert len(titles()) == 3


@pytest.mark.django_db(transaction=True)
class TestInTheBackground:
    def test_a_large_site_is_built_while_the_database_answers(self, monkeypatch):
        monkeypatch.setattr(following, "FEW_PASSAGES", 0)
        add(add_home())
        with pytest.raises(NoIndex):
            titles()
        for thread in threading.enumerate():
            if thread.name == "search-index":
                thread.join(timeout=20)
        assert titles() == ["A zebra"]

    def test_writers_at_once_lose_nothing(self):
        home = add_home()
        pages = [add(home, f"Zebra {number}") for number in range(6)]
        titles()
        faults = []

        def write(page):
            try:
                note_changes(page_keys=[page.pk])
                following.catch_up(wait=20)
            except Exception as fault:
                faults.append(fault)
            finally:
                following.close_old_connections()

        threads = [threading.Thread(target=write, args=[page]) for page in pages]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert faults == []
        assert sorted(titles()) == [f"Zebra {number}" for number in range(6)]
        assert folder.opened().state == following.newest_change()
