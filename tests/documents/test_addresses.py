"""The addresses of files: what they answer, in whole and in part, and that nothing in a file runs as the site."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.models import LibraryDocument, PublicCollection, ResourcePage
from documents.ranges import NotInFile, wanted_range
from documents.services import withhold_version
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.factories import add_home, make_manager
from tests.written_once import written_once

WORDS = "0123456789"


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


class TestRanges:
    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            ("bytes=0-", (0, 9)),
            ("bytes=2-4", (2, 4)),
            ("bytes=-3", (7, 9)),
            ("bytes=-30", (0, 9)),
            ("bytes=8-99", (8, 9)),
            ("bytes=4-2", None),
            ("bytes=0-1,4-5", None),
            ("bytes=-", None),
            ("lines=1-2", None),
            ("bytes=a-b", None),
            ("bytes=١-٢", None),
            ("", None),
            ("bytes=" + "9" * 40 + "-", None),
        ],
    )
    def test_are_what_was_asked_for_or_the_whole(self, header, expected):
        assert wanted_range(header, 10) == expected

    @pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
    def test_behind_the_end_are_refused(self, header):
        with pytest.raises(NotInFile):
            wanted_range(header, 10)


@written_once
def offer():
    return add_resource(add_library(add_home()), make_document(words=WORDS, name="Ten digits – “1”.txt"))


@pytest.fixture
def document(db):
    return LibraryDocument.objects.visible().get(pk=offer().file_keys()[0])


class TestAnAnswer:
    def test_has_the_type_name_and_size_of_the_file(self, client, document):
        answer = client.get(document.url)
        assert body(answer) == WORDS.encode()
        assert answer["Content-Type"] == "text/plain"
        assert answer["Content-Length"] == "10"
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Ten%20digits")

    def test_lets_nothing_run_and_nobody_guess(self, client, document):
        answer = client.get(document.url)
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "script" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_is_asked_for_again_each_time_and_sets_no_cookie(self, client, document):
        answer = client.get(document.url)
        assert {"private", "no-cache"} <= set(answer["Cache-Control"].replace(" ", "").split(","))
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")

    def test_is_empty_where_the_browser_has_it(self, client, document):
        known = client.get(document.url)
        for condition in (
            {"if-none-match": known["ETag"]},
            {"if-none-match": f'"x", W/{known["ETag"]}'},
            {"if-modified-since": known["Last-Modified"]},
        ):
            answer = client.get(document.url, headers=condition)
            assert (answer.status_code, body(answer)) == (304, b"")

    def test_is_whole_where_the_browser_has_another(self, client, document):
        later = {"if-none-match": '"other"', "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        assert client.get(document.url, headers=later).status_code == 200

    def test_is_the_part_that_was_asked_for(self, client, document):
        answer = client.get(document.url, headers={"range": "bytes=2-4"})
        assert (answer.status_code, body(answer), answer["Content-Range"]) == (206, b"234", "bytes 2-4/10")
        assert answer["Content-Length"] == "3"

    def test_is_whole_where_the_part_belongs_to_another_version(self, client, document):
        known = client.get(document.url)["ETag"]
        asked = {"range": "bytes=2-4"}
        assert client.get(document.url, headers=asked | {"if-range": known}).status_code == 206
        assert client.get(document.url, headers=asked | {"if-range": '"old"'}).status_code == 200

    def test_says_that_a_part_lies_behind_the_end(self, client, document):
        answer = client.get(document.url, headers={"range": "bytes=50-"})
        assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */10")

    def test_to_head_has_the_same_headers_and_no_body(self, client, document):
        asked, headed = client.get(document.url), client.head(document.url)
        assert body(headed) == b""
        for name in ("Content-Type", "Content-Length", "ETag", "Content-Disposition", "Accept-Ranges"):
            assert asked[name] == headed[name]

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_is_given_to_no_other_method(self, client, document, method):
        assert getattr(client, method)(document.url).status_code == 405

    def test_is_not_there_when_the_store_has_lost_it(self, client, document):
        default_storage.delete(document.file.name)
        assert client.get(document.url).status_code == 404


class TestThePlainAddress:
    def test_gives_the_newest_version_under_any_name(self, client, document):
        replace_file(document, words="New", name="new.txt")
        answer = client.get(document.url)
        assert answer.status_code == 302
        assert answer.url == f"/documents/{document.pk}/new.txt"
        assert body(client.get(answer.url)) == b"New"

    @pytest.mark.parametrize("key", ["0", "999999", "9" * 30])
    def test_of_no_file_is_not_found(self, client, document, key):
        assert client.get(f"/documents/{key}/x.txt").status_code == 404


class TestAVersion:
    def test_that_is_current_leads_to_its_file(self, client, document):
        answer = client.get(f"/documents/{document.pk}/versions/1/", follow=True)
        assert body(answer) == WORDS.encode()

    def test_that_is_superseded_says_so_before_it_is_given(self, client, document):
        replace_file(document, words="New", note="Eleven digits.")
        notice = client.get(f"/documents/{document.pk}/versions/1/")
        html = notice.content.decode()
        assert "Version 1 is not the current one" in html
        assert "Eleven digits." in html
        assert f'href="/documents/{document.pk}/notes.txt"' in html
        assert "noindex" in html
        assert body(client.get(f"{document.versions.get(number=1).file_url}?superseded")) == WORDS.encode()

    def test_that_is_superseded_leads_to_a_resource_that_readers_may_see(self, client, document):
        library = ResourcePage.objects.get().get_parent()
        add_resource(library, document, title="A draft of something", publish=False)
        replace_file(document, words="New")
        notice = client.get(f"/documents/{document.pk}/versions/1/").content.decode()
        assert f'From <a href="{ResourcePage.objects.get(live=True).url}">' in notice
        assert "A draft of something" not in notice

    def test_that_is_superseded_is_not_given_without_its_notice(self, client, document):
        url = document.current.file_url
        assert client.get(url).status_code == 200
        replace_file(document, words="New")
        assert client.get(url).url == f"/documents/{document.pk}/versions/1/"

    def test_that_was_taken_back_is_not_there_for_anybody(self, client, document):
        first = document.current
        replace_file(document, words="New")
        withhold_version(version=first, reason="Names a child.", user=None, now=timezone.now())
        client.force_login(make_manager())
        for url in (first.url, f"{first.file_url}?superseded"):
            assert client.get(url).status_code == 404

    @pytest.mark.parametrize("number", ["0", "7", "9" * 19, "9" * 40])
    def test_that_never_was_is_not_found(self, client, document, number):
        assert client.get(f"/documents/{document.pk}/versions/{number}/").status_code == 404


class TestAPreview:
    def test_is_a_picture_that_can_be_asked_for_like_the_file(self, client, document):
        version = document.current
        assert client.get(f"/documents/{document.pk}/versions/1/first-page.webp").status_code == 404
        version.preview.save("documents/x/first-page.webp", document.file.file)
        answer = client.get(version.preview_url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")


class TestTheWebServer:
    def test_is_told_which_file_to_send(self, client, document, settings):
        settings.FILES_BY_WEB_SERVER = "/stored/"
        answer = client.get(document.url)
        assert answer["X-Accel-Redirect"].startswith("/stored/documents/")
        assert (body(answer), answer["Content-Type"]) == (b"", "text/plain")
        assert "filename" in answer["Content-Disposition"]

    def test_is_told_nothing_about_a_file_that_somebody_may_not_have(self, client, settings, db):
        settings.FILES_BY_WEB_SERVER = "/stored/"
        add_home()
        assert client.get(make_document().url).status_code == 404


class TestAPublicCollection:
    def test_gives_its_files_without_a_page(self, client, db):
        add_home()
        document = make_document()
        assert client.get(document.url).status_code == 404
        PublicCollection.objects.create(collection=document.collection)
        assert client.get(document.url).status_code == 200
