"""The form in which a resource is edited."""

from updates.forms import TrackedPageForm


class ResourcePageForm(TrackedPageForm):
    """A resource: publishing needs at least one file, and offers each file once."""

    def clean(self):
        """Say what is missing. While a draft is only saved, nothing is."""
        cleaned = super().clean()
        formset = self.formsets.get("files")
        if formset is None or not formset.is_valid():
            return cleaned
        kept = [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        chosen = [form.cleaned_data.get("document") for form in kept]
        for position, form in enumerate(kept):
            if chosen[position] in chosen[:position]:
                form.add_error("document", "This file is in the list already.")
                self.add_error(None, "A file is in the list twice. Remove one of the two.")
        if not kept and not self.is_deferred_validation:
            self.add_error(None, "Choose at least one file. Without one there is nothing for readers to open.")
        return cleaned
