from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Documents library"

    def ready(self):
        from documents import receivers  # noqa: F401  (registers them)
        from documents.models import LibraryDocument
        from pages.caching import forget_when_changed

        forget_when_changed(LibraryDocument)
