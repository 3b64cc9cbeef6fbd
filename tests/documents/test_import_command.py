"""manage.py import_documents"""

import io
import os
import tracemalloc
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Collection
from wagtail.search.backends import get_search_backend

from documents.importing import services
from documents.models import FileVersion, LibraryDocument, ResourcePage
from tests.documents.factories import add_library
from tests.factories import add_home, make_manager
from tests.pages.tree_checks import tree_faults
from tests.updates.test_concurrency import at_once


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "files"
    place.mkdir()
    for number in range(4):
        (place / f"form {number}.txt").write_text(f"Form {number}")
    return place


def run(*arguments, **options):
    out = io.StringIO()
    call_command("import_documents", *map(str, arguments), stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture(autouse=True)
    def library(self):
        return add_library(add_home())

    def test_prints_the_report_and_no_progress_where_nobody_looks(self, folder, capfd):
        (folder / "run.exe").write_text("x")
        printed = run(folder)
        assert printed.startswith("Imported: 4 files, 4 resources. Not imported: 1.\n")
        assert "\nNot imported\n  “run.exe”\n  - We do not take this kind of file.\n" in printed
        assert "What was made" not in printed
        again = run(folder, verbosity=2)
        assert again.startswith("Imported: nothing new. There already: 4. Not imported: 1.\n")
        assert "In the library already\n  “form 0.txt”\n" in again
        assert run(folder, verbosity=0) == ""
        assert capfd.readouterr() == ("", "")

    def test_takes_owner_and_collection(self, folder):
        user = make_manager()
        collection = Collection.get_first_root_node().add_child(name="Forms")
        run(folder, user=user.email.upper(), collection="Forms")
        assert {document.collection for document in LibraryDocument.objects.all()} == {collection}
        assert {page.owner for page in ResourcePage.objects.all()} == {user}

    def test_writes_a_report_that_is_the_table_of_the_next_run(self, folder, tmp_path):
        report = tmp_path / "report.csv"
        assert run(folder, dry_run=True, report=report).startswith("Nothing was changed. An import would make: 4 files")
        assert not LibraryDocument.objects.exists()
        report.write_text(report.read_text("utf-8").replace(",Form 2,", ",Second form,"), "utf-8")
        printed = run(folder, csv=report, report=report)
        assert "report-2.csv" in printed
        assert ResourcePage.objects.get(title="Second form").resource_type == "form"
        assert ResourcePage.objects.count() == 4

    def test_is_stopped_with_the_keyboard_and_says_how_to_go_on(self, folder, tmp_path, monkeypatch):
        take = services.Importer.take

        def stop(self, group):
            if group.title == "Form 2":
                raise KeyboardInterrupt
            take(self, group)

        monkeypatch.setattr(services.Importer, "take", stop)
        with pytest.raises(CommandError, match="Run the same command again") as stopped:
            run(folder, report=tmp_path / "report.csv")
        assert stopped.value.returncode == 130
        assert (tmp_path / "report.csv").read_text("utf-8-sig").count("imported") == 2
        monkeypatch.undo()
        assert "Imported: 2 files, 2 resources. There already: 2." in run(folder)

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"user": "nobody@board.example"}, "Nobody signs in as"),
            ({"collection": "None"}, r"--collection: \d+ \(Root\)"),
            ({"csv": Path("none.csv")}, "The table none.csv cannot be read"),
            ({"report": Path("none/report.csv")}, "The report cannot be written"),
        ],
    )
    def test_says_what_it_cannot_use_before_anything_is_made(self, folder, options, said):
        with pytest.raises(CommandError, match=said):
            run(folder, **options)
        assert not LibraryDocument.objects.exists()

    def test_fails_where_nothing_could_be_imported(self, folder, library, tmp_path):
        (tmp_path / "meta.csv").write_text("file\nnone.txt\n")
        with pytest.raises(CommandError, match="None of the files"):
            run(folder, csv=tmp_path / "meta.csv")
        with pytest.raises(CommandError, match="cannot be read as a folder"):
            run(tmp_path / "none")
        library.delete()
        with pytest.raises(CommandError, match="There is no library yet"):
            run(folder)

    def test_leaves_the_search_index_as_saving_by_hand_does(self, folder, settings):
        settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
        run(folder)
        search = get_search_backend().search
        assert [page.title for page in search("Form 3", ResourcePage)][0] == "Form 3"
        assert [document.title for document in search("Form 3", LibraryDocument)][0] == "Form 3"
        ResourcePage.objects.get(title="Form 3").delete()
        page = ResourcePage.objects.first()
        page.title = "Saved afterwards"
        page.save()
        assert list(search("afterwards", ResourcePage)) == [page]


@pytest.mark.django_db
def test_a_large_file_is_never_in_memory(tmp_path):
    add_library(add_home())
    (tmp_path / "files").mkdir()
    part = os.urandom(500_000).hex().encode()
    with (tmp_path / "files" / "large.txt").open("wb") as file:
        for _ in range(40):
            file.write(part)
    del part

    tracemalloc.start()
    try:
        run(tmp_path / "files")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert FileVersion.objects.get().size == 40_000_000
    assert peak < 20_000_000


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_nothing_twice(folder, tmp_path):
    add_library(add_home())
    (tmp_path / "meta.csv").write_text("file,resource\nform 0.txt,Forms\nform 1.txt,Forms\nform 2.txt,More\n")
    at_once(
        lambda: run(folder),
        lambda: run(folder, csv=tmp_path / "meta.csv"),
        lambda: run(folder, csv=tmp_path / "meta.csv"),
    )
    assert FileVersion.objects.count() == LibraryDocument.objects.count() == 4
    assert ResourcePage.objects.filter(title="Forms").count() == ResourcePage.objects.filter(title="More").count() == 1
    assert tree_faults() == []
