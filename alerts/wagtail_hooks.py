"""What staff see of alerts in the admin."""

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks

from alerts import staff_views
from alerts.viewsets import SubscriberViewSet


@hooks.register("register_admin_viewset")
def register_list():
    """Give the list its addresses and its entry in the menu."""
    return SubscriberViewSet()


@hooks.register("register_admin_urls")
def register_buttons():
    """Give the buttons of the screen of a subscriber their addresses."""
    return [path("", include((staff_views.urlpatterns, "alerts_staff")))]


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given the rights to see, export, erase and stop, each by itself."""
    return Permission.objects.filter(content_type__app_label="alerts", content_type__model="subscriber")


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the log."""
    for action, label, done in (
        ("export", "Export a subscriber", "Exported"),
        ("erase", "Erase a subscriber", "Erased"),
        ("stop", "Stop all mail to a subscriber", "Stopped all mail"),
    ):
        actions.register_action(f"alerts.{action}", label, done)
