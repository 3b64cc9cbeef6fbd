from django.apps import AppConfig


class ReviewDatesConfig(AppConfig):
    name = "review_dates"
    verbose_name = "Review dates"
