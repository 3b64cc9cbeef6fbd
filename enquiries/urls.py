"""The addresses of the public forms."""

from django.urls import path

from enquiries import audit_views, feedback_views, news_views, views

app_name = "enquiries"
urlpatterns = [
    path("suggest-an-amendment/<int:pk>/", views.SuggestAmendment.as_view(), name="suggest_amendment"),
    path("suggest-an-amendment/sent/<slug:reference>/", views.AmendmentSent.as_view(), name="amendment_sent"),
    path("accessible-format/<int:pk>/<int:key>/", views.AskForFormat.as_view(), name="accessible_format"),
    path("accessible-format/sent/<slug:reference>/", views.FormatSent.as_view(), name="format_sent"),
    path("send-news/<int:pk>/", news_views.SendNews.as_view(), name="news"),
    path("send-news/sent/<slug:reference>/", news_views.NewsSent.as_view(), name="news_sent"),
    path("useful/<int:pk>/yes/", feedback_views.AnswerView.as_view(), name="useful"),
    path("useful/<int:pk>/no/", feedback_views.AnswerView.as_view(is_useful=False), name="not_useful"),
    path("report-a-problem/<int:pk>/", feedback_views.ReportProblem.as_view(), name="problem"),
    path("report-a-problem/sent/<slug:reference>/", feedback_views.ProblemSent.as_view(), name="problem_sent"),
    path("school-audits/ask/", audit_views.AskAboutAudit.as_view(), name="audit"),
    path("school-audits/sent/<slug:reference>/", audit_views.AuditSent.as_view(), name="audit_sent"),
]
