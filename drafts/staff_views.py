"""The screen of a page's links, and of what was said of its draft."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from drafts.forms import LinkForm
from drafts.menus import ICON, URL_NAME
from drafts.models import DraftComment, DraftLink
from drafts.rights import may_share
from drafts.services import deal_with, make_link, reopen, revoke_link
from pages.models import BasePage

SHOWN_LINKS, SHOWN_COMMENTS = 30, 200


class OfPage:
    """Mixin: the page, for those who may edit it."""

    @cached_property
    def page(self):
        """The page. Raises Http404 for the root of the tree."""
        page = get_object_or_404(BasePage, pk=self.kwargs["pk"]).specific
        if page.depth == 1 or not page.is_previewable():
            raise Http404("This page has no draft to show.")
        return page

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not edit it."""
        if not may_share(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def back(self, anchor: str = ""):
        """Go back to the screen."""
        return redirect(reverse(URL_NAME, args=[self.page.pk]) + anchor)


class DraftsOfPage(OfPage, WagtailAdminTemplateMixin, FormView):
    """Make a link, copy it, stop it; read comments."""

    template_name = "drafts/admin/page.html"
    form_class = LinkForm
    header_icon = ICON

    @property
    def page_title(self):
        """What is done here, to which page."""
        return f"Share the draft: {self.page.get_admin_display_title()}"

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        page = {"url": edit_url, "label": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": "Share the draft"}]

    def form_valid(self, form):
        """Make the link, and show it on top of the list."""
        make_link(pages=[self.page], user=self.request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(self.request, "The link is made. Copy it, and send it to whoever should read the draft.")
        return self.back("#links")

    def get_context_data(self, **kwargs):
        """Add links and comments, the newest first."""
        now = timezone.now()
        links = DraftLink.objects.to_page(self.page).select_related("made_by").annotate(said=Count("comments"))
        links = links.order_by("-made_at", "-pk")
        comments = DraftComment.objects.filter(page_id=self.page.pk).select_related("link", "dealt_with_by")
        listed = [(link, link.is_open(now=now)) for link in links[:SHOWN_LINKS]]
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "links": listed,
            "comments": comments.order_by("dealt_with_at", "-received_at")[:SHOWN_COMMENTS],
            "open_number": comments.open().count(),
            "is_private": bool(self.page.get_view_restrictions()),
        }


class StopLink(OfPage, View):
    """Stops a link of the page."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Stop it, and say so."""
        link = get_object_or_404(DraftLink.objects.to_page(self.page), pk=self.kwargs["link"])
        revoke_link(link, user=request.user, now=timezone.now())
        messages.success(request, "The link is stopped. Whoever has it cannot read the draft any more.")
        return self.back("#links")


class DealWithComment(OfPage, View):
    """Marks a comment as dealt with, or puts it back."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Do what the button says."""
        comment = get_object_or_404(DraftComment, pk=self.kwargs["comment"], page_id=self.page.pk)
        if "again" in request.POST:
            reopen(comment)
        else:
            deal_with(comment, user=request.user, now=timezone.now())
        return self.back("#comments")


urlpatterns = [
    path("drafts/<int:pk>/", DraftsOfPage.as_view(), name=URL_NAME),
    path("drafts/<int:pk>/stop/<int:link>/", StopLink.as_view(), name="drafts_stop_link"),
    path("drafts/<int:pk>/comments/<int:comment>/", DealWithComment.as_view(), name="drafts_deal_with"),
]
