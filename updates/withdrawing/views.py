"""The screen on which staff withdraw a page."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import ReferenceIndex

from pages.models import BasePage
from updates.withdrawing.forms import WithdrawForm
from updates.withdrawing.menus import ICON, can_be_withdrawn, label_for, may_withdraw
from updates.withdrawing.services import CannotWithdraw, withdraw_page


class WithdrawView(WagtailAdminTemplateMixin, FormView):
    """Say in which way and why; shows what depends on the page before anything is done."""

    template_name = "updates/withdraw.html"
    form_class = WithdrawForm
    header_icon = ICON

    @cached_property
    def page(self):
        """The page, as it is now. Raises Http404 for one that has nothing to withdraw."""
        page = get_object_or_404(BasePage, pk=self.kwargs["pk"]).specific
        if not can_be_withdrawn(page):
            raise Http404("This page cannot be withdrawn.")
        return page

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not take this page down."""
        if not may_withdraw(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def page_title(self):
        """What is done here, to which page."""
        return f"{label_for(self.page)}: {self.page.get_admin_display_title()}"

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        page = {"url": edit_url, "label": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": label_for(self.page)}]

    def get_initial(self):
        """Start with the withdrawal that holds, so that it can be corrected."""
        held = self.page.withdrawal()
        return {"way": held.way, "reason": held.reason, "replacement": held.replacement_id} if held else {}

    def form_valid(self, form):
        """Withdraw, and go back to where the person came from; what is refused is said beside its question."""
        try:
            withdraw_page(page=self.page, user=self.request.user, now=timezone.now(), **form.cleaned_data)
        except CannotWithdraw as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        buttons = [messages.button(self.page.url, "See what readers get", new_window=True)] if self.page.url else []
        messages.success(
            self.request,
            f"“{self.page.get_admin_display_title()}” is withdrawn. To bring it back, edit it and publish it again.",
            buttons=buttons,
        )
        return redirect(self._next_url())

    def _next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse(
            "wagtailadmin_explore", args=[self.page.get_parent().pk]
        )

    def get_context_data(self, **kwargs):
        """Add what depends on the page."""
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "held": self.page.withdrawal(),
            "next_url": self._next_url(),
            "usage_url": reverse("wagtailadmin_pages:usage", args=[self.page.pk]),
            "usage_count": ReferenceIndex.get_grouped_references_to(self.page).count(),
            "below_count": self.page.get_descendants().live().count(),
            "is_scheduled": self.page.scheduled_revision is not None,
            "is_in_workflow": self.page.current_workflow_state is not None,
        }
