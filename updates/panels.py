"""The change question, as a panel of the editing screen."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

SHOWN_EDITIONS = 10


def has_editions(page) -> bool:
    """Tell whether a page was published before. Asked once of each object: several panels ask, several times."""
    if not hasattr(page, "_has_editions"):
        page._has_editions = page.pk is not None and page.editions.exists()
    return page._has_editions


class QuestionPanel(FieldPanel):
    """A field of the question; not shown before the first edition, which is always announced."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and has_editions(self.instance)


class EditionsPanel(Panel):
    """The editions so far, newest first; before the first one, that it will be announced without being asked."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "updates/editions_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            editions = self.instance.editions.select_related("author") if self.instance.pk else []
            context["editions"] = list(editions[: SHOWN_EDITIONS + 1])
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
