"""Verbs that change what a priority area shows of what was gathered."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from gathering.models import Piece
from pages.models import BasePage
from priorities.models import Arrangement, PriorityAreaPage

ACTIONS = {"pin": "pinned", "hide": "hidden"}


class NothingThere(Exception):
    """There is no such page or piece (any more), or it is the priority area itself."""


def arrange(*, area: PriorityAreaPage, key: str, action: str, user, now: datetime) -> str:
    """Pin or hide a page or a piece (`key` of a `Line`), or leave it to itself again (`action` "undo").

    Returns its title. Doing the same twice changes nothing. Raises NothingThere.
    """
    found = _found(area, key)
    target = {"piece" if isinstance(found, Piece) else "page": found}
    with transaction.atomic():
        if action == "undo":
            Arrangement.objects.filter(area=area, **target).delete()
        else:
            Arrangement.objects.update_or_create(
                area=area,
                **target,
                defaults={"is_hidden": action == "hide", "arranged_by": user, "arranged_at": now},
            )
        log(area, f"priorities.{action}", user=user, data={"title": found.title})
    return found.title


def _found(area, key: str) -> BasePage | Piece:
    kind, _, number = key.partition("-")
    model = {"page": BasePage, "piece": Piece}.get(kind)
    if model is None or not (number.isascii() and number.isdecimal()) or len(number) > 18:
        raise NothingThere
    found = model.objects.visible().filter(pk=int(number)).first()
    if found is None:
        # What is hidden from readers meanwhile can still be left to itself.
        found = model.objects.filter(pk=int(number), pk__in=_arranged(area, kind)).first()
    if found is None or found.pk == area.pk and kind == "page":
        raise NothingThere
    return found


def _arranged(area, kind: str):
    return area.arrangements.values(f"{kind}_id")
