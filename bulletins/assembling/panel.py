"""Where the items of a draft came from, as a panel of its editing screen."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.panels import Panel

from bulletins.assembling.models import Offer


@dataclass(frozen=True)
class Origin:
    """One thing that was put into the issue, and whether it is still there."""

    offer: Offer
    edit_url: str
    is_removed: bool


class OriginsPanel(Panel):
    """What was put in by assembling, with its source and the reason; nothing for an issue written by hand."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "bulletins/admin/origins_panel.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk) and self.instance.offers.exists()

        def get_context_data(self, parent_context=None):
            offers = self.instance.offers.select_related("source")
            there = {raw.get("id") for raw in self.instance.items.raw_data}
            return super().get_context_data(parent_context) | {
                "origins": [
                    Origin(
                        offer,
                        reverse("wagtailadmin_pages:edit", args=[offer.source_id]) if offer.source else "",
                        offer.item_id not in there,
                    )
                    for offer in offers
                ]
            }
