"""The screen of one link, and what staff may do there."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from links.addresses import Kind
from links.checking import CannotAsk, check_now
from links.models import Link
from links.places import give_places
from links.report import LinksReport, trouble_of
from links.rights import links_of, may_see
from links.services import leave_as_it_is, watch_again


def _link(request, pk: int) -> Link:
    """Return a link that is used on what the person may change. Raises Http404, PermissionDenied."""
    if not may_see(request.user):
        raise PermissionDenied
    return get_object_or_404(links_of(request.user), pk=pk)


class LeaveForm(forms.Form):
    """Why a link is right as it is."""

    note = forms.CharField(
        label="Why is it right?",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For your colleagues. For example: opens in a browser, but refuses programs.",
    )


class LinkView(WagtailAdminTemplateMixin, FormView):
    """What we know of a link, where it is used, and what can be done about it."""

    form_class = LeaveForm
    template_name = "links/admin/link.html"
    page_title = "Link"
    header_icon = "link"

    @cached_property
    def link(self) -> Link:
        """The link."""
        return _link(self.request, self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever has nothing to do with it."""
        give_places([self.link], user=request.user, at_most=None)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        """Name what it leads to."""
        return self.link.leads_to

    def get_breadcrumbs_items(self):
        """Lead back to the report."""
        back = {"url": reverse("links:report"), "label": LinksReport.page_title}
        return [*super().get_breadcrumbs_items(), back, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the link."""
        link = self.link
        return super().get_context_data(**kwargs) | {
            "link": link,
            "trouble": trouble_of(link),
            "is_address": link.kind == Kind.WEB,
            "leave_may_help": link.left_at is None and (link.is_broken or link.not_judged),
        }

    def form_valid(self, form):
        """Leave it as it is."""
        leave_as_it_is(link=self.link, user=self.request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(self.request, "Nobody is told of this link any more.")
        return redirect("links:report")


@require_POST
def check(request, pk):
    """Check a link now."""
    link = _link(request, pk)
    try:
        link = check_now(link=link, now=timezone.now())
    except CannotAsk as reason:
        messages.warning(request, str(reason))
    else:
        said = messages.warning if link.fault or link.not_judged else messages.success
        said(request, link.fault or link.not_judged or "The link works.")
    return redirect("links:link", pk)


@require_POST
def watch(request, pk):
    """Tell of a link again when it is broken."""
    watch_again(link=_link(request, pk))
    messages.success(request, "You are told of this link again when it is broken.")
    return redirect("links:link", pk)


urlpatterns = [
    path("", LinksReport.as_view(), name="report"),
    path("results/", LinksReport.as_view(results_only=True), name="report_results"),
    path("<int:pk>/", LinkView.as_view(), name="link"),
    path("<int:pk>/check/", check, name="check"),
    path("<int:pk>/watch/", watch, name="watch"),
]
