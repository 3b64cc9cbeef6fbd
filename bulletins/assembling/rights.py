"""Who may put things into an issue, and into which."""

from wagtail.permission_policies.pages import PagePermissionPolicy

from bulletins.drafts import next_draft
from bulletins.models import BulletinPage
from bulletins.rights import archives
from pages.permissions import once_a_request


def may_assemble(archive, user) -> bool:
    """Tell whether somebody may put things into the next issue of an archive."""
    issue = next_draft(archive)
    if issue is None:
        return archive.permissions_for_user(user).can_add_subpage()
    return issue.permissions_for_user(user).can_edit()


def drafts_for(user):
    """Return the unpublished issues that somebody may edit."""
    drafts = BulletinPage.objects.filter(live=False, withdrawn_as="").order_by("issue_date", "pk")
    able = [draft.pk for draft in drafts if draft.permissions_for_user(user).can_edit()]
    return drafts.filter(pk__in=able)


def may_write_somewhere(user) -> bool:
    """Tell whether somebody may write the next issue of any archive; asked once a request."""

    def find_out() -> bool:
        return any(_has_a_right_around(archive, user) and may_assemble(archive, user) for archive in archives(user))

    return once_a_request(user, "may write the next issue", find_out)


def _has_a_right_around(archive, user) -> bool:
    """Tell whether somebody has any right on the archive, above or below: most people have none. No query."""
    if user.is_superuser:
        return True
    paths = [held.page.path for held in PagePermissionPolicy().get_cached_permissions_for_user(user)]
    return any(archive.path.startswith(path) or path.startswith(archive.path) for path in paths)
