"""The addresses of shared drafts, below /drafts/."""

from django.urls import path

from drafts import views

app_name = "drafts"
urlpatterns = [
    path("<str:token>/", views.OpenLink.as_view(), name="link"),
    path("<str:token>/<int:pk>/", views.ReadDraft.as_view(), name="draft"),
]
