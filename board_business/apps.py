from django.apps import AppConfig


class BoardBusinessConfig(AppConfig):
    name = "board_business"
    verbose_name = "Board business"
