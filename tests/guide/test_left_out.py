"""What Wagtail offers and this site does not use is neither offered nor reached."""

import pytest
from django.urls import reverse
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupApprovalTask

from documents.models import LibraryDocument
from tests.factories import add_home, add_information, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

home = once(add_home)


@pytest.fixture
def manager(client):
    """Sign in somebody who may do everything."""
    user = make_manager()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "address",
    [
        "reports/aging-pages/",
        "reports/aging-pages/results/",
        "reports/page-types-usage/",
        "reports/workflow_tasks/",
        "reports/workflow_tasks/results/",
        "tag-autocomplete/",
        "tag-autocomplete/taggit/tag/",
        "bulk/wagtailimages/image/add_tags/",
        "bulk/documents/librarydocument/add_tags/",
        "images/1/generate_url/",
        "embeds/chooser/",
        "translation/submit/page/1/",
        "workflows/tasks/add/wagtailcore/groupapprovaltask/",
    ],
)
def test_addresses_are_not_there(client, manager, address):
    assert client.get(f"/admin/{address}").status_code == 404


def test_addresses_ask_strangers_to_sign_in(client):
    assert client.get("/admin/reports/aging-pages/").status_code == 302


@pytest.mark.parametrize("address", ["reports/workflow/", "reports/locked/", "audit/", "redirects/", "collections/"])
def test_what_is_used_stays(client, manager, home, address):
    assert client.get(f"/admin/{address}").status_code == 200


def test_menus_lead_to_nothing_that_is_not_there(client, manager, home):
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "/admin/reports/workflow/" in page
    for name in ("aging-pages", "page-types-usage", "workflow_tasks", "wagtail.org"):
        assert name not in page


def test_a_step_of_a_workflow_is_a_second_pair_of_eyes(client, manager, home):
    answer = client.get(reverse("wagtailadmin_workflows:select_task_type"))
    assert answer.url == reverse("wagtailadmin_workflows:add_task", args=["approval", "secondpairofeyes"])
    assert client.get(answer.url).status_code == 200
    chooser = client.get(reverse("wagtailadmin_workflows:task_chooser")).json()["html"]
    # With one kind of step, there is nothing to choose before its form.
    assert 'name="create-task-groups"' in chooser
    assert "group approval task" not in chooser.lower()


def test_a_step_that_was_made_before_can_still_be_opened(client, manager, home):
    step = GroupApprovalTask.objects.create(name="Moderators")
    assert client.get(reverse("wagtailadmin_workflows:edit_task", args=[step.pk])).status_code == 200
    assert "Moderators" in client.get(reverse("wagtailadmin_workflows:task_index")).content.decode()


def test_the_report_on_workflows_leads_to_nothing_that_is_not_there(client, manager, home):
    for address in ("reports/workflow/", "reports/workflow/results/"):
        report = client.get(f"/admin/{address}").content.decode()
        assert "Nothing has been handed in for approval" in report
        assert "workflow_tasks" not in report


def test_the_page_above_the_home_page_is_called_what_it_holds(client, manager, home):
    screen = client.get(reverse("wagtailadmin_explore_root")).content.decode()
    assert "All pages" in screen
    assert "Root" not in screen
    assert "accessible at any URL" not in screen


def test_the_start_page_is_never_empty(client, manager, home):
    assert "Nothing waits for you" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_lists_offer_no_tags(client, manager, home):
    for name in ("wagtailimages:index", "wagtaildocs:index"):
        page = client.get(reverse(name)).content.decode()
        assert "add_to_collection" in page
        assert "add_tags" not in page


def test_forms_ask_for_no_tags():
    assert "tags" not in get_document_form(LibraryDocument).base_fields
    assert list(get_image_form(get_image_model())().fields) == ["title", "file"]


def test_an_account_has_neither_picture_nor_language_nor_time_zone(client, manager, home):
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "name_email-first_name" in page
    for name in ("avatar-avatar", "preferred_language", "current_time_zone", "updated_comments"):
        assert name not in page
    assert "notifications-submitted_notifications" in page


def test_an_account_is_saved(client, manager, home):
    form = {
        "name_email-first_name": "Ada",
        "name_email-last_name": "Okafor",
        "theme-theme": "dark",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
    }
    assert client.post(reverse("wagtailadmin_account"), form).status_code == 302
    manager.refresh_from_db()
    assert str(manager) == "Ada Okafor"
    assert manager.wagtail_userprofile.theme == "dark"


def test_the_editor_offers_no_comments(client, manager, home):
    page = add_information(home)
    assert "comments-TOTAL_FORMS" not in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_screen_of_a_picture_asks_for_what_is_used(client, manager, home):
    picture = get_image_model().objects.create(title="Stamp", file=get_test_image_file())
    page = client.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()
    assert "Used 0 times" in page
    assert "For staff, to find it again" in page
    for name in ("focal-point", 'name="tags"', 'name="description"', "URL Generator"):
        assert name not in page.split("</head>")[1].split("<script")[0]
    form = {"title": "Logo of the board", "collection": picture.collection_id, "next": ""}
    assert client.post(reverse("wagtailimages:edit", args=[picture.pk]), form).status_code == 302
    picture.refresh_from_db()
    assert picture.title == "Logo of the board"
