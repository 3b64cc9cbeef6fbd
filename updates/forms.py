"""The question editors answer when they publish."""

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from updates.comparison import BOOKKEEPING, same_content

CHOICES = [("major", "Yes – tell people"), ("minor", "No – a typo, a link or the layout")]


class TrackedPageForm(WagtailAdminPageForm):
    """Asks "Do people need to know what changed?" of whoever publishes, schedules or submits a tracked page.

    Saving a draft, autosave and previews ask nothing. Nor does the first edition, which is always announced, nor
    publishing a page again without having changed it.
    """

    change_significance = forms.ChoiceField(
        label="Do people need to know what changed?", choices=CHOICES, widget=forms.RadioSelect, required=False
    )

    def clean(self):
        """Insist on an answer where one is needed."""
        cleaned_data = super().clean()
        if "change_significance" not in self.fields:
            return cleaned_data
        cleaned_data["change_note"] = (cleaned_data.get("change_note") or "").strip()
        if not self._is_asked():
            return cleaned_data
        if self._changes_nothing():
            # Should what is stored differ all the same (a tidied paragraph), nobody needs to hear of it.
            cleaned_data.update(change_significance="minor", change_note="")
        elif not cleaned_data.get("change_significance"):
            self.add_error("change_significance", "Choose whether people need to know what changed.")
        elif cleaned_data["change_significance"] == "major" and not cleaned_data["change_note"]:
            self.add_error("change_note", "Say in one or two sentences what changed. People will read this.")
        return cleaned_data

    def _is_asked(self) -> bool:
        """Whether this submission may end in an edition that needs an answer."""
        only_saved = self.is_deferred_validation or "action-cancel-workflow" in self.data
        sent_back = self.data.get("workflow-action-name") == "reject"
        return not only_saved and not sent_back and bool(self.instance.pk) and self.instance.editions.exists()

    def _changes_nothing(self) -> bool:
        """Whether what would be published is what is public: neither the draft on the screen nor this form differ."""
        changed_here = {name for name in self.changed_data if name not in BOOKKEEPING}
        changed_below = any(formset.has_changed() for name, formset in self.formsets.items() if name not in BOOKKEEPING)
        if changed_here or changed_below:
            return False
        current = self.instance.current_edition()
        return current is not None and same_content(current.revision.content, self.instance.serializable_data())
