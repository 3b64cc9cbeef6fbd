"""What was put into a draft while somebody had it open for editing: kept when they save what they opened before.

The editor learns of a newer version every ten seconds only, and its dialog offers to save all the same. But people were
told that their news is accepted, and assembling never offers a thing twice. So neither may go with a click.
"""

from dataclasses import dataclass

from bulletins.assembling.models import Offer

# Of a draft that was never saved as one. No revision has this number.
NO_REVISION = 0


@dataclass(frozen=True)
class Meanwhile:
    """What somebody who saves has not seen. `items`: raw items that only the draft has; `joined`: what was added to
    items that they had open.
    """

    items: list[dict]
    joined: list[Offer]

    @property
    def headings(self) -> list[str]:
        """The headings of the items."""
        return [raw["value"]["heading"] for raw in self.items]


def put_in_meanwhile(draft, items: list[dict], *, began_with: int | None) -> Meanwhile:
    """Return what was put into a draft after the revision that somebody began with, and is not among their raw items.

    What they or others took out by hand is not in the draft any more, and so is not brought back.
    """
    offers = _offers_after(draft, began_with)
    new, theirs = {offer.item_id for offer in offers}, {raw.get("id") for raw in items}
    return Meanwhile(
        [raw for raw in draft.items.get_prep_value() if raw.get("id") in new - theirs],
        [offer for offer in offers if offer.joins and offer.item_id in theirs],
    )


def _offers_after(draft, began_with: int | None) -> list[Offer]:
    if began_with == NO_REVISION:
        return list(draft.offers.all())
    began = draft.revisions.filter(pk=began_with).values_list("created_at", flat=True).first()
    return list(draft.offers.filter(offered_at__gt=began)) if began else []


def forget(offers: list[Offer]) -> None:
    """Let things be offered again that went with the item they had been added to."""
    Offer.objects.filter(pk__in=[offer.pk for offer in offers]).delete()


def words_for(meanwhile: Meanwhile) -> str:
    """Return what somebody who saved is told, in sentences; empty where there is nothing to tell."""
    sentences = []
    if headings := meanwhile.headings:
        names = ", ".join(f"“{heading}”" for heading in headings)
        one = len(headings) == 1
        sentences.append(f"While you had this issue open, {names} {'was' if one else 'were'} put in, at the end.")
    if meanwhile.joined:
        names = ", ".join(f"“{offer.heading}”" for offer in meanwhile.joined)
        sentences.append(f"{names}, added meanwhile to an item you had open, went: assemble again to get it back.")
    return " ".join(sentences)
