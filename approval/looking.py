"""The screens on which somebody sees what changes, and approves it: before it is public, or afterwards."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from approval.comparing import public_state, seen_as, state_before, what_changes
from approval.models import PublishedUnapproved
from approval.rights import may_see
from approval.rules import step_waiting_at, why_not_approve
from approval.services import (
    NOT_WAITING,
    CannotApprove,
    approve,
    approve_afterwards,
    send_back,
    why_not_approve_afterwards,
)
from pages.models import BasePage

LOOK, LOOK_AFTERWARDS, REPORT = "approval:look", "approval:look_afterwards", "approval:report"
# What rooms above register: (request, draft, back_url) -> a response that is given first, or None.
BEFORE_PUBLISHING = "before_publishing_by_approval"


def ask_first(request, draft: BasePage, back_url: str):
    """Return what a room above has to ask before this draft is published from a screen of ours; None for nothing."""
    answers = (ask(request, draft, back_url) for ask in hooks.get_hooks(BEFORE_PUBLISHING))
    return next((answer for answer in answers if answer), None)


def shown_as_draft(page: BasePage, revision) -> str:
    """Return the address at which a draft is shown as readers will see it; "" for none."""
    return reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]) if revision else ""


class OfAPage(WagtailAdminTemplateMixin):
    """What the screens share: where they are, and the table of what changes."""

    header_icon = "view"

    @property
    def page_title(self):
        """What is done here, to which page."""
        return f"{self.done_here}: {self.title}"

    @property
    def title(self) -> str:
        """The title of the page."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        page = {"url": self.edit_url, "label": self.title}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": self.done_here}]

    @property
    def edit_url(self) -> str:
        """The address of the page's editor."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


class LookForm(forms.Form):
    """What the person has seen, and what they say of it."""

    seen = forms.CharField(max_length=100, widget=forms.HiddenInput)
    comment = forms.CharField(
        required=False,
        max_length=1000,
        label="A word on it",
        help_text="Needed when you send it back. It stays in the history of the page.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_comment(self):
        """Insist on words for who gets it back."""
        comment = self.cleaned_data["comment"].strip()
        if not comment and self.data.get("action") == "send_back":
            raise forms.ValidationError("Say in a word or two what has to change.")
        return comment


class LookView(OfAPage, FormView):
    """What the latest draft changes, who wrote it, and the buttons for whoever may approve it."""

    template_name = "approval/look.html"
    form_class = LookForm

    @cached_property
    def page(self) -> BasePage:
        """The page. Raises PermissionDenied for whoever may not edit it."""
        page = get_object_or_404(BasePage, pk=self.kwargs["pk"], depth__gt=1).specific
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    @cached_property
    def why_not(self) -> str:
        """Why the person may not approve it; "" when they may."""
        if self.step is None:
            return "This draft is not waiting for approval."
        return why_not_approve(self.page, self.request.user, task=self.step.task.specific)

    @property
    def done_here(self):
        """What is done here."""
        return "What changes" if self.why_not else "Look and approve"

    def dispatch(self, request, *args, **kwargs):
        """Lead to the editor where there is no draft any more, or where that has the buttons of another step."""
        self.step = step_waiting_at(self.page)
        if self.step is None and not self.page.has_unpublished_changes:
            messages.warning(request, f"“{self.title}”: {NOT_WAITING}")
            return redirect(self.edit_url)
        if self.step is None and self.page.workflow_in_progress:
            return redirect(self.edit_url)
        self.draft = self.page.get_latest_revision()
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        """Remember which draft is looked at."""
        return {"seen": seen_as(self.draft)}

    def form_valid(self, form):
        """Approve it or send it back; what is refused is said above what changes now."""
        given = {"page": self.page, "user": self.request.user, "comment": form.cleaned_data["comment"]}
        try:
            if self.request.POST.get("action") == "send_back":
                send_back(**given)
                messages.success(self.request, f"“{self.title}” goes back to who handed it in.")
                return redirect("wagtailadmin_home")
            if form.cleaned_data["seen"] == seen_as(self.draft) and not self.why_not:
                here = reverse(LOOK, args=[self.page.pk])
                if answer := ask_first(self.request, self.draft.as_object(), here):
                    return answer
            approve(seen=form.cleaned_data["seen"], **given)
        except CannotApprove as error:
            messages.error(self.request, str(error))
            return redirect(self.request.path)
        self._say_what_came_of_it()
        return redirect("wagtailadmin_home")

    def _say_what_came_of_it(self):
        page = BasePage.objects.get(pk=self.page.pk)
        title = page.get_admin_display_title()
        if page.live_revision_id == self.draft.pk:
            buttons = [messages.button(page.url, "See what readers see", new_window=True)] if page.url else []
            messages.success(self.request, f"“{title}” is approved and public.", buttons=buttons)
        elif page.approved_schedule:
            messages.success(self.request, f"“{title}” is approved. It becomes public at its time.")
        else:
            messages.success(self.request, f"“{title}” is approved. Somebody else has to look at it next.")

    def get_context_data(self, **kwargs):
        """Add what changes, and the ways from here."""
        draft = self.draft.as_object()
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "draft": draft,
            "revision": self.draft,
            "changes": what_changes(self.request, before=public_state(self.page), after=draft),
            "why_not": self.why_not,
            "edit_url": self.edit_url,
            "preview_url": shown_as_draft(self.page, self.draft),
        }


class LookAfterwardsView(OfAPage, FormView):
    """What was published without approval, what it changed and why, until somebody else has looked at it."""

    template_name = "approval/look_afterwards.html"
    form_class = forms.Form
    done_here = "Published without approval"

    @cached_property
    def published(self) -> PublishedUnapproved:
        """The row."""
        return get_object_or_404(PublishedUnapproved.objects.select_related("by"), pk=self.kwargs["pk"])

    @cached_property
    def page(self) -> BasePage:
        """The page."""
        return self.published.page.specific

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever neither approves nor may publish without, and whoever has no part in this page."""
        is_theirs = self.page.permissions_for_user(request.user).can_edit()
        if not (may_see(request.user) and (is_theirs or not why_not_approve_afterwards(self.published, request.user))):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        """Say that somebody else has looked at it."""
        try:
            approve_afterwards(published=self.published, user=self.request.user, now=timezone.now())
        except CannotApprove as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, f"“{self.title}” is approved.")
        return redirect(REPORT)

    def get_context_data(self, **kwargs):
        """Add what it changed, and the ways from here."""
        revision = self.published.revision
        before = state_before(self.page, revision) if revision else None
        return super().get_context_data(**kwargs) | {
            "published": self.published,
            "changes": what_changes(self.request, before=before, after=revision.as_object()) if revision else None,
            "why_not": why_not_approve_afterwards(self.published, self.request.user),
            "edit_url": self.edit_url,
            "preview_url": shown_as_draft(self.page, revision),
            "back_url": reverse(REPORT),
        }
