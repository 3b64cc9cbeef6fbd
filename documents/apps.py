from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Documents library"

    def ready(self):
        from wagtail.models import CollectionViewRestriction

        from documents import receivers  # noqa: F401  (registers them)
        from documents.models import LibraryDocument
        from pages.caching import forget_when_changed

        # Pages name files, but none of a private collection.
        forget_when_changed(LibraryDocument, CollectionViewRestriction)
