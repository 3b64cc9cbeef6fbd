"""Drafts of issues: which there are, how one is begun, and how items are put into one."""

import json
from datetime import date

from django.apps import apps
from django.utils.text import slugify

from bulletins.quarters import add_months, deadline_for, label_for, quarter_of
from pages.tree import tree_lock


def unpublished_issues(archive):
    """Return the issues of an archive that were never published, or taken back, in order; not those withdrawn."""
    issues = apps.get_model("bulletins.BulletinPage").objects.child_of(archive)
    return issues.filter(live=False, withdrawn_as="").order_by("issue_date", "pk")


def next_draft(archive):
    """Return the draft of the next issue: the first one after the latest issue that readers may see; None without one.

    What is older (imported and not published yet, or taken back) is a draft, but not of what comes next.
    """
    latest, drafts = archive.issues().first(), unpublished_issues(archive)
    return (drafts.filter(issue_date__gt=latest.issue_date) if latest else drafts).first()


def headings_so_far(issue) -> list[str]:
    """Return the headings of the items in the draft of an issue as last saved; what they refer to is not fetched."""
    if issue.latest_revision:
        raw = json.loads(issue.latest_revision.content.get("items") or "[]")
    else:
        raw = issue.items.raw_data
    return [item["value"].get("heading") or "An item without a heading" for item in raw]


def next_issue_date(archive, *, on: date) -> date:
    """Return the first day of the quarter of the issue after the latest one; without any, of the quarter of a day."""
    latest = apps.get_model("bulletins.BulletinPage").objects.child_of(archive).newest_first().first()
    if latest:
        return add_months(latest.issue_date, 3)
    return quarter_of(on, first_month=_settings(archive).first_month)


def fields_of_issue(archive, issue_date: date) -> dict:
    """Return what an issue of that quarter starts with: {field name: value}; its address is free."""
    label, settings = label_for(issue_date), _settings(archive)
    return {
        "title": f"{label} bulletin",
        "slug": free_slug(archive, label),
        "quarter_label": label,
        "issue_date": issue_date,
        "next_deadline": deadline_for(issue_date, weekday=settings.deadline_weekday),
        "contact": settings.contact,
    }


def free_slug(archive, label: str) -> str:
    """Return an address that no other page of the archive has: april-2017, april-2017-2…"""
    wanted = slugify(label)
    taken = set(archive.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def begin_issue(archive, issue_date: date, *, user):
    """Make the draft of an issue, with nothing in it, and return it. The caller asks for the right."""
    issue = apps.get_model("bulletins.BulletinPage")
    with tree_lock():
        page = issue(**fields_of_issue(archive, issue_date), owner=user, live=False, has_unpublished_changes=True)
        archive.add_child(instance=page)
        page.save_revision(user=user, log_action="wagtail.create", clean=False)
        return page


def save_items(page, items: list[dict], *, user) -> None:
    """Save a draft of an issue (as `get_latest_revision_as_object` returns it) with these raw items."""
    with tree_lock():
        page.items = items
        page.save_revision(user=user, log_action=True, clean=False)


def why_not(page, user) -> str:
    """Return in a sentence why somebody cannot put anything into a draft now; empty when nothing is in the way."""
    rights, label = page.permissions_for_user(user), page.quarter_label
    if not rights.can_edit():
        return f"You may not edit {label}. Ask somebody who writes the bulletin."
    if page.scheduled_revision:
        # What is published then is the draft of that day; anything added now would miss it in silence.
        return f"{label} is already set to be published. Cancel that first."
    if rights.page_locked():
        return f"{label} is locked: somebody does not want it to be changed at the moment."
    return ""


def _settings(archive):
    return apps.get_model("bulletins.BulletinSettings").for_site(archive.get_site())
