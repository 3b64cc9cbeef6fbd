"""The screen that puts one page's news into an issue."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from bulletins.assembling.rights import drafts_for, may_assemble, may_write_somewhere
from bulletins.assembling.services import CannotAssemble, add_to
from bulletins.models import BulletinIndexPage, BulletinPage
from gathering.news import newsworthy_of
from pages.models import BasePage


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
