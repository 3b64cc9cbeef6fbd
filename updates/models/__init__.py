"""Editions, withdrawals, and the page that lists them for readers."""

from updates.models.editions import Edition, Significance, TrackedPage
from updates.models.whats_new import WhatsNewPage

__all__ = ["Edition", "Significance", "TrackedPage", "WhatsNewPage"]
