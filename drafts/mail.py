"""The mail that tells who made a link of comments. No request sends it; see `enquiries.mail` for why and how.

One mail for all comments that have come meanwhile, and nothing in it that a stranger wrote.
"""

import logging
from datetime import datetime

from django.urls import reverse

from drafts.menus import URL_NAME
from drafts.models import DraftComment, DraftLink
from drafts.rights import may_share
from enquiries.letters import TAKEN_FOR, letter, mail_server, pause_after

logger = logging.getLogger(__name__)


def send_owed(*, now: datetime) -> tuple[int, int]:
    """Tell the makers of links what came in; return how many mails went and failed. Raises MailServerAway."""
    owing = list(DraftLink.objects.owing_mail(now=now).values_list("pk", flat=True))
    if not owing:
        return 0, 0
    with mail_server() as connection:
        results = [_send(pk, connection=connection, now=now) for pk in owing]
    return results.count("sent"), results.count("failed")


def _send(pk: int, *, connection, now: datetime) -> str:
    """Take a link and send its mail; return "sent", "failed", or "" where nobody is told or somebody else does it."""
    rows = DraftLink.objects.filter(pk=pk)
    if not rows.owing_mail(now=now).order_by().update(mail_not_before=now + TAKEN_FOR):
        return ""
    link = rows.select_related("made_by").first()
    comments = DraftComment.objects.filter(link=pk, told_at=None).select_related("page")
    told = [comment for comment in comments if may_share(comment.page, link.made_by)] if link else []
    sent = ""
    if told and link.made_by.email:
        try:
            _letter(link, told, connection=connection).send()
        except Exception as error:  # One that cannot be sent must not keep all others waiting.
            logger.warning("A mail about comments on a draft failed (%s); tried again later.", type(error).__name__)
            attempts = min(link.mail_attempts + 1, 1000)
            rows.update(mail_not_before=now + pause_after(link.mail_attempts), mail_attempts=attempts)
            return "failed"
        sent = "sent"
    DraftComment.objects.filter(pk__in=[comment.pk for comment in comments]).update(told_at=now)
    rows.update(mail_not_before=None, mail_attempts=0)
    return sent


def _letter(link: DraftLink, comments: list[DraftComment], *, connection):
    pages = list({comment.page_id: comment.page for comment in comments}.values())
    drafts = [(page.get_admin_display_title(), reverse(URL_NAME, args=[page.pk]) + "#comments") for page in pages]
    title = drafts[0][0]
    return letter(
        templates=["draft_commented"],
        context={"drafts": drafts, "number": len(comments), "about": link.about},
        subject=f"Comment on the draft “{title}”" if len(drafts) == 1 else f"Comments on {len(drafts)} drafts",
        to=[link.made_by.email],
        connection=connection,
    )
