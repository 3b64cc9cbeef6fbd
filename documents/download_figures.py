"""The figures of the report on downloads: how many, when, of which files, and where readers find those."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import FilteredRelation, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from wagtail.permissions import policy_registry

from counting.charts import Chart
from counting.periods import Period
from documents.models import DownloadCount, LibraryDocument, ResourceFile
from documents.rights import files_of
from pages.models import BasePage


@dataclass(frozen=True)
class Found:
    """A resource that offers a file; `url` leads to its editing screen, or is empty for who may not edit it."""

    title: str
    url: str


class Figures:
    """What was downloaded in a period of the files that somebody works with. Files that were deleted are left out."""

    def __init__(self, *, user, period: Period):
        self.period = period
        self._files = files_of(user)

    def files(self):
        """Return these files with `downloads` in the period, those first that are wanted most."""
        in_period = Q(download_counts__day__range=(self.period.first, self.period.last))
        return (
            self._files.select_related("collection", "current")
            .annotate(counted=FilteredRelation("download_counts", condition=in_period))
            .annotate(downloads=Coalesce(Sum("counted__downloads"), 0))
            .order_by("-downloads", "title", "pk")
        )

    @cached_property
    def chart(self) -> Chart:
        """How often on each day."""
        counts = self._counts(self.period).order_by().values_list("day")
        return Chart(period=self.period, by_day=dict(counts.annotate(Sum("downloads"))))

    @cached_property
    def total_before(self) -> int:
        """How many there were in as many days before."""
        return self._counts(self.period.before()).aggregate(total=Sum("downloads"))["total"] or 0

    @cached_property
    def downloaded_files(self) -> int:
        """How many of the files were downloaded at all."""
        return self._counts(self.period).order_by().values("document").distinct().count()

    def _counts(self, period: Period):
        days = DownloadCount.objects.filter(day__range=(period.first, period.last))
        return days.filter(document__in=self._files.order_by().values("pk"))


def resources_of(documents: Iterable[LibraryDocument], *, user) -> dict[int, list[Found]]:
    """Return {key of the file: the resources that offer it}: what readers can see, and what the person may edit."""
    pairs = ResourceFile.objects.filter(document__in=[document.pk for document in documents])
    pairs = list(pairs.order_by("page__title", "page").values_list("document_id", "page_id"))
    keys = {page for _, page in pairs}
    policy = policy_registry.get_by_type(BasePage)
    mine = policy.instances_user_has_permission_for(user, "change").filter(pk__in=keys).values_list("pk", "title")
    mine = dict(mine)
    titles = dict(BasePage.objects.visible().filter(pk__in=keys).values_list("pk", "title")) | mine
    found = defaultdict(list)
    for document, page in pairs:
        if page in titles:
            url = reverse("wagtailadmin_pages:edit", args=[page]) if page in mine else ""
            found[document].append(Found(titles[page], url))
    return found
