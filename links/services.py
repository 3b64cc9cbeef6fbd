"""What keeps the rows of links as pages and contacts say, and what staff decide about a link."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from links import ours
from links.addresses import Kind, Target, target_of_file, target_of_page
from links.models import Link, LinkUse
from links.walking import FoundLink, links_in
from pages.models import BasePage
from pages.tree import tree_lock

AT_ONCE = 500


def record_links(*, thing, now: datetime) -> int:
    """Write down which links a page or row uses, as it is in memory; return how many rows had to be written.

    Nobody else writes uses meanwhile, and no link that is found is forgotten: all of it is done under the tree lock,
    which publishing holds anyway.
    """
    found = links_in(thing)
    if _is_written(thing, found):
        return 0
    with tree_lock():
        keys = _keys_of(found, now)
        old = {(use.link_id, use.place, use.words): use.pk for use in _uses(thing)}
        new = {(keys[link.target.address], link.place, link.words): link for link in found}
        gone = [old[key] for key in old.keys() - new.keys()]
        added = [key for key in new if key not in old]
        if gone:
            LinkUse.objects.filter(pk__in=gone).delete()
        LinkUse.objects.bulk_create(
            [LinkUse(link_id=link, place=place, words=words, **_user(thing)) for link, place, words in added],
            batch_size=AT_ONCE,
        )
        if added:
            judge_ours(links=Link.objects.filter(pk__in={link for link, _, _ in added}), now=now)
    return len(gone) + len(added)


def _is_written(thing, found: list[FoundLink]) -> bool:
    """Tell whether there is nothing to write, which at night is so for almost all pages, without holding the tree."""
    rows = set(_uses(thing).values_list("link__address", "place", "words"))
    return rows == {(link.target.address, link.place, link.words) for link in found}


def _keys_of(found: list[FoundLink], now: datetime) -> dict[str, int]:
    """Return {address: key} for what was found, and make the rows that are missing."""
    targets = {link.target.address: link.target for link in found}
    known = _known(targets)
    # In one order, so that two who make the same do not wait for each other.
    missing = [targets[address] for address in sorted(targets.keys() - known.keys())]
    if not missing:
        return known
    Link.objects.bulk_create(
        [Link(**target._asdict(), first_seen=now, next_at=now) for target in missing],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    return _known(targets)


def _known(targets: dict[str, Target]) -> dict[str, int]:
    return dict(Link.objects.filter(address__in=targets).values_list("address", "pk")) if targets else {}


def _user(thing) -> dict:
    if isinstance(thing, BasePage):
        return {"page_id": thing.pk}
    return {"subject_type": ContentType.objects.get_for_model(thing), "subject_id": thing.pk}


def _uses(thing):
    return LinkUse.objects.filter(**_user(thing))


def forget_uses(*, thing) -> None:
    """Forget what a page or row used: it is not public any more, or gone."""
    _uses(thing).delete()


def forget_unused() -> int:
    """Forget links that nothing uses any more; return how many."""
    with tree_lock():
        return Link.objects.unused().delete()[0]


def judge_ours(*, links, now: datetime) -> int:
    """Look whether these links (a queryset) lead where readers can go, without asking another server; return how many
    changed from good to broken or back.
    """
    rows = list(links.ours().values_list("pk", "kind", "address", "fault", "last_good"))
    changed = 0
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        faults = ours.faults_of([Target(kind, address) for _, kind, address, _, _ in some], now=now)
        changed += _write_judgements([(pk, faults[address], was) for pk, _, address, was, _ in some], now)
    return changed


def _write_judgements(judged: Iterable[tuple[int, str, str]], now: datetime) -> int:
    by_fault, changed = defaultdict(list), 0
    for pk, fault, was in judged:
        by_fault[fault].append(pk)
        changed += bool(fault) != bool(was)
    for fault, keys in by_fault.items():
        rows = Link.objects.filter(pk__in=keys)
        if fault:
            since = Coalesce(F("failing_since"), now)
            rows.update(fault=fault, nights=1, failing_since=since, last_checked=now, last_failed_on=_day(now))
        else:
            rows.update(last_good=now, last_checked=now, **HEALED)
    return changed


HEALED = {"fault": "", "not_judged": "", "nights": 0, "failing_since": None, "last_failed_on": None}


def _day(now: datetime):
    return timezone.localdate(now)


def judge_links_to_page(*, page, now: datetime) -> None:
    """Look again at links to a page that was published or is gone: by its key, and by its address and all below."""
    by_key = Q(address=target_of_page(page.pk).address)
    path = (page.get_url_parts() or (None, "", ""))[2] or ""
    below = (
        Q(kind=Kind.OWN, address__startswith=path.rstrip("/")) if path.strip("/") else Q(address=path, kind=Kind.OWN)
    )
    judge_ours(links=Link.objects.filter(by_key | below), now=now)


def judge_links_to_file(*, key: int, now: datetime) -> None:
    """Look again at links to a file that was saved or deleted."""
    judge_ours(links=Link.objects.filter(address=target_of_file(key).address), now=now)


def judge_links_to_pages(*, now: datetime) -> None:
    """Look again at all links to pages: a branch was moved, made private, or opened."""
    judge_ours(links=Link.objects.filter(kind__in=[Kind.PAGE, Kind.OWN]), now=now)


def leave_as_it_is(*, link: Link, user, note: str, now: datetime) -> None:
    """Note that a link is right although we cannot see that; nobody is told of it any more."""
    Link.objects.filter(pk=link.pk).update(left_at=now, left_by=user, left_note=note)


def watch_again(*, link: Link) -> None:
    """Take that back."""
    Link.objects.filter(pk=link.pk).update(left_at=None, left_by=None, left_note="")
