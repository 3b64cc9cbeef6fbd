"""The addresses of the public forms."""

from django.urls import path

from enquiries import news_views, views

app_name = "enquiries"
urlpatterns = [
    path("suggest-an-amendment/<int:pk>/", views.SuggestAmendment.as_view(), name="suggest_amendment"),
    path("suggest-an-amendment/sent/<slug:reference>/", views.AmendmentSent.as_view(), name="amendment_sent"),
    path("accessible-format/<int:pk>/<int:key>/", views.AskForFormat.as_view(), name="accessible_format"),
    path("accessible-format/sent/<slug:reference>/", views.FormatSent.as_view(), name="format_sent"),
    path("send-news/<int:pk>/", news_views.SendNews.as_view(), name="news"),
    path("send-news/sent/<slug:reference>/", news_views.NewsSent.as_view(), name="news_sent"),
]
