"""Reads what is public, and keeps how many faults there are."""

from collections import Counter
from datetime import datetime

from pages.models import BasePage
from proofreading.known import Known, known
from proofreading.models import PageProof, ProofreadingSettings
from proofreading.reading import proofread


def record_proof(page: BasePage, *, now: datetime, with_known: Known | None = None, settings=None) -> PageProof:
    """Read a page as readers see it, and keep what came of it."""
    proof = proofread(page, with_known=with_known, settings=settings)
    kinds = Counter(fault.kind for fault in proof.faults)
    values = {"faults": len(proof.faults), "by_kind": dict(kinds), "age": proof.age, "read_at": now}
    return PageProof.objects.update_or_create(page_id=page.pk, defaults=values)[0]


def read_all(*, now: datetime) -> None:
    """Read every page that the public may read; words that were explained meanwhile are faults no more."""
    site, settings = known(), ProofreadingSettings.load()
    for page in BasePage.objects.filter(depth__gt=1).visible().specific().iterator(chunk_size=100):
        record_proof(page, now=now, with_known=site, settings=settings)
    PageProof.objects.filter(read_at__lt=now).delete()
