"""Pages for what is planned: first all of them, so that each has a key, then their content with the links between."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.text import slugify

from content.reading.outline import Runs
from content.reading.pictures import Pictures
from content.reading.words import words_of
from pages.models import BasePage
from procedures.importing.chapters import ImportedChapter
from procedures.importing.links import Linker, bare_address
from procedures.importing.matching import Planned
from procedures.importing.raw import Maker
from procedures.importing.report import ManualReport, quoted
from procedures.importing.titles import plain_title
from procedures.models import ChapterPage, PartPage

UNDER_REVIEW = "under review"


@dataclass
class Drafts:
    """The pages of one import. Use it inside `tree_lock`."""

    parent: BasePage
    user: object
    today: date
    again: bool
    report: ManualReport
    # What was made of files, and every chapter with its page, also those that were there.
    new: list[tuple[ImportedChapter | None, ChapterPage]] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    by_title: dict[str, int] = field(default_factory=dict)
    by_address: dict[str, int] = field(default_factory=dict)

    def make(self, plan: list[Planned]) -> None:
        """Make the pages that are not there yet, in order, without their content."""
        self._below(self.parent, plan)

    def fill(self, *, pictures: Pictures, others: set[str], old_site: str) -> None:
        """Give the new chapters their content, and save each as a draft."""
        linker = Linker(self.pages, self.titles, others, old_site, self.by_address)
        made = [(page, self._content(chapter, page, linker, pictures)) for chapter, page in self.new]
        pictures.save([raw for _, raw in made], name=slugify(self.parent.title) or "manual")
        for page, raw in made:
            page.sections = raw
            page.save()
            page.save_revision(user=self.user, log_action="wagtail.create", clean=False)

    def _below(self, parent: BasePage, plan: list[Planned]) -> None:
        there = {}
        # Whoever gave it may have read it before others put pages below it.
        parent.find_place()
        for child in parent.get_children().order_by("path"):
            there.setdefault((plain_title(child.title), child.specific_class), child)
        for place in plan:
            model = PartPage if place.children else ChapterPage
            found = there.get((plain_title(place.title), model))
            if place.children:
                part = found.specific if found else self._part(parent, place)
                self._below(part, place.children)
            elif found and not self.again:
                self._remember(place, found)
                self.report.check(f"{quoted(place.title)} is there already. It was not made a second time.")
            else:
                self._chapter(parent, place)

    def _part(self, parent: BasePage, place: Planned) -> PartPage:
        part = PartPage(title=place.title, owner=self.user, live=False, has_unpublished_changes=True)
        _give_address(part, parent)
        parent.add_child(instance=part)
        part.save_revision(user=self.user, log_action="wagtail.create", clean=False)
        self.report.counts["parts"] += 1
        self.report.made(f"The part {quoted(place.title)}.")
        return part

    def _chapter(self, parent: BasePage, place: Planned) -> None:
        page = ChapterPage(title=place.title, owner=self.user, live=False, has_unpublished_changes=True)
        if place.state == UNDER_REVIEW:
            page.under_review_since = self.today
            self.report.check("It is marked as under review since today. Say since when, and why.", place.title)
        _give_address(page, parent)
        parent.add_child(instance=page)
        self.new.append((place.chapter, page))
        self.report.counts["chapters"] += 1
        self.report.made(f"The chapter {quoted(place.title)}{self._from(place)}.")
        self._remember(place, page)

    def _from(self, place: Planned) -> str:
        return f", from {quoted(place.chapter.path)}" if place.chapter else ", without text"

    def _remember(self, place: Planned, page: BasePage) -> None:
        self.titles[page.pk] = page.title
        self.by_title.setdefault(plain_title(page.title), page.pk)
        if place.chapter is not None:
            self.pages.setdefault(place.chapter.path, page.pk)
            if place.chapter.address:
                self.by_address.setdefault(bare_address(place.chapter.address), page.pk)
            self.by_title.setdefault(plain_title(place.chapter.title), page.pk)

    def _content(self, chapter: ImportedChapter | None, page: ChapterPage, linker: Linker, pictures) -> list[dict]:
        """Set the fields of a page from its chapter; return its sections, pictures still by number."""
        if chapter is None:
            return []
        report, pictures.report = chapter.report, chapter.report

        def resolved(runs: Runs) -> Runs:
            return linker.resolved(runs, path=chapter.path, report=report)

        maker = Maker(resolved, report, pictures)
        page.scope = maker.field(chapter.special.scope, "the scope")
        page.relevant_guidance = maker.field(chapter.special.relevant_guidance, "the relevant guidance")
        page.related = maker.related(chapter.special, lambda words: self.by_title.get(plain_title(words)))
        sections = maker.sections(chapter.sections)
        report.counts["sections"] += len(sections)
        report.counts["words"] += sum(words_of(chapter.words).values())
        if own := report.counts.pop("own_anchors", 0):
            report.link(f"Links to places in the same chapter, which are plain words now: {own}.")
        self.report.take_in(report, item=page.title)
        return sections


def _give_address(page: BasePage, parent: BasePage) -> None:
    """Give an address to a page whose title has no letters for one; the others get theirs from their titles."""
    if slugify(page.title):
        return
    base = slugify(page._meta.verbose_name)
    taken = set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    number, page.slug = 1, base
    while page.slug in taken:
        number += 1
        page.slug = f"{base}-{number}"
