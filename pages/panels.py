"""The tabs in which pages are edited, and a panel that several kinds share."""

from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface

# Of the pages that lead to others.
introduction_panel = FieldPanel(
    "introduction", help_text="Stands above the list. One to three sentences on what is here and for whom, or nothing."
)


class EditTabs:
    """Descriptor: the editing screen of the page type that asks, with tabs named after what is found in them."""

    def __get__(self, page, page_type) -> TabbedInterface:
        """Return the screen, built from the page type's own lists of panels."""
        tabs = [
            ObjectList(page_type.content_panels, heading="Content"),
            ObjectList(page_type.promote_panels, heading="Topics and address"),
            ObjectList(page_type.settings_panels, heading="Dates and owner"),
        ]
        return TabbedInterface(tabs, base_form_class=page_type.base_form_class)
