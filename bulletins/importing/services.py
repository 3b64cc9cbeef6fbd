"""A file becomes a draft issue and a report, or nothing at all."""

import hashlib
from collections import Counter
from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify

from bulletins.importing import html_outline, plain_text
from bulletins.importing.headings import settle
from bulletins.importing.html_tree import title_of
from bulletins.importing.items import Maker
from bulletins.importing.models import BulletinImport
from bulletins.importing.outline import Block, BulletList, Table
from bulletins.importing.pictures import Pictures
from bulletins.importing.reading import CannotImport, NothingToRead, Source, read
from bulletins.importing.report import Report, quoted
from bulletins.importing.rich_text import as_paragraphs
from bulletins.importing.sections import Issue, issue_of
from bulletins.importing.words import lost_words, text_in
from bulletins.models import BulletinIndexPage, BulletinPage
from bulletins.quarters import label_for
from pages.tree import tree_lock

LONGEST_TITLE = 255
MANY_ITEMS = 40
MANY_CELLS = 3000
WORDS_NAMED = 30


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
    source = read(content, filename=filename)
    report = Report()
    _say_how_it_was_read(source, report)
    blocks, words = _outline(source, report)
    if not blocks:
        raise NothingToRead
    issue = issue_of(
        settle(blocks, report),
        filename=filename,
        document_title=title_of(source.text) if source.is_html else "",
        today=timezone.localdate(now),
        report=report,
    )
    pictures = Pictures(slugify(issue.label) or "bulletin", user, report)
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with tree_lock():
            if not again:
                _refuse_same_file(parent, sha256)
            page = _page(issue, title, parent, pictures, report)
            _check(page, issue, words, blocks, report)
            _save(page, parent, user)
            BulletinImport.objects.create(
                page=page, file_name=filename[:255], sha256=sha256, report=report.as_json(), user=user, imported_at=now
            )
    except BaseException:
        pictures.undo()
        raise
    return page, report


def _outline(source: Source, report: Report) -> tuple[list[Block], str]:
    """Return the outline of what was read, and all words that must be in the draft."""
    if source.is_html:
        return html_outline.outline_of(source.text, report)
    return plain_text.outline_of(source.text), source.text


def _say_how_it_was_read(source: Source, report: Report) -> None:
    if source.encoding == "cp1252":
        report.guess("The file does not say how its letters are stored; it was read as a Windows text.")
    elif not source.encoding:
        report.check("The file mixes two ways of storing letters. Look at accents, dashes and quotation marks.")
    if source.looks_garbled:
        report.check("Some letters were garbled before the file was made, for example “â€™” for an apostrophe.")
    if source.had_nul:
        report.left_out("Characters that are no text (NUL).")


def _refuse_same_file(parent, sha256: str) -> None:
    earlier = BulletinImport.objects.filter(sha256=sha256).select_related("page").order_by("-imported_at")
    for found in earlier:
        if found.page.path.startswith(parent.path):
            raise AlreadyImported(found.page)


def _page(issue: Issue, title: str, parent, pictures: Pictures, report: Report) -> BulletinPage:
    """Return the page with everything in it, not yet saved."""
    maker = Maker(issue, report, pictures)
    items = maker.items()
    if title and issue.title and title != issue.title:
        report.left_out(f"The title in the file, {quoted(issue.title)}: you gave another.")
    _say_same_quarter(issue, parent, report)
    if maker.deadline is None:
        report.check("No deadline for the next issue was found.")
    chosen = title or issue.title or f"{label_for(issue.day)} bulletin"
    return BulletinPage(
        title=chosen[:LONGEST_TITLE],
        slug=_free_slug(parent, label_for(issue.day)),
        issue_date=issue.day,
        quarter_label=issue.label,
        introduction=as_paragraphs(issue.introduction),
        items=items,
        next_deadline=maker.deadline,
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


def _free_slug(parent, label: str) -> str:
    """Return an address that no other page of the archive has: april-2017, april-2017-2…"""
    wanted = slugify(label)
    taken = set(parent.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _check(page: BulletinPage, issue: Issue, words: str, blocks: list[Block], report: Report) -> None:
    """Count what was made, and make sure that no word was lost."""
    raw = list(page.items.raw_data)
    html = str(raw) + page.introduction
    made = text_in([page.introduction, raw])
    report.counts += Counter(
        items=len(raw),
        words=len(words.split()),
        lists=sum(isinstance(block, BulletList) for block in blocks),
        tables=sum(isinstance(block, Table) for block in blocks),
        pictures=html.count("'type': 'image'"),
        emails=html.count('href="mailto:'),
        phones=html.count('href="tel:'),
        links=html.count('href="http'),
    )
    if lost := lost_words(words, made, page.title, issue.title, page.quarter_label):
        named = ", ".join(lost[:WORDS_NAMED]) + ("…" if len(lost) > WORDS_NAMED else "")
        report.left_out(f"These words of the file are missing: {named}")
    cells = sum(len(block.rows) * len(block.headings) for block in blocks if isinstance(block, Table))
    if cells > MANY_CELLS:
        report.check(f"The tables have {cells:,} cells. The editor may refuse to save so many; shorten them first.")
    if len(raw) > MANY_ITEMS:
        report.check(f"{len(raw)} items are many for one issue. Were too many lines taken for headings?")
    report.check("Write the summary, and choose topics and the contact for this issue.")


def _save(page: BulletinPage, parent, user) -> None:
    page.owner = user
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create", clean=False)
