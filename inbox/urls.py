"""The addresses of the local inbox."""

from django.urls import path

from inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("empty/", views.empty, name="empty"),
    path("mail/<str:name>/", views.show_mail, name="mail"),
    path("mail/<str:name>/html/", views.show_html, name="html"),
    path("mail/<str:name>/save/", views.save, name="save"),
]
