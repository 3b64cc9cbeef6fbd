"""What site managers do for somebody's account, after a second thought."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts import second_factor
from accounts.invitations import NotInvited, invite
from accounts.models import User
from accounts.staff.forms import ReasonForm

EDIT = "wagtailusers_users:edit"


class ForSomebody(WagtailAdminTemplateMixin):
    """Something that is done for another person's account."""

    header_icon = "user"

    @cached_property
    def person(self) -> User:
        """Whose account it is."""
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        """Lead back to the account."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailusers_users:index"), "label": "Users"},
            {"url": reverse(EDIT, args=[self.person.pk]), "label": str(self.person)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        """Add whom it is about."""
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "back_url": reverse(EDIT, args=[self.person.pk]),
        }


class InviteAgain(ForSomebody, FormView):
    """Sends the invitation again."""

    template_name = "accounts/admin/invite.html"
    page_title = "Send the invitation again"
    form_class = ReasonForm

    def dispatch(self, request, *args, **kwargs):
        """Ask whether they may."""
        if not request.user.has_perm("accounts.change_user"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Do it, and say so."""
        try:
            invite(self.person, by=request.user, now=timezone.now())
        except NotInvited:
            messages.error(request, f"{self.person} has chosen a password already, or the account is switched off.")
        else:
            messages.success(request, "The invitation goes out again within a minute or two.")
        return redirect(EDIT, self.person.pk)


class ResetSecondFactor(ForSomebody, FormView):
    """Removes the second factor of somebody who has lost it."""

    template_name = "accounts/admin/reset.html"
    page_title = "Remove the second factor"
    form_class = ReasonForm

    def dispatch(self, request, *args, **kwargs):
        """Ask whether they may."""
        if not second_factor.may_reset(self.person, by=request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        """Do it, and say what happens next."""
        reason = form.cleaned_data["reason"]
        second_factor.reset(self.person, by=self.request.user, reason=reason, now=timezone.now())
        messages.success(
            self.request,
            f"The second factor of {self.person} is removed, and they are signed out everywhere. "
            "They sign in with their password and set up a new one; a mail tells them so.",
        )
        return redirect(EDIT, self.person.pk)


urlpatterns = [
    path("users/<int:pk>/invite/", InviteAgain.as_view(), name="invite"),
    path("users/<int:pk>/second-factor/", ResetSecondFactor.as_view(), name="reset"),
]
