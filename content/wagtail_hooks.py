"""What the editors' screens and rich text get from this room."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from content.links import FetchedDocumentLinkHandler, VisiblePageLinkHandler
from content.viewsets import GlossaryTermViewSet

register_snippet(GlossaryTermViewSet)


@hooks.register("register_rich_text_features", order=100)
def fetch_links_together(features):
    """Take the place of Wagtail's own handlers, which ask the database for every paragraph."""
    features.register_link_type(VisiblePageLinkHandler)
    features.register_link_type(FetchedDocumentLinkHandler)
