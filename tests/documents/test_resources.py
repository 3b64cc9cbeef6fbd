"""A resource: what readers see of it, and how it tells of a new version of a file by itself."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Revision

from documents.models import ResourcePage
from documents.services import refuse_version, withhold_version
from tests.documents.factories import add_library, add_resource, make_document, passed, replace_file
from tests.factories import add_home, make_contact
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return add_library(add_home())


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").select_one("main").get_text(" ").split())


def told(page) -> list[tuple]:
    return [(edition.number, edition.significance, edition.note) for edition in page.editions.order_by("number")]


class TestThePage:
    def test_says_what_there_is_to_know(self, client, library):
        document = make_document(words="abc", name="Care profile.txt", title="Care profile", language="pl")
        page = add_resource(
            library,
            document,
            title="Graded care profile",
            search_description="For neglect.",
            purpose="<p>Use it early.</p>",
            owner_contact=make_contact(team="Policy office", email="policy@board.example"),
            approved_by="the policy group",
            approved_on=date(2026, 3, 10),
            review_due=date(2027, 3, 1),
        )
        said = text_of(client.get(page.url))
        for words in (
            "Tool Graded care profile For neglect.",
            "Care profile",
            ", Polish",
            "Version 1",
            document.current.sha256,
            "Use it early.",
            "Policy office",
            "policy@board.example",
            "By the policy group on 10 March 2026",
            "March 2027",
        ):
            assert words in said

    def test_says_that_a_file_is_being_checked_instead_of_offering_it(self, client, library):
        document = make_document(check=False)
        page = add_resource(library, document)
        answer = client.get(page.url)
        assert "being checked" in text_of(answer)
        assert document.url not in answer.content.decode()

    def test_links_the_plain_address_and_the_older_versions(self, client, library):
        document = make_document()
        page = add_resource(library, document)
        replace_file(document, words="Second")
        html = client.get(page.url).content.decode()
        assert f'href="/documents/{document.pk}/notes.txt"' in html
        assert f'href="/documents/{document.pk}/versions/1/"' in html

    def test_that_is_withdrawn_names_its_files_without_a_link(self, client, library):
        document = make_document(title="Care profile")
        page = add_resource(library, document)
        withdraw_page(page=page, way="withdrawn", reason="Out of date.", now=timezone.now())
        answer = client.get(page.url)
        assert "Care profile, version 1" in text_of(answer)
        assert document.url not in answer.content.decode()

    @pytest.mark.parametrize("files", [1, 8])
    def test_costs_the_same_with_one_file_as_with_many(self, client, library, files, django_assert_max_num_queries):
        page = add_resource(library, *(make_document() for _ in range(files)))
        client.get(page.url)
        with django_assert_max_num_queries(10):
            client.get(f"{page.url}?again")


class TestANewVersion:
    def test_makes_an_edition_of_each_resource_that_offers_it(self, library):
        document = make_document()
        pages = [add_resource(library, document) for _ in range(2)]
        replace_file(document, words="Second", note="Grade 3 is described in full.")
        for page in pages:
            assert told(page) == [(1, "major", ""), (2, "major", "Grade 3 is described in full.")]

    def test_that_is_a_typo_tells_nobody(self, library):
        document = make_document()
        page = add_resource(library, document)
        replace_file(document, words="Second", significance="minor", note="")
        assert told(page) == [(1, "major", ""), (2, "minor", "")]

    def test_is_announced_only_once_it_has_passed(self, library):
        document = make_document()
        page = add_resource(library, document)
        second = replace_file(document, words="Second", check=False)
        assert len(told(page)) == 1
        passed(second)
        assert len(told(page)) == 2

    def test_of_two_files_at_once_makes_one_edition(self, library):
        one, other = make_document(), make_document()
        page = add_resource(library, one, other)
        versions = [
            replace_file(one, words="Second", note="Grade 3 is new.", check=False),
            replace_file(other, words="Second too", note="Grade 3 is new.", check=False),
        ]
        passed(versions[1])
        assert len(told(page)) == 1
        passed(versions[0])
        assert told(page)[1:] == [(2, "major", "Grade 3 is new.")]

    def test_is_told_when_the_file_that_came_with_it_is_refused(self, library):
        one, other = make_document(), make_document()
        page = add_resource(library, one, other)
        second = replace_file(one, words="Second", note="Grade 3 is new.", check=False)
        refused = replace_file(other, words="Second too", check=False)
        passed(second)
        refuse_version(version=refused, problem="It holds a macro.", now=timezone.now())
        assert told(page)[1:] == [(2, "major", "Grade 3 is new.")]

    def test_that_is_taken_back_is_in_the_record_and_told_to_nobody(self, client, library):
        document = make_document(title="Care profile")
        page = add_resource(library, document)
        second = replace_file(document, words="Second")
        withhold_version(version=second, reason="Names a child.", user=None, now=timezone.now())
        assert told(page)[2:] == [(3, "minor", "Version 2 of “Care profile” was taken back.")]
        assert second.file_url not in client.get(f"{page.url}editions/2/").content.decode()

    def test_leaves_a_draft_that_somebody_writes_as_it_is(self, library):
        document = make_document()
        page = add_resource(library, document, title="As it is")
        page.title = "As it will be"
        draft = page.save_revision()
        replace_file(document, words="Second")
        page = ResourcePage.objects.get(pk=page.pk)
        assert page.title == "As it is"
        assert page.latest_revision == draft
        assert page.has_unpublished_changes
        assert page.get_latest_revision_as_object().title == "As it will be"

    def test_is_what_a_draft_offers_that_was_scheduled_before_it(self, library):
        document = make_document()
        page = add_resource(library, document, title="As it is")
        page.title, page.change_significance, page.change_note = "As it will be", "major", "It has a new name."
        draft = page.save_revision(approved_go_live_at=timezone.now())
        replace_file(document, words="Second", note="Grade 3 is new.")
        Revision.objects.get(pk=draft.pk).publish()
        third = replace_file(document, words="Third", note="Grade 4 is new.")
        assert [note for _, _, note in told(page)] == ["", "Grade 3 is new.", "It has a new name.", "Grade 4 is new."]
        page = ResourcePage.objects.get(pk=page.pk)
        assert (page.title, page.files.get().version_number) == ("As it will be", third.number)

    def test_does_not_publish_what_is_only_a_draft(self, library):
        document = make_document()
        page = add_resource(library, document, publish=False)
        replace_file(document, words="Second")
        page.refresh_from_db()
        assert not page.live
        assert told(page) == []

    def test_is_not_told_twice_when_the_page_is_published_again(self, library):
        document = make_document()
        page = add_resource(library, document)
        replace_file(document, words="Second")
        ResourcePage.objects.get(pk=page.pk).save_revision().publish()
        assert len(told(page)) == 2

    def test_moves_the_resource_to_the_top_of_what_changed(self, library):
        first, second = make_document(), make_document()
        old, new = add_resource(library, first), add_resource(library, second)
        assert list(ResourcePage.objects.order_by("-changed_at")) == [new, old]
        replace_file(first, words="Second")
        assert list(ResourcePage.objects.order_by("-changed_at")) == [old, new]


class TestAsItWas:
    def test_an_old_edition_offers_the_version_of_then(self, client, library):
        document = make_document(words="First")
        page = add_resource(library, document)
        replace_file(document, words="Second")
        html = client.get(f"{page.url}editions/1/").content.decode()
        assert "files in it are shown as they are today" not in html
        assert f'href="/documents/{document.pk}/versions/1/"' in html
        assert "there is a newer one" in html
        assert (
            f'href="/documents/{document.pk}/versions/1/"' not in client.get(f"{page.url}editions/2/").content.decode()
        )

    def test_a_comparison_names_the_versions(self, client, library):
        document = make_document(title="Care profile")
        page = add_resource(library, document)
        replace_file(document, words="Second")
        said = text_of(client.get(f"{page.url}compare/1/2/"))
        assert "Care profile, version" in said

    def test_files_can_be_taken_out_and_put_in_again_in_one_go(self, library):
        document = make_document()
        page = add_resource(library, document)
        page = ResourcePage.objects.get(pk=page.pk)
        page.files = [type(page.files.first())(document=document, sort_order=0)]
        page.change_significance = "minor"
        page.save_revision().publish()
        assert page.files.count() == 1
