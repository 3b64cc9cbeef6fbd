"""The kinds of item in a bulletin (features, row B2)."""

from datetime import date

from wagtail.blocks import (
    BlockGroup,
    CharBlock,
    DateBlock,
    ListBlock,
    RegexBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    URLBlock,
)

from content.blocks import BodyBlock
from content.choosers import PageLinkBlock
from content.rich_text import SENTENCE_FEATURES
from content.topics import TopicsBlock

LIST_FEATURES = [*SENTENCE_FEATURES, "ul", "ol"]


def anchor_for(item_id: str) -> str:
    """Return the anchor of the item with this id: the same wherever it stands and whatever its heading says."""
    return f"item-{item_id[:8]}"


class LinkedItem(StructValue):
    """The value of an item that points to pages."""

    def linked_pages(self) -> list:
        """Return the chosen pages that readers may see."""
        return [page for page in self.get("chapters") or [] if page is not None]

    def source_page(self):
        """Return the page to read more on, where the item does not lead there anyway; None for none."""
        page = self.get("source")
        led_to = [self.get(name) for name in ("priority", "document", "page")]
        return None if page is None or page in led_to or page in self.linked_pages() else page

    def source_hash(self) -> str:
        """Return the place on that page with its "#"; empty for the whole page."""
        place = self.get("source_place") or ""
        return f"#{place}" if place else ""


class ItemBlock(StructBlock):
    """What every kind of item has."""

    heading = CharBlock(max_length=200, help_text="What it is about, in a few plain words.")
    body = BodyBlock(required=False, label="Text")
    topics = TopicsBlock(help_text="What this item is about. Empty: the topics named in its heading or by its links.")
    source = PageLinkBlock(
        required=False, label="Read more on", help_text="The page that says more. Readers get a link under the text."
    )
    source_place = RegexBlock(
        regex=r"^[\w-]+$",
        required=False,
        max_length=40,
        label="Place on that page",
        help_text="Written when an item is made from a page. You need not touch it.",
        error_messages={"invalid": "Only letters, numbers and hyphens, as in the address after “#”."},
    )

    # Asked for below the item, folded away: most items need none of them.
    SETTINGS = ("topics", "source", "source_place")

    def get_form_layout(self):
        """Return the fields of the kind, and the folded ones."""
        return BlockGroup([name for name in self.child_blocks if name not in self.SETTINGS], list(self.SETTINGS))

    class Meta:
        icon = "doc-full"
        value_class = LinkedItem
        label_format = "{label}: {heading}"


class NewsItem(ItemBlock):
    """Anything practitioners should hear of."""

    class Meta:
        icon = "comment"
        label = "News"
        description = "Anything practitioners should hear of that fits no other kind."
        template = "bulletins/items/news.html"
        preview_value = {
            "heading": "A new home for our documents",
            "body": [
                ("text", "<p>Tools, strategies and forms are now in one place, with the current version first.</p>")
            ],
        }


class PriorityUpdateItem(ItemBlock):
    """How work on a priority area goes on."""

    priority = PageLinkBlock(required=False, label="Priority area", help_text="The page of the priority area, if any.")

    class Meta:
        icon = "pick"
        label = "Priority update"
        description = "How the work on one of this year's priorities is going."
        template = "bulletins/items/priority_update.html"
        preview_value = {
            "heading": "Neglect",
            "body": [("text", "<p>The graded care profile is back, with training for every agency this spring.</p>")],
            "priority": None,
        }


class DecisionItem(ItemBlock):
    """What the board decided."""

    meeting_date = DateBlock(required=False, help_text="The day of the board's meeting.")
    decision = RichTextBlock(features=LIST_FEATURES, required=False, help_text="What was decided, in one sentence.")
    document = PageLinkBlock(required=False, label="Resulting document", help_text="The page of what came of it.")

    class Meta:
        icon = "group"
        label = "Board decision"
        description = "A decision of the board, with the day it was made and what came of it."
        template = "bulletins/items/decision.html"
        preview_value = {
            "heading": "A strategy for neglect",
            "meeting_date": date(2017, 3, 10),
            "decision": "<p>The board agreed a strategy for neglect and asked each agency to name a lead.</p>",
            "body": [("text", "<p>It will be in the documents library from May.</p>")],
            "document": None,
        }


class NewLawItem(ItemBlock):
    """A new offence or law, and what it asks of practitioners."""

    act = CharBlock(required=False, max_length=200, help_text="For example: Serious Crime Act 2015")
    section = CharBlock(required=False, max_length=60, help_text="For example: 67")
    in_force_from = DateBlock(required=False, help_text="The day it comes into force.")
    maximum_penalty = CharBlock(required=False, max_length=200, help_text="For example: 2 years' imprisonment")
    what_to_do = RichTextBlock(
        features=LIST_FEATURES, required=False, label="What you should do", help_text="What changes in daily practice."
    )
    chapters = ListBlock(
        PageLinkBlock(required=False), default=[], required=False, label="Chapters it touches",
        help_text="Pages of the procedures that practitioners should read with this.",
    )  # fmt: skip

    class Meta:
        icon = "clipboard-list"
        label = "New offence or law"
        description = "A new offence or law: act, section, when it begins, the penalty, and what to do."
        template = "bulletins/items/new_law.html"
        preview_value = {
            "heading": "New offence: sexual communication with a child",
            "act": "Serious Crime Act 2015",
            "section": "67",
            "in_force_from": date(2017, 4, 3),
            "maximum_penalty": "2 years' imprisonment",
            "body": [("text", "<p>It covers messages that an adult sends to a child for sexual gratification.</p>")],
            "what_to_do": "<p>Keep the messages. Do not reply to them. Call the police.</p>",
            "chapters": [],
        }


class InspectionItem(ItemBlock):
    """What an inspection, audit or review found."""

    theme = CharBlock(required=False, max_length=200, help_text="For example: children living with domestic abuse")
    good_practice_heading = CharBlock(required=False, max_length=120, default="Examples of good practice")
    good_practice = ListBlock(
        RichTextBlock(features=SENTENCE_FEATURES), default=[], label="Good practice", collapsed=True
    )
    development_heading = CharBlock(required=False, max_length=120, default="Areas for further development")
    areas_for_development = ListBlock(
        RichTextBlock(features=SENTENCE_FEATURES), default=[], label="Areas for development", collapsed=True
    )
    next_steps = RichTextBlock(features=LIST_FEATURES, required=False, help_text="What happens now, and who does it.")

    class Meta:
        icon = "search"
        label = "Inspection or audit"
        description = "What was found: what is good, what must get better, and what happens next."
        template = "bulletins/items/inspection.html"
        preview_value = {
            "heading": "Domestic abuse: what our audit found",
            "theme": "Children living with domestic abuse",
            "body": [("text", "<p>We read the files of several agencies side by side.</p>")],
            "good_practice_heading": "Examples of good practice",
            "good_practice": ["Referrals were made in good time."],
            "development_heading": "Areas for further development",
            "areas_for_development": ["Keep the child in focus when incidents repeat."],
            "next_steps": "<p>An action plan is being agreed with each agency.</p>",
        }


class ProceduresUpdateItem(ItemBlock):
    """Which chapters of the procedures changed."""

    chapters = ListBlock(
        PageLinkBlock(required=False), default=[], required=False, label="Chapters that changed",
        help_text="They are listed under the text with a link to each.",
    )  # fmt: skip

    class Meta:
        icon = "list-ol"
        label = "Procedures update"
        description = "Which chapters of the procedures changed, and why it matters."
        template = "bulletins/items/procedures_update.html"
        preview_value = {
            "heading": "Policies and procedures",
            "body": [("text", "<p>Two chapters were updated in March. Read them before your next conference.</p>")],
            "chapters": [],
        }


class HighlightItem(ItemBlock):
    """One tool or document worth knowing."""

    page = PageLinkBlock(required=False, label="Tool or document", help_text="The page it can be found on.")

    class Meta:
        icon = "doc-full-inverse"
        label = "Tool or document"
        description = "One tool or document worth knowing, with a link to it."
        template = "bulletins/items/highlight.html"
        preview_value = {
            "heading": "Graded care profile",
            "body": [("text", "<p>It gives every agency the same words for neglect.</p>")],
            "page": None,
        }


class TrainingItem(ItemBlock):
    """A course or briefing."""

    date = DateBlock(required=False, help_text="The day it takes place.")
    place = CharBlock(required=False, max_length=200, help_text="Where, or: online")
    link = URLBlock(required=False, label="Booking address", help_text="Where people book a place.")

    class Meta:
        icon = "calendar"
        label = "Training"
        description = "A course or briefing: when, where, how to book."
        template = "bulletins/items/training.html"
        preview_value = {
            "heading": "Neglect: seeing it early",
            "body": [("text", "<p>Half a day with colleagues from health, schools and social care.</p>")],
            "date": date(2017, 5, 16),
            "place": "Online",
            "link": "https://training.example/neglect",
        }


class CallForInformationItem(ItemBlock):
    """What the board asks of its readers."""

    deadline = DateBlock(required=False, help_text="The last day to answer.")

    class Meta:
        icon = "mail"
        label = "Call for information"
        description = "Something you ask of readers, with the last day to answer."
        template = "bulletins/items/call_for_information.html"
        preview_value = {
            "heading": "Send us your news",
            "body": [("text", "<p>Has something worked well in your team? Tell us about it.</p>")],
            "deadline": date(2017, 7, 3),
        }


class ItemsBlock(StreamBlock):
    """The items of an issue, in the order in which they are read."""

    news = NewsItem()
    priority_update = PriorityUpdateItem()
    decision = DecisionItem()
    new_law = NewLawItem()
    inspection = InspectionItem()
    procedures_update = ProceduresUpdateItem()
    highlight = HighlightItem()
    training = TrainingItem()
    call_for_information = CallForInformationItem()
