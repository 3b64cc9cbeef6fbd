"""Wagtail's own checker of what readers see: without what the checks of ours say better, and in our words."""

from wagtail.admin.userbar import ContentCheckerItem

# Ours know the place in the editor, and leave out what editors cannot change.
OURS = {"heading-order", "alt-text-quality"}


class PageChecker(ContentCheckerItem):
    """Looks at the finished page for what the text alone does not tell."""

    axe_run_only = [rule for rule in ContentCheckerItem.axe_run_only if rule not in OURS]
    axe_custom_rules = [rule for rule in ContentCheckerItem.axe_custom_rules if rule["id"] not in OURS]
    axe_messages = ContentCheckerItem.axe_messages | {
        "empty-heading": {
            "error_name": "Empty heading",
            "help_text": "Write the heading, or take the line out.",
        },
        "empty-meta-description": {
            "error_name": "No summary",
            "help_text": "Write one or two sentences under “Summary”: lists and search results show them.",
        },
        "empty-table-header": {
            "error_name": "Column without a heading",
            "help_text": "Give every column of the table a heading.",
        },
        "link-name": {
            "error_name": "Link without words",
            "help_text": "Put the link on the words that name where it leads.",
        },
        "p-as-heading": {
            "error_name": "Bold text as a heading",
            "help_text": "Choose a heading from the text’s menu instead, so that people can jump to it.",
        },
    }


def take_the_place_of_wagtails(items: list) -> None:
    """Put ours where Wagtail's stands among the items of its bar."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = PageChecker(in_editor=item.in_editor)
