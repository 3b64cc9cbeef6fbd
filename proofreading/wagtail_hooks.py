"""What editors see of the checks."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import get_text_list
from wagtail import hooks
from wagtail.admin import messages
from wagtail.contrib.settings.registry import register_setting

from pages.models import BasePage
from proofreading import report, views
from proofreading.confirming import approves, ask_about, details_not_public_yet
from proofreading.models import ProofreadingSettings
from proofreading.services import record_proof
from proofreading.wagtail_checker import take_the_place_of_wagtails

register_setting(ProofreadingSettings, icon="glasses")


@hooks.register("register_admin_urls")
def register_proof():
    """Give what was found in a draft, and the report, their addresses."""
    return [*views.urlpatterns, *report.urlpatterns]


@hooks.register("register_reports_menu_item")
def offer_report():
    """Offer the report on what to mend."""
    return report.FaultsMenuItem()


@hooks.register("after_publish_page")
def read_what_was_published(request, page):
    """Take what was mended out of the report at once."""
    if page.live:
        record_proof(page, now=timezone.now())


@hooks.register("insert_editor_js")
def read_again_while_writing():
    """Read the draft again whenever it is saved, and lead from a fault to its place."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/proofreading.js"))


@hooks.register("insert_global_admin_css")
def set_apart_details():
    """Let a child's details stand out in the panel."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-proofreading.css"))


@hooks.register("construct_wagtail_userbar")
def check_in_our_words(request, items, page):
    """Let Wagtail's checker say what it finds in our words."""
    take_the_place_of_wagtails(items)


@hooks.register("before_publish_page")
def ask_about_childs_details(request, page):
    """Ask once before what looks like a child's details is published or scheduled."""
    return ask_about(request, page)


@hooks.register("before_edit_page")
def ask_about_approved_details(request, page):
    """Ask it of who approves a page, too; about the draft as it was saved last."""
    return ask_about(request, page) if approves(request) else None


@hooks.register("before_publishing_by_approval")
def ask_on_screens_of_approval(request, draft, back_url):
    """Ask it on the screens of approval, too, of who approves and of who publishes without."""
    return ask_about(request, draft, back_url=back_url)


@hooks.register("before_bulk_action")
def publish_no_details_in_bulk(request, action_type, objects, action):
    """Stop a bulk publication of drafts that seem to hold a child's details: nobody has looked at them."""
    if action_type != "publish" or action.model is not BasePage:
        return None
    below = objects if action.cleaned_form.cleaned_data["include_descendants"] else []
    drafts = {page.pk: page for page in objects} | {
        draft.pk: draft for page in below for draft in page.get_descendants().not_live()
    }
    drafts = [page.get_latest_revision_as_object() for page in drafts.values()]
    held = [draft.get_admin_display_title() for draft in drafts if details_not_public_yet(draft)]
    if not held:
        return None
    names = get_text_list([f"“{title}”" for title in held[:5]], "and")
    messages.error(
        request,
        f"Nothing was published. There seem to be a child’s details in {names}. Open the page, look at “Checks”, "
        "and publish it there.",
    )
    return redirect(action.next_url)
