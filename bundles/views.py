"""The screens of bundles."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import CreateView, FormView, TemplateView, UpdateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from bundles import services
from bundles.forms import AnswerForm, BundleForm, PageForm, PutIntoForm
from bundles.models import Bundle, State
from bundles.obstacles import obstacles
from bundles.rights import may_bundle, may_change, may_see, pages_of, why_not_approve
from bundles.services import CannotRelease, NotNow
from drafts.services import MayNotShare, make_link
from pages.models import BasePage
from proofreading.confirming import details_not_public_yet
from updates.questions import needs_answer

LIST, SCREEN, PUT = "bundles:list", "bundles:screen", "bundles:put"
SHARED_FOR_DAYS = 7
MOST_PAST = 30


class _Screen(WagtailAdminTemplateMixin):
    """What all screens share: who may come here, and where they are."""

    header_icon = "folder-open-inverse"
    page_title = "Bundles"

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever edits no page."""
        if not may_bundle(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        crumbs = [*super().get_breadcrumbs_items(), {"url": reverse(LIST), "label": "Bundles"}]
        return crumbs if self.page_title == "Bundles" else [*crumbs, {"url": "", "label": self.page_title}]


class _OfABundle(_Screen):
    """A screen of one bundle, for who may see it."""

    @cached_property
    def bundle(self) -> Bundle:
        """The bundle. Raises PermissionDenied for whoever has nothing to do with it."""
        bundle = get_object_or_404(Bundle, pk=self.kwargs["pk"])
        if not may_see(bundle, self.request.user):
            raise PermissionDenied
        return bundle

    @property
    def page_title(self):
        """What the bundle is about."""
        return self.bundle.title


class ListView(_Screen, TemplateView):
    """The bundles that somebody may see."""

    template_name = "bundles/list.html"

    def get_context_data(self, **kwargs):
        """Add them: those under way, and the last ones that are public."""
        rows = Bundle.objects.select_related("made_by").prefetch_related("bundled__page")
        seen = [bundle for bundle in rows.unfinished() if may_see(bundle, self.request.user)]
        past = [
            bundle for bundle in rows.filter(state=State.RELEASED)[:MOST_PAST] if may_see(bundle, self.request.user)
        ]
        return super().get_context_data(**kwargs) | {"under_way": seen, "past": past}


class AddView(_Screen, CreateView):
    """A new bundle, with nothing in it."""

    form_class = BundleForm
    template_name = "bundles/form.html"
    page_title = "New bundle"

    def form_valid(self, form):
        """Make it."""
        bundle = form.save(commit=False)
        bundle.made_by, bundle.made_at = self.request.user, timezone.now()
        bundle.save()
        return redirect(SCREEN, bundle.pk)

    def get_context_data(self, **kwargs):
        """Add the way back."""
        return super().get_context_data(**kwargs) | {"back_url": reverse(LIST)}


class EditView(_OfABundle, UpdateView):
    """Another title, another time."""

    form_class = BundleForm
    template_name = "bundles/form.html"

    def get_object(self, queryset=None):
        """Return the bundle, while it can be changed."""
        if self.bundle.state != State.OPEN:
            raise PermissionDenied
        return self.bundle

    def form_valid(self, form):
        """Save these two and nothing else, unless somebody has handed it in meanwhile."""
        if not Bundle.objects.filter(pk=self.bundle.pk, state=State.OPEN).update(**form.cleaned_data):
            messages.error(self.request, "Nothing was saved: somebody has handed it in meanwhile.")
        return redirect(SCREEN, self.bundle.pk)

    def get_context_data(self, **kwargs):
        """Add the way back."""
        return super().get_context_data(**kwargs) | {"back_url": reverse(SCREEN, args=[self.bundle.pk])}


class BundleView(_OfABundle, TemplateView):
    """The pages, what stands in the way, and the buttons that make sense."""

    template_name = "bundles/screen.html"

    def get_context_data(self, **kwargs):
        """Add all of that."""
        bundle, user = self.bundle, self.request.user
        found = [] if bundle.is_over else obstacles(bundle)
        waiting = bundle.state == State.WAITING
        return super().get_context_data(**kwargs) | {
            "bundle": bundle,
            "rows": [(row, _asked(row, bundle)) for row in bundle.bundled.select_related("page", "revision")],
            "obstacles": found,
            "may_change": may_change(bundle, user),
            "why_not": why_not_approve(bundle, user) if waiting else "",
            "details": [] if bundle.is_over else list(_childs_details(bundle)),
            "page_form": PageForm(),
        }

    def post(self, request, *args, **kwargs):
        """Do what a button says; what is refused is said."""
        does = {
            "add": self._add,
            "remove": self._remove,
            "answer": self._answer,
            "hand_in": self._hand_in,
            "take_back": self._take_back,
            "approve": self._approve,
            "release": self._release,
            "share": self._share,
            "delete": self._delete,
        }.get(request.POST.get("action"))
        if does is None:
            raise PermissionDenied
        try:
            return does() or redirect(SCREEN, self.bundle.pk)
        except (NotNow, CannotRelease) as refusal:
            messages.error(request, str(refusal))
            return redirect(SCREEN, self.bundle.pk)

    def _add(self):
        form = PageForm(self.request.POST)
        if not form.is_valid():
            raise NotNow("Choose a page.")
        page = form.cleaned_data["page"]
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        services.put_in(bundle=self.bundle, page=page)

    def _remove(self):
        services.take_out(bundle=self.bundle, row_id=self._row_id)

    @property
    def _row_id(self) -> int:
        number = self.request.POST.get("row", "")
        return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0

    def _answer(self):
        self._insist_on_change()
        form = AnswerForm(self.request.POST)
        if not form.is_valid():
            raise NotNow(" ".join(error for errors in form.errors.values() for error in errors))
        services.answer(bundle=self.bundle, row_id=self._row_id, user=self.request.user, **form.cleaned_data)

    def _hand_in(self):
        self._insist_on_change()
        services.hand_in(bundle=self.bundle)
        messages.success(self.request, "Handed in. Somebody who approves these pages can publish it now.")

    def _take_back(self):
        self._insist_on_change()
        services.take_back(bundle=self.bundle)

    def _approve(self):
        # What was handed in stays as it is, so the answer is about what was shown.
        if list(_childs_details(self.bundle)) and "details_seen" not in self.request.POST:
            raise NotNow("Look at what may be a child’s details first, and tick that it is about nobody real.")
        seen = self.request.POST.get("seen", "")
        services.approve(bundle=self.bundle, seen=seen, user=self.request.user, now=timezone.now())
        bundle = Bundle.objects.get(pk=self.bundle.pk)
        if bundle.go_live_at and bundle.go_live_at > timezone.now():
            messages.success(self.request, "Approved. It is published at its time.")
            return
        self._publish(bundle)

    def _release(self):
        """Try again after a failure."""
        if why := why_not_approve(self.bundle, self.request.user):
            raise NotNow(why)
        self._publish(self.bundle)

    def _publish(self, bundle):
        services.release(bundle=bundle, now=timezone.now())
        if not Bundle.objects.filter(pk=bundle.pk, state=State.RELEASED).exists():
            raise NotNow("It is not approved, so nothing was published.")
        messages.success(self.request, f"“{bundle.title}” is public, all of it.")

    def _share(self):
        try:
            link = make_link(
                pages=pages_of(self.bundle),
                user=self.request.user,
                days=SHARED_FOR_DAYS,
                now=timezone.now(),
                about=self.bundle.title[:80],
            )
        except MayNotShare:
            raise NotNow("You may not share each of these drafts, or there is none.") from None
        messages.success(
            self.request, f"Whoever has this link can read all of these drafts for {SHARED_FOR_DAYS} days: {link.url()}"
        )

    def _delete(self):
        if self.bundle.state != State.OPEN or self.bundle.made_by_id != self.request.user.pk:
            raise PermissionDenied
        self.bundle.delete()
        return redirect(LIST)

    def _insist_on_change(self):
        if not may_change(self.bundle, self.request.user):
            raise NotNow("You may not edit each of these pages.")


def _asked(row, bundle) -> AnswerForm | None:
    """Return the question that is open about a page, with ids of its own."""
    if bundle.state != State.OPEN or row.page is None or not row.page.specific_class.is_tracked:
        return None
    return AnswerForm(auto_id=f"answer-{row.pk}-%s") if needs_answer(row.page.specific) else None


def _childs_details(bundle):
    """Yield (title, what looks like a child’s details) of drafts: the editor asks about it, here it is shown."""
    for page in pages_of(bundle):
        draft = page.get_latest_revision_as_object()
        for fault in details_not_public_yet(draft):
            yield draft.title, fault.quote


class PutView(_Screen, FormView):
    """Put a page into a bundle, from the page."""

    form_class = PutIntoForm
    template_name = "bundles/form.html"
    page_title = "Put into a bundle"

    @cached_property
    def page(self) -> BasePage:
        """The page. Raises PermissionDenied for who may not edit it."""
        page = get_object_or_404(BasePage, pk=self.kwargs["pk"], depth__gt=1)
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def get_page_subtitle(self):
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_form_kwargs(self):
        """Offer the bundles that the person may see."""
        seen = [bundle for bundle in Bundle.objects.unfinished() if may_see(bundle, self.request.user)]
        return super().get_form_kwargs() | {"bundles": seen}

    def form_valid(self, form):
        """Put it in."""
        bundle = form.cleaned_data["bundle"] or Bundle.objects.create(
            title=form.cleaned_data["title"].strip(), made_by=self.request.user, made_at=timezone.now()
        )
        try:
            services.put_in(bundle=bundle, page=self.page)
        except NotNow as refusal:
            form.add_error("bundle", str(refusal))
            return self.form_invalid(form)
        return redirect(SCREEN, bundle.pk)

    def get_context_data(self, **kwargs):
        """Add the way back; asked for here, so that nobody sees the form who may not edit the page."""
        back = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return super().get_context_data(**kwargs) | {"back_url": back}


urlpatterns = [
    path("", ListView.as_view(), name="list"),
    path("add/", AddView.as_view(), name="add"),
    path("<int:pk>/", BundleView.as_view(), name="screen"),
    path("<int:pk>/edit/", EditView.as_view(), name="edit"),
    path("put/<int:pk>/", PutView.as_view(), name="put"),
]
