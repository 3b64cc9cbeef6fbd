"""The addresses of this room that are not pages."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [path("search/", views.search, name="search")]
