"""Puts what was found into the side panel "Checks" of the editor."""

from django import template
from django.urls import reverse

from proofreading.reading import proof_of_draft

register = template.Library()


@register.inclusion_tag("proofreading/panel.html")
def written_faults(page) -> dict:
    """Return what was found in the page as it is in the editor; nothing for one that is not saved yet."""
    is_saved = page is not None and page.pk is not None
    # The number of a new page is put in its place by the script, once it has one.
    url = reverse("proofreading_proof", args=[page.pk if is_saved else 0])
    return {"proof": proof_of_draft(page) if is_saved else None, "url": url}
