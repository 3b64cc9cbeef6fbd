"""A meeting of the board, and what it decided."""

from dataclasses import dataclass

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from board_business.blocks import DecisionsBlock, anchor_for
from board_business.models.records import BoardRecord
from board_business.news import news_of_meeting
from board_business.passages import passages_of_meeting
from board_business.pieces import pieces_of_meeting
from board_business.querysets import DatedQuerySet
from gathering.declared import DeclaredPiece, Newsworthy
from pages.models import BasePage
from pages.passages import DeclaredPassage, PassageKind
from updates.models import TrackedPage
from updates.panels import change_question_panel


@dataclass(frozen=True)
class Decision:
    """A decision as its page and the list "On this page" name it."""

    anchor: str
    title: str
    block: object


class MeetingPage(BoardRecord):
    """A meeting: when it was, which agencies came, and what was decided."""

    meeting_date = models.DateField("date of the meeting", db_index=True)
    place = models.CharField(
        "where", max_length=120, blank=True, help_text="For example: Guildhall, Wenborough. Or: online"
    )
    agencies = models.TextField(
        "who was there",
        blank=True,
        help_text="Agencies and groups, one a line. Not the names of persons.",
    )
    decisions = StreamField(
        DecisionsBlock(),
        blank=True,
        help_text="One block for each decision. You may reword and reorder them: links to a decision keep working.",
    )
    minutes = models.ForeignKey(
        BasePage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The resource of the library that offers the minutes.",
    )

    objects = PageManager.from_queryset(DatedQuerySet)()

    day_field = "meeting_date"
    passage_kind = PassageKind.BOARD
    update_kind = "Board meeting"
    gathered_under = "Board meetings"
    template = "board_business/meeting_page.html"
    parent_page_types = ["board_business.BoardBusinessPage"]
    subpage_types = []
    shown_relations = ("minutes",)
    compared_fields = (
        *TrackedPage.compared_fields,
        ("meeting_date", "Date"),
        ("place", "Where"),
        ("compared_agencies", "Who was there"),
        ("decisions", "Decisions"),
        ("minutes", "Minutes"),
    )

    search_fields = BasePage.search_fields + [index.SearchField("decisions"), index.FilterField("meeting_date")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("meeting_date"), FieldPanel("place")]), FieldPanel("agencies")],
            heading="When was it, and who was there?",
        ),
        FieldPanel("decisions", heading="What was decided?"),
        PageChooserPanel("minutes", "documents.ResourcePage", heading="Where are the minutes?"),
        change_question_panel,
    ]

    class Meta:
        verbose_name = "board meeting"

    def agency_names(self) -> list[str]:
        """Return the agencies that were there, in the order in which they were written."""
        return [name for line in self.agencies.splitlines() if (name := line.strip())]

    @property
    def compared_agencies(self) -> str:
        """What a comparison of two editions says of the agencies, a paragraph each."""
        return "\n\n".join(self.agency_names())

    def shown_decisions(self) -> list[Decision]:
        """Return the decisions in order, each with its anchor."""
        return [
            Decision(anchor_for("decision", block.id or ""), block.value["heading"], block) for block in self.decisions
        ]

    def declared_pieces(self) -> list[DeclaredPiece]:
        """Return the decisions as other rooms gather them."""
        return pieces_of_meeting(self)

    def declared_passages(self) -> list[DeclaredPassage]:
        """Return the meeting and each of its decisions."""
        meeting = self.passage_of_page(self.agencies, self.place, label=self.update_kind, day=self.meeting_date)
        return [meeting, *passages_of_meeting(self)]

    def newsworthy(self, editions) -> list[Newsworthy]:
        """Return the decisions that these editions made or reworded."""
        return news_of_meeting(self, editions)

    def get_context(self, request, *args, **kwargs):
        """Add the decisions, and whether the meeting is still to come."""
        return super().get_context(request, *args, **kwargs) | {
            "decisions": self.shown_decisions(),
            "is_to_come": self.meeting_date > self.day_shown(),
        }
