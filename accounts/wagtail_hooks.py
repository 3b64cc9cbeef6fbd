"""What staff see of accounts in the admin."""

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter, log

from accounts import provider, receivers, second_factor, views
from accounts.addresses import ADDRESS_CHANGED
from accounts.giving import may_give, may_look_after
from accounts.invitations import INVITED
from accounts.keeping import FAILED
from accounts.models import User
from accounts.staff import audit
from accounts.staff.views import urlpatterns
from accounts.staff.viewset import buttons_for

# Many people at once: what is done on the form of one person is an edit of theirs.
ROLE_GIVEN = "accounts.give_role"


@hooks.register("register_admin_urls")
def register_screens():
    """Give what is done for somebody's account its addresses."""
    return [path("", include((urlpatterns, "staff_accounts"))), path("", include((audit.urlpatterns, "staff_audit")))]


@hooks.register("construct_reports_menu")
def offer_audit(request, menu_items):
    """Lead to our audit from where Wagtail's own stands."""
    for item in menu_items:
        if item.name == "site-history":
            item.label, item.url = audit.AuditView.page_title, reverse(audit.URL_NAME)


@hooks.register("after_bulk_action")
def log_changes_of_many(request, action_type, objects, action):
    """Write down who switched which accounts on or off, or gave whom a role: Wagtail does for single ones alone."""
    if action_type == "set_active_state":
        for user in objects:
            log(instance=user, action="wagtail.edit", user=request.user)
    if action_type == "assign_role":
        for user in objects:
            log(
                instance=user,
                action=ROLE_GIVEN,
                user=request.user,
                data={"role": action.cleaned_form.cleaned_data["role"].name},
            )


@hooks.register("register_user_listing_buttons")
def offer_in_list(user, request_user):
    """Offer it in the list of users."""
    return buttons_for(user, by=request_user)


@hooks.register("before_bulk_action")
def leave_site_managers_to_site_managers(request, action_type, objects, action):
    """Let nobody else switch their accounts off, or on again, among many."""
    if any(isinstance(each, User) and not may_look_after(each, by=request.user) for each in objects):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def give_no_more_than_ones_own(request, action_type, objects, action):
    """Let nobody give many people, themselves among them, a role with rights that they do not have."""
    if action_type != "assign_role" or may_give(role := action.cleaned_form.cleaned_data["role"], by=request.user):
        return None
    messages.error(request, f"Nothing was changed. You cannot give “{role}”: it has rights that you do not have.")
    return redirect(action.next_url)


@hooks.register("register_account_menu_item")
def offer_own_sign_in(request):
    """Lead from the account screen to the person's own password and second factor."""
    return {
        "url": reverse("mfa_index"),
        "label": "Sign-in and second factor",
        "help_text": "Change your password, your second factor and your recovery codes; sign out everywhere else.",
    }


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given the right to help somebody who has lost their phone."""
    return Permission.objects.filter(content_type__app_label="accounts", codename="reset_second_factor")


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the log."""
    for action, label, done in (
        (INVITED, "Invite", "Invited by e-mail"),
        (receivers.PASSWORD_CHANGED, "Change the password", "Chose a new password"),
        (receivers.CODES_MADE, "Make recovery codes", "Made new recovery codes"),
        (receivers.CODE_USED, "Use a recovery code", "Used a recovery code"),
        (views.SIGNED_OUT_ELSEWHERE, "Sign out elsewhere", "Signed out everywhere else"),
    ):
        actions.register_action(action, label, done)
    for action, label, words in (
        (receivers.SIGNED_IN, "Sign in", _signed_in),
        (FAILED, "Fail to sign in", _failed),
        (ADDRESS_CHANGED, "Change the address", lambda said: f"Another address: {said['after']}, not {said['before']}"),
        (receivers.ADDED, "Add a second factor", lambda said: f"Added {said.get('what', 'a second factor')}"),
        (receivers.REMOVED, "Remove a second factor", lambda said: f"Removed {said.get('what', 'a second factor')}"),
        (second_factor.RESET_LOGGED_AS, "Remove somebody’s second factor", _reset),
        (
            provider.CONNECTED,
            "Connect a provider",
            _connected,
        ),
        (ROLE_GIVEN, "Give a role", lambda said: f"Gave the role “{said['role']}”"),
    ):
        actions.register_action(action)(_formatter(label, words))


def _formatter(label_, words) -> type[LogFormatter]:
    """Return how an entry is told whose words are made from what it says."""

    class Formatter(LogFormatter):
        label = label_

        def format_message(self, log_entry):
            return words(log_entry.data)

    return Formatter


def _signed_in(said) -> str:
    return f"Signed in with {' and '.join(said.get('with') or ['a password'])}"


def _failed(said) -> str:
    times = said.get("times", 1)
    return f"Somebody tried {said.get('with', 'to sign in')} in vain{f', {times} times' if times > 1 else ''}"


def _connected(said) -> str:
    return f"Can sign in with {said.get('provider', 'a provider')}"


def _reset(said) -> str:
    return f"Removed the second factor: {said.get('reason', '')}"
