"""What the editors' screens and rich text get from this room."""

from wagtail import hooks

from content.links import FetchedDocumentLinkHandler, VisiblePageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def fetch_links_together(features):
    """Take the place of Wagtail's own handlers, which ask the database for every paragraph."""
    features.register_link_type(VisiblePageLinkHandler)
    features.register_link_type(FetchedDocumentLinkHandler)
