from django.urls import path, register_converter
from django.urls.converters import StringConverter

from organisation import views


class Digest(StringConverter):
    """Twenty hexadecimal digits."""

    regex = "[0-9a-f]{20}"


register_converter(Digest, "digest")

urlpatterns = [path("style/<digest:digest>.css", views.stylesheet, name="organisation_stylesheet")]
