"""Panels of the chapter's editing screen."""

from wagtail.admin.panels import FieldPanel

from updates.panels import latest_editions


class ChangedSectionsPanel(FieldPanel):
    """The sections that the amendments page will name; not shown before the first edition."""

    def __init__(self, field_name="change_sections", **kwargs):
        kwargs.setdefault("disable_comments", True)
        kwargs.setdefault(
            "help_text",
            "Ticked where the text differs from what is public, as last saved. The amendments page names these "
            "sections. Untick what readers need not look at; tick what they should.",
        )
        super().__init__(field_name, **kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and bool(latest_editions(self.instance))
