"""A chapter of the manual."""

from datetime import date

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from content.fetching import fetched_together, rendered
from content.glossary import UsedWords, with_words
from content.local import areas_to_choose
from content.rich_text import SENTENCE_FEATURES
from gathering.declared import AlertTopic, Newsworthy
from pages.models import BasePage
from pages.passages import DeclaredPassage, PassageKind
from procedures.blocks import RelatedBlock, SectionsBlock
from procedures.chapter_views import ChapterViews
from procedures.contents import Contents, contents_of
from procedures.forms import ChapterPageForm
from procedures.header import Header
from procedures.news import news_of
from procedures.panels import ChangedSectionsPanel
from procedures.passages import passages_of
from procedures.print_views import PrintsChapter
from procedures.sections import Section, changed, numbered, raw_sections, raw_sections_of
from updates.history import KeepsHistory
from updates.models import Edition, Significance, TrackedPage
from updates.panels import change_question_panel

LIST_FEATURES = [*SENTENCE_FEATURES, "ul"]


class ChapterPage(ChapterViews, PrintsChapter, KeepsHistory, TrackedPage):
    """A chapter: what it is for, and its numbered sections. Its own number comes from the page tree."""

    scope = RichTextField(
        blank=True, features=LIST_FEATURES, help_text="Whom and what this chapter is for. Two or three sentences."
    )
    relevant_guidance = RichTextField(
        blank=True, features=LIST_FEATURES, help_text="Laws and national guidance that this chapter rests on."
    )
    related = StreamField(
        RelatedBlock(),
        blank=True,
        verbose_name="use with",
        help_text="Chapters, tools and pages that are used together with this chapter.",
    )
    sections = StreamField(
        SectionsBlock(),
        blank=True,
        help_text="Numbers come by themselves. You may rename, move and reorder sections: links to them keep working.",
    )
    under_review_since = models.DateField(
        null=True, blank=True, help_text="Readers then see “Under review” beside the title, from this day on."
    )
    under_review_reason = models.CharField(
        "why it is under review",
        max_length=300,
        blank=True,
        help_text="One sentence for readers: why, and what holds until then.",
    )
    change_sections = models.JSONField(default=dict, blank=True)

    base_form_class = ChapterPageForm
    update_kind = "Chapter"
    passage_kind = PassageKind.PROCEDURES
    gathered_under = "Procedures"
    template = "procedures/chapter_page.html"
    parent_page_types = ["procedures.ManualPage", "procedures.PartPage"]
    subpage_types = []
    shown_relations = ()
    compared_fields = (
        *TrackedPage.compared_fields,
        ("scope", "Scope"),
        ("relevant_guidance", "Relevant guidance"),
        ("related", "Use with"),
        ("under_review_since", "Under review since"),
        ("under_review_reason", "Why it is under review"),
        ("sections", ""),
    )
    answer_fields = TrackedPage.answer_fields | {"change_sections": {}}
    default_exclude_fields_in_copy = TrackedPage.default_exclude_fields_in_copy + ["change_sections"]

    search_fields = BasePage.search_fields + [index.SearchField("scope"), index.SearchField("sections")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("scope"), FieldPanel("relevant_guidance"), FieldPanel("related")],
            heading="What is it for, and what belongs to it?",
        ),
        FieldPanel("sections", heading="The text"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("under_review_since")]), FieldPanel("under_review_reason")],
            heading="Is it under review?",
        ),
        change_question_panel,
        ChangedSectionsPanel(heading="Which sections changed?"),
    ]

    class Meta:
        verbose_name = "chapter"

    @classmethod
    def changed_sections(cls, *, before: dict | None, after: dict) -> list[dict]:
        """Return the sections that differ, as the editor corrected them; none for a first edition."""
        if before is None:
            return []
        sections = raw_sections(after)
        found = {change["code"]: change for change in changed(before=raw_sections(before), after=sections)}
        corrected = after.get("change_sections") or {}
        left_out, added = set(corrected.get("left_out", ())), set(corrected.get("added", ()))
        named = [
            found.get(section.code)
            or {"code": section.code, "number": section.number, "title": section.title, "change": "changed"}
            for section in sections
            if (section.code in found or section.code in added) and section.code not in left_out
        ]
        removed = [change for code, change in found.items() if change["change"] == "removed" and code not in left_out]
        return named + removed

    def newsworthy(self, editions) -> list[Newsworthy]:
        """Return what a bulletin tells of these editions: all chapters in one item, each under its title."""
        return news_of(self, editions)

    def alert_topic(self) -> AlertTopic:
        """Return what its readers can hear of: this chapter."""
        return AlertTopic(f"page:{self.pk}", "Procedures", self.title, "Get an e-mail when this chapter changes")

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the chapter and each of its sections."""
        return [self.passage_of_page(self.scope, self.relevant_guidance, label=self.update_kind), *passages_of(self)]

    def numbered_sections(self) -> list[Section]:
        """Return the sections with their numbers and the blocks in them."""
        return numbered(self.sections)

    def section_title(self, code: str) -> str | None:
        """Return number and heading of the section or subsection with this code; None when there is none."""
        raw = raw_sections_of(self.sections.raw_data)
        return next((f"{section.number} {section.title}" for section in raw if section.code == code), None)

    def suggestions_close(self) -> date | None:
        """Return the last day on which suggestions are looked at for the next update, as the manual says."""
        contents = self.contents()
        return contents.manual.suggestions_until if contents else None

    def contents(self) -> Contents | None:
        """Return the contents of the manual that the chapter stands in; None outside of one."""
        manual_id = self.manual_id()
        return contents_of(manual_id) if manual_id else None

    def manual_id(self) -> int | None:
        """Return the key of the manual above; no query once the page is routed."""
        manual_type = ContentType.objects.get_for_model(apps.get_model("procedures.ManualPage"))
        above = [page for page in self.trail() if page.content_type_id == manual_type.pk]
        return above[-1].pk if above else None

    def editions_for_header(self) -> list[Edition]:
        """Return the edition shown and the latest major one up to it (often the same), newest first: one query."""
        if self.is_past:
            return self.editions_shown
        named = Q(superseded_at=None) | Q(significance=Significance.MAJOR)
        return list(self.history().filter(named)[:2])

    def get_context(self, request, *args, **kwargs):
        """Add the header's facts, the sections, and what is before and after."""
        contents = self.contents()
        line = contents.line(self.pk) if contents else None
        sections = self.numbered_sections()
        text, used_words = self._text(sections, request)
        return super().get_context(request, *args, **kwargs) | {
            "manual": contents.manual if contents else None,
            "line": line,
            "header": Header.of(self, contents=contents, now=timezone.now()),
            "related": self.related_pages(contents),
            "sections": sections,
            "sections_html": text,
            "used_words": used_words,
            "areas": areas_to_choose(self),
            "previous": contents.before(self.pk) if contents else None,
            "next": contents.after(self.pk) if contents else None,
        }

    def related_pages(self, contents: Contents | None) -> list[tuple[str, str]]:
        """Return (address, title with its number) of what is used with the chapter and may be read."""
        pages = [block.value for block in self.related if block.value and block.value.url]
        lines = [contents.line(page.pk) if contents else None for page in pages]
        return [
            (page.url, f"{line.number} {page.title}" if line else page.title)
            for page, line in zip(pages, lines, strict=True)
        ]

    def _text(self, sections: list[Section], request) -> tuple[SafeString, UsedWords | None]:
        """Return the finished HTML of the sections, and the glossary's words in it.

        An old state has none marked: the glossary's words are those of today.
        """
        context = {
            "page": self,
            "sections": sections,
            "is_citable": not self.is_past and not self.withdrawn_as,
            "as_it_was": self.is_past,
            "request": request,
        }
        html = render_to_string("procedures/sections.html", context)
        if self.is_past:
            return html, None
        (marked,), used_words = with_words(html)
        return marked, used_words

    @path("", name="index")
    def index_view(self, request):
        """Answer the chapter as it is now."""
        with fetched_together(self):
            return rendered(TemplateResponse(request, self.get_template(request), self.get_context(request)))
