from django.apps import AppConfig


class PageTypesConfig(AppConfig):
    name = "tests.pagetypes"
    label = "pagetypes"

    def ready(self):
        """Where no index is kept up to date (settings), spare each save what its listeners read for it all the same."""
        from modelsearch import signal_handlers
        from modelsearch.index import get_indexed_models
        from wagtail.search.backends import get_search_backends

        if not list(get_search_backends(with_auto_update=True)):
            for model in get_indexed_models():
                signal_handlers.post_save.disconnect(signal_handlers.post_save_signal_handler, sender=model)
                signal_handlers.post_delete.disconnect(signal_handlers.post_delete_signal_handler, sender=model)
