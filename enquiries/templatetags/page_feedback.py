"""The question at the foot of pages."""

from django import template

register = template.Library()


@register.inclusion_tag("enquiries/page_feedback.html", takes_context=True)
def page_feedback(context) -> dict:
    """Ask whether the page is useful, where that may be asked; without a query.

    It is asked of a public page as it is now: not of what some see with a password or in a preview, of earlier
    editions or what is meant for paper, and not where people come in need (`asks_for_feedback`, `_is_for_need`).
    """
    page, request, organisation = (context.get(name) for name in ("page", "request", "organisation"))
    asked = (
        getattr(page, "asks_for_feedback", False)
        # What Wagtail found by its address and nobody is kept from.
        and getattr(page, "is_restricted", True) is False
        and not page.withdrawn_as
        and not context.get("as_it_was")
        and not context.get("noindex")
        and not getattr(request, "is_preview", False)
        and not _is_for_need(request, organisation)
    )
    return {"page_id": page.pk if asked else None}


def _is_for_need(request, organisation) -> bool:
    """Whether somebody in need, or worried about a child, was led here by what stands on every page."""
    emergency = getattr(organisation, "emergency", None)
    practitioner = getattr(emergency, "practitioner_link", None)
    led_to = {getattr(organisation, "staying_safe_url", None), getattr(practitioner, "url", None)}
    return bool(led_to & {request.path, request.build_absolute_uri(request.path)})
