"""The way from a page to the e-mails about it. The room that answers is named in the settings alone."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def alerts_url() -> str:
    """Return the address of the page of everything that people can hear of; empty while nobody can register."""
    return reverse(settings.ALERTS_URL_NAME) if settings.ALERTS_OPEN else ""


@register.inclusion_tag("alerts/link.html")
def alerts_link(page, in_list=False) -> dict:
    """Lead to where people choose, with what the page is about put first; without a query, the same for every reader.

    Nothing for a page that offers nothing, is withdrawn, or was not found by its address as public; nothing at all
    while nobody can register.
    """
    is_public = getattr(page, "is_restricted", True) is False and not page.withdrawn_as
    choosing = alerts_url()
    topic = page.alert_topic() if choosing and is_public and hasattr(page, "alert_topic") else None
    url = f"{choosing}?topic={topic.key}" if topic else None
    return {"url": url, "words": topic and topic.invitation, "in_list": in_list}
