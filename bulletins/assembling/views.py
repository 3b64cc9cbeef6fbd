"""The screens: assemble the next issue, and put one page's news into an issue."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from bulletins.assembling.services import CannotAssemble, add_to, assemble
from bulletins.assembling.sources import begins_after, found_for
from bulletins.drafts import next_draft, next_issue_date, why_not
from bulletins.models import BulletinIndexPage, BulletinPage
from bulletins.quarters import label_for
from gathering.news import left_out_since, newsworthy_of
from pages.models import BasePage


def may_assemble(archive, user) -> bool:
    """Tell whether somebody may put things into the next issue of an archive."""
    issue = next_draft(archive)
    if issue is None:
        return archive.permissions_for_user(user).can_add_subpage()
    return issue.permissions_for_user(user).can_edit()


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


class ItemForm(forms.Form):
    """Which news of a page, and into which issue."""

    what = forms.MultipleChoiceField(
        label="What",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one.", "invalid_choice": "This has changed meanwhile."},
    )
    issue = forms.ModelChoiceField(
        BulletinPage.objects.none(), label="Into which issue?", error_messages={"required": "Choose the issue."}
    )

    def __init__(self, *args, found, issues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [(news.key, f"{news.heading} – {news.reason}") for news in found]
        self.fields["what"].initial = [news.key for news in found] if len(found) == 1 else []
        self.fields["issue"].queryset = issues
        self.fields["issue"].initial = issues.first()
        self.fields["issue"].label_from_instance = lambda issue: f"{issue.quarter_label} (draft)"


class MakeItemView(WagtailAdminTemplateMixin, FormView):
    """Make items of an issue from what one page says: a decision, a review, a new tool. They link back to it."""

    template_name = "bulletins/admin/make_item.html"
    form_class = ItemForm
    page_title = "Put into a bulletin"
    header_icon = "doc-full"

    @cached_property
    def page(self):
        """The page. Raises Http404 for one that is not public or says nothing for a bulletin."""
        found = BasePage.objects.visible().filter(pk=self.kwargs["pk"]).first()
        page = found and found.specific
        if page is None or not hasattr(page, "newsworthy"):
            raise Http404
        return page

    @cached_property
    def issues(self):
        """The drafts that the person signed in may put something into."""
        return drafts_for(self.request.user)

    @cached_property
    def found(self):
        """What the page says."""
        return newsworthy_of(self.page)

    def dispatch(self, request, *args, **kwargs):
        """Ask for the right before anything else."""
        if not may_write_somewhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        """Offer what there is."""
        return super().get_form_kwargs() | {"found": self.found, "issues": self.issues}

    def form_valid(self, form):
        """Put it in, and open the draft."""
        issue = form.cleaned_data["issue"]
        chosen = [news for news in self.found if news.key in form.cleaned_data["what"]]
        try:
            add_to(issue, chosen, user=self.request.user, now=timezone.now())
        except CannotAssemble as error:
            form.add_error("issue", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"Put into the draft for {issue.quarter_label}, at its end.")
        return redirect("wagtailadmin_pages:edit", issue.pk)

    def get_page_subtitle(self):
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        page = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add where to begin an issue, where there is no draft."""
        archives = BulletinIndexPage.objects.order_by("path")
        archive = next((archive for archive in archives if may_assemble(archive, self.request.user)), None)
        return super().get_context_data(**kwargs) | {
            "has_drafts": self.issues.exists(),
            "found": self.found,
            "archive": archive,
        }


def drafts_for(user):
    """Return the unpublished issues that somebody may edit."""
    drafts = BulletinPage.objects.filter(live=False, withdrawn_as="").order_by("issue_date", "pk")
    able = [draft.pk for draft in drafts if draft.permissions_for_user(user).can_edit()]
    return drafts.filter(pk__in=able)


def may_write_somewhere(user) -> bool:
    """Tell whether somebody may write the next issue of any archive.

    Found out once a request, and kept with the person as Django keeps permissions: lists ask for each of their rows.
    """
    if not hasattr(user, "may_write_bulletins"):
        archives = BulletinIndexPage.objects.order_by("path")
        user.may_write_bulletins = any(may_assemble(archive, user) for archive in archives)
    return user.may_write_bulletins


class AssembleButton(PageMenuItem):
    """The way to the screen from the archive."""

    label = "Assemble the next bulletin"
    icon_name = "doc-full"
    priority = 17

    @cached_property
    def url(self):
        """The screen."""
        return reverse("bulletins_assembling:assemble", args=[self.page.pk])

    def is_shown(self, user):
        """Show it on an archive, to whoever may write its next issue."""
        return self.page.specific_class is BulletinIndexPage and may_assemble(self.page.specific, user)


class MakeItemButton(PageMenuItem):
    """The way from a page that has something to say for a bulletin."""

    label = "Put into a bulletin"
    icon_name = "doc-full"
    priority = 19

    @cached_property
    def url(self):
        """The screen."""
        return reverse("bulletins_assembling:make_item", args=[self.page.pk])

    def is_shown(self, user):
        """Show it on public pages that say something, to whoever may write an issue."""
        return self.page.live and hasattr(self.page.specific_class, "newsworthy") and may_write_somewhere(user)


urlpatterns = [
    # Below `pages/`, where whoever writes holds the tree lock.
    path("pages/<int:pk>/assemble-bulletin/", AssembleView.as_view(), name="assemble"),
    path("pages/<int:pk>/put-into-bulletin/", MakeItemView.as_view(), name="make_item"),
]
