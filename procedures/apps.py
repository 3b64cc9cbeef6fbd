from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = "Procedures"

    def ready(self):
        from procedures.receivers import connect_to_page_types

        connect_to_page_types()
