"""The check of what was uploaded, away from any request: what a file is, whether it is safe, what is in it.

The row says where things stand, so that nothing depends on a process staying alive: whoever checks takes a row for a
few minutes, and a row that was taken by somebody who died is taken again.
"""

import logging
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile

from documents.models import FileVersion
from documents.services import NotTheirs, pass_version, refuse_version
from documents.states import State
from documents.storing import on_this_machine
from files.confined import CannotExamine, Examiner
from files.findings import Findings
from files.refusals import Refused
from files.scanning import ScannerAway, scan
from pages.tree import TreeBusy

TAKEN_FOR = timedelta(minutes=5)
MOST_ATTEMPTS = 3
PAUSE = timedelta(minutes=1)
GAVE_UP = "This file could not be checked: the check broke off several times. Save it again in another way."
LOST = "This file is not in the store any more. Upload it again."

logger = logging.getLogger(__name__)


def check_waiting(*, clock: Callable[[], datetime], examiner: Examiner | None = None) -> int:
    """Check what waits, one file after the other, and return how many were looked at.

    One that cannot be checked now (the virus scanner is away) goes on waiting and keeps no other from being checked.
    `examiner`: the one to use, for whoever calls this again and again; else one is started where something waits.
    """
    looked_at = 0
    if not FileVersion.objects.to_check(now=clock()).exists():
        return looked_at
    with nullcontext(examiner) if examiner else Examiner() as used:
        while version := _take(now=clock()):
            _check(version, used, clock)
            looked_at += 1
    return looked_at


def _take(*, now: datetime) -> FileVersion | None:
    """Take the row that has waited longest. By an update with a condition, so that no two take the same."""
    while version := FileVersion.objects.to_check(now=now).first():
        rows = FileVersion.objects.filter(pk=version.pk, state=State.WAITING, not_before=version.not_before)
        if rows.update(not_before=now + TAKEN_FOR, attempts=version.attempts + 1):
            return FileVersion.objects.select_related("document").get(pk=version.pk)
    return None


def _check(version: FileVersion, examiner: Examiner, clock):
    if version.attempts > MOST_ATTEMPTS:
        _refuse(version, GAVE_UP, clock)
        return
    try:
        findings = _findings(version, examiner)
        _pass(version, findings, clock)
    except Refused as refused:
        _refuse(version, str(refused), clock)
    except FileNotFoundError:
        _refuse(version, LOST, clock)
    except ScannerAway as away:
        logger.warning("The virus scanner is away (%s): uploads wait.", away)
        _wait(version, clock() + PAUSE, attempts=0)
    except CannotExamine as error:
        # This machine is at fault, not the file, which must not be refused for it.
        logger.error("Files cannot be checked on this machine (%s): uploads wait.", error)
        _wait(version, clock() + PAUSE, attempts=0)
    except TreeBusy:
        # Others are publishing; that is no fault of the file.
        _wait(version, clock() + PAUSE, attempts=0)
    except NotTheirs:
        pass  # Somebody else was faster, or the file was deleted meanwhile.
    except Exception:  # Whatever it is, the files behind this one must be checked.
        logger.exception("Version %s could not be checked; tried again.", version.pk)
        _wait(version, clock() + PAUSE * 2**version.attempts, attempts=version.attempts)


def _pass(version: FileVersion, findings: Findings, clock):
    preview = _kept_preview(version, findings)
    try:
        pass_version(version=version, findings=findings, preview=preview, now=clock())
    except BaseException:
        if preview:
            version.file.storage.delete(preview)
        raise


def _findings(version: FileVersion, examiner: Examiner) -> Findings:
    with on_this_machine(version.file) as path:
        if settings.CLAMD_ADDRESS:
            with path.open("rb") as file:
                scan(file, address=settings.CLAMD_ADDRESS)
        return examiner.examine(path, name=version.name)


def _kept_preview(version: FileVersion, findings: Findings) -> str:
    """Store the picture of the first page beside the file and return where; "" where there is none."""
    if not findings.preview:
        return ""
    place = f"{version.file.name.rsplit('/', 1)[0]}/first-page.webp"
    return version.file.storage.save(place, ContentFile(findings.preview))


def _refuse(version: FileVersion, problem: str, clock):
    with suppress(NotTheirs):
        refuse_version(version=version, problem=problem, now=clock())


def _wait(version: FileVersion, moment: datetime, *, attempts: int):
    FileVersion.objects.filter(pk=version.pk, state=State.WAITING).update(not_before=moment, attempts=attempts)
