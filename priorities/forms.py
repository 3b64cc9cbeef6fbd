"""The form in which a priority area is edited."""

from updates.forms import TrackedPageForm


class PriorityAreaForm(TrackedPageForm):
    """A priority area: publishing needs a topic, for without one the page gathers nothing."""

    def clean(self):
        """Say what is missing. While a draft is only saved, nothing is."""
        cleaned = super().clean()
        if "topics" in self.fields and not self.is_deferred_validation and not cleaned.get("topics"):
            self.add_error("topics", "Choose at least one topic. The page gathers what carries it.")
        return cleaned
