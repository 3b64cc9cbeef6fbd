"""Very many pages of one kind, written in bulk."""

from copy import copy
from uuid import uuid4

import swapper


def add_copies(parent, original, *, up_to: int) -> None:
    """Add copies of a page below another, until that has so many children; of any Wagtail site."""
    base = swapper.load_model("wagtailcore", "Page")
    link = original._meta.get_ancestor_link(base)
    model, depth = base.objects.get(pk=original.pk), parent.depth + 1
    pages = []
    for number in range(parent.numchild + 1, up_to + 1):
        page = copy(model)
        page.pk, page.translation_key, page.latest_revision, page.live_revision = None, uuid4(), None, None
        page.path = base._get_path(parent.path, depth, number)
        page.title = page.draft_title = f"Working together {parent.pk}-{number}"
        page.slug = f"together-{number}"
        page.url_path = f"{parent.url_path}{page.slug}/"
        pages.append(page)
    rows = []
    for page in base.objects.bulk_create(pages, batch_size=200):
        row = copy(original)
        setattr(row, link.attname, page.pk)
        rows.append(row)
    if rows:
        # `bulk_create` refuses models with a parent; the parents' rows are there already.
        type(original)._base_manager._insert(rows, fields=original._meta.local_concrete_fields, using="default")
    base.objects.filter(pk=parent.pk).update(numchild=max(up_to, parent.numchild))
