"""The addresses of files. Wagtail's name for the plain one is kept, because its editor and our pages ask by it."""

from django.urls import include, path, re_path

from documents import views

_own = [
    path("<int:key>/versions/<int:number>/", views.version, name="version"),
    path("<int:key>/versions/<int:number>/first-page.webp", views.preview, name="preview"),
    path("<int:key>/versions/<int:number>/<str:name>", views.version_file, name="version_file"),
]
urlpatterns = [
    path("", include((_own, "documents"))),
    re_path(r"^(\d+)/([^/]*)$", views.newest, name="wagtaildocs_serve"),
]
