"""The addresses of this room that are not pages."""

from django.urls import path

from procedures import views

app_name = "procedures"
urlpatterns = [
    path("p/<int:key>/", views.permanent_link, name="chapter"),
    path("p/<int:key>/<str:code>/", views.permanent_link, name="section"),
]
