"""Topics for a piece of a page, where the page as a whole is about more."""

from django.forms import CheckboxSelectMultiple
from wagtail.blocks import MultipleChoiceBlock

from pages.models import Topic


def topic_choices() -> list[tuple[str, str]]:
    """Return (slug, name) of all topics."""
    return list(Topic.objects.values_list("slug", "name"))


class TopicsBlock(MultipleChoiceBlock):
    """Which topics it is about. Kept by their slugs, which do not change."""

    def __init__(self, **kwargs):
        own = {"choices": topic_choices, "required": False, "default": [], "widget": CheckboxSelectMultiple()}
        super().__init__(**own | {name: value for name, value in kwargs.items() if name not in own})

    def deconstruct(self):
        """Refer to this class in migrations."""
        kept = {name: value for name, value in self._constructor_kwargs.items() if name in ("label", "help_text")}
        return ("content.topics.TopicsBlock", [], kept)

    def normalize_choice(self, value):
        """Return the slug as it is stored: looking it up would ask the database once for each item of a page."""
        return value

    def get_searchable_content(self, value):
        """Leave the topics out of the words of the page."""
        return []
