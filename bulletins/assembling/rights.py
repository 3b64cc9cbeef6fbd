"""Who may put things into an issue, and into which."""

from bulletins.drafts import next_draft
from bulletins.models import BulletinIndexPage, BulletinPage


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
    """Tell whether somebody may write the next issue of any archive.

    Found out once a request, and kept with the person as Django keeps permissions: lists ask for each of their rows.
    """
    if not hasattr(user, "may_write_bulletins"):
        archives = BulletinIndexPage.objects.order_by("path")
        user.may_write_bulletins = any(may_assemble(archive, user) for archive in archives)
    return user.may_write_bulletins
