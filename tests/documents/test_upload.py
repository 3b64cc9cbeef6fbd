"""Uploading and replacing a file in the admin: what is asked, what is refused, and what becomes of it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection

from accounts.models import User
from documents.models import FileVersion, LibraryDocument
from home.models import HomePage
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.factories import add_home, make_manager

pytestmark = pytest.mark.django_db
ADD = "/admin/documents/multiple/add/"


@pytest.fixture
def office(client):
    add_home()
    client.force_login(make_manager())
    return client


def upload(client, content: bytes, name: str):
    file = SimpleUploadedFile(name, content)
    root = Collection.get_first_root_node().pk
    return client.post(
        ADD, {"title": "A file", "files[]": file, "collection": root}, headers={"x-requested-with": "XMLHttpRequest"}
    ).json()


def replace(client, document, content: bytes, **answer):
    data = {"title": document.title, "language": "en", "collection": document.collection_id, "tags": ""}
    file = SimpleUploadedFile("new.txt", content)
    return client.post(f"/admin/documents/edit/{document.pk}/", data | {"file": file} | answer)


class TestUploading:
    def test_makes_a_first_version_that_waits(self, office):
        assert upload(office, b"Words", "Care profile.txt")["success"]
        version = FileVersion.objects.get()
        assert (version.number, version.state, version.name) == (1, "waiting", "Care profile.txt")
        assert version.uploaded_by == User.objects.get()

    def test_says_beforehand_what_is_taken_in_the_words_of_the_check(self, office):
        for address in (ADD, "/admin/documents/add/"):
            html = office.get(address).content.decode()
            assert "Not with macros or a password. 50 MB at most." in html
            assert "Maximum filesize" not in html

    def test_says_how_large_a_file_may_be_when_one_is_larger(self, office):
        large = SimpleUploadedFile("large.txt", b"Words")
        large.size = 60 * 1024 * 1024
        form = get_document_form(LibraryDocument)({"title": "Large"}, {"file": large}, user=User.objects.get())
        (said,) = form.errors["file"]
        assert "we take at most 50 MB" in said
        assert "filesize" not in said

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("page.pdf", b"<!doctype html><script>alert(1)</script>"),
            ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("empty.txt", b""),
            ("program.exe", b"MZ\x90\x00"),
            ("letter.doc", bytes.fromhex("d0cf11e0a1b11ae1")),
            ("data.csv", b"\x00\x01\x02" * 20),
            ("none", b"Words"),
        ],
    )
    def test_refuses_with_a_sentence(self, office, name, content):
        answer = upload(office, content, name)
        assert not answer["success"]
        assert len(answer["error_message"].split()) > 4
        assert "“”" not in answer["error_message"]
        assert not LibraryDocument.objects.exists()
        assert not FileVersion.objects.exists()

    def test_refuses_what_is_too_large(self, office, settings):
        settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
        answer = upload(office, b"x" * 11, "long.txt")
        assert "we take at most 10 bytes" in answer["error_message"]

    @pytest.mark.parametrize(
        "name", ["x" * 300 + ".txt", "..\\..\\etc.txt", "a/../b.txt", "gp\u202etxt.txt", "CON.txt"]
    )
    def test_takes_odd_names_and_makes_them_plain(self, office, name):
        assert upload(office, b"Words", name)["success"]
        version = FileVersion.objects.get()
        assert len(version.name) <= 120
        assert version.name.endswith(".txt")
        assert not set(version.name) & set("/\\\u202e")

    def test_of_several_asks_afterwards_for_a_title_and_not_what_changed(self, office):
        form = upload(office, b"Words", "Care profile.txt")["form"]
        assert "-title" in form
        assert "What changed" not in form
        assert "Do people need to know" not in form

    def test_is_for_those_who_have_the_right(self, office):
        assert Client().get(ADD).status_code == 302


class TestReplacing:
    def test_asks_whether_people_need_to_know(self, office):
        document = make_document()
        answer = replace(office, document, b"Second")
        assert "Choose whether people need to know" in answer.content.decode()
        assert document.versions.count() == 1

    def test_asks_what_changed(self, office):
        document = make_document()
        answer = replace(office, document, b"Second", significance="major", note=" ")
        assert "Say in one or two sentences" in answer.content.decode()
        assert document.versions.count() == 1

    def test_keeps_the_answer_with_the_version_and_the_file_before(self, office):
        document = make_document(words="First")
        first = document.current
        assert replace(office, document, b"Second", significance="major", note="Grade 3 is new.").status_code == 302
        second = document.versions.get(number=2)
        assert (second.note, second.significance, second.uploaded_by) == (
            "Grade 3 is new.",
            "major",
            User.objects.get(),
        )
        assert first.file.storage.exists(first.file.name)

    def test_with_the_same_file_says_so(self, office):
        document = make_document(words="Same")
        answer = replace(office, document, b"Same", significance="minor")
        assert "the very same file as version 1" in answer.content.decode()

    def test_of_the_title_alone_asks_nothing(self, office):
        document = make_document()
        data = {"title": "Another name", "language": "pl", "collection": document.collection_id, "tags": ""}
        assert office.post(f"/admin/documents/edit/{document.pk}/", data).status_code == 302
        document.refresh_from_db()
        assert (document.title, document.language, document.versions.count()) == ("Another name", "pl", 1)


class TestTheScreen:
    def test_shows_versions_and_what_is_wrong_with_them(self, office):
        document = make_document(check=False)
        assert "Being checked" in office.get(f"/admin/documents/edit/{document.pk}/").content.decode()
        version = replace_file(document, words="Second", note="Grade 3 is new.")
        FileVersion.objects.filter(pk=version.pk).update(faults=["no_headings"])
        html = office.get(f"/admin/documents/edit/{document.pk}/").content.decode()
        for words in ("Readers get this", "Grade 3 is new.", "has no headings", "Take back"):
            assert words in html


class TestTheList:
    def test_shows_where_each_file_stands(self, office):
        make_document(title="All is well")
        refused = make_document(title="No good", check=False).newest_version()
        FileVersion.objects.filter(pk=refused.pk).update(state="refused", problem="It holds a macro.")
        for address in ("/admin/documents/", "/admin/documents/results/"):
            html = office.get(address).content.decode()
            assert "Refused" in html
        assert "Checked" in office.get("/admin/documents/").content.decode()

    @pytest.mark.parametrize("many", [3, 15])
    def test_costs_the_same_for_any_number(self, office, many, django_assert_max_num_queries):
        for _ in range(many):
            make_document()
        office.get("/admin/documents/")
        with django_assert_max_num_queries(17):
            office.get("/admin/documents/")


class TestTakingBack:
    def address(self, document, number=1) -> str:
        return f"/admin/documents/{document.pk}/versions/{number}/take-back/"

    def test_asks_why_and_does_it(self, office):
        document = make_document()
        assert office.get(self.address(document)).status_code == 200
        assert "This field is required" in office.post(self.address(document), {"reason": " "}).content.decode()
        assert office.post(self.address(document), {"reason": "Names a child."}).status_code == 302
        version = document.versions.get()
        assert (version.state, version.problem) == ("withheld", "Names a child.")

    def test_is_not_there_for_what_nobody_is_given(self, office):
        document = make_document(check=False)
        assert office.get(self.address(document)).status_code == 404

    def test_is_not_for_somebody_without_the_right(self, client, writer):
        document = make_document()
        client.force_login(writer)
        assert client.post(self.address(document), {"reason": "x"}).status_code == 302
        assert document.versions.get().state == "passed"


@pytest.fixture
def writer():
    """Somebody who may open the admin and has nothing to do with files."""
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("writer@board.example", "a long enough password")
    user.groups.add(group)
    return user


class TestTheReport:
    REPORT = "/admin/reports/files/"

    def test_lists_what_is_to_be_looked_at_and_nothing_else(self, office):
        make_document(title="All is well")
        make_document(title="Still waiting", check=False)
        faulty = make_document(title="Hard to read")
        FileVersion.objects.filter(document=faulty).update(faults=["no_title"])
        html = office.get(self.REPORT).content.decode()
        assert "All is well" not in html
        for words in ("Still waiting", "It is being checked.", "Hard to read", "has no title of its own"):
            assert words in html

    def test_says_when_there_is_nothing_to_do(self, office):
        make_document(title="All is well")
        html = office.get(self.REPORT).content.decode()
        assert "No file has to be looked at" in html
        assert "There are no results" not in html

    def test_leaves_out_what_was_replaced_meanwhile(self, office):
        document = make_document(title="Was faulty")
        FileVersion.objects.filter(document=document).update(faults=["no_title"])
        replace_file(document, words="Second")
        assert "Was faulty" not in office.get(self.REPORT).content.decode()

    def test_can_be_narrowed_and_exported(self, office):
        make_document(title="Still waiting", check=False)
        assert "Still waiting" not in office.get(f"{self.REPORT}?what=refused").content.decode()
        rows = b"".join(office.get(f"{self.REPORT}?export=csv").streaming_content).decode()
        assert "Still waiting" in rows

    def test_is_not_for_somebody_without_the_right(self, client, writer):
        client.force_login(writer)
        assert client.get(self.REPORT).status_code == 302

    @pytest.mark.parametrize("many", [3, 30])
    def test_costs_the_same_for_any_number(self, office, many, django_assert_max_num_queries):
        for _ in range(many):
            make_document(check=False)
        office.get(self.REPORT)
        with django_assert_max_num_queries(14):
            office.get(self.REPORT)


class TestTheDashboard:
    def test_counts_what_is_to_be_looked_at(self, office):
        make_document(check=False)
        html = office.get("/admin/").content.decode()
        assert "1 file being checked" in html

    def test_says_nothing_where_all_is_well(self, office):
        make_document()
        assert 'id="files"' not in office.get("/admin/").content.decode()


class TestTheEditorOfAResource:
    def test_says_what_is_wrong_with_its_files(self, office):
        document = make_document(title="Care profile")
        page = add_resource(add_library(HomePage.objects.get()), document)
        FileVersion.objects.filter(document=document).update(faults=["no_title"])
        assert "has no title of its own" in office.get(f"/admin/pages/{page.pk}/edit/").content.decode()
