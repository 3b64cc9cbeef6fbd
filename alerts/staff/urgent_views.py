"""The screen on which an update is sent as urgent, and the ways to it."""

from copy import copy

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from alerts.messages.audience import reached_if_urgent
from alerts.messages.words import NothingToTell, Written, written
from alerts.models import Message
from alerts.staff import rights
from alerts.staff.message_screen import SCREEN
from alerts.urgent import NotUrgent, send_as_urgent, urgent_message
from bulletins.mail_views import PREVIEW_POLICY
from pages.models import BasePage

URL_NAME = "alerts_staff:urgent"
WHY = "Here each reader finds why they get this mail, and how to change or stop that."


class ConfirmForm(forms.Form):
    """One box, so that nobody writes to everybody by a slip of the hand."""

    sure = forms.BooleanField(
        label="Yes, this cannot wait for the next digest", error_messages={"required": "Tick the box if you are sure."}
    )


class _OfAPage(rights.Needs):
    """What the screen and its preview share: the page, and what would be sent of it."""

    right = staticmethod(rights.may_send_urgent)

    @cached_property
    def page(self) -> BasePage:
        """The page."""
        page = get_object_or_404(BasePage, pk=self.kwargs["pk"])
        if not _is_tracked(page):
            raise Http404("Nobody is told of changes of this page.")
        return page

    def as_mail(self, message: Message) -> Written | None:
        """Return the mail as it would be; None where there is nothing to tell any more."""
        urgent = copy(message)
        urgent.urgent_at = timezone.now()
        try:
            return written(urgent, now=timezone.now())
        except NothingToTell:
            return None


class SendUrgent(_OfAPage, WagtailAdminTemplateMixin, FormView):
    """How many get it, what it looks like, and a box to tick; or why it cannot be sent."""

    template_name = "alerts/admin/urgent.html"
    form_class = ConfirmForm
    page_title = "Send as urgent"
    header_icon = "warning"

    def get_page_subtitle(self):
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        page = {"url": edit_url, "label": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add what would be sent and to how many in addition, or why it cannot be."""
        back_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        context = super().get_context_data(**kwargs) | {"page": self.page, "back_url": back_url}
        try:
            message = urgent_message(self.page, now=timezone.now())
        except NotUrgent as refusal:
            return context | {"refusal": str(refusal)}
        mail = self.as_mail(message)
        return context | {
            "message": message,
            "more": reached_if_urgent(message),
            "mail": mail,
            "html_url": reverse("alerts_staff:urgent_html", args=[self.page.pk]),
        }

    def form_valid(self, form):
        """Send it, once; what is refused is said."""
        try:
            message = send_as_urgent(self.page, user=self.request.user, now=timezone.now())
        except NotUrgent as refusal:
            messages.error(self.request, str(refusal))
            return redirect(URL_NAME, self.page.pk)
        messages.success(self.request, "It goes out now, before everything else.")
        if rights.may_see(self.request.user):
            return redirect(SCREEN, message.pk)
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class UrgentPreview(_OfAPage, View):
    """The mail, to be shown in a frame of the screen."""

    def get(self, request, *args, **kwargs):
        """Answer the mail as readers will get it; its links open beside it."""
        try:
            mail = self.as_mail(urgent_message(self.page, now=timezone.now()))
        except NotUrgent:
            mail = None
        if mail is None:
            raise Http404("There is nothing to send.")
        html = mail.html.replace(mail.places.why, WHY)
        for place in (mail.places.manage_url, mail.places.leave_url):
            html = html.replace(place, settings.SITE_URL)
        return HttpResponse(
            html.replace("<head>", '<head><base target="_blank">', 1),
            headers={
                "Content-Security-Policy": PREVIEW_POLICY.format(site=settings.SITE_URL),
                "X-Frame-Options": "SAMEORIGIN",
            },
        )


def _is_tracked(page) -> bool:
    return page.specific_class is not None and page.specific_class.is_tracked


class UrgentButton(PageMenuItem):
    """The way to the screen from the "…" menu of a page."""

    label = "Send as urgent"
    icon_name = "warning"
    url_name = URL_NAME
    priority = 66

    def is_shown(self, user):
        """Show it on a public page whose changes are told, to whoever may. Whether it can be sent, the screen says."""
        return _is_tracked(self.page) and self.page.live and rights.may_send_urgent(user)


urlpatterns = [
    path("alert-messages/urgent/<int:pk>/", SendUrgent.as_view(), name="urgent"),
    path("alert-messages/urgent/<int:pk>/html/", UrgentPreview.as_view(), name="urgent_html"),
]
