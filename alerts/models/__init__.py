"""Subscribers and what they agreed to; messages, and each of them on its way to one person."""

from alerts.models.messages import Contents, Delivery, DeliveryState, Kind, Message, MessageTopic, Rank
from alerts.models.subscribers import Consent, Frequency, Leaving, LinkRequest, State, Subscriber, Subscription

__all__ = [
    "Consent",
    "Contents",
    "Delivery",
    "DeliveryState",
    "Frequency",
    "Kind",
    "Leaving",
    "LinkRequest",
    "Message",
    "MessageTopic",
    "Rank",
    "State",
    "Subscriber",
    "Subscription",
]
