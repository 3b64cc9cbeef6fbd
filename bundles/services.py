"""Putting drafts together, handing them in, approving them, and publishing them as one."""

import logging
from datetime import datetime

from django.db import OperationalError, transaction
from wagtail.log_actions import log

from bundles.models import Bundle, BundledPage, State
from bundles.obstacles import obstacles
from bundles.rights import why_not_approve
from pages.models import BasePage
from pages.tree import TreeBusy, tree_lock

RELEASED = "bundles.released"

logger = logging.getLogger(__name__)


class NotNow(Exception):
    """It cannot be done with the bundle as it stands; the sentence says why."""


class CannotRelease(Exception):
    """It could not be published, and nothing was; the sentence says which page and why."""


@transaction.atomic
def put_in(*, bundle: Bundle, page: BasePage) -> None:
    """Put a page into a bundle, once. Raises NotNow."""
    bundle = _locked(bundle)
    _insist(bundle.state == State.OPEN, "It was handed in. Take it back first.")
    title = page.get_admin_display_title()
    BundledPage.objects.get_or_create(bundle=bundle, page_id=page.pk, defaults={"title": title[:255]})


@transaction.atomic
def take_out(*, bundle: Bundle, row_id: int) -> None:
    """Take a page out of a bundle. Raises NotNow."""
    bundle = _locked(bundle)
    _insist(bundle.state == State.OPEN, "It was handed in. Take it back first.")
    bundle.bundled.filter(pk=row_id).delete()


def answer(*, bundle: Bundle, row_id: int, significance: str, note: str, user) -> None:
    """Say whether people need to know what changed on a page, in a draft of its own. Raises NotNow."""
    with tree_lock():
        bundle = _locked(bundle)
        _insist(bundle.state == State.OPEN, "It was handed in. Take it back first.")
        row = bundle.bundled.select_related("page").filter(pk=row_id, page__isnull=False).first()
        _insist(row is not None, "It is not in this bundle any more.")
        draft = row.page.specific.get_latest_revision_as_object()
        draft.change_significance, draft.change_note = significance, note
        draft.save_revision(user=user, log_action=True, clean=False)


def hand_in(*, bundle: Bundle) -> None:
    """Hand the drafts in as they are now. Raises NotNow with what stands in the way."""
    with tree_lock():
        bundle = _locked(bundle)
        _insist(bundle.state == State.OPEN, "It was handed in already.")
        _insist_on_nothing_in_the_way(bundle)
        for row in bundle.bundled.select_related("page"):
            row.revision = row.page.get_latest_revision()
            row.save(update_fields=["revision"])
        _go_to(bundle, State.WAITING, fault="")


@transaction.atomic
def take_back(*, bundle: Bundle) -> None:
    """Go on with a bundle that was handed in or approved. Raises NotNow when it is public."""
    bundle = _locked(bundle)
    _insist(not bundle.is_over, "It is public already.")
    bundle.bundled.update(revision=None)
    _go_to(bundle, State.OPEN, fault="", approved_by=None, approved_at=None)


def approve(*, bundle: Bundle, seen: str, user, now: datetime) -> None:
    """Approve what was handed in; `seen`: what the person has (`Bundle.handed_in`).

    Raises NotNow, also when a draft has changed since.
    """
    with tree_lock():
        bundle = _locked(bundle)
        _insist(bundle.state == State.WAITING, "It is not waiting for approval.")
        if why := why_not_approve(bundle, user):
            raise NotNow(why)
        _insist(seen == bundle.handed_in(), "It was changed and handed in again since you opened it. Look at it again.")
        _insist_on_what_was_handed_in(bundle)
        _insist_on_nothing_in_the_way(bundle)
        _go_to(bundle, State.APPROVED, fault="", approved_by=user, approved_at=now)


def release(*, bundle: Bundle, now: datetime) -> None:
    """Publish all pages of an approved bundle in one transaction, those above first.

    Raises CannotRelease; then nothing was published, and the bundle says which page is in the way and why. A bundle
    that somebody else has published meanwhile, or taken back, is left alone.
    """
    at = ""
    try:
        with tree_lock():
            bundle = _locked(bundle)
            if bundle.state != State.APPROVED:
                return
            _insist_on_what_was_handed_in(bundle)
            _insist_on_nothing_in_the_way(bundle)
            for row in bundle.bundled.select_related("page", "revision"):
                at = row.title
                _publish(row, bundle, now)
            _go_to(bundle, State.RELEASED, fault="", released_at=now)
    except NotNow as error:
        raise _failed(bundle, str(error)) from error
    except (TreeBusy, OperationalError) as error:
        # Nothing is wrong with it: the clock tries again in a minute.
        raise CannotRelease("Others are writing at the moment. It is tried again in a minute.") from error
    except Exception as error:
        logger.exception("The bundle %s could not be published.", bundle.pk)
        what = f"“{at}” could not be published ({type(error).__name__})." if at else "It could not be published."
        raise _failed(bundle, f"{what} Nothing of the bundle was published. The log says more.") from error


def _publish(row: BundledPage, bundle: Bundle, now: datetime) -> None:
    page = row.page.specific
    if state := page.current_workflow_state:
        state.cancel(user=bundle.approved_by)
    row.revision.publish(user=bundle.approved_by, skip_permission_checks=True)
    log(instance=page, action=RELEASED, user=bundle.approved_by, revision=row.revision, data={"bundle": bundle.title})


def _failed(bundle: Bundle, why: str) -> CannotRelease:
    """Keep on the bundle why it failed, after everything was undone, and return the error that says so."""
    Bundle.objects.filter(pk=bundle.pk, state=State.APPROVED).update(fault=why[:500])
    return CannotRelease(why)


def _locked(bundle: Bundle) -> Bundle:
    try:
        return Bundle.objects.select_for_update().get(pk=bundle.pk)
    except Bundle.DoesNotExist:
        raise NotNow("It was deleted.") from None


def _insist(holds: bool, why: str) -> None:
    if not holds:
        raise NotNow(why)


def _insist_on_nothing_in_the_way(bundle: Bundle) -> None:
    if found := obstacles(bundle):
        raise NotNow(" ".join(map(str, found)))


def _insist_on_what_was_handed_in(bundle: Bundle) -> None:
    changed = [
        row.title
        for row in bundle.bundled.select_related("page")
        if row.page is None or row.revision_id is None or row.page.latest_revision_id != row.revision_id
    ]
    if changed:
        named = ", ".join(f"“{title}”" for title in changed)
        raise NotNow(
            f"{named}: changed since it was handed in. Take the bundle back, look at it, and hand it in again."
        )


def _go_to(bundle: Bundle, state: State, **fields) -> None:
    Bundle.objects.filter(pk=bundle.pk).update(state=state, **fields)
