"""Who looks after the pages of the demonstration."""

from accounts.models import User
from board_business.models import ReviewPage
from bulletins.models import BulletinPage
from documents.models import ResourcePage
from pages.models import BasePage
from priorities.models import PriorityAreaPage
from procedures.models import ChapterPage

# What the office writes itself, and what it leaves to who approves. Nobody looks after the rest: that is seen, too.
OFFICE = (ChapterPage, BulletinPage)
APPROVER = (ResourcePage, PriorityAreaPage, ReviewPage)


def share_out(*, office: User, approver: User) -> None:
    """Give pages that nobody looks after to these two, by their type.

    Afterwards, not while they are built: a site can be built before anybody has an account. Drafts need no change, for
    the owner of a page is that of the page.
    """
    for owner, types in ((office, OFFICE), (approver, APPROVER)):
        for page_type in types:
            BasePage.objects.type(page_type).filter(owner=None).update(owner=owner)
