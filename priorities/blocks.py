"""What the page of a priority area is made of."""

from datetime import date

from wagtail.blocks import CharBlock, ChoiceBlock, DateBlock, RichTextBlock, StreamBlock, StructBlock, StructValue

from content.rich_text import SENTENCE_FEATURES

LIST_FEATURES = [*SENTENCE_FEATURES, "ul", "ol"]
STANDINGS = [("started", "Begun"), ("on_track", "On track"), ("behind", "Behind plan"), ("done", "Done")]


class ProgressValue(StructValue):
    """The value of an entry on progress."""

    def standing_words(self) -> str:
        """Return how the work stood, in words; empty for none."""
        return dict(STANDINGS).get(self.get("standing"), "")


class AskBlock(StructBlock):
    """What one agency, or several, are asked to do."""

    agency = CharBlock(max_length=120, help_text="For example: Schools and colleges. Or: Every agency")
    ask = RichTextBlock(features=LIST_FEATURES, label="What we ask", help_text="One to three things, to be done.")

    class Meta:
        icon = "group"
        label = "Agency"
        label_format = "{agency}"
        template = "priorities/blocks/ask.html"
        description = "What an agency is asked to do for this priority."
        preview_value = {
            "agency": "Schools and colleges",
            "ask": "<p>Name one person who knows the graded care profile, and tell us who it is.</p>",
        }


class ProgressBlock(StructBlock):
    """How the work stands on a day."""

    day = DateBlock(label="Date", help_text="The day this was so.")
    standing = ChoiceBlock(choices=STANDINGS, required=False, help_text="Empty: just news.")
    text = RichTextBlock(features=LIST_FEATURES, help_text="What was done, and what came of it.")

    class Meta:
        icon = "history"
        value_class = ProgressValue
        label = "Progress"
        label_format = "{day}"
        template = "priorities/blocks/progress.html"
        description = "What was done by a day, and how the work stands."
        preview_value = {
            "day": date(2017, 3, 10),
            "standing": "on_track",
            "text": "<p>Four agencies out of six have trained everyone who visits families at home.</p>",
        }


class AsksBlock(StreamBlock):
    """Agency by agency."""

    ask = AskBlock()


class ProgressListBlock(StreamBlock):
    """Day by day."""

    progress = ProgressBlock()
