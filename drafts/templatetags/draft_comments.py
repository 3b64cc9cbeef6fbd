"""What was said of a draft, beside its text in the editor."""

from django import template
from django.urls import reverse

from drafts.menus import URL_NAME, how_many_wait
from drafts.models import DraftComment

register = template.Library()

SHOWN = 20


@register.inclusion_tag("drafts/admin/beside.html")
def comments_on_draft(page) -> dict:
    """List the comments that wait, the newest first; nothing for a page that is not saved yet."""
    if page is None or page.pk is None:
        return {}
    number = how_many_wait(page)
    waiting = DraftComment.objects.open().filter(page_id=page.pk)[:SHOWN] if number else ()
    return {"comments": waiting, "number": number, "url": reverse(URL_NAME, args=[page.pk])}
