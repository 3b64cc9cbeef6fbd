from django.apps import AppConfig


class PageTypesConfig(AppConfig):
    name = "tests.pagetypes"
    label = "pagetypes"
