"""The entry "Alerts" of the menu."""

from wagtail.admin.viewsets.model import ModelViewSetGroup

from alerts.staff.message_list import MessageViewSet
from alerts.staff.subscriber_list import SubscriberViewSet


class AlertsViewSetGroup(ModelViewSetGroup):
    """What was told, and who hears of it."""

    items = (MessageViewSet, SubscriberViewSet)
    menu_label = "Alerts"
    menu_icon = "mail"
    menu_order = 270
