"""What staff see of the bulletin when they sign in."""

from functools import lru_cache

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.permission_policies.pages import PagePermissionPolicy

from bulletins.drafts import headings_so_far
from bulletins.models import BulletinIndexPage, BulletinPage
from bulletins.rights import archives_for
from pages.numbers import NumbersPanel, in_one_row
from pages.prepared import Moment, Prepared
from pages.querysets import of_visible_pages

DRAFTS_SHOWN = 5
# A bulletin has some ten to fifteen items.
HEADINGS_SHOWN = 15


class BulletinPanel(NumbersPanel):
    """The next deadline, the issues being written, and where to begin one; for whoever may begin one."""

    name = "bulletin"
    order = 50
    template_name = "bulletins/admin/dashboard.html"
    # Also without an issue that is being written.
    is_empty = False

    def depends_on(self, user):
        """Return the place of the archive."""
        archive = _archive_of(user)
        return archive and archive.path

    def counted(self, user):
        """Count the issues being written."""
        archive = _archive_of(user)
        return [in_one_row(_drafts_of(user, archive), drafts=Count("pk"))] if archive else []

    def get_context_data(self, parent_context):
        """Return what the panel shows; nothing that the person signed in may not act on."""
        user = parent_context["request"].user
        archive = _archive_of(user)
        if archive is None:
            return {"archive": None}
        latest = next(iter(_latest_of(archive.path, archive.depth).objects(BulletinPage, now=timezone.now())), None)
        deadline = latest and latest.next_deadline
        return {
            "archive": archive,
            "latest": latest,
            "days_left": (deadline - timezone.localdate()).days if deadline else None,
            "drafts": [_shown(issue) for issue in self._drafts(user, archive)],
            "add_url": reverse("wagtailadmin_pages:add", args=["bulletins", "bulletinpage", archive.pk]),
        }

    def _drafts(self, user, archive: BulletinIndexPage):
        if not self.numbers[0]["drafts"]:
            return ()
        return _drafts_of(user, archive).select_related("latest_revision").newest_first()[:DRAFTS_SHOWN]


def _shown(issue: BulletinPage) -> dict:
    """Return an issue and, unless it is public already, what is in it so far."""
    headings = [] if issue.live else headings_so_far(issue)
    return {
        "page": issue,
        "number": len(headings),
        "headings": headings[:HEADINGS_SHOWN],
        "more": max(len(headings) - HEADINGS_SHOWN, 0),
    }


def _archive_of(user) -> BulletinIndexPage | None:
    return min(archives_for(user), key=lambda page: page.pk, default=None)


def _drafts_of(user, archive: BulletinIndexPage):
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    unpublished = Q(live=False) | Q(has_unpublished_changes=True)
    return BulletinPage.objects.child_of(archive).filter(unpublished, pk__in=editable)


@lru_cache(maxsize=8)
def _latest_of(path: str, depth: int) -> Prepared:
    """Return the question for the latest public issue below an archive."""
    below = BulletinPage.objects.filter(of_visible_pages(now=Moment()), path__startswith=path, depth=depth + 1)
    return Prepared(lambda: below.newest_first().only("next_deadline")[:1])
