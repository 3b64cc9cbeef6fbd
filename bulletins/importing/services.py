"""A file becomes a draft issue and a report, or nothing at all."""

import hashlib
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import slugify

from bulletins.drafts import free_slug
from bulletins.importing.checks import count
from bulletins.importing.items import Maker
from bulletins.importing.models import BulletinImport
from bulletins.importing.sections import Issue, issue_of
from bulletins.models import BulletinIndexPage, BulletinPage
from bulletins.quarters import label_for
from content.reading.checks import say_how_it_was_read, say_what_is_lost
from content.reading.headings import settle
from content.reading.html_tree import title_of
from content.reading.outlining import outline_of
from content.reading.pictures import Pictures
from content.reading.refusals import CannotImport, NothingToRead
from content.reading.report import Report, quoted
from content.reading.rich_text import as_paragraphs
from content.reading.sources import read
from content.reading.words import text_in
from pages.tree import tree_lock

LONGEST_TITLE = 255


class AlreadyImported(CannotImport):
    """This very file has become a draft before; `page` is that draft."""

    def __init__(self, page: BulletinPage):
        super().__init__(
            f"This file has been imported before, as {quoted(page.get_admin_display_title())}. "
            "Import it again only if you want a second draft."
        )
        self.page = page


class NotAnArchive(CannotImport):
    """Bulletins can only be made in the archive of bulletins."""


def import_bulletin(
    *, parent, content: bytes, filename: str, user, now: datetime, title: str = "", again: bool = False
) -> tuple[BulletinPage, Report]:
    """Make a draft issue below the archive `parent` from the content of a file; return it and the report.

    `filename` may be "" for pasted text; `user` is the author or None; `title` replaces the one in the file; `again`
    allows a second draft of the same content. Raises CannotImport (with a message for staff); whatever goes wrong,
    neither a page nor a picture is left behind.
    """
    if not isinstance(parent, BulletinIndexPage):
        raise NotAnArchive("Choose the archive of bulletins that the issue belongs to.")
    report = Report()
    pictures = Pictures(user, report)
    page, items, issue = _prepared(content, filename, title, timezone.localdate(now), pictures, report)
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        # Only what needs the database: nobody else can publish meanwhile.
        with tree_lock():
            if not again:
                _refuse_same_file(parent, sha256)
            _say_same_quarter(issue, parent, report)
            pictures.save(items, name=slugify(issue.label) or "bulletin")
            page.items = items
            _save(page, parent, user)
            BulletinImport.objects.create(
                page=page, file_name=filename[:255], sha256=sha256, report=report.as_json(), user=user, imported_at=now
            )
    except BaseException:
        pictures.undo()
        raise
    return page, report


def _prepared(content: bytes, filename: str, title: str, today: date, pictures: Pictures, report: Report):
    """Return the page without its items, the raw items, and the issue they come from. Nothing is written yet."""
    source = read(content, filename=filename, what="a bulletin")
    say_how_it_was_read(source, report)
    blocks, words = outline_of(source, report)
    if not blocks:
        raise NothingToRead
    issue = issue_of(
        settle(blocks, report),
        filename=filename,
        document_title=title_of(source.text) if source.is_html else "",
        today=today,
        report=report,
    )
    maker = Maker(issue, report, pictures)
    items = maker.items()
    page = _page(issue, title, maker.deadline, report)
    count(blocks, items, words, report)
    say_what_is_lost(words, text_in([page.introduction, items]), page.title, issue.title, issue.label, report=report)
    return page, items, issue


def _refuse_same_file(parent, sha256: str) -> None:
    earlier = BulletinImport.objects.filter(sha256=sha256).select_related("page").order_by("-imported_at")
    for found in earlier:
        if found.page.path.startswith(parent.path):
            raise AlreadyImported(found.page)


def _page(issue: Issue, title: str, deadline: date | None, report: Report) -> BulletinPage:
    """Return the page without its items, not yet saved."""
    if title and issue.title and title != issue.title:
        report.left_out(f"The title in the file, {quoted(issue.title)}: you gave another.")
    if deadline is None:
        report.check("No deadline for the next issue was found.")
    chosen = title or issue.title or f"{label_for(issue.day)} bulletin"
    return BulletinPage(
        title=chosen[:LONGEST_TITLE],
        issue_date=issue.day,
        quarter_label=issue.label,
        introduction=as_paragraphs(issue.introduction),
        next_deadline=deadline,
        live=False,
        has_unpublished_changes=True,
    )


def _say_same_quarter(issue: Issue, parent, report: Report) -> None:
    same = BulletinPage.objects.child_of(parent).filter(issue_date=issue.day).order_by("pk").first()
    if same:
        report.check(
            f"There is already an issue dated {label_for(issue.day)}: {quoted(same.get_admin_display_title())}. "
            "Delete one of them, or change the date."
        )


def _save(page: BulletinPage, parent, user) -> None:
    page.owner = user
    page.slug = free_slug(parent, label_for(page.issue_date))
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create", clean=False)
