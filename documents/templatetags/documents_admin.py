"""For the admin's screen of a file."""

from django import template

from documents.known import faults_of

register = template.Library()


@register.inclusion_tag("documents/admin/versions.html")
def versions_of(document):
    """Show the versions of a file, the newest first."""
    versions = document.versions.select_related("uploaded_by").order_by("-number")
    return {"document": document, "versions": [(version, faults_of(version)) for version in versions]}
