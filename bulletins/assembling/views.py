"""The screen that assembles the next issue."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from bulletins.assembling.rights import may_assemble
from bulletins.assembling.services import CannotAssemble, assemble
from bulletins.assembling.sources import begins_after, found_for
from bulletins.drafts import next_draft, next_issue_date, why_not
from bulletins.models import BulletinIndexPage
from bulletins.quarters import label_for
from gathering.news import left_out_since
from pages.models import BasePage


class AssembleView(WagtailAdminTemplateMixin, TemplateView):
    """What would be put in, and the button that does it."""

    template_name = "bulletins/admin/assemble.html"
    page_title = "Assemble the next bulletin"
    header_icon = "doc-full"

    @cached_property
    def archive(self) -> BulletinIndexPage:
        """The archive. Raises PermissionDenied for whoever may not write its next issue."""
        archive = get_object_or_404(BulletinIndexPage, pk=self.kwargs["pk"])
        if not may_assemble(archive, self.request.user):
            raise PermissionDenied
        return archive

    def dispatch(self, request, *args, **kwargs):
        """Ask for the right before anything else."""
        self.archive  # noqa: B018
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Do it, and open the draft."""
        try:
            done = assemble(archive=self.archive, user=request.user, now=timezone.now())
        except CannotAssemble as error:
            messages.error(request, f"Nothing was changed. {error}")
            return redirect(request.path)
        many = len(done.added)
        made = f"The draft for {done.issue.quarter_label} was begun. " if done.is_new else ""
        put = (
            "Nothing new has happened since." if not many else f"{many} thing{'s were' if many > 1 else ' was'} put in."
        )
        messages.success(request, f"{made}{put} Remove what you do not want; it will not come back.")
        return redirect("wagtailadmin_pages:edit", done.issue.pk)

    def get_breadcrumbs_items(self):
        """Lead back to the archive."""
        archive = {"url": reverse("wagtailadmin_explore", args=[self.archive.pk]), "label": self.archive.title}
        return [*super().get_breadcrumbs_items(), archive, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the draft, if there is one, and what would be put into it."""
        now = timezone.now()
        issue = next_draft(self.archive)
        issue_date = issue.issue_date if issue else next_issue_date(self.archive, on=timezone.localdate(now))
        found = found_for(self.archive, issue_date=issue_date, now=now)
        since = begins_after(issue_date, self.archive, now=now)
        titles = dict(BasePage.objects.filter(pk__in={news.page_id for news in found}).values_list("pk", "title"))
        return super().get_context_data(**kwargs) | {
            "issue": issue,
            "label": issue.quarter_label if issue else label_for(issue_date),
            "since": since,
            "left_out": left_out_since(since, until=now),
            "found": [(news, titles.get(news.page_id, "")) for news in found],
            "in_the_way": why_not(issue, self.request.user) if issue else "",
        }
