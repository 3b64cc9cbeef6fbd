"""Links in rich text: found among what was fetched for the page being shown."""

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from content.fetching import fetched
from pages.models import BasePage


class VisiblePageLinkHandler(PageLinkHandler):
    """Links to pages; a page that readers may not see loses its link and keeps its words."""

    @classmethod
    def get_many(cls, attrs_list):
        """Return the linked pages in order; None for those that are gone or not for readers."""
        keys = [int(attrs["id"]) if str(attrs.get("id")).isdigit() else None for attrs in attrs_list]
        if store := fetched():
            found = store.get_many(BasePage, keys)
        else:
            found = BasePage.objects.visible().in_bulk([key for key in keys if key])
        return [found.get(key) for key in keys]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the opening tags."""
        return [f'<a href="{escape(page.url)}">' if page and page.url else "<a>" for page in cls.get_many(attrs_list)]


class FetchedDocumentLinkHandler(DocumentLinkHandler):
    """Links to documents."""

    @classmethod
    def get_many(cls, attrs_list):
        """Return the linked documents in order; None for those that are gone or not for readers."""
        keys = [int(attrs["id"]) if str(attrs.get("id")).isdigit() else None for attrs in attrs_list]
        if store := fetched():
            found = store.get_many(cls.get_model(), keys)
        else:
            found = cls.get_model().objects.visible().in_bulk([key for key in keys if key])
        return [found.get(key) for key in keys]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the opening tags; in an old state of a page they say that the file is the one of today."""
        opening = '<a class="as-today" href="' if (store := fetched()) and store.as_it_was else '<a href="'
        return [f'{opening}{escape(document.url)}">' if document else "<a>" for document in cls.get_many(attrs_list)]
