"""The admin's face of editions: what cannot be deleted, and what cannot be published in bulk."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import get_text_list
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from pages.models import BasePage
from updates.questions import pages_without_answer
from updates.services import pages_with_editions
from updates.withdrawing.answers import answer_withdrawn
from updates.withdrawing.log import WithdrawFormatter
from updates.withdrawing.menus import URL_NAME, WithdrawButton, WithdrawMenuItem, say_that_it_is_withdrawn
from updates.withdrawing.services import LOG_ACTION
from updates.withdrawing.views import WithdrawView


# After Wagtail's check of privacy and the mark for stored pages, so that both hold here too.
@hooks.register("on_serve_page", order=10)
def answer_for_withdrawn_pages(serve_next):
    """Answer with the page under its notice, hidden from search engines; or with a redirect or 410."""

    def serve(page, request, args, kwargs):
        if not page.withdrawn_as:
            return serve_next(page, request, args, kwargs)
        if not page.is_read_after_withdrawal:
            return answer_withdrawn(page, request)
        page.withdrawal_notice = page.withdrawal()
        response = serve_next(page, request, args, kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return serve


@hooks.register("register_admin_urls")
def register_withdrawing():
    """Give the screen its address; below `pages/`, where whoever writes holds the tree lock."""
    return [path("pages/<int:pk>/withdraw/", WithdrawView.as_view(), name=URL_NAME)]


@hooks.register("register_page_action_menu_item")
def offer_withdrawing_in_editor():
    """Offer it beside "Unpublish"."""
    return WithdrawMenuItem()


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_withdrawing_in_menus(page, user, next_url=None, **kwargs):
    """Offer it in the "…" menu of a page."""
    yield WithdrawButton(page=page, next_url=next_url)


@hooks.register("before_edit_page")
def show_withdrawal_in_editor(request, page):
    """Say on the editing screen that readers do not see this page, and why."""
    if request.method == "GET" and page.withdrawn_as:
        say_that_it_is_withdrawn(request, page)


@hooks.register("register_log_actions")
def show_withdrawals_in_history(actions):
    """Let the history of a page say that it was withdrawn, in which way and why."""
    actions.register_action(LOG_ACTION)(WithdrawFormatter)


@hooks.register("before_delete_page")
def keep_published_page(request, page):
    """Stop the deletion of what the board has published, before anything is asked or deleted."""
    kept = pages_with_editions([page])
    if kept:
        button = []
        if page.live and page.permissions_for_user(request.user).can_unpublish():
            button = [messages.button(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), "Unpublish it instead")]
        messages.error(request, _kept_for_good(kept), buttons=button)
        return redirect(get_valid_next_url_from_request(request) or _parent_listing(page))
    return None


@hooks.register("before_bulk_action")
def keep_published_pages(request, action_type, objects, action):
    """Stop a bulk deletion that includes published pages: all of it, so that nothing is half done."""
    if action_type == "delete" and action.model is BasePage:
        kept = pages_with_editions(objects)
        if kept:
            query = "&".join(f"id={page.pk}" for page in kept)
            address = reverse("wagtail_bulk_action", args=["pages", "basepage", "unpublish"])
            buttons = [messages.button(f"{address}?{query}", "Unpublish them instead")]
            messages.error(request, f"Nothing was deleted. {_kept_for_good(kept)}", buttons=buttons)
            return redirect(action.next_url)
    return None


@hooks.register("before_bulk_action")
def ask_before_bulk_publishing(request, action_type, objects, action):
    """Stop a bulk publication that includes pages whose editor has not said whether people need to know."""
    if action_type == "publish" and action.model is BasePage:
        include_below = action.cleaned_form.cleaned_data["include_descendants"]
        unanswered = pages_without_answer(objects, include_below=include_below, user=request.user)
        if unanswered:
            messages.error(
                request,
                f"Nothing was published. Open {_names(unanswered)} first and answer the question "
                "“Do people need to know what changed?”",
            )
            return redirect(action.next_url)
    return None


def _kept_for_good(pages) -> str:
    return (
        f"{_names(pages)} cannot be deleted, because the board keeps every edition it has published. "
        "You can unpublish instead: readers then no longer see it."
    )


def _names(pages) -> str:
    """Name up to five pages."""
    names = [f"“{page.get_admin_display_title()}”" for page in pages[:5]]
    if len(pages) > len(names):
        names.append(f"{len(pages) - len(names)} more")
    return get_text_list(names, "and")


def _parent_listing(page) -> str:
    parent = page.get_parent()
    return reverse("wagtailadmin_explore", args=[parent.pk] if parent else [])
