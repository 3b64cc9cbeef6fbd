"""What editors see of the checks: beside the text, before a child's details are published, and in the report."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    PageViewRestriction,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from content.models import GlossaryTerm
from home.models import InformationPage
from proofreading.models import PageProof
from proofreading.services import read_all
from tests.enquiries.factories import make_staff
from tests.factories import add_home, add_information, make_contact, make_manager
from tests.once import once
from tests.proofreading.factories import text
from tests.updates.factories import change, form_data, make_chapter

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/what-to-mend/"
DETAILS = "<p>J.S., aged 7, was seen.</p>"
PUBLISH = {"action-publish": "action-publish"}


@once
def home():
    return add_home()


@once
def page(home):
    return add_information(home, title="Neglect", slug="neglect", body=[text("<p>The CSE team.</p>")])


@pytest.fixture
def editor(client):
    client.force_login(make_manager())
    return client


def proof_url(page) -> str:
    return f"/admin/proofreading/{page.pk}/"


def make_editor_of(page):
    """Make a member of staff who may edit this page and those below it, and nothing else."""
    user = make_staff()
    permission = Permission.objects.get(codename="change_basepage")
    GroupPagePermission.objects.create(group=user.groups.get(), page=page, permission=permission)
    return user


class TestBesideTheText:
    def test_faults_of_the_latest_draft_are_listed_and_counted(self, editor, page):
        page.body = [text("<p>The ABE and the LADO.</p>")]
        page.save_revision()
        GlossaryTerm.objects.create(term="local authority designated officer", acronym="LADO", definition="Who.")
        answer = editor.get(proof_url(page)).content.decode()
        assert "data-counted-with-checks>1</span>" in answer
        assert "Short form: “ABE”" in answer
        screen = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "Short form: “ABE”" in screen
        assert f'data-proof-url="{proof_url(page)}"' in screen

    def test_of_very_many_the_first_are_listed(self, editor, page):
        page.body = [text("".join(f"<p>The {one}Q{two} team.</p>" for one in "ABCDEFGHIJ" for two in "ABCDEFG"))]
        page.save_revision()
        answer = editor.get(proof_url(page)).content.decode()
        assert (answer.count("<li"), "data-counted-with-checks>70</span>" in answer) == (50, True)
        assert "And 20 more." in answer

    def test_a_page_that_is_not_saved_yet_has_none(self, editor, home):
        screen = editor.get(f"/admin/pages/add/home/informationpage/{home.pk}/").content.decode()
        assert "Save the page once." in screen
        assert 'data-proof-url="/admin/proofreading/0/"' in screen

    def test_nobody_else_may_read_them(self, client, page, home):
        assert client.get(proof_url(page)).status_code == 302
        client.force_login(make_editor_of(add_information(home)))
        assert client.get(proof_url(page)).status_code == 302
        assert "ABE" not in client.get(proof_url(page), follow=True).content.decode()

    @pytest.mark.parametrize("number", [2, 20])
    def test_they_cost_as_many_queries_whatever_there_is(self, editor, page, number, django_assert_num_queries):
        for contact in range(number):
            make_contact(agency=f"Agency {contact}")
        page.body = [text(f"<p>Ring 01632 9600{one:02} for the AB{one} team.</p>") for one in range(number)]
        page.save_revision()
        with django_assert_num_queries(17):
            editor.get(proof_url(page))


class TestAChildsDetails:
    @pytest.fixture
    def leaflet(self, db):
        return make_chapter(published=True, title="First", body="<p>Fine.</p>")

    def post(self, editor, page, **fields):
        return editor.post(f"/admin/pages/{page.pk}/edit/", form_data(page, **fields))

    def sent_again(self, question) -> dict:
        """Return what the second button of the question sends."""
        context = question.context
        return dict([*context["sent"], *context["pressed"], context["answer"]])

    def test_are_asked_about_before_anything_is_kept(self, editor, leaflet):
        question = self.post(editor, leaflet, title="J.S., aged 7", **PUBLISH, change_significance="minor")
        assert question.status_code == 422
        assert "“J.S., aged 7”" in question.content.decode()
        leaflet.refresh_from_db()
        assert (leaflet.title, leaflet.revisions.count()) == ("First", 1)

    def test_are_published_when_the_answer_is_given_for_just_these(self, editor, leaflet):
        question = self.post(editor, leaflet, title="J.S., aged 7", **PUBLISH, change_significance="minor")
        again = self.sent_again(question)
        more = editor.post(f"/admin/pages/{leaflet.pk}/edit/", again | {"search_description": "DOB 3/4/2015"})
        assert more.status_code == 422
        editor.post(f"/admin/pages/{leaflet.pk}/edit/", again)
        leaflet.refresh_from_db()
        assert leaflet.title == "J.S., aged 7"
        # And not asked about again: readers see them already.
        assert self.post(editor, leaflet, scope="All", **PUBLISH, change_significance="minor").status_code == 302

    def test_can_be_kept_as_a_draft_instead(self, editor, leaflet):
        question = self.post(editor, leaflet, title="J.S., aged 7", **PUBLISH, change_significance="minor")
        editor.post(f"/admin/pages/{leaflet.pk}/edit/", dict(question.context["sent"]))
        leaflet.refresh_from_db()
        assert (leaflet.title, leaflet.get_latest_revision_as_object().title) == ("First", "J.S., aged 7")

    def test_stop_nobody_from_saving_a_draft(self, editor, leaflet):
        assert self.post(editor, leaflet, title="J.S., aged 7").status_code == 302

    def test_are_asked_about_on_a_new_page_that_is_no_edition(self, editor, home):
        fields = {"title": "J.S., aged 7", "slug": "js", "search_description": "", "seo_title": "", "body-count": "0"}
        fields |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
        fields |= {"comments-MAX_NUM_FORMS": "0", **PUBLISH}
        address = f"/admin/pages/add/home/informationpage/{home.pk}/"
        question = editor.post(address, fields)
        assert question.status_code == 422
        assert not InformationPage.objects.filter(slug="js").exists()
        editor.post(address, self.sent_again(question))
        assert InformationPage.objects.get(slug="js").live

    @pytest.mark.parametrize("below", [False, True])
    def test_are_not_published_in_bulk(self, editor, leaflet, below):
        held = make_chapter(leaflet) if below else leaflet
        change(held, significance="minor", title="J.S., aged 7")
        fields = {"include_descendants": "on" if below else ""}
        answer = editor.post(f"/admin/bulk/pages/basepage/publish/?next=/admin/&id={leaflet.pk}", fields, follow=True)
        assert "details in “J.S., aged 7”" in answer.content.decode()
        held.refresh_from_db()
        assert held.title != "J.S., aged 7"

    def test_are_asked_about_when_a_page_is_approved(self, editor, leaflet):
        change(leaflet, significance="minor", title="J.S., aged 7")
        task = GroupApprovalTask.objects.create(name="Look at it")
        workflow = Workflow.objects.create(name="Approval")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        WorkflowPage.objects.create(workflow=workflow, page=leaflet)
        workflow.start(leaflet, make_manager(email="author@board.example"))
        approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        leaflet.refresh_from_db()
        question = self.post(editor, leaflet, **approve, change_significance="minor")
        assert question.status_code == 422
        leaflet.refresh_from_db()
        assert leaflet.title == "First"
        editor.post(f"/admin/pages/{leaflet.pk}/edit/", self.sent_again(question))
        leaflet.refresh_from_db()
        assert leaflet.title == "J.S., aged 7"


class TestTheReport:
    def test_lists_public_pages_with_faults_the_worst_first(self, editor, home, page):
        worse = add_information(home, title="Worse", body=[text("<p>ABE and KS2.</p>")])
        add_information(home, title="Well", body=[text("<p>Fine.</p>")])
        hidden = add_information(home, title="Hidden", body=[text("<p>KS2.</p>")])
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        read_all(now=timezone.now())
        answer = editor.get(REPORT)
        assert [proof.page_id for proof in answer.context["object_list"]] == [worse.pk, page.pk]
        assert "Short form 2" in answer.content.decode()
        assert not editor.get(REPORT, {"kind": "link"}).context["object_list"]
        assert "Worse" in b"".join(editor.get(REPORT, {"export": "csv"})).decode()

    def test_keeps_no_words_of_a_page(self, page):
        page.body = [text(DETAILS)]
        page.save_revision().publish()
        read_all(now=timezone.now())
        proof = PageProof.objects.get(page_id=page.pk)
        assert (proof.by_kind, proof.kinds()) == ({"details": 1}, "A child’s details 1")

    def test_forgets_what_was_mended_when_it_is_published_and_what_is_gone_by_night(self, editor, home, page):
        leaflet = make_chapter(published=True, title="The ABE interview")
        now = timezone.now()
        read_all(now=now)
        assert PageProof.objects.filter(faults=1).count() == 2
        editor.post(
            f"/admin/pages/{leaflet.pk}/edit/", form_data(leaflet, title="Fine", change_significance="minor", **PUBLISH)
        )
        assert PageProof.objects.get(page_id=leaflet.pk).faults == 0
        page.unpublish()
        read_all(now=now + timedelta(days=1))
        assert not PageProof.objects.filter(page_id=page.pk).exists()

    def test_is_for_those_who_may_edit_pages_and_of_their_pages(self, client, home, page):
        own = add_information(home, title="Mine", body=[text("<p>ABE.</p>")])
        read_all(now=timezone.now())
        client.force_login(make_editor_of(own))
        assert [proof.page_id for proof in client.get(REPORT).context["object_list"]] == [own.pk]
        client.force_login(make_staff())
        assert client.get(REPORT).status_code == 302
