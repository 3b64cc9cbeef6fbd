"""The screens of the guide."""

import re

from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from guide.tasks import find, folder, tasks

PICTURE = re.compile(r"[a-z-]+\.png")
TITLE = "How do I …?"
LONGEST_QUERY = 100


class _Screen(WagtailAdminTemplateMixin):
    header_icon = "help"
    page_title = TITLE


class TasksView(_Screen, TemplateView):
    """All tasks, or those that have the words somebody looks for."""

    template_name = "guide/tasks.html"

    def get_breadcrumbs_items(self):
        """Say where we are."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs):
        """Add what fits."""
        query = self.request.GET.get("q", "")[:LONGEST_QUERY].strip()
        return super().get_context_data(**kwargs) | {"query": query, "tasks": find(query)}


class TaskView(_Screen, TemplateView):
    """How one thing is done."""

    template_name = "guide/task.html"

    @property
    def task(self):
        """The task. Raises Http404."""
        found = next((task for task in tasks() if task.slug == self.kwargs["slug"]), None)
        if found is None:
            raise Http404("The guide has no such page.")
        return found

    @property
    def page_title(self):
        """What is done."""
        return self.task.title

    def get_breadcrumbs_items(self):
        """Lead back to all tasks."""
        back = {"url": reverse("guide:tasks"), "label": TITLE}
        return [*super().get_breadcrumbs_items(), back, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the task."""
        return super().get_context_data(**kwargs) | {"task": self.task}


def picture(request, name):
    """Answer with a picture of the guide."""
    if not PICTURE.fullmatch(name) or not (file := folder() / "pictures" / name).is_file():
        raise Http404("The guide has no such picture.")
    return FileResponse(file.open("rb"), content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


urlpatterns = [
    path("", TasksView.as_view(), name="tasks"),
    path("pictures/<str:name>", picture, name="picture"),
    path("<slug:slug>/", TaskView.as_view(), name="task"),
]
