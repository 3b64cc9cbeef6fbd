"""What meetings and reviews are made of: decisions, findings, actions, and the pages that came of them."""

from datetime import date

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    BlockGroup,
    CharBlock,
    ChoiceBlock,
    DateBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    TextBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError

from board_business.states import ActionState
from content.choosers import PageLinkBlock
from content.rich_text import SENTENCE_FEATURES
from content.topics import TopicsBlock

LIST_FEATURES = [*SENTENCE_FEATURES, "ul", "ol"]


def anchor_for(kind: str, block_id: str) -> str:
    """Return the anchor of the decision or finding with this id: the same wherever it stands and whatever it says."""
    return f"{kind}-{block_id[:8]}"


class StepBlock(StructBlock):
    """What one agency does because of a decision."""

    agency = CharBlock(max_length=120, label="Who", help_text="The agency or group. Not the name of a person.")
    what = CharBlock(max_length=300, label="Does what")
    by = DateBlock(required=False, label="By when")

    class Meta:
        icon = "arrow-right"
        label = "Who does what"


class DecisionValue(StructValue):
    """A decision."""

    def linked_documents(self) -> list:
        """Return the pages that came of it and that readers may see."""
        return [page for page in self.get("documents") or [] if page is not None]


class DecisionBlock(StructBlock):
    """What the board decided."""

    heading = CharBlock(max_length=200, label="The decision in a few words")
    decision = RichTextBlock(
        features=LIST_FEATURES, label="What was decided", help_text="One to four plain sentences. No names of children."
    )
    steps = ListBlock(StepBlock(), default=[], label="Who does what by when", collapsed=True)
    documents = ListBlock(
        PageLinkBlock(required=False),
        default=[],
        required=False,
        label="What came of it",
        help_text="Documents and pages that resulted from the decision. You can add them later.",
    )
    topics = TopicsBlock(
        help_text="What this decision is about. Empty: the topics named in its title or by its documents."
    )

    # Asked for below, folded away: most decisions need none of them.
    SETTINGS = ("topics",)

    def get_form_layout(self):
        """Return the fields, and the folded ones."""
        return BlockGroup([name for name in self.child_blocks if name not in self.SETTINGS], list(self.SETTINGS))

    class Meta:
        icon = "group"
        label = "Decision"
        label_format = "{heading}"
        description = "A decision: what was decided, who does what by when, and what came of it."
        template = "board_business/decision.html"
        value_class = DecisionValue
        preview_value = {
            "heading": "A strategy for neglect",
            "decision": "<p>The board approved a strategy for neglect and will check in a year what has changed.</p>",
            "steps": [{"agency": "Every agency", "what": "names a lead for neglect", "by": date(2017, 4, 28)}],
            "documents": [],
        }


class DecisionsBlock(StreamBlock):
    """The decisions of a meeting, in order."""

    decision = DecisionBlock()


class FindingBlock(StructBlock):
    """One thing that was found."""

    text = RichTextBlock(
        features=SENTENCE_FEATURES, label="Finding", help_text="One or two sentences. No names of children."
    )
    topics = TopicsBlock(
        help_text="Choose topics where this finding should be found by itself, beside the review as a whole."
    )

    SETTINGS = ("topics",)

    def get_form_layout(self):
        """Return the sentence, and the topics folded away."""
        return BlockGroup(["text"], list(self.SETTINGS))

    class Meta:
        icon = "search"
        label = "Finding"
        description = "One thing that was found, in a sentence or two."
        template = "board_business/finding.html"
        preview_value = {"text": "<p>Referrals to children’s services were made in good time.</p>"}


class FindingsBlock(StreamBlock):
    """Findings, in order."""

    finding = FindingBlock()


class ActionBlock(StructBlock):
    """One line of an action plan."""

    heading = CharBlock(max_length=300, label="What is to be done")
    owner = CharBlock(max_length=120, label="Owner", help_text="The agency or group. Not the name of a person.")
    due = DateBlock(required=False, label="Due by")
    state = ChoiceBlock(
        choices=ActionState.choices,
        default=ActionState.NOT_STARTED,
        label="State",
        help_text="Readers see “Overdue” by itself when the day has passed.",
    )
    outcome = TextBlock(
        required=False, max_length=500, rows=2, label="What was done", help_text="Or, if it was dropped, why."
    )

    def clean(self, value):
        """Insist on the reason for dropping an action."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and cleaned["state"] == ActionState.DROPPED and not cleaned["outcome"]:
            raise StructBlockValidationError(
                block_errors={"outcome": ValidationError("Say in a sentence why it was dropped. Readers see it.")}
            )
        return cleaned

    class Meta:
        icon = "tick-inverse"
        label = "Action"
        label_format = "{heading}"
        description = "One line of the action plan: what, who, by when, and how far it has got."
        template = "board_business/action.html"
        preview_value = {
            "heading": "Hand over families who move by telephone",
            "owner": "Marlshire NHS",
            "due": date(2017, 5, 31),
            "state": ActionState.DONE,
            "outcome": "The new form is in use since May.",
        }


class ActionsBlock(StreamBlock):
    """The action plan, in order."""

    action = ActionBlock()

    class Meta:
        # A plan is long, and one action at a time moves on.
        collapsed = True


class DocumentsBlock(StreamBlock):
    """Pages and documents that came of a review."""

    page = PageLinkBlock(label="Page or document")
