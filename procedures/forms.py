"""The form in which a chapter is written."""

from collections.abc import Callable
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamValue

from procedures.sections import changed, raw_sections
from updates.forms import TrackedPageForm


class ChangedSectionsWidget(forms.Widget):
    """Boxes for the sections, ticked where the text has changed; what is stored is how the editor corrected them.

    Stored as `{"added": [code…], "left_out": [code…]}` relative to what can be told from the text, so that a change
    made after the boxes were shown is still found.
    """

    template_name = "procedures/admin/changed_sections_widget.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        # Set by the form; returns {"code", "label", "is_proposed"} for each section.
        self.choices: Callable[[], list[dict]] = list

    def get_context(self, name, value, attrs):
        """Return what the template shows."""
        corrections = value if isinstance(value, dict) else {}
        added, left_out = corrections.get("added", ()), corrections.get("left_out", ())
        rows = [
            choice | {"ticked": (choice["is_proposed"] or choice["code"] in added) and choice["code"] not in left_out}
            for choice in self.choices()
        ]
        return super().get_context(name, value, attrs) | {"rows": rows, "name": name}

    def value_from_datadict(self, data, files, name):
        """Return the corrections; none where the boxes were not shown."""
        if f"{name}-shown" not in data:
            return {}
        proposed, ticked = set(data.getlist(f"{name}-proposed")), set(data.getlist(name))
        return {"added": sorted(ticked - proposed), "left_out": sorted(proposed - ticked)}

    def value_omitted_from_data(self, data, files, name):
        """Tell whether the boxes were not shown."""
        return f"{name}-shown" not in data


class CorrectionsField(forms.Field):
    """The editor's corrections to the sections that were found to have changed."""

    widget = ChangedSectionsWidget

    def clean(self, value):
        """Return the corrections with codes of sections only."""
        value = value if isinstance(value, dict) else {}
        return {kind: [code for code in value.get(kind, ()) if len(code) <= 8][:500] for kind in ("added", "left_out")}

    def has_changed(self, initial, data):
        """Tell whether the corrections differ; empty ones are none."""
        return self.clean(initial) != self.clean(data)


class ChapterPageForm(TrackedPageForm):
    """Proposes the sections that changed, and insists on a reason where a chapter is under review."""

    change_sections = CorrectionsField(required=False, label="Sections that changed")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "change_sections" in self.fields:
            # As last saved, whatever is sent; and only when they are shown, which a save does not do.
            stored = self.instance.sections
            self.fields["change_sections"].widget.choices = cache(lambda: sections_to_choose(self.instance, stored))

    def clean(self):
        """Insist on a reason for a review, which readers are shown."""
        cleaned = super().clean()
        if (
            cleaned.get("under_review_since")
            and not cleaned.get("under_review_reason")
            and not self.is_deferred_validation
        ):
            self.add_error(
                "under_review_reason", ValidationError("Say why the chapter is under review. Readers see it.")
            )
        return cleaned


def sections_to_choose(chapter, stored: StreamValue) -> list[dict]:
    """Return the sections of a chapter as `stored`, each with whether it differs from the edition in force."""
    current = chapter.editions.current().select_related("revision").first() if chapter.pk else None
    if current is None:
        return []
    after = raw_sections({"sections": list(stored.raw_data)})
    before = raw_sections(current.revision.content)
    found = changed(before=before, after=after)
    proposed = {change["code"] for change in found}
    rows = [
        {"code": section.code, "label": f"{section.number} {section.title}", "is_proposed": section.code in proposed}
        for section in after
    ]
    return rows + [
        {"code": change["code"], "label": f"{change['number']} {change['title']} (taken out)", "is_proposed": True}
        for change in found
        if change["change"] == "removed"
    ]
