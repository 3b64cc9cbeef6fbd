"""A folder becomes documents and resources: once, whole, and with everything said that could not be used."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Collection, ModelLogEntry, PageLogEntry, ReferenceIndex, Revision

from content.reading.refusals import CannotImport
from documents.importing import importer as importer_module
from documents.importing import storing
from documents.importing.importer import CannotStore
from documents.importing.items import Result
from documents.importing.report import LibraryReport
from documents.importing.services import NothingFound, import_documents
from documents.models import FileVersion, LibraryDocument, ResourceFile, ResourcePage
from documents.states import State
from files.refusals import Damaged
from pages.models import Audience, Topic
from pages.tree import TreeBusy
from tests.documents.factories import add_library, add_resource, make_document, passed, text_file
from tests.factories import add_home, make_contact, make_manager
from tests.pages.tree_checks import tree_faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return add_library(add_home())


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "files"
    place.mkdir()
    return place


@pytest.fixture
def imported(library, folder):
    """Import files ({name: words}) with a table, and return what was said and what became of each file."""

    def run(files=None, table="", **options):
        for name, words in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(words)
        if table:
            (folder / "meta.csv").write_text(table)
            options["table"] = folder / "meta.csv"
        report, results = LibraryReport(), {}
        options = {"library": library, "collection": Collection.get_first_root_node()} | options
        import_documents(
            folder=folder,
            report=report,
            record=lambda item: results.__setitem__(item.name, item.result),
            **options,
        )
        run.counts = dict(report.counts)
        return "\n".join(f"{note.item}: {note.text}" for note in report.notes), results

    return run


def draft(title: str) -> ResourcePage:
    return ResourcePage.objects.get(title=title).get_latest_revision_as_object()


def offered(page: ResourcePage) -> list[str]:
    return [child.document.title for child in page.files.all()]


def everything() -> tuple:
    models = (LibraryDocument, FileVersion, ResourcePage, ResourceFile, Revision, PageLogEntry, ReferenceIndex)
    return tuple(model.objects.count() for model in models)


def stored() -> int:
    return sum(1 for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


class TestWithoutTable:
    def test_each_file_becomes_a_draft_resource_as_if_made_by_hand(self, library, imported):
        user = make_manager()
        said, results = imported({"Deep/GCP_tool-v2 final.txt": "One", "Referral form.txt": "Two"}, user=user)
        assert set(results.values()) == {Result.IMPORTED}
        page = draft("GCP tool v2 final")
        assert (page.live, page.resource_type, page.owner, page.slug) == (False, "tool", user, "gcp-tool-v2-final")
        assert draft("Referral form").resource_type == "form"
        [child] = page.files.all()
        version = child.document.newest_version()
        assert (child.document.title, version.number, version.state) == ("GCP tool v2 final", 1, "waiting")
        assert (version.name, version.file.read(), version.uploaded_by) == ("GCP_tool-v2 final.txt", b"One", user)
        assert child.document.file_size == 3
        assert ReferenceIndex.get_references_to(child.document).filter(object_id=str(page.pk)).exists()
        assert ReferenceIndex.get_references_for_object(child.document).exists()
        assert ModelLogEntry.objects.filter(object_id=str(child.document.pk), user=user).exists()
        assert PageLogEntry.objects.filter(page=page.pk, revision=page.latest_revision, user=user).exists()
        assert ResourcePage.objects.get(pk=page.pk).sort_title == "gcp tool v2 final"
        assert page.get_parent().pk == library.pk
        assert tree_faults() == []
        assert "Types, from the words of the titles: tool (1), form (1)" in said or "form (1), tool (1)" in said

    def test_a_second_time_nothing_is_made(self, imported):
        imported({"a.txt": "One", "b.txt": "Two"})
        before = everything(), stored()
        _, results = imported()
        assert set(results.values()) == {Result.THERE}
        assert (everything(), stored()) == before

    def test_a_file_under_two_names_is_one(self, imported):
        said, results = imported({"a.txt": "One", "b.txt": "One"})
        assert results == {"a.txt": Result.IMPORTED, "b.txt": Result.THERE}
        assert "“b.txt”: It is in the library already, as “A”." in said
        assert ResourcePage.objects.count() == LibraryDocument.objects.count() == 1

    def test_different_files_of_one_name_are_all_made_and_named(self, imported):
        said, _ = imported({f"{number}/form.txt": f"Form {number}" for number in range(4)})
        assert sorted(ResourcePage.objects.values_list("slug", flat=True)) == ["form", "form-2", "form-3", "form-4"]
        assert said.count("Another resource has this title") == 3

    def test_titles_without_letters_have_addresses(self, imported):
        imported({"مساعدة.txt": "One", "帮助.txt": "Two"})
        assert sorted(ResourcePage.objects.values_list("slug", flat=True)) == ["resource", "resource-2"]

    def test_older_versions_count_as_there(self, imported):
        document = make_document(words="Old", title="GCP")
        document.file = text_file("New")
        document.save()
        said, results = imported({"a.txt": "Old"})
        assert results == {"a.txt": Result.THERE}
        assert "as version 1 of “GCP”; version 2 came later" in said

    def test_what_was_taken_back_or_deleted_does_not_come_back(self, library, imported):
        withheld, deleted = make_document(words="Names a child"), make_document(words="Old news")
        rows = FileVersion.objects.filter(document=withheld)
        rows.update(state=State.WITHHELD, problem="It names a child.")
        page = add_resource(library, deleted)
        page.files = []
        page.save_revision().publish()
        LibraryDocument.objects.get(pk=deleted.pk).delete()
        said, results = imported({"a.txt": "Names a child", "b.txt": "Old news"})
        assert set(results.values()) == {Result.NOT_IMPORTED}
        assert "taken back before: It names a child." in said
        assert "deleted from the library" in said
        assert LibraryDocument.with_removed.count() == 2

    def test_a_refused_or_unreadable_file_does_not_stop_the_others(self, imported, folder, monkeypatch):
        def check(file, *, name, most_bytes):
            if name == "b.txt":
                raise Damaged
            if name == "f.txt":
                raise ZeroDivisionError

        monkeypatch.setattr(storing, "check_upload", check)
        (folder / "c.txt").symlink_to("gone.txt")
        said, results = imported({"a.txt": "One", "b.txt": "Two", "d.txt": "Four", "e.exe": "5", "f.txt": "6"})
        assert [results[name] for name in ("a.txt", "b.txt", "d.txt")] == ["imported", "not imported", "imported"]
        assert "“b.txt”: This file is damaged" in said
        assert "“c.txt”: It is a link that leads out" in said
        assert "“e.exe”: We do not take this kind of file." in said
        assert "“f.txt”: We could not find out what is in this file" in said
        assert imported.counts["left_out"] == 4

    def test_published_if_asked_for(self, imported):
        imported({"a.txt": "One"}, publish=True)
        page = ResourcePage.objects.get()
        assert page.live
        assert not page.has_unpublished_changes
        assert page.editions.count() == 1
        assert page.editions.get().files.get().document == LibraryDocument.objects.get()
        assert page.offered_files() == []
        passed(FileVersion.objects.get())
        assert [file.title for file in page.offered_files()] == ["A"]
        assert page.editions.count() == 1

    def test_a_folder_without_files_is_refused(self, imported):
        with pytest.raises(NothingFound, match="no files"):
            imported()

    def test_a_trial_run_says_the_same_and_changes_nothing(self, imported):
        files = {"a.txt": "One", "b.txt": "One", "c.exe": "Two"}
        before = everything(), stored()
        trial = imported(files, dry_run=True, publish=True)
        counts = imported.counts
        assert (everything(), stored()) == before
        _, results = imported(files, publish=True)
        assert (trial[1], counts) == (results, imported.counts)


HEADER = (
    "File;title;summary;TYPE;audiences;topics;owner;approved by;approved on;review due;language;purpose;replaces;"
    "resource;note\n"
)


def line(file, **values) -> str:
    columns = HEADER.lower().strip().split(";")
    return ";".join([file, *(values.get(column.replace(" ", "_"), "") for column in columns[1:])]) + "\n"


class TestWithTable:
    def test_resources_say_what_it_says_with_their_files_in_its_order(self, imported):
        topics = [
            Topic.objects.create(name=name, slug=slug) for name, slug in [("Alcohol, drugs", "a"), ("Neglect", "n")]
        ]
        audience = Audience.objects.create(name="Schools", slug="schools")
        owner = make_contact(team="Policy group")
        table = HEADER + line(
            "b.txt", title="Tool (text)", summary="=SUM(A1)", type="Tools", audiences="schools",
            topics="alcohol, drugs|N", owner="policy  GROUP", approved_by="The board", approved_on="3 July 2017",
            review_due="03/07/2019", purpose="For <all>.", resource="GCP",
        ) + line("a.txt", title="Tool (Polish)", language="polish", resource=" gcp ")  # fmt: skip
        said, results = imported({"a.txt": "One", "b.txt": "Two"}, table)
        assert (set(results.values()), said.replace("The file.", "").count("Line ")) == ({Result.IMPORTED}, 2)
        page = draft("GCP")
        assert offered(page) == ["Tool (text)", "Tool (Polish)"]
        assert (page.search_description, page.resource_type, page.purpose) == (
            "=SUM(A1)",
            "tool",
            "<p>For &lt;all&gt;.</p>",
        )
        assert (set(page.topics.all()), list(page.audiences.all())) == (set(topics), [audience])
        assert (page.owner_contact, page.approved_by, page.approved_on) == (owner, "The board", date(2017, 7, 3))
        assert page.review_due == date(2019, 7, 3)
        assert [child.document.language for child in page.files.all()] == ["en", "pl"]
        assert ResourcePage.objects.get().search_description == "=SUM(A1)"

    def test_what_is_not_known_is_said_with_its_line_and_left_out(self, imported):
        make_contact(team="Duty"), make_contact(team="Duty")
        table = HEADER + line(
            "a.txt", type="gadget", audiences="Martians", topics="x", owner="Duty", approved_by="y" * 200,
            approved_on="31/02/2017", review_due="soon", language="Klingon", title="A form",
        ) + line("gone.txt") + line("../../etc/passwd.txt") + line("x.exe") + ";No file\n"  # fmt: skip
        said, results = imported({"a.txt": "One", "b.txt": "Two", "x.exe": ""}, table)
        page = draft("A form")
        assert (page.resource_type, page.owner_contact, page.approved_on) == ("form", None, None)
        assert len(page.approved_by) == 120
        for part in (
            "Line 2, “a.txt”: The type “gadget” is not known.", "“Martians” is not among the audiences",
            "“x” is not among the topics", "The owner “Duty” is that of 2 entries", "“approved on” is no date",
            "“review due” is no date", "The language “Klingon” is not known", "“approved by” was cut",
            "Line 3, “gone.txt”: There is no such file", "Line 4, “../../etc/passwd.txt”: The table names a place",
            "Line 5, “x.exe”: We do not take this kind", "Line 6: The line names no file",
            "“b.txt”: The table has no line",
        ):  # fmt: skip
            assert part in said
        assert imported.counts == {"files": 1, "resources": 1, "left_out": 5, "published": 0}
        assert LibraryDocument.objects.count() == 1

    def test_files_are_found_by_path_or_name_however_written(self, imported):
        files = {"Deep/Café.txt": "One", "Deep/two.txt": "Two", "Other/two.txt": "Three"}
        table = "file,title\nCAFE\u0301.TXT,A\n.\\deep\\Two.txt,B\ntwo.txt,C\n"
        said, _ = imported(files, table)
        assert sorted(ResourcePage.objects.values_list("title", flat=True)) == ["A", "B"]
        assert "Line 4, “two.txt”: Several files of the folder have this name." in said

    def test_one_file_may_be_in_two_resources_and_only_once_in_each(self, imported):
        table = "file,resource\na.txt,One\na.txt,Two\nb.txt,Two\na.txt,Two\n"
        imported({"a.txt": "Same", "b.txt": "Same"}, table)
        assert [offered(draft(title)) for title in ("One", "Two")] == [["A"], ["A"]]
        assert LibraryDocument.objects.count() == 1
        before = everything()
        imported(table=table)
        assert everything() == before

    def test_corrected_and_imported_again_fills_what_was_missing_and_keeps_what_staff_wrote(self, imported):
        table = "file,resource,summary,topics\na.txt,GCP,Table,neglekt\nb.text,GCP,,\n"
        imported({"a.txt": "One", "b.txt": "Two"}, table)
        page = draft("GCP")
        page.title, page.search_description = "Graded care profile", "Staff"
        page.save_revision()
        topic = Topic.objects.create(name="Neglect", slug="neglect")
        said, results = imported(table=table.replace("neglekt", "Neglect").replace(".text", ".txt"))
        assert results == {"a.txt": Result.THERE, "b.txt": Result.IMPORTED}
        assert "“GCP” was there" in said
        page = ResourcePage.objects.get().get_latest_revision_as_object()
        assert (page.title, page.search_description, list(page.topics.all())) == (
            "Graded care profile",
            "Staff",
            [topic],
        )
        assert offered(page) == ["A", "B"]
        before = everything()
        imported(table=table.replace("neglekt", "Neglect").replace(".text", ".txt"))
        assert everything() == before

    def test_a_public_resource_gets_a_draft_or_an_edition_that_says_what_was_added(self, library, imported):
        page = add_resource(library, make_document(), title="GCP", search_description="x")
        imported({"a.txt": "One"}, "file,resource\na.txt,gcp\n")
        page.refresh_from_db()
        assert (page.live, page.has_unpublished_changes, page.files.count()) == (True, True, 1)
        draft("GCP").save_revision().publish()
        imported({"b.txt": "Two"}, "file,resource\na.txt,gcp\nb.txt,gcp\n", publish=True)
        assert ResourcePage.objects.get().files.count() == 3
        assert page.current_edition().note == "Added: B."

    def test_nothing_is_added_to_a_withdrawn_resource(self, library, imported):
        page = add_resource(library, make_document(), title="GCP", publish=False)
        ResourcePage.objects.filter(pk=page.pk).update(withdrawn_as="error")
        said, results = imported({"a.txt": "One"}, "file,resource\na.txt,GCP\n", publish=True)
        assert results == {"a.txt": Result.NOT_IMPORTED}
        assert "was withdrawn" in said
        assert LibraryDocument.objects.count() == 1

    def test_lines_that_contradict_each_other_are_said(self, imported):
        said, _ = imported({"a.txt": "1", "b.txt": "2"}, "file,resource,type\na.txt,G,tool\nb.txt,G,form\n")
        assert draft("G").resource_type == "tool"
        assert "Line 3, “b.txt”: It says something else of “type”" in said

    def test_neither_the_table_nor_a_report_is_imported(self, imported, folder):
        (folder / "old.csv").write_text("sep=;\nresult;what to know;line;file;title\n")
        (folder / "data.csv").write_text("file;year\na.txt;2017\n")
        said, results = imported({"a.txt": "One"}, "file,title\na.txt,A\n")
        assert (results["old.csv"], "meta.csv" in results) == (Result.NOT_IMPORTED, False)
        _, results = imported()
        assert (results["meta.csv"], results["data.csv"]) == (Result.NOT_IMPORTED, Result.IMPORTED)


class TestNewVersions:
    TABLE = "file,replaces,note\n"

    @pytest.mark.parametrize("words", ["GCP tool", "gcp.TXT", "{sha}"])
    def test_are_made_of_what_is_named_by_title_name_or_sum(self, library, imported, words):
        document = make_document(words="Old", name="gcp.txt", title="GCP tool")
        page = add_resource(library, document)
        table = self.TABLE + f"new.txt,{words.format(sha=document.newest_version().sha256)},Now shorter.\n"
        _, results = imported({"new.txt": "New"}, table)
        assert results == {"new.txt": Result.VERSION}
        version = document.newest_version()
        assert (version.number, version.note, version.file.read()) == (2, "Now shorter.", b"New")
        document = LibraryDocument.objects.get()
        assert (document.title, document.file_size, document.url_of("x")[-2:]) == ("GCP tool", 3, "/x")
        before = everything()
        assert imported(table=table)[1] == {"new.txt": Result.THERE}
        assert everything() == before
        passed(version)
        assert page.current_edition().note == "Now shorter."

    def test_may_be_of_a_file_of_the_same_table_also_in_a_trial_run(self, imported):
        table = "file,title,replaces,note\nv3.txt,,v2.txt,\nv2.txt,,GCP,Second\nv1.txt,GCP,,\n"
        files = {"v1.txt": "1", "v2.txt": "2", "v3.txt": "3"}
        said, results = imported(files, table, dry_run=True)
        assert not LibraryDocument.objects.exists()
        assert (results["v2.txt"], results["v3.txt"]) == (Result.VERSION, Result.NOT_IMPORTED)
        said, again = imported(files, table)
        assert again == {"v1.txt": "imported", "v2.txt": "new version", "v3.txt": "not imported"}
        assert "Line 2, “v3.txt”: It is to replace “v2.txt”, and nothing in the library is called that." in said
        assert imported(files, table)[1] == {
            "v1.txt": "already there",
            "v2.txt": "already there",
            "v3.txt": "new version",
        }
        assert [version.name for version in LibraryDocument.objects.get().versions.all()] == [
            "v3.txt",
            "v2.txt",
            "v1.txt",
        ]

    def test_are_not_made_where_nobody_can_tell_of_what(self, imported):
        make_document(title="Form"), make_document(title="Form"), make_document(words="Other", title="Other")
        make_document(title="GCP")
        table = self.TABLE + "a.txt,Form,x\nb.txt,Nothing,x\nc.txt,GCP,x\n"
        said, results = imported({"a.txt": "One", "b.txt": "Two", "c.txt": "Other"}, table)
        assert set(results.values()) == {Result.NOT_IMPORTED}
        assert "2 files of the library are called “Form”" in said
        assert "as “Other”. It was not made a version of another file" in said
        assert FileVersion.objects.count() == 4

    def test_say_what_was_not_used(self, imported):
        make_document(title="GCP")
        said, _ = imported({"a.txt": "One"}, "file,replaces,type\na.txt,GCP,form\n")
        assert "does not say what changed" in said
        assert "what else the line says was not used" in said


class TestNothingHalfMade:
    FILES = {f"{number}.txt": f"Words {number}" for number in range(4)}

    @pytest.mark.parametrize("fault", [KeyboardInterrupt(), ValueError("broken")])
    def test_broken_off_it_goes_on_where_it_stopped(self, imported, monkeypatch, fault):
        saved, calls = ResourcePage.save_revision, []

        def save_revision(self, *args, **kwargs):
            calls.append(self)
            if len(calls) == 3:
                raise fault
            return saved(self, *args, **kwargs)

        monkeypatch.setattr(ResourcePage, "save_revision", save_revision)
        with pytest.raises(type(fault)):
            imported(self.FILES)
        assert (LibraryDocument.objects.count(), ResourcePage.objects.count(), stored()) == (2, 2, 2)
        _, results = imported()
        assert list(results.values()) == ["already there", "already there", "imported", "imported"]
        assert (LibraryDocument.objects.count(), ResourcePage.objects.count(), stored()) == (4, 4, 4)
        assert tree_faults() == []

    def test_a_resource_of_several_files_is_whole_or_not_there(self, imported, monkeypatch):
        stored_before, calls = storing.Storing._store, []

        def store(self, *args, **kwargs):
            calls.append(1)
            if len(calls) == 2:
                raise OSError(28, "No space left on device")
            return stored_before(self, *args, **kwargs)

        monkeypatch.setattr(storing.Storing, "_store", store)
        table = "file,resource\n" + "".join(f"{name},GCP\n" for name in self.FILES)
        with pytest.raises(CannotStore, match="“GCP” could not be stored: No space left on device"):
            imported(self.FILES, table)
        assert (LibraryDocument.objects.count(), ResourcePage.objects.count(), stored()) == (0, 0, 0)
        imported(self.FILES, table)
        assert len(offered(draft("GCP"))) == 4

    def test_a_resource_that_cannot_be_made_does_not_stop_the_others(self, imported, monkeypatch):
        made = importer_module.make_resource

        def make(*, group, **options):
            if group.title == "1":
                raise ValidationError("No.")
            return made(group=group, **options)

        monkeypatch.setattr(importer_module, "make_resource", make)
        said, results = imported(self.FILES)
        assert list(results.values()).count(Result.IMPORTED) == 3
        assert "“1.txt”: It could not be stored: No." in said
        assert stored() == 3

    def test_others_who_write_to_the_tree_are_waited_for(self, imported, monkeypatch):
        locked, waits = importer_module.tree_lock, [1, 1]

        def tree_lock():
            if waits:
                waits.pop()
                raise TreeBusy
            return locked()

        monkeypatch.setattr(importer_module, "tree_lock", tree_lock)
        imported({"a.txt": "One"})
        assert ResourcePage.objects.count() == 1
        waits.extend([1] * 100)
        with pytest.raises(CannotImport, match="Others have been writing"):
            imported({"b.txt": "Two"})
        assert stored() == 1
