"""The screen on which staff see what a priority area gathers, pin the best of it and hide what does not belong."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gathering.by_topic import Line
from priorities.hub import arranged_for
from priorities.lists import lists_of
from priorities.models import PriorityAreaPage
from priorities.services import ACTIONS, NothingThere, arrange

URL_NAME = "priorities_arrange"
LINES_A_PAGE = 25
SAID = {
    "pin": "“%s” is pinned. Readers see it first.",
    "hide": "“%s” is hidden from this priority. It stays where it is on the rest of the site.",
    "undo": "“%s” takes its place by itself again.",
}


@dataclass(frozen=True)
class Choice:
    """One of the lists, as the screen offers it."""

    name: str
    heading: str
    is_chosen: bool


class ArrangeView(WagtailAdminTemplateMixin, TemplateView):
    """One list at a time, with a button for each thing that can be done about a line. It holds at once."""

    template_name = "priorities/admin/arrange.html"
    page_title = "What this page gathers"
    header_icon = "pick"

    @cached_property
    def area(self) -> PriorityAreaPage:
        """The priority area. Raises PermissionDenied for whoever may not publish it: what is done here is public."""
        area = get_object_or_404(PriorityAreaPage, pk=self.kwargs["pk"])
        if not area.permissions_for_user(self.request.user).can_publish():
            raise PermissionDenied
        return area

    def dispatch(self, request, *args, **kwargs):
        """Ask for the right before anything else."""
        self.area  # noqa: B018
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Pin, hide or undo, and come back to the same list."""
        action, key = request.POST.get("action", ""), request.POST.get("key", "")[:40]
        if action in (*ACTIONS, "undo"):
            try:
                title = arrange(area=self.area, key=key, action=action, user=request.user, now=timezone.now())
            except NothingThere:
                messages.error(request, "This is not there any more. Nothing was changed.")
            else:
                messages.success(request, SAID[action] % title)
        where = {"list": request.GET.get("list", ""), "p": request.GET.get("p", "")}
        query = urlencode({name: value for name, value in where.items() if value})
        return redirect(f"{request.path}?{query}" if query else request.path)

    def get_page_subtitle(self):
        """Name the priority area."""
        return self.area.get_admin_display_title()

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.area.pk]), "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add what was arranged, the lists, and one page of the one that was chosen."""
        arranged = arranged_for(self.area)
        lists = lists_of(self.area, now=timezone.now())
        name = self.request.GET.get("list", "")
        name = name if name in lists else next(iter(lists))
        page_obj = Paginator(lists[name].rows, LINES_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "area": self.area,
            "has_topics": self.area.topics.exists(),
            "rows": [(row, _line(row)) for row in self.area.arrangements.select_related("page", "piece__page")],
            "choices": [Choice(each, found.heading, each == name) for each, found in lists.items()],
            "chosen": name,
            "heading": lists[name].heading,
            "page_obj": page_obj,
            "lines": [(line := lists[name].line(row), line.key in arranged.pinned_keys) for row in page_obj],
        }


def _line(row) -> Line:
    return Line.of_page(row.page) if row.page_id else Line.of_piece(row.piece)


class ArrangeButton(PageMenuItem):
    """The way to the screen from the page's own in the admin."""

    label = "Pin or hide what it gathers"
    icon_name = "pick"
    priority = 19

    @cached_property
    def url(self):
        """The screen."""
        return reverse(URL_NAME, args=[self.page.pk])

    def is_shown(self, user):
        """Show it on a priority area, to whoever may publish it."""
        is_area = self.page.specific_class is PriorityAreaPage
        return is_area and self.page.permissions_for_user(user).can_publish()


urlpatterns = [path("priorities/<int:pk>/gathered/", ArrangeView.as_view(), name=URL_NAME)]
