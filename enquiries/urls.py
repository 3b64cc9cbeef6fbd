"""The addresses of the public forms."""

from django.urls import path

from enquiries import views

app_name = "enquiries"
urlpatterns = [
    path("suggest-an-amendment/<int:pk>/", views.SuggestAmendment.as_view(), name="suggest_amendment"),
    path("suggest-an-amendment/sent/<slug:reference>/", views.AmendmentSent.as_view(), name="amendment_sent"),
]
