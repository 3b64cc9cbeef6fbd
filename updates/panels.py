"""The change question, as a panel of the editing screen."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

SHOWN_EDITIONS = 10


def latest_editions(page) -> list:
    """Return the latest editions of a page with who made them. Asked once of each object: several panels ask."""
    if not hasattr(page, "_latest_editions"):
        editions = page.editions.select_related("author") if page.pk else ()
        page._latest_editions = list(editions[: SHOWN_EDITIONS + 1])
    return page._latest_editions


class QuestionPanel(FieldPanel):
    """A field of the question; not shown before the first edition, which is always announced."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and bool(latest_editions(self.instance))


class EditionsPanel(Panel):
    """The editions so far, newest first; before the first one, that it will be announced without being asked."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "updates/editions_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context["editions"] = latest_editions(self.instance)
            context["shown"] = SHOWN_EDITIONS
            return context


change_question_panel = MultiFieldPanel(
    [
        QuestionPanel(
            "change_significance",
            help_text="Asked when you publish, schedule or submit for approval. While you save drafts you can wait.",
            disable_comments=True,
        ),
        QuestionPanel(
            "change_note",
            heading="What changed?",
            help_text="One or two plain sentences for the people who use this page. Needed if you answer yes.",
            disable_comments=True,
        ),
        EditionsPanel(heading="Editions so far"),
    ],
    heading="Telling people about this change",
)
