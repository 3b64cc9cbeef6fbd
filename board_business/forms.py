"""The form in which a review is edited."""

from updates.forms import TrackedPageForm


class ReviewPageForm(TrackedPageForm):
    """A review: the period that was looked at begins before it ends."""

    def clean(self):
        """Say what cannot be."""
        cleaned = super().clean()
        begins, ends = cleaned.get("period_from"), cleaned.get("period_to")
        if begins and ends and ends < begins:
            self.add_error("period_to", "This day is before the one from which it looks at work.")
        return cleaned
