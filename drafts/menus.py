"""The ways from a page to its links and to what was said of its draft."""

from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem

from drafts.models import DraftComment
from drafts.rights import may_share

URL_NAME = "drafts_of_page"
ICON = "link-external"


class ShareButton(PageMenuItem):
    """The way to the links of a page from its "…" menu, in its header and in lists."""

    url_name = URL_NAME
    icon_name = ICON
    priority = 64

    def __init__(self, *, page, **kwargs):
        super().__init__(page=page, label="Share the draft", **kwargs)

    def is_shown(self, user):
        """Show it to whoever may edit the page."""
        return bool(self.page.pk) and self.page.depth > 1 and may_share(self.page, user)


def how_many_wait(page) -> int:
    """Return how many comments on the draft of a page nobody has dealt with. Asked once of each object."""
    if not hasattr(page, "_comments_that_wait"):
        page._comments_that_wait = DraftComment.objects.open().filter(page_id=page.pk).count()
    return page._comments_that_wait


def say_what_came_in(request, page):
    """Tell whoever opens the editor that somebody has said something of the draft."""
    number = how_many_wait(page)
    if not number:
        return
    words = "1 comment on this draft waits" if number == 1 else f"{number} comments on this draft wait"
    button = messages.button(f"{reverse(URL_NAME, args=[page.pk])}#comments", "Read them")
    messages.info(request, f"{words}. They are also beside the text, under “Checks”.", buttons=[button])
