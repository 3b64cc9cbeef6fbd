"""The queue for news: accepted, it becomes an item of an issue; its file goes to staff and to nobody else."""

import django_filters
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from enquiries.models import NewsSubmission
from enquiries.queue_views import EnquiryView
from enquiries.queues import ASSIGNED, LOOK_FIRST, RECEIVED, REFERENCE, STATE, EnquiryFilters, EnquiryViewSet
from enquiries.staff_forms import NewsStaffForm
from enquiries.taking import CannotTakeNews, accept_news
from files.kinds import kind_of
from pages.tree import TreeBusy, tree_lock

BUSY = "Others are saving pages at the moment. Nothing was done. Press Accept again."


def _issues():
    """Return the issues that news was sent for, the latest received first."""
    labels = NewsSubmission.objects.order_by("-received_at").values_list("for_issue", flat=True)
    return [(label, label) for label in dict.fromkeys(labels)]


class NewsView(EnquiryView):
    """One piece of news. Accepting it puts it into an issue."""

    def save_instance(self):
        """Save what stands in the form; then do what the button says."""
        if self.action != "accept":
            return super().save_instance()
        # First of all, before a row is written: see `tree_lock`.
        with tree_lock():
            news = self.form.save()
            accept_news(
                news,
                key=self.form.cleaned_data["issue"],
                outcome=news.draft.strip(),
                user=self.request.user,
                now=timezone.now(),
            )
        return news

    def form_valid(self, form):
        """Save; where the issue does not take it, say why and keep what was typed."""
        try:
            return super().form_valid(form)
        except CannotTakeNews as error:
            form.add_error("issue", str(error))
        except TreeBusy:
            form.add_error(None, BUSY)
        # As it was before anything was tried.
        self.object.refresh_from_db()
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def get_success_buttons(self):
        """Lead to the draft that it was put into."""
        if self.action != "accept" or not self._may_edit_issue():
            return []
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.object.taken_into_id])
        return [messages.button(edit_url, f"Open the draft for {self.object.taken_label}")]

    def get_context_data(self, **kwargs):
        """Add the issue that it went into, while that exists, and whether the person signed in may edit it."""
        return super().get_context_data(**kwargs) | {
            "issue": self.object.taken_into,
            "may_edit_issue": self._may_edit_issue(),
        }

    def _may_edit_issue(self) -> bool:
        issue = self.object.taken_into
        return bool(issue and issue.permissions_for_user(self.request.user).can_edit())


class NewsFileView(PermissionCheckedMixin, View):
    """The file that came with news: for those who may work on the queue, to be saved, never to be shown as a page."""

    model = NewsSubmission
    permission_required = "change"

    def get(self, request, pk):
        """Answer the file."""
        news = get_object_or_404(NewsSubmission, pk=pk)
        if not news.file:
            raise Http404
        try:
            file = news.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        kind = kind_of(news.file_name)
        response = FileResponse(
            file,
            as_attachment=True,
            filename=news.file_name,
            content_type=kind.media_type if kind else "application/octet-stream",
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        patch_cache_control(response, private=True, no_store=True)
        return response


class NewsFilters(EnquiryFilters):
    """Adds the issue it was sent for."""

    for_issue = django_filters.ChoiceFilter(label="Sent for", choices=_issues, empty_label="All")

    class Meta:
        model = NewsSubmission
        fields = []


class NewsViewSet(EnquiryViewSet):
    """News for the bulletin."""

    model = NewsSubmission
    name = "news-for-the-bulletin"
    menu_label = "News for the bulletin"
    form_class = NewsStaffForm
    filterset_class = NewsFilters
    edit_view_class = NewsView
    edit_template_name = "enquiries/admin/news.html"
    list_display = [
        "title",
        Column("sender_agency", label="From", sort_key="sender_agency"),
        Column("for_issue", label="Sent for"),
        RECEIVED,
        STATE,
        LOOK_FIRST,
        ASSIGNED,
        REFERENCE,
    ]
    search_fields = [*EnquiryViewSet.search_fields, "title"]

    def get_urlpatterns(self):
        """Add the address of the file."""
        file_view = self.construct_view(NewsFileView)
        return [*super().get_urlpatterns(), path("file/<int:pk>/", file_view, name="file")]
