"""The form on which staff withdraw a page."""

import re

from django import forms
from django.utils.html import format_html
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminPageChooser

from pages.models import BasePage, WithdrawnAs

LONGEST_REASON = 1000
EXPLANATIONS = {
    WithdrawnAs.WITHDRAWN: "It is no longer valid. People can still read it at its address, under a notice with the "
    "date and your reason. It leaves all lists, feeds and the search.",
    WithdrawnAs.CONSOLIDATED: "It became part of another page: choose it below. Whoever opens it is taken there.",
    WithdrawnAs.ERROR: "It should never have been public. Nobody can read it any more, nor any of its editions. "
    "Whoever opens it is told that it is gone, and your reason, but not what it was called. If you choose a page "
    "below, they are taken there.",
}


def _explained(way) -> tuple:
    return way.value, format_html("<span><strong>{}</strong><br>{}</span>", way.label, EXPLANATIONS[way])


class PageInput(AdminPageChooser):
    """Wagtail's chooser, without its error 500 for a value that is no number."""

    def value_from_datadict(self, data, files, name):
        """Return the number of the page chosen, or None."""
        value = super().value_from_datadict(data, files, name)
        return value if re.fullmatch(r"[0-9]{1,9}", str(value)) else None


class WithdrawForm(forms.Form):
    """In which way, why, and what takes the page's place."""

    way = forms.ChoiceField(
        label="What happened to the page?",
        choices=[_explained(way) for way in EXPLANATIONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened to the page."},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=LONGEST_REASON,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text="One or two plain sentences. Readers will see them.",
        error_messages={"required": "Say why, in a sentence or two. Readers will see it."},
    )
    replacement = forms.ModelChoiceField(
        BasePage.objects.all(),
        label="Which page takes its place?",
        required=False,
        widget=PageInput,
        help_text="Needed when the page was consolidated. Otherwise choose one if it helps readers.",
        error_messages={"invalid_choice": "That page no longer exists. Choose another one."},
    )
