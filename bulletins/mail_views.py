"""The screen "Send by e-mail": what an issue looks like as a mail, what to mend first, and a test to oneself."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from bulletins.mailing.faults import faults_of
from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import LARGEST, address_of, render_issue
from bulletins.mailing.trial import AddressRefused, MailServerAway, NoAddress, TrialThrottle, send_test
from bulletins.models import BulletinPage

SCREEN = "bulletins_mail:screen"
IN_A_PREVIEW = Personal(why="Here each reader finds why they get this mail, and how to change or stop that.")
# Nothing of the mail runs, nothing is fetched but its pictures, and only the admin may show it inside a page.
PREVIEW_POLICY = (
    "default-src 'none'; img-src 'self' {site}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


class _OfAnIssue(View):
    """What all answers about the mail of an issue share: the issue, as it is written or as it is public."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not edit the issue."""
        if not self.stored.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def stored(self) -> BulletinPage:
        """The issue as readers get it, or would."""
        return get_object_or_404(BulletinPage, pk=self.kwargs["pk"])

    @cached_property
    def is_draft(self) -> bool:
        """Whether this is about text that is not public."""
        if not self.stored.live:
            return True
        return self.stored.has_unpublished_changes and self.request.GET.get("version") != "public"

    @cached_property
    def issue(self) -> BulletinPage:
        """The issue that the mail is made of."""
        return self.stored.get_latest_revision_as_object() if self.is_draft else self.stored

    def address(self, name: str) -> str:
        """Return the address of one of the answers, about the same version."""
        version = "?version=public" if self.request.GET.get("version") == "public" else ""
        return reverse(name, args=[self.stored.pk]) + version


class SendingPanel(Component):
    """Whom the issue would go to. Stands here until a room sends to readers; see `panels_for`."""

    template_name = "bulletins/admin/mail_sending.html"

    def __init__(self, page: BulletinPage):
        self.page = page

    def get_context_data(self, parent_context):
        """Tell whether the issue could be sent if there were somebody to send it to."""
        return {"is_public": BulletinPage.objects.visible().filter(pk=self.page.pk).exists()}


def panels_for(request, page: BulletinPage) -> list[Component]:
    """Return what stands under "Send it to readers".

    A room above this one that knows readers takes the place of the first panel, by the hook
    `construct_bulletin_mail_panels(request, page, panels)`.
    """
    panels = [SendingPanel(page)]
    for change in hooks.get_hooks("construct_bulletin_mail_panels"):
        change(request, page, panels)
    return panels


class MailScreen(_OfAnIssue, WagtailAdminTemplateMixin, TemplateView):
    """The screen itself."""

    template_name = "bulletins/admin/mail.html"
    page_title = "Send by e-mail"
    header_icon = "mail"

    def get_page_subtitle(self):
        """Name the issue."""
        return self.issue.title

    def get_breadcrumbs_items(self):
        """Lead back to the issue."""
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.stored.pk])
        title = self.stored.get_admin_display_title()
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit_url, "label": title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        """Add the mail, and what is wrong with it."""
        mail = render_issue(page=self.issue, now=timezone.now())
        _, text = mail.addressed_to(IN_A_PREVIEW)
        return super().get_context_data(**kwargs) | {
            "mail": mail,
            "text": text,
            "kilobytes": round(mail.size / 1000),
            "most_kilobytes": LARGEST // 1000,
            "faults": faults_of(page=self.issue, mail=mail),
            "issue": self.stored,
            "is_draft": self.is_draft,
            "panels": panels_for(self.request, self.stored),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.stored.pk]),
            "public_url": reverse(SCREEN, args=[self.stored.pk]) + "?version=public",
            "test_url": self.address(SCREEN),
            "html_url": self.address("bulletins_mail:html"),
        }

    def post(self, request, *args, **kwargs):
        """Send a test to the person who asks, and say what became of it."""
        throttle = TrialThrottle()
        if throttle.allow_request(request, self):
            self._send_test()
        else:
            minutes = max(1, round((throttle.wait() or 60) / 60))
            messages.error(
                request, f"You have sent ten tests within an hour. You can send the next in {minutes} minutes."
            )
        return redirect(self.address(SCREEN))

    def _send_test(self):
        user = self.request.user
        try:
            address = send_test(page=self.issue, is_draft=self.is_draft, user=user, now=timezone.now())
        except NoAddress:
            messages.error(self.request, "Your account has no e-mail address. Ask a site manager to add it.")
        except AddressRefused:
            messages.error(self.request, f"The mail server does not take mail for {user.email}. Nothing was sent.")
        except MailServerAway:
            messages.error(
                self.request,
                "The mail server did not answer, and nothing was sent. Try again in a few minutes. If it stays like "
                "this, tell whoever runs the site.",
            )
        else:
            messages.success(self.request, f"A test is on its way to {address}.")


class MailPreview(_OfAnIssue):
    """The HTML of the mail, to be shown in a frame of the screen."""

    def get(self, request, *args, **kwargs):
        """Answer the mail as readers will get it; its links open beside it."""
        html, _ = render_issue(page=self.issue, now=timezone.now()).addressed_to(IN_A_PREVIEW)
        site = urlsplit(address_of(self.issue))
        return HttpResponse(
            html.replace("<head>", '<head><base target="_blank">', 1),
            headers={
                "Content-Security-Policy": PREVIEW_POLICY.format(site=f"{site.scheme}://{site.netloc}"),
                "X-Frame-Options": "SAMEORIGIN",
            },
        )


class MailButton(PageMenuItem):
    """The way to the screen from the "…" menu of an issue, in its header and in lists."""

    label = "Send by e-mail"
    icon_name = "mail"
    url_name = SCREEN
    priority = 64

    def is_shown(self, user):
        """Show it on an issue, to whoever may edit that."""
        return self.page.specific_class is BulletinPage and self.page.permissions_for_user(user).can_edit()


urlpatterns = [
    path("bulletins/<int:pk>/mail/", MailScreen.as_view(), name="screen"),
    path("bulletins/<int:pk>/mail/html/", MailPreview.as_view(), name="html"),
]
