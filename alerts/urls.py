"""The addresses of alerts, below /alerts/. Those with a token are in mails alone."""

from django.urls import path

from alerts import leave_views, link_views, views
from alerts.bounces.views import reports

app_name = "alerts"
urlpatterns = [
    path("", views.Choose.as_view(), name="choose"),
    path("sent/", views.Sent.as_view(), name="sent"),
    path("link/", views.SendLink.as_view(), name="link"),
    path("confirm/<str:token>/", link_views.Confirm.as_view(), name="confirm"),
    path("manage/<str:token>/", link_views.Manage.as_view(), name="manage"),
    path("leave/<str:token>/", leave_views.Leave.as_view(), name="leave"),
    path("undo/<str:token>/", leave_views.Undo.as_view(), name="undo"),
    path("reports/<slug:provider>/", reports, name="reports"),
    path("never/<str:token>/", leave_views.Never.as_view(), name="never"),
]
